"""Widgets as guests: hostile styles, dark and light, narrow and wide, isolation."""

from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.hosts import Hosts, settle
from tests.browser.partner import built, document, element, script

pytestmark = pytest.mark.browser

EMBED = "/embed/familie-nrw"
JULY = {"view": "month", "month": "2021-07"}
EVERYTHING = "title,nav,filter,search,subscribe,all"
HOSTILE = """<style>
html { font-size: 62.5% }
body { line-height: 3; letter-spacing: .5em; text-transform: uppercase; color: lime;
  text-align: right; font-weight: 900; word-spacing: 2em; visibility: visible;
  white-space: nowrap; text-indent: 5em; direction: ltr; cursor: wait }
* { color: red !important; display: block; font-size: 40px; margin: 50px;
  float: left; position: relative; opacity: 1 }
table, td, li, a, h2 { display: none !important }
</style>"""
# The smallest text, all colours of text, and whether the table is a table.
SEEN = """() => {
  const root = document.querySelector("feeds-widget").shadowRoot;
  const shown = [...root.querySelectorAll("section *")].filter(one =>
    one.checkVisibility() && !one.closest(".vh, .skip") &&
    [...one.childNodes].some(child => child.nodeType === 3 && child.data.trim()));
  const of = (one, name) => getComputedStyle(one)[name];
  const table = root.querySelector("table"), box = table.getBoundingClientRect();
  return {
    least: Math.min(...shown.map(one => parseFloat(of(one, "fontSize")))),
    reds: shown.filter(one => of(one, "color") === "rgb(255, 0, 0)").length,
    spaced: shown.filter(one => of(one, "letterSpacing") === "20px"
      || of(one, "textTransform") !== "none" || of(one, "whiteSpace") !== "normal"
      || of(one, "textIndent") !== "0px" || of(one, "wordSpacing") !== "0px").length,
    table: of(table, "display"), cell: of(root.querySelector("td"), "display"),
    isThere: table.checkVisibility() && box.width > 600 && box.height > 300,
    links: shown.filter(one => one.localName === "a").length > 30,
  };
}"""
OWN = """<style>h2{color:teal;margin:7px}.grid{color:navy}.entry{padding:3px}</style>
<h1>Partner</h1><h2 class="bar">Stadt</h2><p class="vh">Text</p><a href="/x">Link</a>
<table class="grid"><tr><td>1</td></tr></table><ul class="days"><li class="entry">x</ul>
<form name="told" class="filter"><input name="q"><button class="button">ok</button>
</form>
<time>Heute</time><div id="month">Kennung</div>"""
STATE = """() => JSON.stringify([...document.querySelectorAll("html, body, body *")]
  .filter(one => !one.closest("[data-feeds-widget], feeds-widget, script, iframe"))
  .map(one => { const style = getComputedStyle(one);
    return [one.outerHTML.length * !one.querySelector("script, iframe, feeds-widget"),
      ...[...style].map(name => style.getPropertyValue(name))]; })
  .concat([Object.keys(window).length, document.styleSheets.length,
    document.adoptedStyleSheets.length, document.title]))"""
LIGHTNESS = """one => {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = getComputedStyle(one).backgroundColor;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data[0] > 128;
}"""
ISOLATED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_hostile_style_changes_nothing_within(
    page: Page, site: str, hosts: Hosts
) -> None:
    parts = [HOSTILE, element(**JULY, show=EVERYTHING), script(site)]
    page.goto(hosts.page(document(*parts)))
    built(page)
    page.evaluate(
        "() => { const style = document.querySelector('feeds-widget').style;"
        " style.setProperty('float', 'none', 'important');"
        " style.setProperty('width', '900px'); }"
    )
    settle(page)

    seen = page.evaluate(SEEN)
    assert seen.pop("least") >= 14
    assert seen == {
        "reds": 0,
        "spaced": 0,
        "table": "table",
        "cell": "table-cell",
        "isThere": True,
        "links": True,
    }


@pytest.mark.parametrize(("size", "shown"), [("62.5%", 14), ("100%", 16), ("300%", 20)])
def test_text_has_the_size_of_the_page_within_bounds(
    page: Page, site: str, hosts: Hosts, size: str, shown: float
) -> None:
    style = f"<style>html{{font-size:{size}}}</style>"
    page.goto(hosts.page(document(style, element(view="news"), script(site))))
    built(page)
    sizes = page.locator("feeds-widget section").first.evaluate(
        "one => [parseFloat(getComputedStyle(one).fontSize), Math.min(..."
        "[...one.querySelectorAll('*')].map(one => parseFloat("
        "getComputedStyle(one).fontSize)))]"
    )

    assert sizes[0] == shown
    assert sizes[1] >= 0.875 * shown - 0.01


