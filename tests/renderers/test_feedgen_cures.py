"""What feedgen 1.0.0 does wrong, shown on itself, and that our feeds don't have it.

One test for each of the defects that `feeds.renderers.feedgen_adapter` cures or avoids.
The first half of a test says why the cure is there: once it fails, feedgen has changed.
"""

import locale
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import feedgen.util
import pytest
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds import text
from feeds.renderers import FORMATS
from tests.renderers.cast import BASE_URL, REVISED, make_head, make_news, make_site
from tests.renderers.strict import complaints
from tests.renderers.webfeeds import MORE, PDF, rich_news, some_news, written

NOW = datetime(2021, 7, 6, tzinfo=UTC)
PAGE = f"{BASE_URL}/familie/news/neues-buendnis"
LINKS = {"hub": "https://hub.example.org/", "next": f"{BASE_URL}/familie/news?page=2"}
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


def test_01_the_links_of_an_atom_entry_keep_what_they_say() -> None:
    made = theirs()
    entry = entry_of(made)
    entry.link(href=PDF["url"], rel="enclosure", type=PDF["type"], length="1234")
    lost = find(made.atom_str(), "//a:entry/a:link")
    assert [dict(one.attrib) for one in lost] == [
        {"href": "https://x.example/y"},
        {"href": PDF["url"]},
    ]

    kept = find(written("atom", rich_news()), "//a:entry/a:link")
    assert [one.get("rel") for one in kept] == [
        "alternate",
        "enclosure",
        "enclosure",
        "via",
    ]
    assert (kept[1].get("type"), kept[1].get("length")) == (PDF["type"], "1234")


def test_02_the_link_of_a_channel_is_its_page() -> None:
    made = theirs()
    made.link(href=LINKS["next"], rel="next")
    assert find(made.rss_str(), "/rss/channel/link/text()") == [LINKS["next"]]

    raw = written("rss", links=LINKS)
    assert find(raw, "/rss/channel/link/text()") == [f"{BASE_URL}/familie"]


def test_03_a_channel_has_its_hub_and_its_pages() -> None:
    made = theirs()
    for relation, href in {"self": "https://x.example/rss", **LINKS}.items():
        made.link(href=href, rel=relation)
    assert find(made.rss_str(), "//a:link/@rel") == ["self"]

    assert find(written("rss", links=LINKS), "//a:link/@rel") == ["self", "hub", "next"]


def test_04_entries_stay_in_order() -> None:
    made = theirs()
    for title in ("A", "B"):
        entry = made.add_entry()
        entry.id(title)
        entry.title(title)
    assert find(made.rss_str(), "//item/title/text()") == ["B", "A"]

    titles = find(written("rss", *some_news()), "//item/title/text()")
    assert titles == [one.title for one in some_news()]


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_05_dates_are_those_of_the_data(suffix: str) -> None:
    before = datetime.now(UTC)
    made = FeedGenerator()
    assert made.updated() >= before
    assert made.add_entry().updated() >= before

    year = find(written(suffix, *some_news()), "//*[contains(text(), ':00')]/text()")
    assert year
    assert all("2021" in one for one in year)


def test_06_the_locale_of_the_process_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(locale, "setlocale", lambda *given: calls.append(given))
    feedgen.util.formatRFC2822(REVISED)
    assert len(calls) == 3

    calls.clear()
    raw = written("rss", *some_news())
    assert calls == []
    assert find(raw, "//lastBuildDate/text()") == ["Wed, 02 Jun 2021 09:30:00 GMT"]


def test_07_content_is_of_a_type_that_there_is() -> None:
    made = theirs()
    entry_of(made, content="<p>x</p>", type="CDATA")
    assert find(made.atom_str(), "//a:content/@type") == ["CDATA"]

    assert find(written("atom", rich_news()), "//a:content/@type") == ["html"]


def test_08_the_period_of_updates_is_spelled_as_its_module_does() -> None:
    made = theirs()
    made.load_extension("syndication", atom=False)
    made.syndication.update_period("hourly")
    made.syndication.update_frequency(4)
    assert find(made.rss_str(), "count(//sy:UpdatePeriod)") == 1

    raw = written("rss", ttl=900)
    assert find(raw, "//sy:updatePeriod/text()") == ["hourly"]
    assert find(raw, "//sy:*[starts-with(local-name(), 'U')]") == []


def test_09_there_is_no_text_input() -> None:
    made = theirs()
    given = {name: "x" for name in ("title", "description", "name", "link")}
    made.textInput(**given)
    (found,) = find(made.rss_str(), "//textInput")
    assert (len(found), len(found.attrib)) == (0, 4)

    assert find(written("rss", *some_news()), "//textInput") == []


@pytest.mark.parametrize(
    ("bad", "error", "shown"),
    [("a\x0bb", ValueError, "a b"), ("a\ud800b", UnicodeEncodeError, "ab")],
)
def test_10_what_xml_forbids_harms_no_entry(
    bad: str, error: type[Exception], shown: str
) -> None:
    made = theirs()
    entry_of(made)
    with pytest.raises(error):
        entry_of(made).title(bad)
        made.rss_str()

    raw = written("rss", make_news(title=bad), make_news(uid="b", title="B"))
    assert find(raw, "//item/title/text()") == [shown, "B"]


