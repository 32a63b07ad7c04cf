"""axe-core on every page and widget: nothing violated, no contrast too low."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.matrix import VIEWS, looks, shown
from tests.javascript import SCRIPTS

pytestmark = [pytest.mark.browser, pytest.mark.node]

AXE = SCRIPTS / "node_modules" / "axe-core" / "axe.min.js"
TAGS = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
    "best-practice",
]
# Text that overlaps something else: axe-core can't tell the colour behind it.
UNTOLD = ["bgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring"]
AUDIT = """async ([tags, untold]) => {
  const options = {runOnly: tags, resultTypes: ['violations', 'incomplete']};
  const {violations, incomplete} = await axe.run(document, options);
  const isTold = ({any}) => !any.some(({data}) => untold.includes(data?.messageKey));
  const open = incomplete.filter(({id}) => id === 'color-contrast').map(
    (rule) => ({...rule, nodes: rule.nodes.filter(isTold)}));
  return [...violations, ...open].flatMap(({id, nodes}) => nodes.map(
    ({target, failureSummary}) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}"""


def findings(page: Page) -> list[str]:
    """Return what axe-core finds in the page as it stands, one sentence each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(AUDIT, [TAGS, UNTOLD])
    return found


@pytest.mark.counted
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(
    browser: Browser,
    site: str,
    view: str,
    record_property: Callable[[str, object], None],
) -> None:
    found = {}
    for look in looks(view):
        with shown(browser, site, look) as page:
            found[str(look)] = findings(page)

    assert {look: said for look, said in found.items() if said} == {}
    record_property("counted", f"axe-core: {len(found)} looks of {view}, 0 violations")
