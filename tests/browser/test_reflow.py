"""Narrow, zoomed, spaced out, mirrored, on paper: nothing is lost or sticks out."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from feeds.i18n import LANGUAGES
from tests.browser.matrix import EVERYTHING, Look, shown, some
from tests.cast import CHANNEL, Api

pytestmark = pytest.mark.browser

ACROSS = "document.documentElement.scrollWidth"
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
# What sticks out at a side. Code, and the builder's preview, scroll on their own.
OUT = """() => [...document.querySelectorAll('body *')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && box.height > 1
      && (box.left < -1 || box.right > innerWidth + 1)
      && one.checkVisibility() && !one.closest('.vh, .skip, pre, .stage, svg *');
  }).map(one => one.outerHTML.slice(0, 120))"""
# Text that its own box cuts off, but for what is meant for ears, 1 px wide, and for
# long titles in the grid, which end in an ellipsis until they have the focus.
CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
    const style = getComputedStyle(one);
    return one.checkVisibility() && /hidden|clip/.test(style.overflow)
      && one.clientWidth > 1 && !one.closest('.skip, input, svg')
      && !one.matches('.grid li a:not(:focus-visible)')
      && (one.scrollHeight > one.clientHeight + 2
        || one.scrollWidth > one.clientWidth + 1);
  }).map(one => one.outerHTML.slice(0, 120))"""
