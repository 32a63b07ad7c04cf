"""The demo's feeds in feed readers, over HTTP: the same items in all formats.

feedparser 6.0 knows no JSON Feed; there the JSON is read as its standard says.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser  # type: ignore[import-untyped] # has no types
import feedparser_sgmllib
import pytest

from feeds.demo import CHANNEL
from tests.clients.serving import Service

# The copy of feedparser within `reader` asks for the module under its old name.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)
from reader import Reader, make_reader  # noqa: E402 -- after what it needs

NOUNS = ("events", "news")
XML = ("rss", "atom")
SUFFIXES = (*XML, "json")

Item = tuple[str, str, str, datetime | None]


def feed_url(service: Service, noun: str, suffix: str) -> str:
    return service.url(f"/{CHANNEL}/{noun}.{suffix}")


def by_feedparser(url: str) -> list[Item]:
    found = feedparser.parse(url)
    assert not found.bozo, found.bozo_exception
    return [
        (one.id, one.title, one.link, datetime(*one.published_parsed[:6], tzinfo=UTC))
        for one in found.entries
    ]


def by_the_standard(raw: bytes) -> list[Item]:
    """Return the items of a JSON Feed 1.1."""
    return [
        (
            one["id"],
            one["title"],
            one["url"],
            datetime.fromisoformat(one["date_published"]),
        )
        for one in json.loads(raw)["items"]
    ]


@pytest.mark.parametrize("noun", NOUNS)
def test_all_formats_have_the_same_items(service: Service, noun: str) -> None:
    rss, atom = (by_feedparser(feed_url(service, noun, suffix)) for suffix in XML)
    assert rss == atom == by_the_standard(service.get(f"/{CHANNEL}/{noun}.json").data)
    ids = [item[0] for item in rss]
    assert len(set(ids)) == len(ids) >= 10
    assert all(item[2].startswith(f"{service.base_url}/{CHANNEL}/") for item in rss)


@pytest.mark.parametrize("suffix", XML)
@pytest.mark.parametrize("noun", NOUNS)
def test_newest_announcement_comes_first(
    service: Service, noun: str, suffix: str
) -> None:
    moments = [item[3] for item in by_feedparser(feed_url(service, noun, suffix))]
    assert moments == sorted(moments, reverse=True)
    assert moments[0] < datetime.now(UTC)


@pytest.mark.parametrize("known", [("etag", "modified"), ("etag",), ("modified",)])
@pytest.mark.parametrize("suffix", XML)
@pytest.mark.parametrize("noun", NOUNS)
def test_feedparser_gets_nothing_the_second_time(
    service: Service, noun: str, suffix: str, known: tuple[str, ...]
) -> None:
    url = feed_url(service, noun, suffix)
    first = feedparser.parse(url)
    again = feedparser.parse(url, **{name: first[name] for name in known})
    assert (first.status, again.status) == (200, 304)
    assert again.entries == []


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with make_reader(":memory:") as made:
        yield made


@pytest.fixture(scope="module")
def first(reader: Reader, service: Service) -> dict[str, Any]:
    """Return what becomes of each feed when the reader sees it first."""
    for noun in NOUNS:
        for suffix in SUFFIXES:
            reader.add_feed(feed_url(service, noun, suffix))
    return {result.url: result.value for result in reader.update_feeds_iter()}


def in_reader(reader: Reader, url: str) -> set[Item]:
    return {
        (one.id, one.title or "", one.link or "", one.published)
        for one in reader.get_entries(feed=url)
    }


@pytest.mark.parametrize("noun", NOUNS)
def test_reader_has_the_same_items_of_all_formats(
    service: Service, reader: Reader, first: dict[str, Any], noun: str
) -> None:
    urls = [feed_url(service, noun, suffix) for suffix in SUFFIXES]
    expected = set(by_feedparser(urls[0]))
    assert [in_reader(reader, url) for url in urls] == [expected] * len(urls)
    assert [first[url].new for url in urls] == [len(expected)] * len(urls)


def test_reader_knows_each_feed_by_its_page(
    service: Service, reader: Reader, first: dict[str, Any]
) -> None:
    feeds = {feed.url: (feed.version, feed.link) for feed in reader.get_feeds()}
    assert feeds == {
        feed_url(service, noun, suffix): (version, service.url(f"/{CHANNEL}/{noun}"))
        for noun in NOUNS
        for suffix, version in zip(SUFFIXES, ("rss20", "atom10", "json11"), strict=True)
    }


def counted(reader: Reader) -> list[tuple[object, ...]]:
    """Return what would move if an entry were taken for new or changed."""
    return [
        (one.feed_url, one.id, one.updated, one.added, one.last_updated)
        for one in reader.get_entries()
    ]


def test_reader_finds_nothing_new_the_second_time(
    reader: Reader, first: dict[str, Any]
) -> None:
    before = counted(reader)
    results = reader.update_feeds_iter(scheduled=False)
    again = {result.url: result.value for result in results}
    assert again == dict.fromkeys(first)
    assert counted(reader) == before


def test_reader_keeps_what_a_news_item_says(
    service: Service, reader: Reader, first: dict[str, Any]
) -> None:
    found: dict[str, set[str]] = {}
    for suffix in SUFFIXES:
        for one in reader.get_entries(feed=feed_url(service, "news", suffix)):
            content = one.get_content()
            assert content
            found.setdefault(one.id, set()).add(content.value)
    assert {len(texts) for texts in found.values()} == {1}
    assert sum("Online-Recherche" in text for [text] in found.values()) == 1
