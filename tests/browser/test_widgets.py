"""The widgets in Chromium: without scripts, framed to fit, on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.hosts import becomes, settle

pytestmark = pytest.mark.browser

EMBED = "/embed/familie-nrw"
JULY = f"{EMBED}/month?month=2021-07"
EVERYTHING = "title,nav,filter,search,subscribe,all"
VIEWS = [
    f"{JULY}&show={EVERYTHING}",
    f"{EMBED}/mini?month=2021-07",
    f"{EMBED}/agenda?show={EVERYTHING}",
    f"{EMBED}/news?show={EVERYTHING}",
    f"{EMBED}/event?event=elterncafe-im-sommer",
]
# The page of a partner: it does what it is told, and keeps what it was told.
PARTNER = """<!doctype html><body style="margin:0">
<style>iframe { width: 100%; height: 150px; border: 0 }</style>
<iframe id="f" sandbox="allow-scripts" src="SOURCE"></iframe>
<script>
window.told = [];
addEventListener("message", event => {
  if (event.source !== f.contentWindow) return;
  told.push(event.data);
  if (event.data.type === "size") f.style.height = event.data.height + "px";
});
</script>"""


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Return a page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def framed(browser: Browser, site: str, host: str, source: str) -> Page:
    """Return the page of a partner, with a widget in it that has no origin."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    body = host.replace("SOURCE", site + source)
    partner = f"{site}/partner"
    page.route(
        partner, lambda route: route.fulfill(body=body, content_type="text/html")
    )
    page.goto(partner)
    page.wait_for_function("told.length > 0")
    settle(page)
    return page


def fits(page: Page) -> bool:
    """Say whether the frame is as tall as what is in it, to a pixel."""
    inner = "document.documentElement.getBoundingClientRect().height"
    outer = "f.getBoundingClientRect().height"
    return becomes(
        page,
        lambda: abs(page.evaluate(outer) - page.frames[1].evaluate(inner)) <= 1,
    )


@pytest.mark.parametrize(
    ("view", "rows", "count"),
    [
        ("month?month=2021-07", "td li", 38),
        ("mini?month=2021-07", "td a", 30),
        ("agenda", ".entry", 10),
        ("news", ".teaser", 10),
    ],
)
def test_all_is_there_without_javascript(
    plain: Page, site: str, view: str, rows: str, count: int
) -> None:
    plain.goto(f"{site}{EMBED}/{view}")

    assert plain.locator(rows).count() >= count


def test_month_is_turned_and_comes_back_without_javascript(
    plain: Page, site: str
) -> None:
    plain.goto(f"{site}{JULY}")
    titles: list[str] = []
    for name in ("Juni", "Heute", "August"):
        plain.locator("nav").get_by_role("link", name=name).click()
        titles.append(plain.locator("h1").inner_text())

    assert titles == ["Juni 2021", "Juli 2021", "August 2021"]


def test_list_is_paged_and_filtered_without_javascript(plain: Page, site: str) -> None:
    plain.goto(f"{site}{EMBED}/agenda?show={EVERYTHING}&limit=3")
    plain.get_by_role("link", name="Weiter").click()
    second = plain.url
    plain.get_by_label("Qualifizierung", exact=True).check()
    plain.get_by_role("button", name="Anzeigen").click()

    assert "page=2" in second
    assert "page=" not in plain.url
    assert set(plain.locator(".entry .label").all_inner_texts()) == {"Qualifizierung"}


@pytest.mark.parametrize("view", VIEWS)
def test_frame_is_as_tall_as_its_content(
    browser: Browser, site: str, view: str
) -> None:
    page = framed(browser, site, PARTNER, view)
    found = []
    for width in (1280, 360):
        if width != page.viewport_size["width"]:
            page.evaluate("told.length = 0")
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)
        found.append(fits(page))
        assert len(page.evaluate("told")) <= 3
    page.close()

    assert found == [True, True]


def test_frame_speaks_the_dialect_of_wordpress(browser: Browser, site: str) -> None:
    page = framed(browser, site, PARTNER, f"{EMBED}/agenda?limit=5#?secret=a1B2c3")
    told = page.evaluate("told")
    page.close()

    sizes = [one["height"] for one in told if one.get("type") == "size"]
    spoken = [one for one in told if "message" in one]
    assert spoken == [
        {"message": "height", "value": size, "secret": "a1B2c3"} for size in sizes
    ]


def test_month_on_paper_is_one_sheet(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}{JULY}&show={EVERYTHING}")
    sheet = page.pdf(prefer_css_page_size=True)
    page.close()

    assert sheet.count(b"/Type /Page\n") == 1
