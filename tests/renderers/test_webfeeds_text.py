"""No text in any field can break a web feed or reach into its neighbour."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds import text
from tests.renderers.cast import make_category, make_news, make_source
from tests.renderers.webfeeds import SUFFIXES, rich_news, written

WORDS = {
    "control": "a\x00\x07\x0b\x0c\x1bb",
    "surrogate": "a\ud800b\udfff",
    "noncharacters": "a\ufffe\uffffb",
    "lines": "a\r\nb\u2028c\x85d",
    "markup": "</title></item></channel><x>&lt;",
    "entities": "&amp;&#0;&nope;",
    "section": "]]><![CDATA[",
    "cut": "</channel></rss></feed><item><entry>",
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("bad", WORDS.values(), ids=WORDS)
def test_no_text_breaks_a_feed(bad: str, suffix: str) -> None:
    assert titles(suffix, surrounded(suffix, bad)) == [
        "Vorher",
        text.line(bad),
        "Nachher",
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(bad=st.text(st.characters(codec=None), max_size=50))
def test_any_text_leaves_a_feed_whole(suffix: str, bad: str) -> None:
    assert titles(suffix, surrounded(suffix, bad)) == [
        "Vorher",
        text.line(bad) or "neues-buendnis",
        "Nachher",
    ]


def surrounded(suffix: str, bad: str) -> bytes:
    """Return a feed with a text in every field of its middle item and of its head."""
    entries = [
        make_news(uid="vorher", title="Vorher"),
        rich_news(
            title=bad,
            summary=bad,
            content=f"<p>{bad}</p>",
            author=bad,
            sources=[make_source(bad, "https://example.org/" + bad)],
            image={"url": "https://example.org/" + bad, "alt": bad, "credit": bad},
            attachments=[{"url": "https://example.org/" + bad, "title": bad}],
            categories=[make_category("c", bad)],
        ),
        make_news(uid="nachher", title="Nachher"),
    ]
    return written(suffix, *entries, title=bad, description=bad)


def titles(suffix: str, raw: bytes) -> list[str]:
    if suffix == "json":
        return [item["title"] for item in json.loads(raw)["items"]]
    entries = "//item/title | //a:entry/a:title"
    found = etree.fromstring(raw).xpath(
        entries, namespaces={"a": "http://www.w3.org/2005/Atom"}
    )
    return [title.text for title in found]
