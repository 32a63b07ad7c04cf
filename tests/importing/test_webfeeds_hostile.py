"""Feeds that want to harm, that nobody checked, or that are none at all."""

import time
from html import escape
from pathlib import Path

import pytest

from feeds.errors import Malformed, TooLarge
from feeds.importing import webfeeds
from feeds.importing.webfeeds import tree
from tests.importing.webfeeds import ATOM, DATED, HOME, RSS, items, opened, rss

LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">'
    for n in range(10)
)
ITEM = f"<item><guid>a</guid><title>{{}}</title>{DATED}</item>"


def refusal(data: bytes, address: str = "") -> str:
    """Return why a whole file is refused."""
    with pytest.raises(Malformed) as caught:
        list(opened(data, address=address).items())
    return str(caught.value)


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE rss [{LAUGHS}]>",
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
        '<!doctype rss SYSTEM "http://127.0.0.1:9/rss.dtd">',
        "<!--x--> <?x y?>\n<!-- <rss> --><!DOCTYPE rss>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_doctype_is_refused_whatever_it_wants(doctype: str, encoding: str) -> None:
    feed = RSS.replace("<rss", f"{doctype}<rss", 1).format(ITEM.format("&x;"))
    sentence = refusal(feed.encode(encoding))
    assert sentence.partition(": ")[2] == "it has a DOCTYPE, and no feed needs one"


def test_unknown_entity_is_refused() -> None:
    feed = RSS.format(ITEM.format("&x;"))
    assert refusal(feed.encode()) == "line 6: Entity 'x' not defined"


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        ("<dc:x/><x:y/>", "line 6: Namespace prefix x on y is not defined"),
        ("<a>" * 64 + "</a>" * 64, "line 6: it is nested deeper than 64"),
        ("<a>" * 100_000, "line 6: it is nested deeper than 64"),
        ("<a/>" * 200_001, "it has more than 200,000 elements"),
        ("<a", "line 7: error parsing attribute name"),
        ("<link>https://b.example/?a=1&b=2</link>", "EntityRef: expecting ';'"),
    ],
)
def test_what_is_too_deep_too_much_or_broken_is_refused(
    inside: str, sentence: str
) -> None:
    assert sentence in refusal(RSS.format(inside).encode())


def test_large_file_is_not_even_looked_at() -> None:
    with pytest.raises(TooLarge, match="more than 16,777,216 bytes"):
        webfeeds.read(b"<rss>" + b" " * tree.MAX_BYTES, HOME)


@pytest.mark.parametrize(
    "inside",
    [
        f"<author>{'a@a.' * 15_000}!</author>",
        f"<author>{'a@(' * 60_000}</author>",
        f"<link>{'https://' * 100_000}</link>",
        f"<enclosure url='https://b.example/{'a' * 5_000_000}'"
        f" length='{'9' * 5_000}'/>",
        f"<pubDate>{'1' * 100_000}</pubDate><category>{'&amp;' * 100_000}</category>",
        f"<description>{'&lt;b&gt;' * 50_000}</description>",
        f"<description>{'&lt;' * 400_000}</description>",
        f"<content:encoded>{'&amp;amp;' * 50_000}</content:encoded><description/>",
        f"<title>{'&lt;a ' * 100_000}</title>",
        f"<media:content url='{'../' * 100_000}'/>",
        "<media:content url='a'/><media:description/>" * 60_000,
        "<enclosure url='https://b.example/1'/>" * 90_000,
        f"<category>{'a' * 60_000}</category>" * 99,
    ],
)
def test_no_item_takes_long(inside: str) -> None:
    begun = time.perf_counter()
    items(RSS.format(f"<item><title>A</title>{inside}</item>"))
    assert time.perf_counter() - begun < 5


def test_no_body_of_ours_takes_long() -> None:
    begun = time.perf_counter()
    inside = "<p>Quellen: " + "; , 1 2 2014" * 40_000 + "</p>"
    short = "<p>Quellen: " + "; , 1 2 2014" * 700 + "</p>"
    described = "".join(
        f"<item><title>A</title><description>{escape(one)}</description></item>"
        for one in (inside, short)
    )
    items(RSS.format(f"<generator>feeds</generator>{described}"))
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("name", ["base", "lang"])
def test_what_each_entry_inherits_is_bounded(name: str) -> None:
    feed = RSS.replace("<channel>", f"<channel xml:{name}='{'a' * 2001}'>").format("")
    sentence = f"line 4: an xml:{name} of more than 2000 characters"
    assert refusal(feed.encode()) == sentence