SPACED = """*, ::before, ::after {
  line-height: 1.5 !important;
  letter-spacing: .12em !important;
  word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""


def stuck_out(page: Page, width: int) -> list[str]:
    """Return what is wider than the page, with every menu open."""
    page.evaluate(OPEN)
    across = page.evaluate(ACROSS)
    out: list[str] = page.evaluate(OUT)
    return out if across == width else [f"{across} px", *out]


# What no language of ours translates; a map's source is named as its owner asks for.
NAMES = "|".join(
    [
        *("Google Calendar", "Outlook.com", "Microsoft 365", "OpenStreetMap"),
        *("iPhone", "iPad", "Mac", "Outlook", "Thunderbird"),
        *("iCalendar", "RSS", "Atom", "JSON Feed", "GeoJSON", "JSON", "CSP", "px"),
        *(r"\w+@example\.org", r"[a-z.]+\.(org|de)", "#[0-9a-f]{6}"),
    ]
)
FOREIGN = """names => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const {data, parentElement: one} = walk.currentNode;
    const own = one.closest(
      '[lang], [dir=ltr], [aria-hidden], .chart figcaption, script, pre');
    const rest = data.replace(new RegExp(names, 'g'), '');
    if (/[a-zäöüß]{2}/i.test(rest) && own === document.documentElement)
      found.push(one.outerHTML.slice(0, 160));
  }
  return found;
}"""
APART = """() => [...document.querySelectorAll('body [lang=de]:not(svg *)')]
  .map(one => getComputedStyle(one))
  .map(({direction, unicodeBidi}) => `${direction} ${unicodeBidi}`)"""
STUCK = """() => [...document.querySelectorAll('body *')]
  .filter(one => /fixed|sticky/.test(getComputedStyle(one).position))
  .map(one => one.getBoundingClientRect())
  .filter(({top, bottom}) => bottom > 0 && top < innerHeight)
  .map(({height}) => height)"""
# Shown on paper, though nobody can press it there.
KEPT = """() => [...document.querySelectorAll(
    'nav, form, button, summary, input, .skip, .pager')]
  .filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 120))"""
PAPER = """() => {
  const ink = document.createElement('canvas').getContext('2d');
  ink.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  ink.fillRect(0, 0, 1, 1);
  return `rgb(${ink.getImageData(0, 0, 1, 1).data.slice(0, 3).join(', ')})`;
}"""
LEFT = """path => [...document.querySelectorAll(path)]
  .filter(one => one.checkVisibility())
  .map(one => one.getBoundingClientRect().x)"""
# Where the first and the last character of each text are painted.
ENDS = """path => [...document.querySelectorAll(path)]
  .filter(one => one.checkVisibility())
  .map(one => document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode())
  .map(node => [0, node.data.trimEnd().length - 1].map(at => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().x;
  }))"""


@pytest.mark.counted
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out_of_a_phone(
    browser: Browser,
    site: str,
    language: str,
    record_property: Callable[[str, object], None],
) -> None:
    """WCAG 2.2, 1.4.10: 320 px, which is 1280 px at 400 %."""
    found = {}
    for view in some(list(LANGUAGES).index(language), 5):
        with shown(browser, site, Look(view, "light", 320, language)) as page:
            found[view] = stuck_out(page, 320)

    assert {view: out for view, out in found.items() if out} == {}
    said = f"320 px: {len(found)} views in {language}, nothing sticks out"
    record_property("counted", said)


@pytest.mark.counted
@pytest.mark.parametrize(("number", "width"), [(0, 1280), (1, 320)])
def test_text_may_be_spaced_without_loss(
    browser: Browser,
    site: str,
    number: int,
    width: int,
    record_property: Callable[[str, object], None],
) -> None:
    """WCAG 2.2, 1.4.12."""
    found = {}
    for view in dict.fromkeys(["month", *some(number, 3)]):
        with shown(browser, site, Look(view, "light", width, "de")) as page:
            page.add_style_tag(content=SPACED)
            found[view] = stuck_out(page, width) + page.evaluate(CUT)

    assert {view: lost for view, lost in found.items() if lost} == {}
    said = f"text spacing at {width} px: {len(found)} views, nothing cut"
    record_property("counted", said)


def test_cut_text_is_found(browser: Browser, site: str) -> None:
    with shown(browser, site, Look("home", "light", 320, "de")) as page:
        page.add_style_tag(content=".lead { height: 20px; overflow: hidden }")
        page.add_style_tag(content="h1 { width: 500px }")

        assert [one[:15] for one in page.evaluate(CUT)] == ['<p class="lead"']
        assert stuck_out(page, 320)[0] == "516 px"


@pytest.mark.parametrize("view", ["channel", "events", "month", "builder"])
def test_nothing_that_stays_fills_a_screen_at_400_percent(
    browser: Browser, site: str, view: str
) -> None:
    """1280 by 800 px at 400 %: what sticks while scrolling leaves room to read."""
    look = Look(view, "light", 320, "de")
    with shown(browser, site, look, device_scale_factor=4) as page:
        page.set_viewport_size({"width": 320, "height": 200})
        page.evaluate("scrollTo(0, 900)")
        heights = page.evaluate(STUCK)

        assert [height for height in heights if height > 70] == []


@pytest.mark.parametrize("view", ["channel", "month", "mini", "agenda", "map", "item"])
def test_foreign_words_are_marked_and_kept_apart(
    browser: Browser, site: str, view: str
) -> None:
    """WCAG 2.2, 3.1.2: German in an Arabic page says so, and runs its own way."""
    with shown(browser, site, Look(view, "light", 1280, "ar")) as page:
        root = page.evaluate("[document.documentElement.lang, document.dir]")
        apart = page.evaluate(APART)

        assert root == ["ar", "rtl"]
        assert page.evaluate(FOREIGN, NAMES) == []
        assert set(apart) <= {"ltr isolate", "ltr isolate-override"}


@pytest.mark.parametrize("width", [1280, 320])
def test_arabic_month_is_mirrored(browser: Browser, site: str, width: int) -> None:
    with shown(browser, site, Look("month", "light", width, "ar")) as page:
        back, _, on = page.evaluate(LEFT, "nav a")
        headers = page.evaluate(LEFT, "thead th")
        arrows = page.evaluate(ENDS, "nav a[rel]")
        times = page.evaluate(ENDS, ".grid li time")

        assert back > on
        # An arrow is mirrored with its text, which begins at the right.
        assert [first > last for first, last in arrows] == [True, True]
        assert headers == sorted(headers, reverse=True)
        assert [first < last for first, last in times] == [True] * len(times)
        assert (len(headers), bool(times)) == (
            (8, True) if width == 1280 else (0, False)
        )


@pytest.fixture
def forty(client: FlaskClient, owner: Api) -> str:
    """Return the month of forty events, a whole document, as the server sends it."""
    for number in range(40):
        start = f"2021-07-{number % 28 + 1:02}T{8 + number // 28:02}:00"
        title = f"Offene Sprechstunde für Familien und Fachkräfte {number}"
        raw = {"title": title, "start": start, "categories": []}
        assert owner("POST", f"/channels/{CHANNEL}/events", json=raw).status_code == 201
    path = f"/embed/{CHANNEL}/month?month=2021-07&show={EVERYTHING}"
    return client.get(path).text


def test_month_of_forty_events_is_one_landscape_sheet(
    browser: Browser, forty: str
) -> None:
    page = browser.new_page()
    page.set_content(forty)
    sheet = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1047, "height": 718})

    assert page.locator(".grid li").count() == 40
    assert page.locator(".grid").is_visible()
    assert [page.locator(part).is_visible() for part in ("nav", "form", ".all")] == [
        False
    ] * 3
    assert sheet.count(b"/Type /Page\n") == 1
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", sheet)
    assert float(box[0]) > float(box[1])
    page.close()


@pytest.mark.parametrize("view", ["events", "agenda", "event", "item", "teaser"])
def test_lists_print_without_what_needs_a_screen(
    browser: Browser, site: str, view: str
) -> None:
    with shown(browser, site, Look(view, "dark", 1280, "de")) as page:
        page.emulate_media(media="print", color_scheme="dark")
        page.set_viewport_size({"width": 718, "height": 1047})

        assert page.evaluate(KEPT) == []
        assert page.locator("h1").is_visible()
        assert page.evaluate(ACROSS) == 718
        assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
