"""Small feeds, made on the spot, and what is read of them."""

from datetime import UTC, datetime
from typing import Any

from feeds.importing import Item, webfeeds

NOW = datetime(2021, 7, 6, 10, tzinfo=UTC)
HOME = webfeeds.Home(
    "https://feeds.example.org/stadt", NOW, "2021-07-06", {"sport": "Sport & Spiel"}
)
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Bote</title>
<link>https://bote.example/</link><description/>
{}
</channel></rss>"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<id>urn:bote</id><title>Bote</title>
<link href="https://bote.example/"/><updated>2021-07-01T00:00:00Z</updated>
{}
</feed>"""
JSON = """{{"version": "https://jsonfeed.org/version/1.1", "title": "Bote",
"home_page_url": "https://bote.example/", "items": [
{}]}}"""
DATED = "<pubDate>Thu, 01 Jul 2021 10:00:00 +0200</pubDate>"


def opened(data: bytes, home: webfeeds.Home = HOME, address: str = "") -> webfeeds.Feed:
    feed = webfeeds.read(data, home, address)
    assert feed is not None
    return feed


def items(text: str, **settings: Any) -> list[Item]:
    return list(opened(text.encode(), **settings).items())


def rss(inside: str, **settings: Any) -> Item:
    """Return the only item of an RSS feed: it has a guid, a title and a date."""
    given = f"<guid isPermaLink='false'>a-1</guid><title>A</title>{DATED}"
    (item,) = items(RSS.format(f"<item>{given}{inside}</item>"), **settings)
    return item


def atom(inside: str, **settings: Any) -> Item:
    """Return the only entry of an Atom feed: it has an id and a date."""
    given = "<id>a-1</id><published>2021-07-01T10:00:00+02:00</published>"
    (item,) = items(ATOM.format(f"<entry>{given}{inside}</entry>"), **settings)
    return item


def jsonfeed(inside: str, **settings: Any) -> Item:
    """Return the only item of a JSON Feed: it has an id and a date."""
    given = '"id": "a-1", "date_published": "2021-07-01T10:00:00+02:00"'
    (item,) = items(JSON.format("{" + given + ", " + inside + "}"), **settings)
    return item
