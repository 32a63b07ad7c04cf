"""Feeds that somebody shook: nothing crashes, and every item is whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import schemas
from feeds.errors import FeedsError, Invalid
from feeds.importing import webfeeds
from tests.counts import tries
from tests.importing.webfeeds import ATOM, DATED, HOME, JSON, RSS

DEFAULTS = schemas.Defaults("Europe/Berlin", "de", None)
ITEM = f"<item><guid>a</guid><title>A</title>{DATED}</item>"


def judged(data: bytes) -> None:
    """Read a feed: it is refused, or each of its items can be judged by the schema."""
    try:
        feed = webfeeds.read(data, HOME, "https://b.example/feed")
    except FeedsError as error:
        assert str(error)
        return
    for item in feed.items() if feed else ():
        if item.refused:
            continue
        try:
            values = schemas.load("news", item.raw, DEFAULTS)
        except Invalid as error:
            # Only what is too long: all else is mended or left out before.
            assert "characters" in str(error.errors)
            continue
        assert values["title"]
        assert "javascript:" not in values["content"].lower()


WHOLE = tuple(
    one.encode()
    for one in (
        RSS.format(ITEM + "<item><content:encoded>&lt;p>B</content:encoded></item>"),
        ATOM.format(
            "<entry xml:base='b/'><id>a</id><title type='html'>&lt;b></title>"
            "<link href='c'/>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>D</div>"
            "</content>"
            "<link rel='enclosure' href='d' length='5'/>"
            "<updated>2021-07-01</updated></entry>"
        ),
        JSON.format(
            '{"id": 7, "attachments": [{"url": "a"}], "tags": ["b"], "title": "A"}'
        ),
    )
)
PIECES = st.sampled_from(
    (
        *(
            b"<",
            b">",
            b"&",
            b"&#",
            b"]]>",
            b"<![CDATA[",
            b"<!--",
            b"<?x",
            b"\x00",
            b"\xff",
        ),
        *(
            b"<item>",
            b"</item>",
            b"<entry>",
            b"<link>",
            b"href='//[::1'",
            b"<title>",
            b"{}",
        ),
        *(
            b'"',
            b"[",
            b"7",
            b"null",
            b"http://[",
            b"javascript:x()",
            b"\xef\xbb\xbf",
            b":",
        ),
        *(b"xml:base='http://['", b"xml:lang='??'", b"length='-1'", b"type='xhtml'"),
    )
)


@pytest.mark.counted
@tries(300, 10_000)
@given(
    st.sampled_from(WHOLE),
    st.lists(
        st.tuples(
            st.integers(0, 900), st.integers(0, 12), PIECES | st.binary(max_size=6)
        ),
        max_size=4,
    ),
)
def test_shaken_feeds_are_refused_or_read(
    whole: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    for at, cut, piece in changes:
        whole = whole[:at] + piece + whole[at + cut :]
    judged(whole)


MEMBERS = st.sampled_from(
    (
        *("id", "url", "title", "summary", "content_html", "content_text", "image"),
        *("date_published", "date_modified", "authors", "author", "tags", "language"),
        *("attachments", "_sources", "text", "retrieved_on", "name", "mime_type"),
    )
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(MEMBERS, inner, max_size=2)
    ),
    max_leaves=6,
)


@pytest.mark.counted
@tries(200, 10_000)
@given(st.dictionaries(MEMBERS, VALUES, max_size=8), st.dictionaries(MEMBERS, VALUES))
def test_json_of_any_types_is_refused_or_read(
    item: dict[str, object], head: dict[str, object]
) -> None:
    feed = head | {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    judged(json.dumps(feed).encode())
