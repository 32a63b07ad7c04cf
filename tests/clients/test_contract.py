"""Every public address of the service, asked for on the running demo."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from feeds.demo import CHANNEL
from tests.clients.serving import Service, lasting

HTML = "text/html; charset=utf-8"
PROBLEM = "application/problem+json"
WIDGET = f"/embed/{CHANNEL}/month"
EVENT = f"/{CHANNEL}/events/fachtag-2021"
NEWS = f"/{CHANNEL}/news/dortmund-kekiz"
PAGES = [
    "/",
    f"/{CHANNEL}",
    f"/{CHANNEL}/events",
    EVENT,
    f"/{CHANNEL}/news",
    NEWS,
    WIDGET,
]
DATA = {
    f"/{CHANNEL}/events.ics": "text/calendar; charset=utf-8",
    f"/{CHANNEL}/events.rss": "application/rss+xml; charset=utf-8",
    f"/{CHANNEL}/events.atom": "application/atom+xml; charset=utf-8",
    f"/{CHANNEL}/events.json": "application/feed+json",
    f"{EVENT}.ics": "text/calendar; charset=utf-8",
    f"{EVENT}.json": "application/json",
    f"/{CHANNEL}/news.rss": "application/rss+xml; charset=utf-8",
    f"/{CHANNEL}/news.atom": "application/atom+xml; charset=utf-8",
    f"/{CHANNEL}/news.json": "application/feed+json",
    f"{NEWS}.json": "application/json",
}
OTHERS = {
    "/api/openapi.json": "application/json",
    "/api/docs": HTML,
    "/healthz": "text/plain; charset=utf-8",
    "/readyz": "text/plain; charset=utf-8",
}
TYPES = dict.fromkeys(PAGES, HTML) | DATA | OTHERS
GARBAGE = ["/", "x", "%00", "%20", ";x", "/x/y", "%ff", ".bak"]
LOADED = (
    "//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href"
    " | //script/@src | //img/@src | //iframe/@src | //source/@src | //input/@src"
    " | //video/@src | //audio/@src | //object/@data | //embed/@src"
)
CSS_URL = re.compile(r"""(?:url\(|@import)\s*["']?([^"')]+)""")


@pytest.mark.parametrize(("path", "media_type"), TYPES.items())
def test_address_answers(service: Service, path: str, media_type: str) -> None:
    response = service.get(path)
    headers = lasting(response)
    assert (response.status, headers["content-type"]) == (200, media_type)
    assert headers["content-length"] == str(len(response.data))
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("path", TYPES)
def test_head_has_the_headers_of_get(
    service: Service, path: str, encoding: str
) -> None:
    got = service.get(path, **{"Accept-Encoding": encoding})
    head = service.get(path, "HEAD", **{"Accept-Encoding": encoding})
    assert (head.status, lasting(head), head.data) == (200, lasting(got), b"")


@pytest.mark.parametrize("path", [*PAGES[1:], *DATA])
def test_answer_is_public_and_can_be_asked_for_again(
    service: Service, path: str
) -> None:
    headers = lasting(service.get(path))
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers
    assert headers["cache-control"].startswith("public, max-age=")
    for name, known in (("If-None-Match", "etag"), ("If-Modified-Since", None)):
        again = service.get(path, **{name: headers[known or "last-modified"]})
        repeated = lasting(again)
        assert (again.status, again.data) == (304, b"")
        for one in ("etag", "last-modified", "cache-control"):
            assert repeated[one] == headers[one]


@pytest.mark.parametrize("path", [*PAGES, *DATA, "/api/openapi.json", "/api/docs"])
def test_no_address_follows_the_host_that_was_asked(
    service: Service, path: str
) -> None:
    expected = service.get(path)
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    found = service.get(path, Host=f"localhost:{service.port}", **forged)
    assert (found.status, found.data) == (200, expected.data)


@pytest.mark.parametrize("path", [*PAGES, *DATA, "/healthz"])
def test_a_foreign_host_is_refused(service: Service, path: str) -> None:
    assert service.get(path, Host="evil.example").status == 400


def loaded(service: Service, path: str) -> Iterator[str]:
    """Yield the addresses of what a browser loads with a page, by itself."""
    page = html.fromstring(service.get(path).data)
    for address in page.xpath(LOADED):
        yield urljoin(service.url(path), address)
    for style in [*page.xpath("//style/text()"), *page.xpath("//@style")]:
        for address in CSS_URL.findall(style):
            yield urljoin(service.url(path), address)


@pytest.mark.parametrize("path", [*PAGES, "/api/docs"])
def test_a_page_loads_nothing_from_elsewhere(service: Service, path: str) -> None:
    for address in loaded(service, path):
        parts = urlsplit(address)
        if parts.scheme == "data":
            continue
        assert f"{parts.scheme}://{parts.netloc}" == service.base_url
        found = service.get(f"{parts.path}?{parts.query}")
        assert found.status == 200
        if parts.path.endswith(".css"):
            sheets = CSS_URL.findall(found.data.decode())
            assert {one for one in sheets if not one.startswith("data:")} == set()


def test_the_widget_is_a_single_request(service: Service) -> None:
    addresses = loaded(service, WIDGET)
    assert {one for one in addresses if not one.startswith("data:")} == set()


@pytest.mark.parametrize("path", [*PAGES, "/api/docs"])
def test_a_page_runs_no_script_but_our_own(service: Service, path: str) -> None:
    answer = service.get(path)
    page = html.fromstring(answer.data)
    policy = answer.headers["Content-Security-Policy"]
    loaded = {url.partition("?")[0] for url in page.xpath("//script/@src")}
    assert loaded <= {"/static/site.js"}
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    for script in page.xpath("//script[not(@type) and not(@src)]"):
        digest = hashlib.sha256(script.text.encode()).digest()
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy


def test_every_link_leads_somewhere(service: Service) -> None:
    seen: dict[str, int] = {}
    for path in [*PAGES, f"{WIDGET}?month=2021-07", "/api/docs"]:
        page = html.fromstring(service.get(path).data)
        ids = set(page.xpath("//@id"))
        for link in page.xpath("//a/@href | //link/@href | //form/@action"):
            parts = urlsplit(urljoin(service.url(path), link))
            if f"{parts.scheme}://{parts.netloc}" != service.base_url:
                continue
            if link.startswith("#"):
                assert link[1:] in ids | {""}, (path, link)
            address = f"{parts.path}?{parts.query}".removesuffix("?")
            if address not in seen:
                seen[address] = service.get(address).status
    assert {address for address, status in seen.items() if status != 200} == set()
    assert len(seen) > 50


@pytest.mark.parametrize("path", [f"/{CHANNEL}", *DATA, WIDGET])
@pytest.mark.parametrize("garbage", GARBAGE)
def test_what_only_begins_like_an_address_is_404(
    service: Service, path: str, garbage: str
) -> None:
    response = service.get(path + garbage)
    is_data = (path + garbage).endswith((".ics", ".rss", ".atom", ".json"))
    expected = PROBLEM if is_data else HTML
    assert (response.status, lasting(response)["content-type"]) == (404, expected)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_public_addresses_take_no_writing(
    service: Service, path: str, method: str
) -> None:
    response = service.get(path, method)
    assert response.status == 405
    assert lasting(response)["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", [*PAGES, *DATA])
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("wrong=1", "wrong"),
        ("lang=nl", "lang"),
        ("lang=de&lang=en", "lang"),
        ("Category=x", "Category"),
    ],
)
def test_a_wrong_parameter_is_named(
    service: Service, path: str, query: str, named: str
) -> None:
    response = service.get(f"{path}?{query}")
    assert response.status == 400
    if path in DATA:
        assert lasting(response)["content-type"] == PROBLEM
        assert set(json.loads(response.data)["errors"]) == {named}
    else:
        assert f"{named}: " in html.fromstring(response.data).text_content()


@pytest.mark.parametrize("query", ["utm_source=x", "fbclid=1", "gclid=1", "mc_cid=1"])
def test_marks_of_campaigns_are_ignored_on_pages_only(
    service: Service, query: str
) -> None:
    statuses = {path: service.get(f"{path}?{query}").status for path in [*PAGES, *DATA]}
    assert statuses == dict.fromkeys(PAGES, 200) | dict.fromkeys(DATA, 400)
