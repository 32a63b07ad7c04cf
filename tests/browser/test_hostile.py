"""Markup that tries to run, in every text of a channel and in every parameter.

The list is `tests.payloads`. Each ends up in pages, frames, elements, fragments, maps,
the builder, JSON-LD and oEmbed, and in none of them may anything of it be alive.
"""

from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Dialog, Page, Route

from feeds.schemas.query import PARAMETERS
from feeds.selection import VIEWS
from tests.browser.attack import EMBED, HOME, SLUG, USED, alive
from tests.browser.hosts import Hosts
from tests.browser.partner import built, document, element, script
from tests.counts import count
from tests.payloads import PAYLOADS

pytestmark = [pytest.mark.browser, pytest.mark.counted]

ALL = "title,nav,filter,search,subscribe,all"
# All are in the lists; each has pages of its own in `make soak` only.
STEP = len(USED) // count(6, len(USED))
ALONE = range(0, len(USED), STEP)
LISTS = [
    "/",
    HOME,
    f"{HOME}/events?limit=200",
    f"{HOME}/events?limit=200&page=2",
    f"{HOME}/news?limit=200",
    f"{HOME}/news?limit=200&page=2",
    f"{HOME}/places",
    f"{HOME}/subscribe?category=c0&place=p0",
    *(f"{HOME}/embed?view={view}&limit=200" for view in ("month", "news", "map")),
    f"{HOME}/embed?view=event&event=e1",
]
WIDGETS = {
    "month": {"show": ALL, "month": "2021-07"},
    "mini": {"show": ALL, "month": "2021-07"},
    "agenda": {"show": ALL, "limit": "200"},
    "news": {"show": f"{ALL},images", "limit": "200"},
    "event": {"show": "title,subscribe,all,images", "event": "e7"},
    "map": {"show": "title,filter,search,all"},
}


@pytest.fixture
def watched(page: Page, attacked: str, wrongs: list[str]) -> Page:
    """Return a page that leaves this machine for nothing, and keeps no dialog."""
    home = attacked

    def answer(route: Route) -> None:
        """Send pages, but no image of a payload's, which is a link like any other."""
        url = route.request.url
        is_near = url.startswith((home, "http://localhost")) and not url.endswith("/x")
        route.continue_() if is_near else route.fulfill(status=204)

    page.route("**/*", answer)

    def dismiss(dialog: Dialog) -> None:
        wrongs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    return page


def test_control_finds_every_kind_alive(
    page: Page, attacked: str, hosts: Hosts
) -> None:
    page.goto(hosts.page(document(*PAYLOADS)))

    page.wait_for_function("window.ran === 1")
    assert len(alive(page, attacked)) > 30


def test_lists_are_dead(watched: Page, attacked: str, wrongs: list[str]) -> None:
    found = {}
    for path in LISTS:
        watched.goto(attacked + path)
        found[path] = alive(watched, attacked)

    assert found == {path: [] for path in LISTS}
    assert wrongs == []


def test_pages_of_entries_are_dead_and_their_data_is_whole(
    watched: Page, attacked: str, wrongs: list[str]
) -> None:
    for number in ALONE:
        for noun, letter in (("events", "e"), ("news", "n")):
            watched.goto(f"{attacked}{HOME}/{noun}/{letter}{number}")
            assert alive(watched, attacked) == [], USED[number]
            (data,) = watched.locator("script[type='application/ld+json']").all()
            read = watched.evaluate("text => JSON.parse(text)", data.text_content())
            title = read["name" if noun == "events" else "headline"]
            assert title == watched.locator("h1").inner_text().replace("\xad", "")

    assert wrongs == []


def test_widgets_are_dead(watched: Page, attacked: str, wrongs: list[str]) -> None:
    found = {}
    for view, given in WIDGETS.items():
        watched.goto(f"{attacked}{EMBED}/{view}?{urlencode(given)}")
        found[view] = alive(watched, attacked)

    assert found == {view: [] for view in WIDGETS}
    assert wrongs == []


def test_elements_are_dead(
    watched: Page, attacked: str, hosts: Hosts, wrongs: list[str]
) -> None:
    parts = [
        element(channel=SLUG, view=view, **given) for view, given in WIDGETS.items()
    ]
    watched.goto(hosts.page(document(*parts, script(attacked))))
    built(watched, len(WIDGETS))

    assert alive(watched, attacked) == []
    assert wrongs == []


def test_fragments_are_dead(
    watched: Page, attacked: str, hosts: Hosts, wrongs: list[str]
) -> None:
    fragments = [
        watched.request.get(f"{attacked}{EMBED}/{view}.html?{urlencode(given)}")
        for view, given in WIDGETS.items()
    ]
    watched.goto(hosts.page(document(*(one.text() for one in fragments))))

    assert [one.status for one in fragments] == [200] * len(WIDGETS)
    assert watched.evaluate(
        "[...document.querySelectorAll('feeds-widget')].map(one => !!one.shadowRoot)"
    ) == [True] * len(WIDGETS)
    assert alive(watched, attacked) == []
    assert wrongs == []


def test_what_oembed_hands_out_is_a_frame_alone(
    watched: Page, attacked: str, hosts: Hosts, wrongs: list[str]
) -> None:
    home, parts = attacked, []
    for number in ALONE:
        for path in (f"events/e{number}", f"news/n{number}", f"events?q={number}"):
            url = quote(f"{home}{HOME}/{path}", safe="")
            parts.append(watched.request.get(f"{home}/oembed?url={url}").json()["html"])
    watched.goto(hosts.page(document(*parts).replace(' src="', ' data-src="')))

    frames = watched.locator("body > *")
    assert frames.evaluate_all("all => all.map(one => one.localName)") == (
        ["iframe"] * len(parts)
    )
    assert frames.evaluate_all(
        "all => all.every(one => one.dataset.src && !one.attributes.onload)"
    )
    assert wrongs == []


PATHS = {
    "home": "/",
    "channel": HOME,
    **{name: f"{HOME}/{name}" for name in ("events", "news", "places", "subscribe")},
    "entry": f"{HOME}/events/e1",
    "embed": f"{HOME}/embed",
    **{f"embed.{view}": f"{EMBED}/{view}" for view in WIDGETS},
}


def test_every_page_is_asked() -> None:
    assert set(PATHS) == {name for name, view in VIEWS.items() if view.is_html}


@pytest.mark.parametrize("view", PATHS)
def test_parameters_are_dead(
    watched: Page, attacked: str, wrongs: list[str], view: str
) -> None:
    """All at once, one alone, and words to search for, which are no mistake."""
    names = sorted(VIEWS[view].takes & PARAMETERS.keys())
    start = list(PATHS).index(view)
    for turn in range(count(1, len(USED))):
        bad = USED[(start * 17 + turn * 101) % len(USED)]
        name = names[(start + turn) % len(names)]
        asked: list[dict[str, str]] = [dict.fromkeys(names, bad), {name: bad}]
        asked += [{bad: "1"}, {"q": bad}] if "q" in names else [{bad: "1"}]
        for query in asked:
            watched.goto(f"{attacked}{PATHS[view]}?{urlencode(query)}")
            assert alive(watched, attacked) == [], query

    refused = "Failed to load resource: the server responded with a status of 400"
    assert {one for one in wrongs if not one.startswith(refused)} == set()
