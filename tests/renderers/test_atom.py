"""Atom by RFC 4287, read with lxml alone."""

from datetime import UTC, datetime
from typing import Any

from lxml import etree

from feeds.renderers import atom
from tests.renderers.cast import BASE_URL, UID, make_head, make_news, make_site
from tests.renderers.webfeeds import rich_news, some_events, some_news, written

NAMES = {"a": "http://www.w3.org/2005/Atom"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def find(raw: bytes, path: str) -> Any:
    return etree.fromstring(raw).xpath(path, namespaces=NAMES)


def test_a_feed_has_what_the_standard_asks_for() -> None:
    links = {"hub": "https://hub.example.org/", "next": f"{BASE_URL}/familie/x?page=2"}
    raw = written("atom", links=links)
    (feed,) = find(raw, "/a:feed")
    assert feed.get(LANGUAGE) == "de"
    assert [(etree.QName(one).localname, one.text) for one in feed] == [
        ("id", "urn:uuid:7d444840-9dc0-11d1-b245-5ffdce74fad2"),
        ("title", "Familie in NRW"),
        ("updated", "2021-06-02T09:30:00+00:00"),
        ("link", None),
        ("link", None),
        ("generator", "feeds"),
        ("subtitle", "Was für Familien los ist"),
        ("link", None),
        ("link", None),
        ("author", None),
    ]
    assert [
        (one.get("rel"), one.get("href"), one.get("type"))
        for one in feed.findall("a:link", NAMES)
    ] == [
        ("self", f"{BASE_URL}/familie/news", "application/atom+xml"),
        ("alternate", f"{BASE_URL}/familie", "text/html"),
        ("hub", "https://hub.example.org/", None),
        ("next", f"{BASE_URL}/familie/x?page=2", None),
    ]
    assert find(raw, "//a:author/*/text()") == [
        "Amt für Familie",
        "https://www.example.org/",
    ]


def test_the_channel_is_the_author_where_no_publisher_is_named() -> None:
    site = make_site(
        publisher=None, url=None, logo={"url": "https://example.org/l.png"}
    )
    raw = atom.FORMAT.open(make_head("news"), site) + atom.FORMAT.close
    assert find(raw, "//a:author/*/text()") == ["Familie in NRW"]
    assert find(raw, "//a:logo/text()") == ["https://example.org/l.png"]


def test_an_entry_has_what_the_standard_asks_for() -> None:
    (entry,) = find(written("atom", rich_news()), "//a:entry")
    assert entry.findtext("a:id", namespaces=NAMES) == f"urn:uuid:{UID}"
    assert entry.findtext("a:updated", namespaces=NAMES) == "2021-06-02T09:30:00+00:00"
    assert entry.findtext("a:published", namespaces=NAMES) == (
        "2021-06-01T08:00:00+00:00"
    )
    assert entry.findtext("a:author/a:name", namespaces=NAMES) == "Redaktion"
    assert entry.find("a:summary", NAMES).attrib == {}
    assert entry.findtext("a:summary", namespaces=NAMES) == "Zwölf Städte machen mit"
    assert entry.find("a:content", NAMES).attrib == {"type": "html"}
    assert [dict(one.attrib) for one in entry.findall("a:category", NAMES)] == [
        {
            "term": "beruf",
            "scheme": f"{BASE_URL}/familie/news?category=beruf",
            "label": "Beruf & Familie",
        },
        {
            "term": "gesund",
            "scheme": f"{BASE_URL}/familie/news?category=gesund",
            "label": "Gesundheit",
        },
    ]


def test_an_entry_has_one_page_and_all_its_files() -> None:
    links = find(written("atom", rich_news()), "//a:entry/a:link")
    assert [dict(one.attrib) for one in links] == [
        {
            "href": f"{BASE_URL}/familie/news/neues-buendnis",
            "rel": "alternate",
            "type": "text/html",
        },
        {
            "href": "https://example.org/a.pdf",
            "rel": "enclosure",
            "type": "application/pdf",
            "length": "1234",
            "title": "Das Programm",
        },
        {
            "href": "https://example.org/b.csv",
            "rel": "enclosure",
            "type": "text/csv",
            "title": "b.csv",
        },
        {"href": "https://example.org/amt", "rel": "via", "title": "Amt"},
    ]


def test_every_entry_says_its_language() -> None:
    entries = find(written("atom", *some_news()), "//a:entry")
    assert [entry.get(LANGUAGE) for entry in entries] == ["de", "de", "en", "de"]


def test_an_entry_is_never_updated_before_it_was_published() -> None:
    later = datetime(2021, 7, 1, 6, tzinfo=UTC)
    raw = written("atom", make_news(announced_at=later))
    assert (
        find(raw, "//a:entry/a:updated/text() | //a:published/text()")
        == ["2021-07-01T06:00:00+00:00"] * 2
    )


def test_a_minor_edit_moves_nothing() -> None:
    later = datetime(2021, 7, 1, 6, tzinfo=UTC)
    before, after = (
        find(written("atom", item), "//a:entry/a:updated/text()")
        for item in (make_news(), make_news(updated_at=later, sequence=9))
    )
    assert before == after == ["2021-06-02T09:30:00+00:00"]


def test_fragments_declare_no_namespaces() -> None:
    for fragment in (
        atom.FORMAT.news(rich_news(), make_site()),
        *(atom.FORMAT.event(event, make_site()) for event in some_events()),
    ):
        assert fragment.startswith(b"<entry xml:lang=")
        assert fragment.endswith(b"</entry>")
        assert b"xmlns" not in fragment
