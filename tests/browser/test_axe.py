"""axe-core on every page and widget: nothing violated, and no contrast left untold."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.contrast import too_faint, too_low
from tests.browser.matrix import THEMES, VIEWS, Look, looks, shown
from tests.javascript import SCRIPTS

pytestmark = [pytest.mark.browser, pytest.mark.node]

AXE = SCRIPTS / "node_modules" / "axe-core" / "axe.min.js"
TAGS = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
    "best-practice",
]
AUDIT = """async tags => {
  const options = {runOnly: tags, resultTypes: ['violations', 'incomplete']};
  const {violations, incomplete} = await axe.run(document, options);
  const found = violations.flatMap(({id, nodes}) => nodes.map(
    ({target, failureSummary}) => `${id}: ${target.join(' ')}: ${failureSummary}`));
  const untold = incomplete.filter(({id}) => id === 'color-contrast')
    .flatMap(({nodes}) => nodes.map(({target}) => target[0]));
  return [found, untold];
}"""
FADED = ".lead { color: #888; background: #999 }"


def findings(page: Page) -> tuple[list[str], int]:
    """Return what is wrong with the page as it stands, and how much we told ourselves.

    One sentence for each finding of axe-core, and for each contrast that it left to us.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found, untold = page.evaluate(AUDIT, TAGS)
    return found + too_low(page, untold), len(untold)


@pytest.mark.counted
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(
    browser: Browser,
    site: str,
    view: str,
    record_property: Callable[[str, object], None],
) -> None:
    found, told = {}, 0
    for look in looks(view):
        with shown(browser, site, look) as page:
            found[str(look)], more = findings(page)
            told += more

    assert {look: said for look, said in found.items() if said} == {}
    record_property(
        "counted",
        f"axe-core: {len(found)} looks of {view}, 0 violations,"
        f" {told} contrasts measured where it could not tell",
    )


@pytest.mark.parametrize("theme", THEMES)
def test_low_contrast_is_told(browser: Browser, site: str, theme: str) -> None:
    with shown(browser, site, Look("home", theme, 1280, "de")) as page:
        before = too_low(page, [".lead"])
        page.add_style_tag(content=FADED + "* { forced-color-adjust: none }")

        assert before == []
        assert too_low(page, [".lead"]) == [".lead: 1.24"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_shape_of_a_control_can_be_seen(
    browser: Browser, site: str, theme: str
) -> None:
    found = {}
    for view in ("builder", "subscribe", "events", "full"):
        with shown(browser, site, Look(view, theme, 1280, "de")) as page:
            found[view] = too_faint(page)

    assert {view: faint for view, faint in found.items() if faint} == {}
    with shown(browser, site, Look("events", theme, 1280, "de")) as page:
        page.add_style_tag(content="#q { border-color: #8882 !important }")
        assert [one[:13] for one in too_faint(page)] == ['<input id="q"']
