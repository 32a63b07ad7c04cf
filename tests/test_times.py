import datetime as dt
import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import times

TODAY = dt.date(2024, 1, 31)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_tzdata_version_is_that_of_the_package() -> None:
    package = importlib.import_module("tzdata")
    assert times.TZDATA_VERSION == package.IANA_VERSION


def test_zone_comes_from_the_package_and_not_from_the_system() -> None:
    # 2026f moved Vancouver to permanent daylight time; older system files have not.
    winter = dt.datetime(2027, 1, 15, 12, tzinfo=times.zone("America/Vancouver"))
    assert winter.utcoffset() == dt.timedelta(hours=-7)


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "Asia/Kolkata", "Etc/GMT+5"])
def test_zone_knows_iana_names(name: str) -> None:
    assert times.zone(name).key == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "europe/berlin",
        "Europe",
        "Europe/Berlin/",
        "Europe/Nowhere",
        "/etc/localtime",
        "../zoneinfo/UTC",
        "Europe/../UTC",
        "CEST",
        "Europe/Berlin\n",
        "UTC\x00",
        "zone.tab",
        "__init__.py",
        "W. Europe Standard Time",
    ],
)
def test_zone_refuses_other_names(name: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone") as caught:
        times.zone(name)
    assert str(caught.value).startswith(f"'{name}' is not a time zone")


def test_zone_data_is_the_compiled_zone() -> None:
    assert times.zone_data("Europe/Berlin").endswith(b"\nCET-1CEST,M3.5.0,M10.5.0/3\n")
    with pytest.raises(ValueError, match=r"'\.\./zones' is not a time zone"):
        times.zone_data("../zones")


@pytest.mark.parametrize(
    ("wall", "instant"),
    [
        ("2021-07-06T09:30", "2021-07-06T07:30+00:00"),
        ("2021-12-06T09:30", "2021-12-06T08:30+00:00"),
        ("2021-03-28T01:59", "2021-03-28T00:59+00:00"),
        ("2021-03-28T02:30", "2021-03-28T01:30+00:00"),  # in the gap: offset before
        ("2021-03-28T03:00", "2021-03-28T01:00+00:00"),
        ("2021-10-31T02:30", "2021-10-31T00:30+00:00"),  # twice: the first
        ("2021-10-31T03:00", "2021-10-31T02:00+00:00"),
    ],
)
def test_resolve_in_berlin(wall: str, instant: str) -> None:
    assert times.resolve(at(wall), times.zone("Europe/Berlin")) == at(instant)


def test_resolve_takes_the_first_of_a_repeated_hour_whatever_the_fold() -> None:
    second = at("2021-10-31T02:30").replace(fold=1)
    found = times.resolve(second, times.zone("Europe/Berlin"))
    assert found == at("2021-10-31T00:30+00:00")


def test_local_is_naive_wall_clock() -> None:
    berlin = times.zone("Europe/Berlin")
    assert times.local(at("2021-10-31T01:30+00:00"), berlin) == at("2021-10-31T02:30")
    assert times.local(at("2021-10-31T01:30+00:00"), berlin).fold == 0


@pytest.mark.parametrize(
    ("day", "name", "instant"),
    [
        ("2021-07-06", "Europe/Berlin", "2021-07-05T22:00+00:00"),
        ("2021-07-06", "UTC", "2021-07-06T00:00+00:00"),
        # midnight does not exist, the day begins at 01:00
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00+00:00"),
        # 00:00 comes twice
        ("2024-11-03", "America/Havana", "2024-11-03T04:00+00:00"),
        # this day was left out
        ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00+00:00"),
    ],
)
def test_midnight_is_the_first_instant_of_the_day(
    day: str, name: str, instant: str
) -> None:
    found = times.midnight(dt.date.fromisoformat(day), times.zone(name))
    assert found == at(instant)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2021-07-06", dt.date(2021, 7, 6)),
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("1900-01-01", dt.date(1900, 1, 1)),
        ("2200-12-31", dt.date(2200, 12, 31)),
        ("2021-07-06T09:30", at("2021-07-06T09:30")),
        ("2021-07-06T09:30:15", at("2021-07-06T09:30:15")),
        ("2021-07-06T00:00", at("2021-07-06T00:00")),
    ],
)
def test_moment_is_read_and_written_back(text: str, value: times.Moment) -> None:
    found = times.parse_moment(text)
    assert (type(found), found) == (type(value), value)
    assert times.format_moment(found) == text


