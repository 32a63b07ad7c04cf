"""feedgen's own feeds, bare, to show what it does with them."""

from typing import Any

from feedgen.feed import FeedGenerator
from lxml import etree

from tests.renderers.cast import REVISED

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}


def theirs() -> Any:
    """Return feedgen's own generator with what it asks for."""
    made = FeedGenerator()
    made.id("urn:x")
    made.title("T")
    made.subtitle("S")
    made.link(href="https://x.example/", rel="alternate")
    made.updated(REVISED)
    return made


def entry_of(made: Any, **content: Any) -> Any:
    """Add an entry with what feedgen asks for."""
    entry = made.add_entry(order="append")
    entry.id("urn:y")
    entry.title("E")
    entry.link(href="https://x.example/y")
    entry.updated(REVISED)
    if content:
        entry.content(**content)
    return entry


def find(raw: bytes, path: str) -> Any:
    return etree.fromstring(raw).xpath(path, namespaces=NAMES)
