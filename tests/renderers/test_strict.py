"""The strict validator finds what is wrong, and nothing in what we write."""

from datetime import UTC, datetime
from typing import Any

import pytest

from feeds.models import Event, NewsItem
from feeds.renderers import FORMATS
from tests.renderers import strict_values as v
from tests.renderers.cast import make_head, make_news, make_site
from tests.renderers.strict import complaints
from tests.renderers.webfeeds import (
    SUFFIXES,
    rich_news,
    some_events,
    some_news,
    written,
)

NOW = datetime(2021, 7, 6, tzinfo=UTC)
ENTRIES: dict[str, list[NewsItem] | list[Event]] = {
    "none": [],
    "one": [rich_news()],
    "news": some_news(),
    "events": some_events(),
    "many": [rich_news(uid=f"n{n}", slug=f"n{n}") for n in range(200)],
}
PAGED = {
    "next": "https://feeds.example.org/familie/news?page=2",
    "previous": "https://feeds.example.org/familie/news?page=1",
    "hub": "https://hub.example.org/",
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("links", [{}, PAGED], ids=["alone", "paged"])
def test_what_we_write_is_valid_without_a_warning(
    suffix: str, entries: Any, links: dict[str, str]
) -> None:
    raw = written(suffix, *entries, links=links)
    assert complaints(suffix, raw, NOW) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_feed_with_a_logo_is_valid(suffix: str) -> None:
    site = make_site(logo={"url": "https://example.org/l.png", "alt": "Logo"})
    raw = FORMATS[suffix].whole(make_head("news"), site, [])
    assert b"https://example.org/l.png" in raw
    assert complaints(suffix, raw, NOW) == []


NAMESPACE = "<rss xmlns:x='urn:x' "
CATEGORY = '<category domain="https://feeds.example.org/familie/news?category=gesund">'
RSS = {
    "declaration": ("<?xml version='1.0' encoding='UTF-8'?>\n", ""),
    "namespace": ("<rss ", NAMESPACE),
    "unknown element": ("<ttl>", "<cloud/><ttl>"),
    "no title": ("<title>Familie in NRW</title>", ""),
    "two lines in a title": ("<title>Neues", "<title>\n Neues"),
    "two pictures": ("<ttl>", "<image/><image/><ttl>"),
    "wrong weekday": ("Tue, 01 Jun", "Wed, 01 Jun"),
    "no such month": ("Tue, 01 Jun", "Tue, 01 Juin"),
    "no zone": ("08:00:00 GMT", "08:00:00"),
    "other zone": ("08:00:00 GMT", "08:00:00 +0200"),
    "future": ("Tue, 01 Jun 2021", "Wed, 01 Jun 2022"),
    "permalink": ('isPermaLink="false"', 'isPermaLink="true"'),
    "no id": ('isPermaLink="false">urn:uuid:', 'isPermaLink="false">'),
    "no guid": ("guid", "quid"),
    "author": ("<dc:creator>", "<author>a@b.example (A)</author><dc:creator>"),
    "two sources": ("<dc:source>", "<dc:source>a</dc:source><dc:source>"),
    "two enclosures": (
        "<enclosure",
        '<enclosure url="https://a.b/c" length="1" type="a/b"/><enclosure',
    ),
    "no length": ('length="1234" ', ""),
    "unknown length": ('length="1234"', 'length="-1"'),
    "no type": ('type="application/pdf"', 'type="pdf"'),
    "no self": ('rel="self"', 'rel="alternate"'),
    "relative link": ("<link>https://feeds.example.org", "<link>"),
    "no link": ("<link>https://feeds.example.org/familie</link>", ""),
    "language": ("<language>de", "<language>german"),
    "relative address": ('href="https://example.org/a.pdf"', 'href="/a.pdf"'),
    "no such URI": ('href="https://example.org/a.pdf"', 'href="https://e.org/%"'),
    "script": ("&lt;strong&gt;", "&lt;script&gt;"),
    "handler": ("&lt;strong&gt;", "&lt;strong onclick=a&gt;"),
    "left open": ("&lt;/strong&gt;", ""),
    "a second time": ("</channel>", "<item/></channel>"),
    "term": (CATEGORY, '<category domain="gesund">'),
    "empty term": ("Gesundheit", ""),
    "DOCTYPE": ("<rss ", "<!DOCTYPE rss><rss "),
    "comment": ("<ttl>", "<!-- x --><ttl>"),
}
ATOM = {
    "no id": ("<id>urn:uuid:0b9cdb4e", "<id>0b9cdb4e"),
    "no updated": ("updated>", "updatad>"),
    "day alone": ("2021-06-02T09:30:00+00:00", "2021-06-02"),
    "no offset": ("2021-06-02T09:30:00+00:00", "2021-06-02T09:30:00"),
    "fractions": ("2021-06-02T09:30:00+", "2021-06-02T09:30:00.5+"),
    "future": ("2021-06-02T09", "2022-06-02T09"),
    "before it was": ("2021-06-01T08", "2021-06-03T08"),
    "CDATA": ('type="html"', 'type="CDATA"'),
    "two pages": ('rel="via"', 'rel="alternate"'),
    "no page": ('rel="alternate"', 'rel="related"'),
    "no author": ("<author><name>Amt für Familie</name>", "<author>"),
    "two authors": (
        "<author><name>R",
        "<author><name>A</name></author><author><name>R",
    ),
    "language": ('xml:lang="de"', 'xml:lang="Deutsch!"'),
    "empty title": ('title="Amt"', 'title=""'),
    "no address": ('href="https://example.org/amt"', ""),
    "text": ("<link ", "x<link "),
    "a link twice": (
        'https://example.org/b.csv" rel="enclosure" type="text/csv"',
        'https://example.org/a.pdf" rel="enclosure" type="application/pdf"',
    ),
}
JSON = {
    "no items": ('"items"', '"item"'),
    "number": ('"id":"urn:uuid:0b9cdb4e-3d0b-4f0e-9d6b-2f6c3c1a7e55"', '"id":7'),
    "old author": ('"authors":[{"name":"Redaktion"}]', '"author":{"name":"R"}'),
    "list of ours": ('"_sources":{', '"_sources":[{}],"_x":{'),
    "old version": ("/version/1.1", "/version/1"),
    "no text": ('"content_html"', '"content"'),
    "day alone": ("2021-06-01T08:00:00Z", "2021-06-01"),
    "future": ("2021-06-02T", "2022-06-02T"),
    "null": ('"image":"https://example.org/bild.jpg"', '"image":null'),
    "tags twice": ('"Gesundheit"', '"Beruf & Familie"'),
    "no type": ('"mime_type":"text/csv"', '"mime":"text/csv"'),
    "size in words": ('"size_in_bytes":1234', '"size_in_bytes":"1234"'),
}
WRONG = [
    pytest.param(suffix, *given, id=f"{suffix}: {name}")
    for suffix, table in (("rss", RSS), ("atom", ATOM), ("json", JSON))
    for name, given in table.items()
]


@pytest.mark.parametrize(("suffix", "old", "new"), WRONG)
def test_what_is_wrong_is_found(suffix: str, old: str, new: str) -> None:
    raw = written(suffix, rich_news()).decode()
    assert old in raw
    assert complaints(suffix, raw.replace(old, new).encode(), NOW)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_ids_that_come_twice_are_found(suffix: str) -> None:
    assert complaints(suffix, written(suffix, make_news(), make_news()), NOW)


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (v.uri, "https://a.b/%C3?a=b#c", "https://a.b/ä"),
        (v.uri, "urn:x:y", "a b:c"),
        (v.uri, "https://a.b/?c%5B%5D", "https://a.b/?c[]"),
        (v.web, "http://a.b", "ftp://a.b"),
        (v.language, "de-AT", "de_AT"),
        (v.http_date, "Sat, 01 Jan 2000 00:00:00 GMT", "Sat, 1 Jan 2000 00:00:00 GMT"),
        (v.rfc3339, "2021-07-06T10:00:00Z", "2021-07-06T10:00Z"),
        (v.rfc3339, "2021-07-06T10:00:00+02:00", "2021-13-06T10:00:00Z"),
        (v.rfc3339_or_day, "2021-07-06", "2021-07"),
        (v.markup, "<p>a<br>b</p>", "<p>a"),
        (v.markup, '<a href="mailto:a@b.c">a</a>', '<a href="javascript:a">a</a>'),
        (v.markup, '<img src="https://a.b/" alt="">', '<img src="https://a.b/">'),
        (v.markup, "<b>&lt;</b>", "<!-- a --><b>a</b>"),
        (v.markup, "a", '<p style="color:red">a</p>'),
        (v.point, "51.5 -7.46", "51,5 7,46"),
    ],
)
def test_values_are_told_apart(check: v.Check, right: str, wrong: str) -> None:
    assert check(right) == ""
    assert check(wrong) != ""