def test_moment_is_written_without_zero_seconds() -> None:
    moment = times.parse_moment("2021-07-06T09:30:00")
    assert times.format_moment(moment) == "2021-07-06T09:30"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a date"),
        ("2021-7-6", "is not a date"),
        ("20210706", "is not a date"),
        ("2021-07-06 09:30", "is not a date"),
        ("2021-07-06T09", "is not a date"),
        ("2021-07-06T09:30Z", "is not a date"),
        ("2021-07-06T09:30+02:00", "is not a date"),
        ("2021-07-06T09:30:00.5", "is not a date"),
        ("2021-07-06\n", "is not a date"),
        ("\u0662\u0660\u0662\u0661-\u0660\u0667-\u0660\u0666", "is not a date"),
        ("2021-W27-2", "is not a date"),
        ("2021-02-29", "is not a day of the calendar"),
        ("2021-13-01", "is not a day of the calendar"),
        ("2021-07-06T24:00", "is not a time of the calendar"),
        ("2021-07-06T09:60", "is not a time of the calendar"),
        ("1899-12-31", "is not between 1900 and 2200"),
        ("2201-01-01T00:00", "is not between 1900 and 2200"),
        ("0000-01-01", "is not a day of the calendar"),
    ],
)
def test_moment_refuses_what_is_no_moment(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        times.parse_moment(text)
    assert str(caught.value).startswith(f"'{text}' {reason}")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2021-07-06T07:30:00Z", "2021-07-06T07:30:00Z"),
        ("2021-07-06t07:30:00z", "2021-07-06T07:30:00Z"),
        ("2021-07-06T09:30:00+02:00", "2021-07-06T07:30:00Z"),
        ("2021-07-06T07:30:00.999Z", "2021-07-06T07:30:00Z"),
        ("2021-07-06T07:30:00-00:00", "2021-07-06T07:30:00Z"),
        ("2021-07-06T09:30:00", "2021-07-06T07:30:00Z"),
        ("2021-07-06T09:30", "2021-07-06T07:30:00Z"),
        ("2021-03-28T02:30", "2021-03-28T01:30:00Z"),
    ],
)
def test_instant_is_read_as_utc(text: str, instant: str) -> None:
    found = times.parse_instant(text, times.zone("Europe/Berlin"))
    assert found.tzinfo is times.UTC
    assert times.format_instant(found) == instant


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2021-07-06", "is not an RFC 3339 time"),
        ("now", "is not an RFC 3339 time"),
        ("2021-07-06T09:30:00+0200", "is not an RFC 3339 time"),
        ("2021-07-06T09:30:00 +02:00", "is not an RFC 3339 time"),
        ("2021-07-06T09:30:61Z", "is not a time of the calendar"),
        ("2021-07-06T09:30:00+25:00", "is not a time of the calendar"),
        ("2300-07-06T09:30:00Z", "is not between 1900 and 2200"),
    ],
)
def test_instant_refuses_what_is_no_instant(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        times.parse_instant(text, times.UTC)
    assert str(caught.value).startswith(f"'{text}' {reason}")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2024-01-31"),
        ("2021-07-06", "2021-07-06"),
        ("-30d", "2024-01-01"),
        ("+0d", "2024-01-31"),
        (" 1d", "2024-02-01"),  # "+1d" in an unescaped query string
        ("+1m", "2024-02-29"),
        ("+13m", "2025-02-28"),
        ("-2m", "2023-11-30"),
        ("+12m", "2025-01-31"),
        ("+1y", "2025-01-31"),
        ("-1y", "2023-01-31"),
    ],
)
def test_day_is_iso_or_relative_to_today(text: str, day: str) -> None:
    assert times.parse_day(text, TODAY) == dt.date.fromisoformat(day)


def test_day_a_year_after_a_leap_day_is_the_end_of_february() -> None:
    assert times.parse_day("+1y", dt.date(2024, 2, 29)) == dt.date(2025, 2, 28)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a day:"),
        ("tomorrow", "is not a day:"),
        ("30d", "is not a day:"),
        ("+1w", "is not a day:"),
        ("+1.5d", "is not a day:"),
        ("+d", "is not a day:"),
        ("+123456d", "is not a day:"),
        ("2021-07-06T09:30", "is not a day:"),
        ("2021-02-30", "is not a day of the calendar"),
        ("+99999d", "is not between"),
        ("+99999y", "is not between"),
        ("-99999m", "is not between"),
        ("9999-01-01", "is not between"),
    ],
)
def test_day_refuses_what_is_no_day(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        times.parse_day(text, TODAY)
    assert str(caught.value).startswith(f"'{text}' {reason}")


def test_http_date_is_in_gmt() -> None:
    instant = at("2021-07-06T09:30+02:00")
    assert times.http_date(instant) == "Tue, 06 Jul 2021 07:30:00 GMT"


@given(
    st.datetimes(
        min_value=at("1970-01-01T00:00"),
        max_value=at("2099-12-31T00:00"),
        timezones=st.just(times.UTC),
    ),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
)
def test_local_and_resolve_agree_or_the_hour_comes_twice(
    instant: dt.datetime, name: str
) -> None:
    zone = times.zone(name)
    wall = times.local(instant, zone)
    first = times.resolve(wall, zone)
    assert times.local(first, zone) == wall
    assert first == instant or first < instant
