"""By keyboard, by touch and by ear: every page and widget, as Chromium has them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.contrast import COLOURS
from tests.browser.matrix import Look, shown, some

pytestmark = pytest.mark.browser

NEEDING = {
    *("link", "button", "checkbox", "combobox", "searchbox", "textbox", "slider"),
    *("table", "image", "img", "form", "navigation", "region", "Iframe"),
}
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
FOCUSABLE = """a[href], button, input:not([type=hidden]), select, textarea, summary,
  iframe, [tabindex='0']"""
FRAMES = """async () => { for (let turn = 0; turn < 6; turn++)
  await new Promise(done => requestAnimationFrame(done)); }"""
# Everything that a key should reach, in the order of the document.
STOPS = """path => [...document.querySelectorAll(path)]
  .filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 100))"""
# Where the focus is: its place, what covers it, its ring's width, and its contrast to
# what is around it on at least three of four sides.
FOCUS = (
    "path => {"
    + COLOURS
    + """
  const one = document.activeElement;
  const stop = [...document.querySelectorAll(path)]
    .filter(one => one.checkVisibility()).indexOf(one);
  if (stop < 0) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const mark = one.querySelector(':scope > .hit, :scope > circle');
  const ring = mark && getComputedStyle(mark);
  const scale = mark && mark.ownerSVGElement.getBoundingClientRect().width / 1000;
  const [width, colour] = ring ? [parseFloat(ring.strokeWidth) * scale, ring.stroke]
    : [style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
       style.outlineColor];
  const far = parseFloat(style.outlineOffset) + width + 1;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const sides = [[x, box.top - far], [x, box.bottom + far], [box.left - far, y],
    [box.right + far, y]].map(spot => painted(...spot))
    .map(behind => contrast(over(behind, colour), behind)).sort((a, b) => a - b);
  const top = document.elementFromPoint(
    box.x + Math.min(box.width / 2, 12), box.y + Math.min(box.height / 2, 12));
  return {stop, width,
    contrast: sides[1],
    covered: top && !one.contains(top) && !top.contains(one) && top.tagName !== 'IFRAME'
      ? top.outerHTML.slice(0, 80) : null};
}"""
)
# Targets of less than 24 by 24 px, but for the exceptions of WCAG 2.2, 2.5.8:
# - inline: a link among the words of a line, whose height is the line's;
# - spacing: a circle of 24 px around its middle touches no other target, and none of
#   another that is as small.
# The title of an entry is as large as its row: a pseudo-element carries it there.
SMALL = """path => {
  const all = [...document.querySelectorAll(path)].filter(one => one.checkVisibility()
    && !one.closest('.vh')
    && !one.matches('.skip:not(:focus), [tabindex="0"], iframe'));
  const box = one => (one.closest('.entry') ?? one).getBoundingClientRect();
  const is_small = one => box(one).width < 24 || box(one).height < 24;
  const is_inline = one => getComputedStyle(one).display === 'inline'
    && [...one.closest('p, li, dd, td, figcaption, div').childNodes]
      .some(node => node.nodeType === 3 && /[^\\s,;:.·]/.test(node.data));
  const middle = one => [(box(one).left + box(one).right) / 2,
    (box(one).top + box(one).bottom) / 2];
  const gap = ([x, y], {left, right, top, bottom}) =>
    Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  const is_apart = one => all.filter(other => other !== one && !one.contains(other))
    .every(other => gap(middle(one), box(other)) >= 12 && (!is_small(other)
      || Math.hypot(middle(one)[0] - middle(other)[0],
                    middle(one)[1] - middle(other)[1]) >= 24));
  return all.filter(one => is_small(one) && !is_inline(one) && !is_apart(one))
    .map(one => `${box(one).width}×${box(one).height} ${one.outerHTML.slice(0, 110)}`);
}"""
LOW = """() => [...document.querySelectorAll(`nav a, summary, button, .button, select,
    .entry, .all > a, .check, .pager a, .panel li > a, .languages a,
    input:not([type=checkbox], [type=radio], [type=hidden])`)]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map(one => `${one.getBoundingClientRect().height} ${one.outerHTML.slice(0, 110)}`)"""
Told = Callable[[str, object], None]


@pytest.fixture
def told(record_property: Told) -> Told:
    return record_property


def walk(page: Page) -> tuple[list[str], list[dict[str, Any]]]:
    """Press Tab until the focus is through; return all stops, and those it made."""
    stops: list[str] = page.evaluate(STOPS, FOCUSABLE)
    made: list[dict[str, Any]] = []
    for _ in range(3 * len(stops) + 90):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUS, FOCUSABLE)
        # The way into a frame of its own process takes Chromium a moment.
        if now is None and len(made) < len(stops):
            page.evaluate(FRAMES)
            now = page.evaluate(FOCUS, FOCUSABLE)
        if now is None or (made and now["stop"] == made[0]["stop"]):
            break
        # In a frame it goes on, from here as from one stop.
        if not made or now["stop"] != made[-1]["stop"]:
            made.append(now)
    return stops, made


@pytest.mark.counted
@pytest.mark.parametrize(
    ("number", "width", "theme"), [(0, 1280, "light"), (2, 320, "dark")]
)
def test_tab_goes_everywhere_in_order_and_can_be_seen(
    browser: Browser, site: str, number: int, width: int, theme: str, told: Told
) -> None:
    """WCAG 2.2, 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11 and 1.4.11."""
    wrong, count = {}, 0
    views = some(number, 3)
    for view in views:
        with shown(browser, site, Look(view, theme, width, "de")) as page:
            stops, made = walk(page)
            count += len(made)
            wrong[view] = missed(stops, made) + unseen(stops, made)

    assert {view: said for view, said in wrong.items() if said} == {}
    told("counted", f"Tab at {width} px: {len(views)} views, {count} stops, in order")


def missed(stops: list[str], made: list[dict[str, Any]]) -> list[str]:
    """Return what the focus did not come to, or not in the order of the document."""
    order = [one["stop"] for one in made]
    if order == list(range(len(stops))):
        return []
    return [
        f"order {order}",
        *(stops[at] for at in range(len(stops)) if at not in order),
    ]


def unseen(stops: list[str], made: list[dict[str, Any]]) -> list[str]:
    """Return where the focus can't be seen; within a frame that is the frame's."""
    return [
        f"{one} {stops[one['stop']]}"
        for one in made
        if not stops[one["stop"]].startswith("<iframe")
        and (one["width"] < 2 or one["contrast"] < 3 or one["covered"])
    ]


def test_focus_stays_while_the_preview_changes(browser: Browser, site: str) -> None:
    with shown(browser, site, Look("builder", "light", 1280, "de")) as page:
        page.locator("#stops a").nth(1).focus()
        with page.expect_response(re.compile(r"/embed\?.*width=480")):
            page.keyboard.press("Enter")
        page.locator("#stops [aria-current]", has_text="480").wait_for()

        assert page.evaluate("document.activeElement.textContent") == "480"


@pytest.mark.parametrize(
    ("view", "tabs", "past"),
    [
        *((view, 1, "content") for view in ("channel", "event", "builder")),
        ("month", 4, "after"),
    ],
)
def test_skip_link_comes_first_and_skips(
    browser: Browser, site: str, view: str, tabs: int, past: str
) -> None:
    """WCAG 2.2, 2.4.1: of a page the head; of a month, after its bar, the table."""
    with shown(browser, site, Look(view, "light", 1280, "de")) as page:
        for _ in range(tabs):
            page.keyboard.press("Tab")
        skip = page.locator(":focus")
        box = skip.bounding_box()

        assert skip.get_attribute("href") == f"#{past}"
        assert box is not None
        assert box["height"] >= 24
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == past


@pytest.mark.counted
@pytest.mark.parametrize(("number", "width"), [(0, 1280), (1, 320)])
def test_targets_are_large_or_apart(
    browser: Browser, site: str, number: int, width: int, told: Told
) -> None:
    """WCAG 2.2, 2.5.8, with every menu open."""
    found = {}
    for view in some(number, 2):
        with shown(browser, site, Look(view, "light", width, "de")) as page:
            page.evaluate(OPEN)
            found[view] = page.evaluate(SMALL, FOCUSABLE) + page.evaluate(LOW)

    assert {view: small for view, small in found.items() if small} == {}
    told("counted", f"targets at {width} px: {len(found)} views, all large or apart")


def test_small_targets_are_found(browser: Browser, site: str) -> None:
    crowd = "<p><a href='#a'>a</a> <a href='#b'>b</a></p><p>Wort <a href='#c'>c</a></p>"
    with shown(browser, site, Look("home", "light", 1280, "de")) as page:
        page.evaluate(
            "crowd => { document.querySelector('main').innerHTML = crowd; }", crowd
        )

        small = [one.partition(" ")[2] for one in page.evaluate(SMALL, FOCUSABLE)]
        assert small == ['<a href="#a">a</a>', '<a href="#b">b</a>']


def heard(page: Page) -> list[tuple[str, str]]:
    """Return what assistive technology gets: role and name of everything, in order.

    Without soft hyphens, and without the space that Chromium puts before words that
    are not in the flow.
    """
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], spoken(node.get("name", {}).get("value", "")))
        for node in nodes
        if not node["ignored"]
    ]


def spoken(words: str) -> str:
    return re.sub(r"[\u00ad\u2060]", "", words).replace(" ,", ",").strip()


def test_month_is_heard_as_one_table(browser: Browser, site: str) -> None:
    with shown(browser, site, Look("month", "light", 1280, "de")) as page:
        said = heard(page)
    names: dict[str, list[str]] = {}
    for role, name in said:
        names.setdefault(role, []).append(name)

    assert names["table"] == ["Termine im Juli 2021, 33 Termine"]
    assert names["columnheader"] == [
        *("Kalenderwoche", "Montag", "Dienstag", "Mittwoch", "Donnerstag"),
        *("Freitag", "Samstag", "Sonntag"),
    ]
    assert names["rowheader"] == [f"Kalenderwoche {week}" for week in range(26, 31)]
    assert len(names["cell"]) == 35
    assert "grid" not in names
    assert (
        "09:30 Elterncafé im Sommer, Familienmanagerinnen und -manager" in names["link"]
    )
    assert [name for name in names["link"] if "Rallye" in name] == [
        "15:00 Abgesagt Kinderrechte-Rallye durch das Rathaus,"
        " Audit familiengerechte Kommune"
    ]


def test_cell_says_its_day_and_how_many(browser: Browser, site: str) -> None:
    with shown(browser, site, Look("month", "light", 1280, "de")) as page:
        cells = [name for role, name in heard(page) if role == "cell"]
    full = [cell for cell in cells if not re.fullmatch(r"\d+", cell)]

    pattern = r"\d+\. (?:Juni|Juli|August) 2021, \d+ Termine? "
    assert [cell for cell in full if not re.match(pattern, cell)] == []
    assert (len(cells), len(full)) == (35, 32)
    assert [cell for cell in full if cell.startswith("21.")] == [
        "21. Juli 2021, 3 Termine Sommerferien in Nordrhein-Westfalen (Tag 17 von 44)"
        " 10:00 Abgesagt Stadtteilspaziergang mit Kinderwagen, Familienmanagerinnen"
        " und -manager 15:00 Abgesagt Kinderrechte-Rallye durch das Rathaus, Audit"
        " familiengerechte Kommune"
    ]


@pytest.mark.counted
def test_everything_has_a_name_and_nothing_a_tooltip(
    browser: Browser, site: str, told: Told
) -> None:
    """WCAG 2.2, 4.1.2, 1.1.1 and 2.4.4.

    A `title` alone names for the mouse, and what is `disabled` loses the focus.
    """
    nameless, wrong, count = {}, {}, 0
    for view in some(1, 2):
        with shown(browser, site, Look(view, "light", 1280, "de")) as page:
            page.evaluate(OPEN)
            said = [(role, name) for role, name in heard(page) if role in NEEDING]
            nameless[view] = [role for role, name in said if not name]
            wrong[view] = page.locator("body [title]:not(iframe), [disabled]").count()
            count += len(said)

    assert {view: roles for view, roles in nameless.items() if roles} == {}
    assert set(wrong.values()) == {0}
    told("counted", f"names: {len(wrong)} views, {count} parts, each with its own")
