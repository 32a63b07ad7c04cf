"""Lines, escapes and folds, against the reading of the icalendar package."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from icalendar.parser import Contentline, Contentlines
from icalendar.prop import vText

from feeds import text
from feeds.renderers.contentline import escaped, line, quoted, uri

ANY_TEXT = st.text(st.characters(codec=None), max_size=200)


@given(ANY_TEXT)
def test_a_text_value_is_read_back_as_the_cleaned_text(value: str) -> None:
    (read, _) = Contentlines.from_ical(line("SUMMARY", escaped(value)))
    assert vText(vText.from_ical(read.parts()[2])) == text.legal(value)


@given(ANY_TEXT)
def test_a_text_value_is_one_line_of_at_most_75_octets_each(value: str) -> None:
    raw = line("SUMMARY", escaped(value))
    assert raw.endswith(b"\r\n")
    pieces = raw[:-2].split(b"\r\n")
    assert not re.search(
        "[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]",
        "".join(piece.decode() for piece in pieces),
    )
    assert max(map(len, pieces)) <= 75
    assert all(piece.startswith(b" ") for piece in pieces[1:])


@pytest.mark.parametrize("shift", range(8))
@pytest.mark.parametrize("letter", ["ä", "€", "😀"])
def test_a_fold_never_cuts_a_character(letter: str, shift: int) -> None:
    value = "x" * shift + letter * 100
    raw = line("SUMMARY", value)
    assert "".join(p.decode() for p in raw.split(b"\r\n ")) == f"SUMMARY:{value}\r\n"


@pytest.mark.parametrize(("length", "lines"), [(75, 1), (76, 2), (149, 2), (150, 3)])
def test_a_line_is_folded_only_when_it_is_too_long(length: int, lines: int) -> None:
    assert line("X", "y" * (length - 2)).count(b"\r\n") == lines


@given(ANY_TEXT)
def test_a_parameter_is_read_back_as_the_cleaned_text(value: str) -> None:
    # icalendar reads these as escapes, which parameters don't have (RFC 5545 §3.2).
    assume(not re.search(r"\\[,:;\\]", value))
    whole = f"ORGANIZER;CN={quoted(value)}:mailto:a@example.org"
    name, parameters, address = Contentline(whole).parts()
    assert (name, address) == ("ORGANIZER", "mailto:a@example.org")
    assert parameters["CN"] == text.legal(value).replace("\t", " ")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("https://example.org/a?b=c&d;e,f#g", "https://example.org/a?b=c&d;e,f#g"),
        ("https://example.org/ä b", "https://example.org/%C3%A4%20b"),
        ("https://example.org/%C3%A4", "https://example.org/%C3%A4"),
        ("https://example.org/\r\nEND:VEVENT", "https://example.org/%0AEND:VEVENT"),
        ('https://example.org/"\\\x00\u2028', "https://example.org/%22%5C"),
    ],
)
def test_a_uri_holds_only_what_may_stand_in_one(given: str, written: str) -> None:
    assert uri(given) == written