@pytest.mark.parametrize("name", ["title", "language"])
def test_a_long_head_is_not_read_for_each_entry(name: str) -> None:
    begun = time.perf_counter()
    item = f"<item><title>A</title>{DATED}</item>"
    long = f"<{name}>{'a ' * 1_000_000}</{name}>"
    feed = RSS.replace("<title>Bote</title>", long).format(item * 5_000)
    assert len(items(feed)) == 1
    assert time.perf_counter() - begun < 10


def test_thousands_of_bases_do_not_add_up() -> None:
    begun = time.perf_counter()
    items(
        ATOM.format(
            "<entry xml:base='a/'><title>A</title><link href='b'/></entry>" * 9_999
        )
    )
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (RSS.format(ITEM.format("é")).encode("utf-8-sig"), "é"),
        (RSS.format(ITEM.format("é")).encode("utf-16"), "é"),
        (RSS.format(ITEM.format("é")).encode("utf-16-be"), "é"),
        (RSS.replace("UTF-8", "utf-16").format(ITEM.format("é")).encode(), "é"),
        (
            RSS.replace("UTF-8", "iso-8859-1")
            .format(ITEM.format("é\u201e"))
            .encode("cp1252"),
            "é\u201e",
        ),
        (RSS.replace("UTF-8", "koi8-r").format(ITEM.format("д")).encode("koi8-r"), "д"),
        (b"\r\n \n" + RSS.format(ITEM.format("é")).encode(), "é"),
        (RSS.partition("?>")[2].strip().format(ITEM.format("é")).encode(), "é"),
    ],
)
def test_encodings_are_known_by_mark_and_declaration(data: bytes, title: str) -> None:
    (item,) = opened(data).items()
    assert item.raw["title"] == title


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (RSS.format(ITEM.format("é")).encode("cp1252"), "line 6: this is not UTF-8"),
        (
            RSS.replace("UTF-8", "utf-7").format("").encode(),
            "line 1: the encoding 'utf-7' is not read",
        ),
        (
            RSS.replace("UTF-8", "iso-8859-99").format("").encode(),
            "line 1: the encoding 'iso-8859-99' is not known",
        ),
    ],
)
def test_bytes_of_another_encoding_are_refused(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


def test_what_xml_forbids_is_left_out_and_said() -> None:
    given = "A\x0b\x00&#0;&#x1F;&#xD800;&#99999999; &nbsp;&eacute;&amp;nbsp; \ufffe"
    feed = opened(RSS.format(ITEM.format(given)).encode())
    (item,) = feed.items()
    assert item.raw["title"] == "A \xa0é"
    assert feed.notes == [
        "line 6: control characters left out, here and below",
        "line 6: character references that XML does not know, mended, here and below",
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n", "the file is empty"),
        (
            b"BEGIN:VCALENDAR\r\n",
            "this is a calendar and no feed: import it as events",
        ),
        (
            b"\x89PNG\r\n\x1a\n",
            "this is neither RSS, Atom, JSON Feed nor JSON: "
            "it begins with '\ufffdPNG\ufffd'",
        ),
        (
            b"<opml version='2.0'/>",
            "this is OPML, a list of feeds: import each of them",
        ),
        (
            b"<feed xmlns='http://purl.org/atom/ns#'/>",
            "this is neither RSS nor Atom 1.0: its root element is <feed>",
        ),
        (
            b"<!DOCTYPE html><html><head><title>A</title></head>",
            "this is a web page and no feed; it names no feed",
        ),
        (
            b"<html><head><link rel='stylesheet' href='a.css'><LINK href=feed.xml"
            b" TYPE='application/rss+xml' rel=alternate><link rel=\"alternate\""
            b' type="application/atom+xml" href="https://c.example/a?b&amp;c"/>',
            "this is a web page and no feed; its feeds are: https://b.example/feed.xml,"
            " https://c.example/a?b&c",
        ),
        (
            b'{"version": "https://jsonfeed.org/version/1"}',
            "there is no list named 'items'",
        ),
    ],
)
def test_what_is_no_feed_is_named(data: bytes, sentence: str) -> None:
    assert refusal(data, "https://b.example/").endswith(sentence)


def test_no_file_is_ever_opened(tmp_path: Path) -> None:
    path = tmp_path / "secret.xml"
    path.write_text(RSS.format(ITEM.format("secret")))
    with pytest.raises(Malformed):
        webfeeds.read(str(path).encode(), HOME)
    assert (
        "content"
        not in rss(
            f"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{path}'/>"
        ).raw
    )
