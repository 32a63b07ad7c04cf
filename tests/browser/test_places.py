"""Places in Chromium: without scripts, on a phone, in the dark, by keyboard."""

from collections.abc import Iterator
from itertools import combinations
from math import dist

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGE = "/familie-nrw/places"
MAP = "/embed/familie-nrw/map"
PINS = """() => [...document.querySelectorAll('.pin')]
  .map(one => one.getBoundingClientRect())
  .map(one => [one.x, one.y, one.width, one.height])"""
# What is painted, and how far from the page behind it: 255 where nothing is nearer.
CONTRAST = """() => {
  const context = document.createElement('canvas').getContext('2d');
  const shade = colour => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return context.getImageData(0, 0, 1, 1).data[0];
  };
  const page = shade(getComputedStyle(document.documentElement).backgroundColor);
  const far = (path, name) => [...document.querySelectorAll(path)]
    .map(one => Math.abs(shade(getComputedStyle(one)[name]) - page));
  return Math.min(...far('.chart path', 'stroke'),
    ...far('.pin circle:not(.hit)', 'fill'), ...far('.town', 'fill'));
}"""
SPOT = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return [document.activeElement.id, box.top >= 0 && box.top < innerHeight];
}"""


@pytest.fixture(params=[(1280, "light"), (320, "light"), (320, "dark")])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page without JavaScript, of two widths and both colour schemes."""
    width, scheme = request.param
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [PAGE, MAP])
def test_map_fits_and_asks_nobody_else(page: Page, site: str, path: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(site + path)

    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert [text for text in said if "script" not in text] == []
    assert page.context.cookies() == []
    assert page.locator(".pin").count() == page.locator(".place").count() == 13


@pytest.mark.parametrize("path", [PAGE, MAP])
def test_pins_are_large_enough_and_apart(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    pins = page.evaluate(PINS)

    assert [pin for pin in pins if pin[2] < 24 or pin[3] < 24] == []
    for one, other in combinations(pins, 2):
        assert dist(one[:2], other[:2]) >= 24


@pytest.mark.parametrize("path", [PAGE, MAP])
def test_a_pin_leads_to_its_place(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    page.get_by_role("link", name="Familienbüro Siegen").click()

    assert page.url == f"{site}{path}#siegen"
    box = page.locator("#siegen").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 800


def test_places_are_filtered_without_javascript(page: Page, site: str) -> None:
    page.goto(f"{site}{PAGE}")
    page.get_by_label("Suche").fill("siegen")
    page.get_by_role("button", name="Anzeigen").click()

    assert page.locator(".place").get_attribute("id") == "siegen"
    assert page.locator(".pin").count() == 1


def test_pins_come_in_the_order_of_the_list_by_keyboard(
    browser: Browser, site: str
) -> None:
    page = browser.new_page()
    page.goto(f"{site}{MAP}")
    names = []
    for _ in range(13):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent"))
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id")
    listed = page.locator(".place > :first-child").all_inner_texts()

    assert names == [name.replace("\u00ad", "") for name in listed]
    assert page.evaluate(SPOT) == [
        page.locator(".place").last.get_attribute("id"),
        True,
    ]
    page.close()


def test_names_of_towns_are_there_where_they_can_be_read(
    browser: Browser, site: str
) -> None:
    shown = {}
    for width in (320, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{site}{MAP}")
        shown[width] = page.evaluate(
            "[...document.querySelectorAll('.town')]"
            ".filter(one => one.checkVisibility()).length"
        )
        page.close()

    assert shown == {320: 0, 1280: 13}


def test_map_can_be_seen_in_forced_colours(browser: Browser, site: str) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site}{MAP}")

    assert page.evaluate(CONTRAST) >= 100
    context.close()
