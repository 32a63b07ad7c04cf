"""The builder as somebody uses it: without scripts, with them, and by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hosts import settle

pytestmark = pytest.mark.browser

PAGE = "/familie-nrw/embed"
PREVIEW = "iframe[data-preview]"
CODE = "#resized-code code"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Return a page of somebody without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def live(browser: Browser) -> Iterator[Page]:
    """Return a page that may use the clipboard."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_form_works_without_scripts(plain: Page, site: str) -> None:
    plain.goto(f"{site}{PAGE}")
    before = plain.locator(CODE).text_content()
    plain.get_by_label("Qualifizierung").first.check()
    plain.get_by_label("Filter", exact=True).check()
    plain.get_by_label("Titel", exact=True).uncheck()
    plain.get_by_label("Hell oder dunkel").select_option("dark")
    plain.get_by_role("button", name="Vorschau zeigen").click()

    query = "category=qualifizierung&theme=dark&show=all"
    query += "&show=filter&show=nav&show=subscribe"
    source = plain.locator(PREVIEW).get_attribute("src")
    assert source == f"/embed/familie-nrw/month?{query}"
    after = plain.locator(CODE).text_content() or ""
    assert after != before
    assert source.replace("&", "&amp;") in after
    assert "color-scheme:dark" in after
    inside = plain.frame_locator(PREVIEW)
    assert inside.get_by_role("button", name="Anzeigen").is_visible()
    assert plain.locator(".copy").count() == 0
    assert plain.get_by_label("Titel", exact=True).is_checked() is False
    plain.get_by_role("link", name="Karte", exact=True).click()
    frame = plain.locator(PREVIEW).get_attribute("src") or ""
    assert frame.startswith("/embed/familie-nrw/map?category=qualifizierung")


def test_preview_and_code_follow_each_choice(live: Page, site: str) -> None:
    live.goto(f"{site}{PAGE}?view=agenda")
    live.get_by_label("Höchstens").or_(live.locator("#limit")).first.fill("3")
    live.locator(f"{PREVIEW}[src*='limit=3']").wait_for()
    live.locator("#accent").fill("7a1f5c")
    live.locator(f"{PREVIEW}[src*='accent=%237a1f5c']").wait_for()

    steady(live)
    inside = live.frame_locator(PREVIEW).locator("html")
    tall = inside.evaluate("one => Math.ceil(one.getBoundingClientRect().height)")
    assert abs(int(live.locator(PREVIEW).get_attribute("height") or 0) - tall) <= 1
    code = live.locator(CODE).text_content() or ""
    assert "limit=3" in code and "accent=%237a1f5c" in code
    assert "limit=3" in live.url and "view=agenda" in live.url
    assert live.locator(f"{PREVIEW}").count() == 1


def test_slider_shows_the_widget_as_wide(live: Page, site: str) -> None:
    live.goto(f"{site}{PAGE}?month=2021-07")
    inside = live.frame_locator(PREVIEW)
    assert inside.locator(".grid").is_visible()
    live.locator("#width").fill("320")
    expect(live.locator(PREVIEW)).to_have_attribute("width", "320")

    inside.locator(".listed").wait_for(state="visible")
    assert inside.locator(".grid").is_hidden()
    assert live.locator("#width").get_attribute("aria-valuetext") == "320 px"
    live.get_by_role("link", name="768").click()
    expect(live.locator(PREVIEW)).to_have_attribute("width", "768")
    inside.locator(".grid").wait_for(state="visible")


def test_wrong_choice_is_said_and_the_last_preview_stays(live: Page, site: str) -> None:
    live.goto(f"{site}{PAGE}?view=agenda")
    before = live.locator(PREVIEW).get_attribute("src")
    live.evaluate("document.querySelector('#choices').noValidate = true")
    live.get_by_text("Weiter eingrenzen").click()
    live.locator("#from").fill("2021-07-09")
    live.locator("#to").fill("2021-07-01")
    live.locator("#problem").wait_for(state="visible")

    assert "to:" in live.locator("#problem").inner_text()
    assert live.locator(PREVIEW).get_attribute("src") != ""
    live.locator("#from").fill("")
    live.locator("#to").fill("")
    live.locator("#problem").wait_for(state="hidden")
    assert live.locator(PREVIEW).get_attribute("src") == before


def test_copy_buttons_copy_what_stands_there(live: Page, site: str) -> None:
    live.goto(f"{site}{PAGE}")
    steady(live)
    for name in ("resized-code", "resized-policy", "element-code", "access-text"):
        block = live.locator(f"#{name}")
        detail = live.locator(f"details:has(#{name})")
        if detail.get_attribute("open") is None:
            detail.locator("summary").click()
        button = live.locator(f".code:has(#{name}) .copy")
        button.click()
        button.get_by_text("Kopiert").wait_for()

        copied = live.evaluate("navigator.clipboard.readText()")
        assert copied == block.locator("code").text_content()


def test_a_snippet_is_copied_by_keyboard_alone(live: Page, site: str) -> None:
    """From the channel's page: the link in its foot, then the first button to copy."""
    live.goto(f"{site}/familie-nrw")
    reach(live, "footer a[href$='/embed']")
    live.keyboard.press("Enter")
    live.wait_for_url(f"**{PAGE}*")
    steady(live)
    button = live.locator(".code:has(#resized-code) .copy")
    reach(live, ".code:has(#resized-code) .copy")
    live.keyboard.press("Enter")
    button.get_by_text("Kopiert").wait_for()

    copied = live.evaluate("navigator.clipboard.readText()")
    assert copied == live.locator(CODE).text_content()
    assert copied.startswith("<iframe ")
    assert live.evaluate("document.activeElement.className") == "copy"


def steady(page: Page) -> None:
    """Wait until the snippet has the height of the preview."""
    page.wait_for_function(
        """path => { const [, height] = /height="(\\d+)"/.exec(
          document.querySelector(path).textContent);
          return height === document.querySelector('iframe[data-preview]').height; }""",
        arg=CODE,
    )


def reach(page: Page, path: str) -> None:
    """Press Tab until what is at a path has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("path => document.activeElement.matches(path)", path):
            return
    raise AssertionError(f"Tab never came to {path}")


@pytest.mark.parametrize("view", ["month", "map"])
def test_builder_fits_a_phone(browser: Browser, site: str, view: str) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme="dark"
    )
    page = context.new_page()
    page.goto(f"{site}{PAGE}?view={view}&width=1280")
    settle(page)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator(PREVIEW).is_visible()
    assert page.context.cookies() == []
    context.close()