def test_page_around_a_widget_stays_as_it_was(
    page: Page, site: str, hosts: Hosts
) -> None:
    frame = f'<iframe src="{site}{EMBED}/news"></iframe>'
    parts = [OWN, frame, '<div data-feeds-widget=""></div>', element(**JULY)]
    page.goto(hosts.page(document(*parts)))
    before = page.evaluate(f"() => {{ window.count = 1; return ({STATE})(); }}")
    page.evaluate(
        """async site => { for (const name of ["embed", "resize"]) {
          const made = document.createElement("script");
          made.src = site + "/" + name + ".js";
          document.head.append(made);
          await new Promise(done => made.addEventListener("load", done)); } }""",
        site,
    )
    page.wait_for_function(
        "document.querySelectorAll('feeds-widget')[1].shadowRoot?.querySelector('h2')"
    )
    settle(page)
    # How tall the page is depends on the widget, and nothing else does.
    tall = "block-size|height|perspective-origin|transform-origin"
    after = page.evaluate(STATE)
    differing = page.evaluate(
        """([before, after, tall]) => { const name = new RegExp(tall),
          names = [...getComputedStyle(document.body)],
          [one, other] = [before, after].map(JSON.parse);
          return one.flatMap((row, at) => !Array.isArray(row)
            ? (row === other[at] ? [] : [[at, row, other[at]]])
            : row.map((text, column) => [names[column - 1], text, other[at][column]])
              .filter(([key, a, b]) => a !== b && !(key && name.test(key)))); }""",
        [before, after, tall],
    )

    assert differing == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_theme_is_what_was_asked_for(
    browser: Browser, site: str, hosts: Hosts, scheme: Any
) -> None:
    """In frame and element; a page can say what `auto` is for its elements."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    themes = ("light", "dark", "auto")
    frames = [
        f'<iframe src="{site}{EMBED}/event?event=elterncafe-im-sommer&theme={one}">'
        "</iframe>"
        for one in themes
    ]
    elements = [element(**JULY, theme=one) for one in themes]
    found = {}
    for said in ("", "light", "dark"):
        style = f"<style>feeds-widget{{color-scheme:{said}}}</style>" if said else ""
        page.goto(hosts.page(document(style, *frames, *elements, script(site))))
        built(page, 3)
        inside = [
            page.frame_locator("iframe").nth(at).locator("html").evaluate(LIGHTNESS)
            for at in range(3)
        ]
        outside = page.locator("feeds-widget").locator("section.widget, section.view")
        found[said] = [inside, outside.evaluate_all(f"all => all.map({LIGHTNESS})")]
    context.close()

    is_light = scheme == "light"
    framed = [True, False, is_light]
    assert found == {
        "": [framed, [True, False, is_light]],
        "light": [framed, [True, False, True]],
        "dark": [framed, [True, False, False]],
    }


def test_width_of_each_widget_decides_alone(
    page: Page, site: str, hosts: Hosts
) -> None:
    """Two on a page: a grid where there is room, a list where there is none."""
    boxes = [
        f'<div style="width:{width}px">{element(**JULY)}</div>'
        for width in (1000, 600, 320)
    ]
    style = "<style>body{margin:0}html{font-size:62.5%}</style>"
    page.goto(hosts.page(document(style, *boxes, script(site))))
    built(page, 3)
    shown = page.evaluate(
        """() => [...document.querySelectorAll("feeds-widget")].map(one => [
          one.shadowRoot.querySelector("table").checkVisibility(),
          one.shadowRoot.querySelector("ol.listed").checkVisibility(),
          one.scrollWidth <= one.clientWidth ])"""
    )

    assert shown == [[True, False, True], [True, False, True], [False, True, True]]


def test_widgets_load_in_a_page_that_isolates_itself(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    queries = ("news", "month?month=2021-07", "event?event=kinderrechte-rallye")
    frames = [f'<iframe src="{site}{EMBED}/{one}"></iframe>' for one in queries]
    more = f'<script src="{site}/resize.js"></script>'
    parts = [*frames, element(**JULY), more, script(site)]
    page.goto(hosts.page(document(*parts), ISOLATED))
    built(page)

    assert page.evaluate("crossOriginIsolated") is True
    for number in range(len(frames)):
        heading = page.frame_locator("iframe").nth(number).locator("h1")
        assert heading.inner_text() != ""
    assert wrongs == []


@pytest.mark.parametrize("scripts", [True, False])
def test_fragment_of_a_server_is_there_without_a_script(
    browser: Browser, site: str, hosts: Hosts, scripts: bool
) -> None:
    """With the script it also turns in place, and asks nothing before."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    with urlopen(f"{site}{EMBED}/month.html?month=2021-07") as answer:
        fragment = answer.read().decode()
        policy = answer.headers["Content-Security-Policy"]
    styles = next(one for one in policy.split("; ") if one.startswith("style-src"))
    address = hosts.page(
        document(HOSTILE, fragment, script(site)),
        {"Content-Security-Policy": f"{styles} 'sha256-x'; script-src {site} 'self'"},
    )
    page.goto(address)
    heading = page.locator("feeds-widget h2")
    title = heading.inner_text()
    shown = page.locator("feeds-widget table").is_visible()
    early = [url for url in asked if ".json" in url]
    page.get_by_role("link", name="August").click()
    page.get_by_role("heading", name="August 2021").wait_for(timeout=10_000)
    stayed = page.url == address
    context.close()

    assert (title, shown, early) == ("Juli 2021", True, [])
    assert stayed is scripts
