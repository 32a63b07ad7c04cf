"""What an entry is called, where it leads, what it brings and where it comes from."""

from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from feeds.importing import Item
from tests.importing.webfeeds import (
    ATOM,
    DATED,
    HOME,
    JSON,
    RSS,
    atom,
    items,
    opened,
    rss,
)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("<guid>a.b_c-1</guid>", "a.b_c-1"),
        ("<guid>..</guid>", str(uuid5(NAMESPACE_URL, ".."))),
        (f"<guid>{'a' * 65}</guid>", str(uuid5(NAMESPACE_URL, "a" * 65))),
        (
            "<guid>urn:uuid:2B1C3F0E-8D1C-4B7E-9D55-3C1D1F6F2B1A</guid>",
            "2b1c3f0e-8d1c-4b7e-9d55-3c1d1f6f2b1a",
        ),
        (
            "<link>https://b.example/1</link>",
            str(uuid5(NAMESPACE_URL, "https://b.example/1")),
        ),
        ("", str(uuid5(NAMESPACE_URL, "A\n"))),
    ],
)
def test_ids_are_kept_or_made_the_same_each_time(given: str, found: str) -> None:
    feed = RSS.format(f"<item><title>A</title>{DATED}{given}</item>")
    assert [item.uid for item in items(feed)] == [found]


def test_copies_are_left_out_and_others_get_an_id_of_their_own() -> None:
    one = f"<item><guid>a</guid><title>A</title>{DATED}<link>{{}}</link></item>"
    links = ("https://b.example/1", "https://b.example/1", "https://b.example/2")
    feed = opened(RSS.format("\n".join(map(one.format, links))).encode())
    first, other = feed.items()
    assert (first.uid, other.uid) == ("a", str(uuid5(NAMESPACE_URL, f"a\n{links[2]}")))
    assert other.repairs == ["line 8: its id is that of line 6, a new one made"]
    assert feed.notes == ["line 7: a copy of the entry of line 6, left out"]


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("<link>/1</link>", "https://bote.example/1"),
        ("<link> https://b.example/1\n</link>", "https://b.example/1"),
        ("<atom:link href='https://b.example/2'/>", "https://b.example/2"),
        ("<guid>https://b.example/3</guid>", "https://b.example/3"),
        ("<guid isPermaLink='false'>https://b.example/3</guid>", None),
        ("<link>mailto:a@b.example</link>", None),
        ("<link>javascript:x()</link>", None),
        ("<link>http://[::1</link>", None),
    ],
)
def test_an_item_leads_where_its_page_is(given: str, url: str | None) -> None:
    feed = RSS.format(f"<item><title>A</title>{given}{DATED}</item>")
    assert [item.raw.get("url") for item in items(feed)] == [url]


@pytest.mark.parametrize(
    ("inside", "image", "files"),
    [
        (
            "<media:content url='/a.jpg' medium='image'><media:description>Alt"
            "</media:description><media:credit>Ada</media:credit></media:content>",
            {"url": "https://bote.example/a.jpg", "alt": "Alt", "credit": "Ada"},
            None,
        ),
        (
            "<media:group><media:title>Film</media:title><media:content url='/a.mp4'"
            " type='video/mp4' fileSize='9'/><media:thumbnail url='/a.jpg'/>"
            "</media:group>",
            {"url": "https://bote.example/a.jpg"},
            [
                {
                    "url": "https://bote.example/a.mp4",
                    "type": "video/mp4",
                    "length": 9,
                    "title": "Film",
                }
            ],
        ),
        (
            "<enclosure url='/a.mp3' length='0' type='mp3'/><media:content"
            " url='https://bote.example/a.mp3'/><enclosure url=''/>",
            None,
            [{"url": "https://bote.example/a.mp3"}],
        ),
    ],
)
@pytest.mark.parametrize("read", [rss, atom])
def test_media_become_picture_and_files(
    read: Any, inside: str, image: Any, files: Any
) -> None:
    if read is atom:
        inside = inside.replace("<enclosure", "<link rel='enclosure'")
        inside = inside.replace("url='/a.mp3'", "href='/a.mp3'")
        inside = f"<title>A</title><link href='https://bote.example/'/>{inside}"
    item: Item = read(inside)
    assert (item.raw.get("image"), item.raw.get("attachments")) == (image, files)


def test_own_channel_is_not_credited_to_itself() -> None:
    feed = RSS.replace("https://bote.example/", "https://feeds.example.org/stadt/news")
    inside = "<link>https://feeds.example.org/stadt/news/a</link>"
    (item,) = items(feed.format(f"<item><title>A</title>{DATED}{inside}</item>"))
    assert (item.raw.get("sources"), item.raw.get("url")) == (None, None)


@pytest.mark.parametrize(
    ("read", "inside"),
    [
        (rss, "<source url='https://dpa.example/rss'>dpa</source>"),
        (
            atom,
            "<title>A</title><source><title>dpa</title>"
            "<link rel='self' href='https://dpa.example/rss'/></source>",
        ),
    ],
)
def test_what_was_taken_over_is_credited_to_where_it_was_taken_from(
    read: Any, inside: str
) -> None:
    credit = {
        "text": "dpa",
        "url": "https://dpa.example/rss",
        "retrieved_on": "2021-07-06",
    }
    assert read(inside).raw["sources"] == [credit]


def test_day_of_the_first_retrieval_is_kept() -> None:
    link = "https://bote.example/1"
    home = replace(HOME, retrieved={("a-1", link): "2020-01-01"})
    item = rss(f"<link>{link}</link>", home=home)
    assert item.raw["sources"] == [
        {"text": "Bote", "url": link, "retrieved_on": "2020-01-01"}
    ]


def test_relative_feed_is_resolved_against_its_address() -> None:
    feed = "<feed xmlns='http://www.w3.org/2005/Atom'><title>B</title><link href='/'/>"
    feed += "<entry><title>A</title><id>a</id><link href='a'/></entry></feed>"
    (item,) = items(feed, address="https://b.example/news/feed.xml")
    assert item.raw["url"] == "https://b.example/news/a"


def test_next_page_is_named() -> None:
    link = '<link rel="next" href="https://bote.example/2"/>'
    feed = opened(ATOM.format(link).encode())
    assert (list(feed.items()), feed.notes) == (
        [],
        ["the feed goes on at https://bote.example/2: import that too"],
    )


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        (
            RSS.format("<item><guid>a</guid></item>"),
            "it has neither a title nor a text",
        ),
        (
            RSS.format(f"<item><description>{'a ' * 250_001}</description></item>"),
            "its text has more than 500,000 characters",
        ),
        (
            RSS.replace(
                "<rss", '<rss xmlns:wp="http://wordpress.org/export/1.2/"'
            ).format("<item><title>A</title><wp:status>draft</wp:status></item>"),
            "WordPress says 'draft' of it, not 'publish'",
        ),
        (JSON.format("7"), "7 is not an object"),
        (
            JSON.format('{"a":' * 21 + "1" + "}" * 21),
            "it is nested deeper than 20",
        ),
    ],
)
def test_an_entry_that_says_nothing_is_refused(feed: str, reason: str) -> None:
    (item,) = items(feed)
    assert item.refused == reason


def test_what_is_too_long_is_cut_and_said() -> None:
    item = rss(f"<dc:creator>{'A ' * 300}</dc:creator>")
    assert len(item.raw["author"]) <= 500
    assert item.repairs == ["line 6: author cut to 500 characters"]
