"""`/resize.js` in Chromium: a frame as tall as its content, deaf to all others."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.hosts import Hosts, becomes, settle
from tests.browser.partner import document, element, script
from tests.counts import count

pytestmark = pytest.mark.browser

EMBED = "/embed/familie-nrw"
VIEWS = {
    "month": f"{EMBED}/month?month=2021-07",
    "news": f"{EMBED}/news",
    "agenda": f"{EMBED}/agenda?limit=5",
    "map": f"{EMBED}/map",
}
COUNTED = """<script>
window.told = [];
addEventListener("message",
  ({data}) => data?.type === "size" && told.push(data.height));
</script>"""
HEARD = """[...document.querySelectorAll("iframe")].every(
  one => one.style.height !== "150px")"""
SHIFTS = """<script>
window.shift = 0;
new PerformanceObserver(list => {
  for (const one of list.getEntries()) shift += one.value;
}).observe({type: "layout-shift", buffered: true});
</script>"""
BELOW = "<p>" + "Was darunter steht. " * 20 + "</p>"
# Heights that are none, each with the height that a frame then has.
FORGED: list[tuple[Any, float]] = [
    ({"feeds": 1, "type": "size", "height": 1e9}, 6000),
    ({"feeds": 1, "type": "size", "height": -5}, 120),
    ({"feeds": 1, "type": "size", "height": 0.5}, 120),
    ({"feeds": 1, "type": "size", "height": 333.2}, 334),
]
UNHEARD: list[Any] = [
    {"feeds": 1, "type": "size", "height": "500"},
    {"feeds": 1, "type": "size", "height": None},
    {"feeds": 1, "type": "size", "height": [500]},
    {"feeds": 1, "type": "size", "height": {}},
    {"feeds": 1, "type": "size", "height": "500px;position:fixed"},
    {"feeds": 1, "type": "size"},
    {"feeds": 1, "type": "ask", "height": 500},
    {"feeds": "1", "type": "size", "height": 500},
    {"type": "size", "height": 500},
    {"message": "height", "value": 500},
    "size",
    500,
    None,
    [],
]
NOT_FINITE = (
    "[NaN, Infinity, -Infinity].map(height => ({feeds: 1, type: 'size', height}))"
)


def frame(source: str, height: int = 150, more: str = "") -> str:
    style = f"width:100%;border:0;height:{height}px"
    return f'<iframe style="{style}" {more} src="{source}"></iframe>'


def resizer(site: str) -> str:
    return f'<script async src="{site}/resize.js"></script>'


def fits(page: Page, number: int = 0) -> bool:
    """Say whether a frame becomes as tall as what is in it, to a pixel."""
    inner = "document.documentElement.getBoundingClientRect().height"
    return becomes(
        page,
        lambda: (
            abs(height_of(page, number) - page.frames[1 + number].evaluate(inner)) <= 1
        ),
    )


def height_of(page: Page, number: int = 0) -> float:
    found: float = (
        page.locator("iframe").nth(number).evaluate("one => one.clientHeight")
    )
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_frame_is_as_tall_as_its_content(
    page: Page, site: str, hosts: Hosts, view: str
) -> None:
    """With an origin of its own and, in a sandbox and out of sight, without."""
    page.set_viewport_size({"width": 1280, "height": 900})
    source = site + VIEWS[view]
    both = [frame(source), frame(source, more='sandbox="allow-scripts"')]
    page.goto(hosts.page(document(COUNTED, *both, resizer(site))))
    # Not how often both have told theirs: one that was here first is asked once more.
    page.wait_for_function(HEARD)
    settle(page)
    found = [[fits(page, 0), fits(page, 1)]]
    page.evaluate("told.length = 0")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        seen = []
        for number in (0, 1):
            page.locator("iframe").nth(number).scroll_into_view_if_needed()
            settle(page)
            seen.append(fits(page, number))
        found.append(seen)
        assert page.evaluate("told.splice(0).length") <= 6, width

    assert found == [[True, True]] * 3
    assert height_of(page) > 300


def test_script_may_come_before_after_and_twice(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    source = f"{site}{VIEWS['agenda']}"
    parts = [resizer(site), frame(source), frame(site + VIEWS["month"]), resizer(site)]
    page.goto(hosts.page(document(*parts)), wait_until="load")
    settle(page)
    early = [fits(page, number) for number in (0, 1)]
    page.goto(hosts.page(document(frame(source))), wait_until="load")
    settle(page)
    alone = height_of(page)
    page.evaluate(
        "url => document.body.append(Object.assign("
        "document.createElement('script'), {src: url}))",
        f"{site}/resize.js",
    )
    page.wait_for_function("document.querySelector('iframe').clientHeight > 150")
    settle(page)

    assert early == [True, True]
    assert alone == 150
    assert fits(page)
    assert wrongs == []


def test_frame_scrolls_without_the_script(page: Page, site: str, hosts: Hosts) -> None:
    page.goto(hosts.page(document(frame(site + VIEWS["month"]))))
    page.locator("iframe").hover()
    page.mouse.wheel(0, 120)
    page.frames[1].wait_for_function("document.scrollingElement.scrollTop > 0")
    room = page.frames[1].evaluate(
        "[document.scrollingElement.clientHeight < document.scrollingElement"
        ".scrollHeight, getComputedStyle(document.documentElement).overflowY]"
    )

    assert room == [True, "visible"]
    assert height_of(page) == 150


def test_forged_heights_are_not_heard(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    """From the page, from another frame, and from ours once it has been taken over."""
    evil = hosts.page(document("<p>evil"))
    ours = frame(site + VIEWS["month"])
    page.goto(hosts.page(document(COUNTED, frame(evil), ours, resizer(site))))
    page.wait_for_function("told.length > 0")
    assert fits(page, 1)
    settle(page)
    before = [height_of(page, number) for number in (0, 1)]
    good = {"feeds": 1, "type": "size", "height": 500}
    page.evaluate("data => postMessage(data, '*')", good)
    page.frames[1].evaluate("data => parent.postMessage(data, '*')", good)
    for data in UNHEARD:
        page.frames[2].evaluate("data => parent.postMessage(data, '*')", data)
    page.frames[2].evaluate(
        f"{NOT_FINITE}.forEach(data => parent.postMessage(data, '*'))"
    )
    settle(page)
    after = [height_of(page, number) for number in (0, 1)]
    clamped = []
    for data, _ in FORGED:
        page.frames[2].evaluate("data => parent.postMessage(data, '*')", data)
        page.wait_for_function("height => told.at(-1) === height", arg=data["height"])
        clamped.append(height_of(page, 1))

    assert after == before
    assert clamped == [height for _, height in FORGED]
    assert wrongs == []


def test_page_that_grows_with_its_frame_comes_to_an_end(
    page: Page, site: str, hosts: Hosts
) -> None:
    """A host that adds to each height, and a content that is as tall as its frame."""
    grow = """<script>
