"""Entries for the web feeds, and the documents made of them."""

import sys
from datetime import UTC, date, datetime
from typing import Any

import feedparser
import feedparser_sgmllib

from feeds.models import Event, NewsItem
from feeds.renderers import FORMATS, Head
from tests.renderers.cast import (
    document,
    make_category,
    make_event,
    make_head,
    make_news,
    make_place,
    make_site,
    make_source,
)

# The copy of feedparser within `reader` asks for the module under its old name.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

SUFFIXES = ("rss", "atom", "json")
PDF = {
    "url": "https://example.org/a.pdf",
    "type": "application/pdf",
    "length": 1234,
    "title": "Das Programm",
}
MORE = {"url": "https://example.org/b.csv", "type": "text/csv", "title": None}


def rich_news(**over: Any) -> NewsItem:
    values: dict[str, Any] = {
        "attachments": [PDF, MORE],
        "categories": [
            make_category("beruf", "Beruf & Familie"),
            make_category("gesund", "Gesundheit"),
        ],
        "sources": [
            make_source("Amt", "https://example.org/amt", date(2014, 9, 2)),
            make_source("Eigene Recherche"),
        ],
        "image": {
            "url": "https://example.org/bild.jpg",
            "alt": 'Ein "Bild"',
            "credit": "Stadt",
        },
    }
    return make_news(**values | over)


def some_news() -> list[NewsItem]:
    return [
        rich_news(),
        make_news(uid="zwei", slug="zwei", title="Zwei", summary="", author=""),
        make_news(uid="drei", slug="drei", title="Drei", content="", language="en"),
        make_news(
            uid="vier",
            slug="vier",
            title="Vier",
            announced_at=datetime(2021, 6, 20, 6, 0, 0, 123456, tzinfo=UTC),
        ),
    ]


def some_events() -> list[Event]:
    return [
        make_event(place=make_place()),
        make_event(uid="zwei", slug="zwei", rrule="FREQ=WEEKLY", status="cancelled"),
        make_event(uid="drei", slug="drei", all_day=True, language="en"),
    ]


def written(suffix: str, *entries: Event | NewsItem, **over: Any) -> bytes:
    """Return the document of entries of one noun in one format."""
    row, site = FORMATS[suffix], make_site()
    is_events = bool(entries) and isinstance(entries[0], Event)
    render: Any = row.event if is_events else row.news
    noun = "events" if is_events else "news"
    head: Head = make_head(noun, **over)
    return document(row, [render(one, site) for one in entries], head, site)


def parsed(raw: bytes) -> Any:
    """Return what feedparser reads, which is to find nothing wrong."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(raw, response_headers=headers)
    assert not found.bozo, found.bozo_exception
    return found
