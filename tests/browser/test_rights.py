"""Who may embed: the sites that a channel names, and nobody any page but a widget."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup
from playwright.sync_api import Page

from feeds import tenancy
from tests.browser.hosts import Hosts, hosting, settle
from tests.browser.partner import built, document, element, script
from tests.browser.sites import serving
from tests.cast import Clock, publisher_of

pytestmark = pytest.mark.browser

VIEWS = ("month", "mini", "agenda", "news", "map")
BLOCKED = "chrome-error://chromewebdata/"
# Each address but a widget's: pages, what programs read, and a page that isn't there.
OTHERS = (
    *("/", "/open", "/open/events", "/open/events/fest", "/open/news"),
    *("/open/news/neues", "/open/places", "/open/subscribe", "/open/embed"),
    *("/open/events.rss", "/open/news.atom", "/open/events.json", "/open/nirgends"),
    *("/opml", "/sitemap.xml", "/api/docs", "/nirgends"),
)


@pytest.fixture(scope="module")
def stranger() -> Iterator[Hosts]:
    """Return the server of a site that no channel names."""
    with hosting() as made:
        yield made


@pytest.fixture(scope="module")
def rights(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, hosts: Hosts
) -> Iterator[str]:
    """Return a service with a channel for all, and one that names a site."""
    home = tmp_path_factory.mktemp("rights")
    with serving(home, sqlite_template) as (address, app):
        publisher, now = publisher_of(app), Clock().now
        for slug, origins in (("open", []), ("named", [hosts.origin])):
            raw = {"slug": slug, "title": slug.title(), "embed_origins": origins}
            tenancy.create(publisher, raw, now=now)
            event = {"title": "Fest", "start": "2021-07-08T09:30"}
            publisher.create("events", slug, event, now=now)
            publisher.create("news", slug, {"title": "Neues"}, now=now)
        yield address


def frame(source: str) -> Markup:
    return Markup('<iframe src="{}"></iframe>').format(source)


def framed(page: Page, host: Hosts, sources: list[str]) -> dict[str, bool]:
    """Return which addresses show in frames of a host."""
    page.goto(host.page(document(*map(frame, sources))))
    settle(page)
    shown = [one.url != BLOCKED for one in page.main_frame.child_frames]
    return dict(zip(sources, shown, strict=True))


def test_named_site_may_frame_and_build(
    page: Page, rights: str, hosts: Hosts, wrongs: list[str]
) -> None:
    sources = [f"{rights}/embed/named/{view}" for view in VIEWS]
    elements = [element(channel="named", view=view) for view in VIEWS]

    assert framed(page, hosts, sources) == dict.fromkeys(sources, True)
    page.goto(hosts.page(document(*elements, script(rights))))
    built(page, len(VIEWS))
    assert wrongs == []


def test_other_site_may_neither_frame_nor_build(
    page: Page, rights: str, stranger: Hosts, wrongs: list[str]
) -> None:
    sources = [f"{rights}/embed/named/{view}" for view in VIEWS]
    assert framed(page, stranger, sources) == dict.fromkeys(sources, False)

    wrongs.clear()
    elements = [element(channel="named", view=view) for view in VIEWS]
    page.goto(stranger.page(document(*elements, script(rights))))
    page.wait_for_function(
        "document.querySelectorAll('feeds-widget [role=status]').length === 5"
        " || [...document.querySelectorAll('feeds-widget')].every(one =>"
        " one.shadowRoot && !one.shadowRoot.querySelector('section'))"
    )
    settle(page)

    assert page.locator("feeds-widget > a").all_inner_texts() == (
        ["Termine im Juli"] * len(VIEWS)
    )
    assert page.get_by_text("Fest").count() == 0
    refused = [one for one in wrongs if "blocked by CORS policy" in one]
    assert len(refused) == len(VIEWS)


def test_our_own_builder_previews_what_others_may_not_frame(
    page: Page, rights: str, wrongs: list[str]
) -> None:
    page.goto(f"{rights}/named/embed?view=agenda")
    preview = page.frame_locator("[data-preview]")

    assert preview.locator("h1").inner_text() == "Nächste Termine"
    assert wrongs == []


def test_every_site_may_frame_and_build_where_none_is_named(
    page: Page, rights: str, stranger: Hosts, wrongs: list[str]
) -> None:
    sources = [f"{rights}/embed/open/{view}" for view in VIEWS]
    elements = [element(channel="open", view=view) for view in VIEWS]

    assert framed(page, stranger, sources) == dict.fromkeys(sources, True)
    page.goto(stranger.page(document(*elements, script(rights))))
    built(page, len(VIEWS))
    assert wrongs == []


@pytest.mark.parametrize("is_own", [False, True])
def test_no_other_page_can_be_framed(
    page: Page, rights: str, hosts: Hosts, is_own: bool
) -> None:
    sources = [rights + path for path in OTHERS]
    if not is_own:
        assert framed(page, hosts, sources) == dict.fromkeys(sources, False)
        return
    body = document(*map(frame, sources))
    page.route(f"{rights}/own", lambda route: route.fulfill(body=body))
    page.goto(f"{rights}/own")
    settle(page)

    assert {one.url for one in page.main_frame.child_frames} == {BLOCKED}
