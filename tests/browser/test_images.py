"""Pictures in a widget: only where asked for, and nobody says to whom they go."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route

from feeds import tenancy
from tests.browser.hosts import Hosts, settle
from tests.browser.partner import built, document, element, script
from tests.browser.sites import serving
from tests.cast import Clock, publisher_of

pytestmark = pytest.mark.browser

PICTURE = "https://bilder.example/fest.png"
# One pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
NEWS = {
    "id": "fest",
    "slug": "fest",
    "title": "Ein Fest",
    "summary": "Es war schön.",
    "image": {"url": PICTURE, "alt": "Ein Platz voller Menschen", "credit": "Stadt"},
}


@pytest.fixture(scope="module")
def pictured(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[str]:
    """Return the address of a service whose one news item has a picture."""
    home = tmp_path_factory.mktemp("pictured")
    with serving(home, sqlite_template) as (address, app):
        publisher, now = publisher_of(app), Clock().now
        channel = {"slug": "familie-nrw", "title": "Familie in NRW"}
        tenancy.create(publisher, channel, now=now)
        publisher.create("news", "familie-nrw", NEWS, now=now)
        yield address


@pytest.fixture
def asked(page: Page) -> list[Request]:
    """Return what the server of the picture was asked."""
    found: list[Request] = []

    def answer(route: Route) -> None:
        found.append(route.request)
        route.fulfill(body=PNG, content_type="image/png")

    page.route("https://bilder.example/**", answer)
    return found


def test_no_picture_is_asked_for_by_default(
    page: Page, pictured: str, hosts: Hosts, asked: list[Request]
) -> None:
    frame = f'<iframe src="{pictured}/embed/familie-nrw/news"></iframe>'
    page.goto(hosts.page(document(frame, element(view="news"), script(pictured))))
    built(page)

    assert asked == []


@pytest.mark.parametrize("where", ["frame", "element"])
def test_picture_is_asked_for_without_a_referrer(
    page: Page, pictured: str, hosts: Hosts, asked: list[Request], where: str
) -> None:
    query = "show=title,images"
    source = f"{pictured}/embed/familie-nrw/news?{query}"
    parts = {
        "frame": [f'<iframe width="900" height="700" src="{source}"></iframe>'],
        "element": [element(view="news", show="title,images"), script(pictured)],
    }
    loud = {"Referrer-Policy": "unsafe-url"}
    page.goto(hosts.page(document(*parts[where]), loud))
    inside = page.frames[-1].locator("figure img")
    inside.wait_for()
    settle(page)

    assert [one.url for one in asked] == [PICTURE]
    assert "referer" not in asked[0].all_headers()
    assert inside.get_attribute("alt") == "Ein Platz voller Menschen"
    assert inside.evaluate("async one => { await one.decode(); return 1 }") == 1
