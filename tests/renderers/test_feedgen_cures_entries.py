"""Defects of feedgen 1.0.0 in an entry, shown on itself, and that ours lack them.

One test for each of the defects that `feeds.renderers.feedgen_adapter` cures or avoids.
The first half of a test says why the cure is there: once it fails, feedgen has changed.
"""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from feeds import text
from feeds.renderers import FORMATS
from tests.renderers.cast import make_head, make_news, make_site
from tests.renderers.feedgens import entry_of, find, theirs
from tests.renderers.strict import complaints
from tests.renderers.webfeeds import MORE, PDF, rich_news, written

NOW = datetime(2021, 7, 6, tzinfo=UTC)


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