@pytest.mark.parametrize("loose", ["a&nbsp;b", "a<br>b"])
def test_11_html_need_not_be_xml(loose: str) -> None:
    made = theirs()
    entry_of(made, content=loose, type="xhtml")
    with pytest.raises(etree.XMLSyntaxError):
        made.atom_str()

    clean = text.html(loose)
    assert clean == loose.replace("&nbsp;", "\u00a0")
    raw = written("atom", make_news(content=clean))
    assert find(raw, "//a:content/text()") == [clean]


def test_12_a_text_says_that_it_is_html_and_a_summary_stands_apart() -> None:
    made = theirs()
    entry_of(made).description("<p>x</p>")
    assert find(made.atom_str(), "//a:content/@type | //a:summary/@type") == []

    item = rich_news(summary="Kurz", content="<p>x</p>", image=None)
    (content,) = find(written("atom", item), "//a:content")
    assert content.get("type") == "html"
    (encoded,) = find(written("rss", item), "//content:encoded")
    assert content.text == encoded.text
    assert find(written("rss", item), "//item/description/text()") == ["Kurz"]


def test_13_dates_are_to_the_second_and_in_utc() -> None:
    made = theirs()
    with pytest.raises(ValueError, match="no timezone"):
        made.updated(datetime(2021, 7, 6))  # noqa: DTZ001 -- it is what is refused
    odd = datetime(2021, 6, 1, 10, 0, 0, 123456, timezone(timedelta(hours=2)))
    entry_of(made).published(odd)
    assert find(made.atom_str(), "//a:published/text()") == [odd.isoformat()]

    raw = written("atom", make_news(announced_at=odd))
    assert find(raw, "//a:published/text()") == ["2021-06-01T08:00:00+00:00"]


def test_14_an_author_needs_no_e_mail() -> None:
    made = theirs()
    entry_of(made).author(name="Ada")
    assert find(made.rss_str(), "//author | //dc:creator") == []

    raw = written("rss", make_news(author="Ada"))
    assert find(raw, "//dc:creator/text()") == ["Ada"]
    assert find(raw, "//author") == []


def test_15_no_file_is_lost() -> None:
    made = theirs()
    entry = entry_of(made)
    for file in (PDF, MORE):
        entry.enclosure(file["url"], 7, file["type"])
    assert find(made.rss_str(), "//enclosure/@url") == [MORE["url"]]

    raw = written("rss", rich_news())
    assert find(raw, "//enclosure/@url") == [PDF["url"]]
    (body,) = find(raw, "//content:encoded/text()")
    assert all(f'href="{file["url"]}"' in body for file in (PDF, MORE))


def test_16_a_picture_stands_alone_under_the_usual_prefix() -> None:
    made = theirs()
    entry = entry_of(made)
    entry.load_extension("media")
    entry.media.content(url="https://x.example/a.jpg", medium="image")
    raw = made.rss_str()
    assert len(find(raw, "//item/media:group/media:content")) == 1
    assert b"<ns0:" in raw

    ours = written("rss", rich_news())
    assert len(find(ours, "//item/media:content")) == 1
    assert find(ours, "//media:group") == []
    assert b"<media:content" in ours


def test_17_no_entry_claims_a_source_without_an_id() -> None:
    made = theirs()
    entry_of(made).source(url="https://x.example/", title="X")
    assert find(made.atom_str(), "//a:source/a:id | //a:source/a:updated") == []

    raw = written("atom", rich_news())
    assert find(raw, "//a:source") == []
    assert find(raw, "//a:link[@rel='via']/@title") == ["Amt"]


def test_18_a_fragment_stands_in_the_namespace_of_its_document() -> None:
    made = theirs()
    entry_of(made)
    root, _ = made._create_atom()
    assert root.tag == "feed"

    fragment = FORMATS["atom"].news(make_news(), make_site())  # type: ignore[misc] -- news have it
    assert b"xmlns" not in fragment
    assert find(written("atom", make_news()), "count(/a:feed/a:entry/a:title)") == 1


@pytest.mark.parametrize("relation", ["hub", "license", "replies", "previous"])
def test_19_links_may_have_any_relation(relation: str) -> None:
    with pytest.raises(ValueError, match="Invalid value for rel"):
        entry_of(theirs()).link(href="https://x.example/", rel=relation)

    raw = written("atom", links={relation: "https://x.example/"})
    assert relation in find(raw, "/a:feed/a:link/@rel")


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_20_an_entry_without_a_title_fails_no_feed(suffix: str) -> None:
    made = theirs()
    made.add_entry().id("urn:y")
    with pytest.raises(ValueError, match=r"Required fields not set$"):
        made.rss_str() if suffix == "rss" else made.atom_str()

    raw = written(suffix, make_news(title=""), make_news(uid="b", title="B"))
    titles = find(raw, "//item/title/text() | //a:entry/a:title/text()")
    assert titles == ["neues-buendnis", "B"]


def test_21_feedgen_can_be_imported_first() -> None:
    def run(program: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=False
        )
        return done.returncode

    assert run("import feedgen.util") != 0
    assert run("import feeds.renderers.feedgen_adapter") == 0


def test_22_nothing_stands_before_the_root() -> None:
    made = theirs()
    style = etree.ProcessingInstruction("xml-stylesheet", 'href="x"')
    root, document = made._create_rss()
    root.addprevious(style)
    assert b"xml-stylesheet" not in made.rss_str()
    assert b"xml-stylesheet" in etree.tostring(document)

    # No style sheet either: a page for people stands beside each feed.
    for suffix in ("rss", "atom"):
        raw = FORMATS[suffix].open(make_head("news"), make_site())
        assert raw.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<")
        assert complaints(suffix, raw + FORMATS[suffix].close, NOW) == []
