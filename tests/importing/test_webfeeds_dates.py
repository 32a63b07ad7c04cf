"""Dates of feeds, most of which keep to no standard."""

from datetime import UTC, datetime

import pytest

from feeds.importing.webfeeds import dates
from tests.importing.webfeeds import DATED, RSS, atom, items

ITEM = f"<item><guid>a</guid><title>A</title>{DATED}</item>"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type] # so few parts


@pytest.mark.parametrize(
    ("given", "found", "assumed"),
    [
        ("2021-07-01T10:00:00Z", utc(2021, 7, 1, 10), ""),
        ("2021-07-01t10:00:00.123456+02:00", utc(2021, 7, 1, 8), ""),
        ("2021-07-01 10:00:00 +0200", utc(2021, 7, 1, 8), ""),
        ("2021-07-01T10:00", utc(2021, 7, 1, 10), "has no zone"),
        ("2021-07-01", utc(2021, 7, 1), "has no zone"),
        ("Thu, 01 Jul 2021 10:00:00 GMT", utc(2021, 7, 1, 10), ""),
        ("Mon, 1 July 2021 10:00 Z", utc(2021, 7, 1, 10), ""),
        ("01 Jul 21 10:00:60 -0330", utc(2021, 7, 1, 13, 30, 59), ""),
        ("Do, 01 Mai 1999 10:00:00 MESZ", utc(1999, 5, 1, 8), ""),
        ("Do, 1. Mär 2021 10:00:00 +0100 (CET)", utc(2021, 3, 1, 9), ""),
        ("Thu, 01-Jul-99 10:00:00 PST", utc(1999, 7, 1, 18), ""),
        ("Thu, 01 Jul 2021 10:00:00 GMT+7", utc(2021, 7, 1, 3), ""),
        ("Thu, 01 Jul 2021 10:00:00 +02:00", utc(2021, 7, 1, 8), ""),
        ("Thu, 01 Jul 2021 10:00:00", utc(2021, 7, 1, 10), "has no zone"),
        (
            "Thu, 01 Jul 2021 10:00:00 XYZ",
            utc(2021, 7, 1, 10),
            "has the unknown zone 'XYZ'",
        ),
    ],
)
def test_dates_are_read_however_sloppy(
    given: str, found: datetime, assumed: str
) -> None:
    sentence = f"the date '{given}' {assumed}, read as UTC" if assumed else ""
    assert dates.read(given) == (found, sentence)


@pytest.mark.parametrize(
    "given",
    [
        *("gestern", "", "2021-02-30T10:00:00Z", "Thu, 32 Jul 2021 10:00:00 GMT"),
        *("Thu, 01 Foo 2021 10:00:00 GMT", "0000-00-00T00:00:00", "1625126400"),
        *("Thu, 01 Jul 2021 25:00:00 GMT", "Thu, 01 Jul 2021 10:00:00 +9900", "1" * 99),
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_dates_that_are_none_are_named(given: str) -> None:
    with pytest.raises(ValueError, match=r"the date '.*' can't be read"):
        dates.read(given)


def test_item_without_a_date_is_published_by_the_import() -> None:
    (item,) = items(RSS.format("<item><guid>a</guid><title>A</title></item>"))
    assert "published_at" not in item.raw
    assert item.repairs == ["line 6: no date, published as of this import"]


def test_date_to_come_is_said() -> None:
    item = atom("<title>A</title><published>2031-07-01T10:00:00Z</published>")
    assert item.raw["published_at"] == "2021-07-01T08:00:00+00:00"
    (item,) = items(RSS.format(ITEM.replace("2021", "2031")))
    assert item.raw["published_at"] == "2031-07-01T08:00:00+00:00"
    assert item.repairs == [
        "line 6: the date 'Thu, 01 Jul 2031 10:00:00 +0200' is still to come, and it"
        " will not be public before"
    ]
