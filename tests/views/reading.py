"""How the tests of pages read a page: its cells, links, headings and feeds."""

from typing import Any

from lxml import html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse


def page_of(response: TestResponse) -> HtmlElement:
    return html.fromstring(response.data)


def words(element: HtmlElement) -> str:
    """Return an element's text without its marks of breaking, spaces made one."""
    text = element.text_content().replace("\u00ad", "").replace("\u2060", "")
    return " ".join(text.split())


def texts(page: HtmlElement, path: str) -> list[str]:
    return [words(found) for found in page.xpath(path)]


def hrefs(page: HtmlElement, path: str = "//a") -> list[str]:
    return [found.get("href") for found in page.xpath(path)]


def grid(page: HtmlElement) -> list[list[str]]:
    """Return the first word of each cell of the month, the header first."""
    return [
        [words(cell).split()[0] for cell in row.xpath("th | td")]
        for row in page.xpath("//table//tr")
    ]


def cell(page: HtmlElement, day: str) -> Any:
    """Return the cell of a day."""
    (found,) = page.xpath(f"//td[time[@datetime='{day}']]")
    return found
