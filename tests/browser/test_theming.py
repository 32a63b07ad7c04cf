"""How widgets look in another page: alike in frame and element, and as told."""

from typing import Any

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from tests.browser.hosts import Hosts, settle
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
  return [...root.querySelectorAll("*")].filter(one => one.checkVisibility()).map(one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return [one.localName.replace(/h\\d/, "h") + "." + one.getAttribute("class"),
      ...names.map(name => name + ": " + style.getPropertyValue(name)),
      [box.x - home.x, box.y - home.y, box.width, box.height].map(Math.round).join()];
  });
}"""


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
    frame = f'<iframe style="width:calc(100% + 8px);border:0;height:9px" src="{source}"></iframe>'
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
