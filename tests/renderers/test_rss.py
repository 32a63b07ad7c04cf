"""RSS by the profile of the Advisory Board, read with lxml alone."""

from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from lxml import etree

from feeds.renderers import rss
from tests.renderers.cast import BASE_URL, REVISED, UID, make_head, make_news, make_site
from tests.renderers.webfeeds import rich_news, some_events, some_news, written

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}


def find(raw: bytes, path: str) -> Any:
    return etree.fromstring(raw).xpath(path, namespaces=NAMES)


def test_a_channel_has_what_the_profile_asks_for() -> None:
    links = {"hub": "https://hub.example.org/", "next": f"{BASE_URL}/familie/x?page=2"}
    (channel,) = find(written("rss", links=links), "/rss[@version='2.0']/channel")
    assert [(etree.QName(one).localname, one.text) for one in channel] == [
        ("title", "Familie in NRW"),
        ("link", f"{BASE_URL}/familie"),
        ("description", "Was für Familien los ist"),
        ("link", None),
        ("docs", "http://www.rssboard.org/rss-specification"),
        ("generator", "feeds"),
        ("language", "de"),
        ("lastBuildDate", "Wed, 02 Jun 2021 09:30:00 GMT"),
        ("ttl", "15"),
        ("link", None),
        ("link", None),
        ("publisher", "Amt für Familie"),
        ("updatePeriod", "hourly"),
        ("updateFrequency", "4"),
    ]
    assert [dict(one.attrib) for one in channel.findall("atom:link", NAMES)] == [
        {
            "rel": "self",
            "type": "application/rss+xml",
            "href": f"{BASE_URL}/familie/news",
        },
        {"rel": "hub", "href": "https://hub.example.org/"},
        {"rel": "next", "href": f"{BASE_URL}/familie/x?page=2"},
    ]


@pytest.mark.parametrize(
    ("ttl", "words"),
    [
        (900, ["15", "hourly", "4"]),
        (3600, ["60", "hourly", "1"]),
        (43200, ["720", "daily", "2"]),
        (30, ["1", "hourly", "120"]),
    ],
)
def test_a_channel_says_how_long_it_stays_fresh(ttl: int, words: list[str]) -> None:
    path = "//ttl/text() | //sy:updatePeriod/text() | //sy:updateFrequency/text()"
    assert find(written("rss", ttl=ttl), path) == words


def test_the_picture_of_a_channel_is_named_after_it() -> None:
    logo = {"url": "https://example.org/logo.png", "alt": "Logo"}
    head = make_head("news", description="")
    raw = rss.FORMAT.open(head, make_site(logo=logo)) + rss.FORMAT.close
    assert find(raw, "//image/*/text()") == [
        "https://example.org/logo.png",
        "Familie in NRW",
        f"{BASE_URL}/familie",
    ]
    assert find(raw, "/rss/channel/description/text()") == ["Familie in NRW"]


def test_an_item_has_what_the_profile_asks_for() -> None:
    (item,) = find(written("rss", rich_news()), "//item")
    tags = [etree.QName(one).localname for one in item]
    assert tags == [
        "title",
        "link",
        "description",
        "encoded",
        "guid",
        "category",
        "category",
        "enclosure",
        "pubDate",
        "creator",
        "language",
        "source",
        "content",
        "thumbnail",
    ]
    assert item.findtext("description") == "Zwölf Städte machen mit"
    assert item.find("guid").attrib == {"isPermaLink": "false"}
    assert item.findtext("guid") == f"urn:uuid:{UID}"
    assert item.findtext("dc:creator", namespaces=NAMES) == "Redaktion"
    assert [(one.text, one.get("domain")) for one in item.findall("category")] == [
        ("Beruf & Familie", f"{BASE_URL}/familie/news?category=beruf"),
        ("Gesundheit", f"{BASE_URL}/familie/news?category=gesund"),
    ]
    assert dict(item.find("enclosure").attrib) == {
        "url": "https://example.org/a.pdf",
        "length": "1234",
        "type": "application/pdf",
    }


def test_a_summary_is_escaped_as_html() -> None:
    raw = written("rss", make_news(summary="a < b & c"))
    assert find(raw, "//item/description/text()") == ["a &lt; b &amp; c"]


def test_the_whole_text_is_the_description_when_there_is_no_summary() -> None:
    raw = written("rss", make_news(summary="", content="<p>Alles</p>"))
    assert find(raw, "//item/description/text()") == ["<p>Alles</p>"]
    assert find(raw, "//content:encoded") == []


def test_no_feed_names_an_author_by_e_mail() -> None:
    raw = written("rss", *some_news()) + b""
    assert find(raw, "//author | //managingEditor | //webMaster") == []


def test_dates_are_in_gmt() -> None:
    raw = written("rss", *some_news())
    dates = find(raw, "//pubDate/text() | //lastBuildDate/text()")
    assert all(date.endswith(" GMT") for date in dates)
    assert parsedate_to_datetime(dates[0]) == REVISED


def test_fragments_declare_no_namespaces() -> None:
    for fragment in (
        rss.FORMAT.news(rich_news(), make_site()),
        *(rss.FORMAT.event(event, make_site()) for event in some_events()),
    ):
        assert fragment.startswith(b"<item>")
        assert fragment.endswith(b"</item>")
        assert b"xmlns" not in fragment