addEventListener("message", ({data}) => {
  document.querySelector("iframe").style.height = data.height + 10 + "px";
});
</script>"""
    page.goto(hosts.page(document(COUNTED, grow, frame(site + VIEWS["agenda"]))))
    page.wait_for_function("told.length > 0")
    settle(page)
    page.evaluate("told.length = 0")
    page.frames[1].evaluate("document.documentElement.style.minHeight = '100vh'")
    page.wait_for_function(
        """() => { if (window.count !== told.length)
          { window.count = told.length; window.since = performance.now(); }
          return count && performance.now() - since > 500; }"""
    )

    assert 5 <= page.evaluate("told.length") <= 10


@pytest.mark.counted
@pytest.mark.parametrize("view", list(VIEWS)[: count(2, len(VIEWS))])
def test_nothing_below_jumps_where_the_height_is_known(
    page: Page, site: str, hosts: Hosts, view: str
) -> None:
    """Cumulative layout shift, with the builder's height or none."""
    query = dict(
        one.split("=") for one in VIEWS[view].partition("?")[2].split("&") if one
    )
    source = site + VIEWS[view]
    page.goto(hosts.page(document(COUNTED, frame(source), resizer(site))))
    page.wait_for_function(HEARD)
    settle(page)
    assert fits(page)
    known = int(height_of(page))
    wholes = {
        "frame": (0.02, frame(source, known), resizer(site)),
        "frame without": (0.1, frame(source), resizer(site)),
        "element": (0.02, element(view=view, height=str(known), **query), script(site)),
        "element without": (0.1, element(view=view, height="", **query), script(site)),
    }
    shifts = {}
    for name, (most, one, loaded) in wholes.items():
        page.goto(hosts.page(document(SHIFTS, COUNTED, one, BELOW, loaded)))
        page.wait_for_function(
            "told.length || document.querySelector('feeds-widget')?.shadowRoot"
            "?.querySelector('section')"
        )
        settle(page)
        shifts[name] = (page.evaluate("shift"), most)

    assert {name: one for name, one in shifts.items() if one[0] > one[1]} == {}
