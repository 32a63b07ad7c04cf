"""The demo in Chromium: does it fit, keep to itself, and work without scripts?"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/familie-nrw",
    "/familie-nrw?lang=en",
    "/familie-nrw/events",
    "/familie-nrw/events?q=nirgends",
    "/familie-nrw/events/elterncafe-im-sommer",
    "/familie-nrw/news",
    "/familie-nrw/subscribe?category=qualifizierung&match=all&status=confirmed",
    "/familie-nrw/nirgends",
    "/embed/familie-nrw/month?month=2021-07",
    "/embed/familie-nrw/month?month=1999-01",
]
LUMINANCE = """() => {
  const value = getComputedStyle(document.documentElement).backgroundColor;
  const context = document.createElement('canvas').getContext('2d');
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data[0];
}"""


@pytest.fixture(params=["light", "dark"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page 320 px wide, in both colour schemes."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=request.param
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Return a page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_pages_fit_a_phone_and_keep_to_themselves(phone: Page, site: str) -> None:
    requests: list[str] = []
    complaints: list[str] = []
    phone.on("request", lambda request: requests.append(request.url))
    phone.on("console", lambda message: complaints.append(message.text))
    widths = {}
    for path in PAGES:
        phone.goto(site + path)
        widths[path] = phone.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(PAGES, 320)
    assert [url for url in requests if not url.startswith((site, "data:"))] == []
    assert [text for text in complaints if "404" not in text] == []
    assert phone.context.cookies() == []
    assert phone.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_widget_is_one_request(phone: Page, site: str) -> None:
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(request.url))

    phone.goto(f"{site}/embed/familie-nrw/month?month=2021-07")

    assert [url.partition("?")[0] for url in requests if url.startswith("http")] == [
        f"{site}/embed/familie-nrw/month"
    ]


@pytest.mark.parametrize(
    ("width", "grid", "agenda"), [(1280, True, False), (400, False, True)]
)
def test_month_is_a_grid_or_a_list_by_its_own_width(
    browser: Browser, site: str, width: int, grid: bool, agenda: bool
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    source = f"{site}/embed/familie-nrw/month?month=2021-07"
    partner = f'<iframe width="{width}" height="700" src="{source}"></iframe>'
    page.route(
        f"{site}/partner",
        lambda route: route.fulfill(body=partner, content_type="text/html"),
    )
    page.goto(f"{site}/partner")
    frame = page.frame_locator("iframe")
    frame.locator("h1").wait_for()

    assert frame.locator("table").is_visible() is grid
    assert frame.locator("ol.listed").is_visible() is agenda
    page.close()


@pytest.mark.parametrize(
    ("scheme", "theme", "is_dark"),
    [
        ("light", "auto", False),
        ("dark", "auto", True),
        ("light", "dark", True),
        ("dark", "light", False),
    ],
)
def test_theme_wins_over_the_system(
    browser: Browser, site: str, scheme: Any, theme: str, is_dark: bool
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{site}/embed/familie-nrw/month?month=2021-07&theme={theme}")

    assert (page.evaluate(LUMINANCE) < 128) is is_dark
    page.close()


def test_month_is_turned_without_javascript(plain: Page, site: str) -> None:
    plain.goto(f"{site}/embed/familie-nrw/month?month=2021-07")
    plain.get_by_role("link", name="August").click()

    assert plain.locator("h1").inner_text() == "August 2021"


def test_filter_and_menu_work_without_javascript(plain: Page, site: str) -> None:
    plain.goto(f"{site}/familie-nrw/events")
    plain.get_by_label("Qualifizierung", exact=True).check()
    plain.get_by_role("button", name="Anzeigen").click()
    plain.locator("main summary").click()

    assert (
        plain.url == f"{site}/familie-nrw/events?q=&from=&to=&category=qualifizierung"
    )
    assert plain.locator(".results .label").all_inner_texts() != []
    assert set(plain.locator(".results .label").all_inner_texts()) == {"Qualifizierung"}
    assert plain.get_by_label("Adresse für andere Programme").is_visible()


def test_subscription_is_narrowed_without_javascript(plain: Page, site: str) -> None:
    plain.goto(f"{site}/familie-nrw/subscribe")
    plain.get_by_label("Qualifizierung", exact=True).first.check()
    plain.get_by_text("Weiter eingrenzen").click()
    plain.get_by_label("Stand der Termine").select_option("cancelled")
    plain.get_by_role("button", name="Auswählen").click()

    query = "?category=qualifizierung&status=cancelled"
    address = plain.get_by_label("Adresse für andere Programme").input_value()
    assert address.endswith(f"/familie-nrw/events.ics{query}")


def test_month_prints_on_one_sheet(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/embed/familie-nrw/month?month=2021-07")
    sheet = page.pdf(format="A4", landscape=True)

    assert sheet.count(b"/Type /Page\n") == 1
    page.close()
