"""Which encoding a feed is read in, when server, declaration and bytes disagree."""

import pytest

from feeds.errors import Malformed
from feeds.importing import webfeeds
from tests.importing.webfeeds import ATOM, HOME

FEED = ATOM.partition("?>")[2].strip()


def title(start: str, encoding: str, charset: str) -> str:
    """Return the title of a feed written in an encoding, as it is read."""
    entry = "<entry><title>ä</title><id>a</id></entry>"
    raw = (start + FEED.format(entry)).encode(encoding)
    feed = webfeeds.read(raw, HOME, charset=charset)
    assert feed is not None
    (item,) = feed.items()
    return str(item.raw["title"])


def declared(name: str) -> str:
    return f"<?xml version='1.0' encoding='{name}'?>"


@pytest.mark.parametrize(
    ("start", "encoding", "charset"),
    [
        ("", "cp1252", "iso-8859-1"),
        (declared("utf-8"), "cp1252", "iso-8859-1"),
        ("", "utf-8", "iso-8859-1"),
        (declared("utf-8"), "utf-8", "iso-8859-1"),
        (declared("iso-8859-1"), "utf-8", "utf-8"),
        (declared("utf-7"), "cp1252", "windows-1252"),
        (declared("iso-8859-1"), "cp1252", "x-unknown"),
        ("\ufeff", "utf-8", "iso-8859-1"),
        ("\ufeff", "utf-16-le", "iso-8859-1"),
        ("", "utf-8", ""),
    ],
)
def test_the_encoding_is_found(start: str, encoding: str, charset: str) -> None:
    assert title(start, encoding, charset) == "ä"


def test_the_server_counts_before_the_declaration() -> None:
    assert title(declared("iso-8859-1"), "cp1252", "koi8-r") == "Д"


@pytest.mark.parametrize("charset", ["utf-8", "", "x-unknown"])
def test_what_is_in_no_encoding_that_was_named_is_refused(charset: str) -> None:
    with pytest.raises(Malformed) as caught:
        title("", "cp1252", charset)
    assert str(caught.value) == "line 4: this is not UTF-8"
