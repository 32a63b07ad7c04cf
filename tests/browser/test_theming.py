"""How widgets look in another page: alike in frame and element, and as told."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup
from playwright.sync_api import Page

from feeds.views.tree import PARTS
from tests.browser.hosts import Hosts
from tests.browser.partner import built, document, element, script

pytestmark = pytest.mark.browser

EVERYTHING = "title,nav,filter,search,subscribe,all"
VIEWS = {
    "month": {"month": "2021-07", "show": EVERYTHING},
    "mini": {"month": "2021-07", "show": EVERYTHING},
    "agenda": {"show": EVERYTHING},
    "news": {"show": EVERYTHING},
    "event": {"event": "elterncafe-im-sommer"},
    "map": {"show": "title,filter,search,all"},
}
FONT = '-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",'
HOST = f"body{{margin:0;font-family:{FONT}'Liberation Sans',Arial,sans-serif}}"
# Everything in a tree, with what it looks like and where it stands in the whole.
LOOKS = """root => {
  const home = root.getBoundingClientRect(), names = ["color", "background-color",
    "font-size", "font-weight", "line-height", "letter-spacing", "display", "padding",
    "margin", "border-width", "border-color", "border-radius", "text-align",
    "text-decoration-line", "fill", "stroke", "table-layout", "columns", "visibility"];
  return [...root.querySelectorAll("*")].filter(one => one.checkVisibility())
    .map(one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return [one.localName.replace(/h\\d/, "h") + "." + one.getAttribute("class"),
      ...names.map(name => name + ": " + style.getPropertyValue(name)),
      [box.x - home.x, box.y - home.y, box.width, box.height].map(Math.round).join()];
  });
}"""

DOCUMENT = Path(__file__).parents[2] / "docs" / "embedding.md"
# What is set of each documented property; all others are colours.
SETTINGS = {"--feeds-radius": "13px", "--feeds-font": "monospace", "--feeds-gap": "9px"}
STYLES = """() => [...document.querySelectorAll("feeds-widget")].flatMap(widget =>
  [...widget.shadowRoot.querySelectorAll("*")].flatMap(one =>
    [undefined, "::before"].map(pseudo => {
      const style = getComputedStyle(one, pseudo);
      return ["color", "background-color", "border-color", "border-radius", "fill",
        "font-family", "padding", "margin", "gap"].map(
          name => style.getPropertyValue(name)).join();
    })))"""
# Two more widgets, for what is seldom there.
SELDOM = [
    {"view": "agenda", "q": "nirgends"},
    {"view": "event", "event": "stadtteilspaziergang"},
]


def documented(head: str) -> list[str]:
    """Return the names in the first column of a table, by the head of that column."""
    text = DOCUMENT.read_text(encoding="utf-8")
    table = re.search(rf"^\| {head} \|.*\n\|.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table is not None
    return re.findall(r"^\| `([^`]+)`", table[1], re.MULTILINE)


def all_views(*more: dict[str, str]) -> list[str]:
    given = [{"view": view, **query} for view, query in VIEWS.items()]
    return [element(**one) for one in [*given, *more]]


def different(one: list[str], other: list[str]) -> list[str]:
    """Return what is not the same in two looks, behind the name of the first."""
    pairs = zip(one, other, strict=True)
    found = [f"{a} | {b}" for a, b in pairs if a != b]
    return [one[0], *found] if found else []


@pytest.mark.parametrize("view", VIEWS)
def test_element_looks_like_the_frame(
    page: Page, site: str, hosts: Hosts, view: str
) -> None:
    given = VIEWS[view]
    query = "&".join(f"{name}={text}" for name, text in given.items())
    source = Markup("{}/embed/familie-nrw/{}?{}").format(site, view, query)
    style = "width:calc(100% + 8px);border:0;height:9px"
    frame = f'<iframe style="{style}" src="{source}"></iframe>'
    inner = element(view=view, level="4", **given)
    page.goto(
        hosts.page(document(f"<style>{HOST}</style>", frame, inner, script(site)))
    )
    built(page)
    inside = page.frame_locator("iframe").locator("main > section").evaluate(LOOKS)
    outside = page.locator("feeds-widget section").first.evaluate(LOOKS)

    assert len(outside) > 20
    pairs = zip(inside, outside, strict=True)
    assert [odd for pair in pairs if (odd := different(*pair))] == []


def test_every_documented_property_changes_the_looks(
    page: Page, site: str, hosts: Hosts
) -> None:
    parts = [*all_views(), script(site)]
    page.goto(hosts.page(document('<style id="own"></style>', *parts)))
    built(page, len(VIEWS))
    names = [
        name.replace("<slug>", "qualifizierung") for name in documented("property")
    ]
    usual = page.evaluate(STYLES)
    changed = {}
    for selector in ("feeds-widget", ":root"):
        for name in names:
            rule = f"{selector}{{{name}:{SETTINGS.get(name, 'rgb(1, 2, 3)')}}}"
            page.evaluate("rule => own.textContent = rule", rule)
            changed[selector, name] = page.evaluate(STYLES) != usual

    assert len(names) == 12
    assert [one for one, is_changed in changed.items() if not is_changed] == []


def test_every_documented_part_can_be_styled(
    page: Page, site: str, hosts: Hosts
) -> None:
    names = documented("part")
    rules = [f"feeds-widget::part({name}){{--is-{name}:1}}" for name in names]
    style = f"<style>{''.join(rules)}</style>"
    page.goto(hosts.page(document(style, *all_views(*SELDOM), script(site))))
    built(page, len(VIEWS) + len(SELDOM))
    styled = page.evaluate(
        """names => names.filter(name =>
          [...document.querySelectorAll("feeds-widget")].some(widget =>
            [...widget.shadowRoot.querySelectorAll("[part~=" + name + "]")].some(one =>
              getComputedStyle(one).getPropertyValue("--is-" + name) === "1")))""",
        names,
    )

    assert styled == names
    assert set(names) == {*PARTS.values(), "title"}
