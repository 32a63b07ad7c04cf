"""Hostile addresses and labels, and relative ones: what feeds, pages and data show."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.cast import CHANNEL, Api
from tests.payloads import PAYLOADS, RUN
from tests.views.documents import Write
from tests.views.test_webfeeds_payloads import ADDRESSES, FORBIDDEN, contents

EVENT = {"title": "A", "start": "2021-07-08T09:30"}
HOSTILE = (
    f"javascript:{RUN}",
    f" JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"vbscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "file:///etc/passwd",
    "//example.org/x",
)
FIELDS: list[tuple[str, Any]] = [
    ("news", lambda url: {"url": url}),
    ("news", lambda url: {"image": {"url": url}}),
    ("news", lambda url: {"sources": [{"text": "S", "url": url}]}),
    ("news", lambda url: {"attachments": [{"url": url}]}),
    ("events", lambda url: {**EVENT, "url": url}),
    ("events", lambda url: {**EVENT, "online_url": url}),
    ("events", lambda url: {**EVENT, "organizer": {"name": "O", "url": url}}),
    ("events", lambda url: {**EVENT, "registration": {"url": url}}),
    ("events", lambda url: {**EVENT, "image": {"url": url}}),
    ("places", lambda url: {"contact": {"url": url}}),
]


@pytest.mark.parametrize("url", HOSTILE)
def test_no_field_takes_an_address_that_runs(owner: Api, url: str) -> None:
    for noun, field in FIELDS:
        answer = owner(
            "POST", f"/channels/{CHANNEL}/{noun}", json={"title": "A"} | field(url)
        )
        assert (noun, answer.status_code) == (noun, 422), answer.text


@pytest.mark.parametrize("url", HOSTILE)
@pytest.mark.parametrize("field", ["url", "logo", "publisher"])
def test_no_channel_takes_one(admin: Api, field: str, url: str) -> None:
    given = url if field == "url" else {"url": url, "name": "P", "alt": "L"}
    if field == "logo":
        given = {"url": url, "alt": "L"}
    elif field == "publisher":
        given = {"url": url, "name": "P"}
    answer = admin("POST", "/channels", json={"title": "N", "slug": "n", field: given})
    assert answer.status_code == 422, answer.text


def fill_labels(admin: Api) -> list[str]:
    """Write a hostile channel with hostile labels, and return what shows them."""
    bad = " ".join(PAYLOADS[:60])[:450]
    head = {"title": bad, "description": bad, "publisher": {"name": bad}}
    assert admin("POST", "/channels", json={"slug": "boese", **head}).status_code == 201
    category = {"slug": "c", "title": bad, "description": bad}
    place = {"slug": "p", "title": bad, "street": bad, "description": bad, "city": "X"}
    news = {"slug": "n", "title": bad, "categories": ["c"], "place": "p"}
    event = EVENT | {"slug": "e", "title": bad, "categories": ["c"], "place": "p"}
    rows = {"categories": category, "places": place, "news": news, "events": event}
    for noun, raw in rows.items():
        answer = admin("POST", f"/channels/boese/{noun}", json=raw)
        assert answer.status_code == 201, answer.text
    pages = ("", "/events", "/events/e", "/news", "/news/n", "/places", "/subscribe")
    views = ("month", "agenda", "news", "event?event=e")
    return [
        *(f"/boese{page}" for page in pages),
        *(f"/embed/boese/{view}" for view in views),
    ]


def test_labels_and_heads_run_nothing_anywhere(client: FlaskClient, admin: Api) -> None:
    for path in fill_labels(admin):
        answer = client.get(path)
        assert (path, answer.status_code) == (path, 200)
        page = html.fromstring(answer.data)
        shown = page.xpath(
            "//script[not(@src)][not(@type)]/text() | //@*[starts-with(name(),'on')]"
        )
        assert [one for one in shown if RUN in one] == []
        schemes = {str(url).partition(":")[0] for url in page.xpath("//@href|//@src")}
        assert schemes.isdisjoint({"javascript", "vbscript"})
    for noun in ("news", "events"):
        for suffix in ("rss", "atom", "json"):
            assert client.get(f"/boese/{noun}.{suffix}").status_code == 200


@pytest.mark.parametrize("suffix", ["rss", "atom", "json"])
def test_no_address_is_relative(client: FlaskClient, write: Write, suffix: str) -> None:
    body = (
        "<a href='/a'>a</a><a href='b?c'>b</a><a href='#d'>d</a>"
        "<blockquote cite='../e'>e</blockquote><img src='f.png' srcset='g.png 2x'>"
        "<video poster='h.png' src='i.mp4'></video><iframe src='//e.org/k'></iframe>"
        "<p style='background:url(l.png)'>l</p><style>p{background:url(m)}</style>"
    )
    write("news", {"title": "N", "content": body})
    write("events", {**EVENT, "description": body})
    for shown in contents(client, suffix):
        page = html.fromstring(f"<div>{shown}</div>")
        assert page.xpath(FORBIDDEN) == []
        assert "url(" not in shown
        urls = page.xpath(ADDRESSES)
        assert len(urls) >= 5
        assert all(str(url).startswith("https://") for url in urls)


def test_the_data_of_an_entry_holds_clean_html(
    client: FlaskClient, write: Write
) -> None:
    write("news", {"slug": "n", "title": "N", "content": "".join(PAYLOADS)})
    raw = json.loads(client.get(f"/{CHANNEL}/news/n.json").data)
    assert html.fromstring(f"<div>{raw['content']}</div>").xpath(FORBIDDEN) == []
