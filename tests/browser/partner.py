"""What stands in a partner's page: the element, its script, and when it is there."""

from markupsafe import Markup
from playwright.sync_api import Page

from tests.browser.hosts import settle

SECTIONS = """() => [...document.querySelectorAll('feeds-widget')]
  .map(one => one.shadowRoot && one.shadowRoot.querySelector('section') !== null)"""


def attributes(given: dict[str, str]) -> Markup:
    return Markup("").join(Markup(' {}="{}"').format(*one) for one in given.items())


def element(**given: str) -> str:
    named = attributes({"channel": "familie-nrw", "height": "600"} | given)
    height = given.get("height", "600")
    room = f'<svg width="1" height="{height}" aria-hidden="true"></svg>' * bool(height)
    link = '<a href="/more">Termine im Juli</a>'
    return f"<feeds-widget{named}>{link}{room}</feeds-widget>"


def script(site: str) -> str:
    return f'<script async src="{site}/embed.js"></script>'


def document(*parts: str) -> str:
    sized = '<meta name="viewport" content="width=device-width">'
    head = f'<!doctype html><html lang="de">{sized}'
    return f"{head}<title>Partner</title><body>{''.join(parts)}"


def built(page: Page, count: int = 1) -> None:
    """Wait until every element has its content, and has been laid out."""
    page.wait_for_function(
        f"() => {{ const all = ({SECTIONS})();"
        f" return all.length === {count} && all.every(Boolean); }}"
    )
    settle(page)
