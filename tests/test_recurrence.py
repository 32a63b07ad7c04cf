import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped] # has no types
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds import expansion, recurrence, rules, times
from feeds.models.event import CourseSession, Event, Override

BERLIN = "Europe/Berlin"
DAY = dt.timedelta(days=1)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def local(text: str) -> dt.datetime:
    moment = times.parse_moment(text)
    if isinstance(moment, dt.datetime):
        return moment
    return dt.datetime.combine(moment, dt.time.min)


def make_event(start: str, end: str | None = None, **over: Any) -> Event:
    """Build an event; `changes` are (recurrence_id, start, end[, status]) texts."""
    zone = over.get("timezone", BERLIN)
    rule = over.get("rrule")
    moment = times.parse_moment(start)
    return Event(
        all_day="T" not in start,
        timezone=zone,
        start_local=local(start),
        end_local=local(end) if end else None,
        rrule=rule and recurrence.validate_rule(rule, moment, times.zone(zone)),
        rdates=over.get("rdates", []),
        exdates=over.get("exdates", []),
        overrides=[make_override(*each) for each in over.get("changes", [])],
        sessions=[],
        status="confirmed",
    )


def make_override(
    recurrence_id: str, start: str | None, end: str | None, status: str | None = None
) -> Override:
    return Override(
        recurrence_local=local(recurrence_id),
        start_local=local(start) if start else None,
        end_local=local(end) if end else None,
        status=status,
    )


def starts(found: Iterable[recurrence.Instance]) -> list[str]:
    return [times.format_moment(each.start) for each in found]


def window(low: str, high: str) -> recurrence.Window:
    return at(low + "T00:00+00:00"), at(high + "T00:00+00:00")


EVER: recurrence.Window = (None, None)

# --- against recurring-ical-events ------------------------------------------------

# start, end, and what make_event takes besides
CASES: list[tuple[str, str | None, dict[str, Any]]] = [
    ("2021-07-06T09:30", "2021-07-06T11:00", {}),
    ("2021-07-06T09:30", "2021-07-06T11:00", {"rrule": "FREQ=DAILY"}),
    ("2021-07-06T09:30", "2021-07-06T11:00", {"rrule": "FREQ=DAILY;COUNT=10"}),
    ("2021-07-06T09:30", "2021-07-06T11:00", {"rrule": "FREQ=DAILY;INTERVAL=3"}),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {"rrule": "FREQ=DAILY;UNTIL=20210720T073000Z"},
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {"rrule": "FREQ=DAILY;UNTIL=20210720T072959Z"},
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {"rrule": "FREQ=DAILY;UNTIL=20211102T093000"},
    ),
    ("2021-07-06T09:30", "2021-07-06T11:00", {"rrule": "FREQ=DAILY;BYMONTH=1,2"}),
    ("2021-07-06T09:30", "2021-07-06T11:00", {"rrule": "FREQ=DAILY;BYMONTHDAY=-1,31"}),
    ("2021-07-06T09:30", "2021-07-06T11:00", {"rrule": "FREQ=DAILY;BYHOUR=9,15"}),
    (
        "2021-07-06T09:30",
        "2021-07-06T10:00",
        {"rrule": "FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0,30;BYSETPOS=2,-1"},
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {"rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=10"},
    ),
    ("2021-07-06T09:30", "2021-07-06T11:00", {"rrule": "FREQ=WEEKLY;BYDAY=MO,WE,FR"}),
    ("2021-07-06T09:30", "2021-07-06T11:00", {"rrule": "FREQ=WEEKLY"}),
    (
        "1997-08-05T09:00",
        "1997-08-05T10:00",
        {"rrule": "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"},
    ),
    (
        "1997-08-05T09:00",
        "1997-08-05T10:00",
        {"rrule": "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"},
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {"rrule": "FREQ=WEEKLY;INTERVAL=5;BYDAY=TU,SA;WKST=TH"},
    ),
    ("2021-01-31T18:00", "2021-01-31T20:00", {"rrule": "FREQ=MONTHLY"}),
    ("2021-01-31T18:00", "2021-01-31T20:00", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=-1"}),
    ("2021-01-29T18:00", "2021-01-29T20:00", {"rrule": "FREQ=MONTHLY;BYDAY=-1FR"}),
    ("2021-01-31T18:00", "2021-01-31T20:00", {"rrule": "FREQ=MONTHLY;BYDAY=-1SU"}),
    ("2021-01-01T18:00", "2021-01-01T20:00", {"rrule": "FREQ=MONTHLY;BYDAY=1FR"}),
    ("2021-01-29T18:00", "2021-01-29T20:00", {"rrule": "FREQ=MONTHLY;BYDAY=5FR"}),
    (
        "2021-01-29T18:00",
        "2021-01-29T20:00",
        {"rrule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
    ),
    (
        "2021-01-04T18:00",
        "2021-01-04T20:00",
        {"rrule": "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE;BYSETPOS=2,-2"},
    ),
    (
        "2021-08-13T18:00",
        "2021-08-13T20:00",
        {"rrule": "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"},
    ),
    (
        "2021-01-30T18:00",
        "2021-01-30T20:00",
        {"rrule": "FREQ=MONTHLY;BYMONTHDAY=30,31"},
    ),
    ("2021-01-15T18:00", "2021-01-15T20:00", {"rrule": "FREQ=MONTHLY;INTERVAL=18"}),
    ("2020-02-29T10:00", "2020-02-29T11:00", {"rrule": "FREQ=YEARLY"}),
    ("2020-02-29T10:00", "2020-02-29T11:00", {"rrule": "FREQ=YEARLY;INTERVAL=2"}),
    ("2020-02-29T10:00", "2020-02-29T11:00", {"rrule": "FREQ=YEARLY;BYYEARDAY=60"}),
    ("2020-12-31T10:00", "2020-12-31T11:00", {"rrule": "FREQ=YEARLY;BYYEARDAY=366,-1"}),
    (
        "2020-11-26T10:00",
        "2020-11-26T11:00",
        {"rrule": "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"},
    ),
    ("2020-12-28T10:00", "2020-12-28T11:00", {"rrule": "FREQ=YEARLY;BYDAY=-1MO"}),
    ("2020-05-11T10:00", "2020-05-11T11:00", {"rrule": "FREQ=YEARLY;BYWEEKNO=20"}),
    (
        "2020-12-28T10:00",
        "2020-12-28T11:00",
        {"rrule": "FREQ=YEARLY;BYWEEKNO=53,1;BYDAY=MO"},
    ),
    ("2020-03-01T10:00", "2020-03-01T11:00", {"rrule": "FREQ=YEARLY;BYMONTH=3,9"}),
    ("2020-03-01T10:00", "2020-03-01T11:00", {"rrule": "FREQ=YEARLY;BYMONTHDAY=1"}),
    # a start that the rule does not give
    ("2021-07-07T09:30", "2021-07-07T11:00", {"rrule": "FREQ=WEEKLY;BYDAY=TU"}),
    ("2021-07-07T09:30", "2021-07-07T11:00", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=1"}),
    # clock changes: Berlin 28 March and 31 October 2021
    ("2021-03-20T02:30", "2021-03-20T03:30", {"rrule": "FREQ=DAILY;COUNT=20"}),
    ("2021-03-20T01:30", "2021-03-20T04:30", {"rrule": "FREQ=DAILY;COUNT=20"}),
    ("2021-03-21T02:15", "2021-03-21T02:45", {"rrule": "FREQ=WEEKLY;COUNT=4"}),
    ("2021-10-25T02:30", "2021-10-25T03:30", {"rrule": "FREQ=DAILY;COUNT=20"}),
    ("2021-10-25T01:30", "2021-10-25T02:30", {"rrule": "FREQ=DAILY;COUNT=20"}),
    ("2021-10-30T22:00", "2021-10-31T06:00", {"rrule": "FREQ=WEEKLY;COUNT=3"}),
    (
        "2021-10-24T02:30",
        "2021-10-24T03:00",
        {"rrule": "FREQ=WEEKLY;UNTIL=20211031T003000Z"},
    ),
    (
        "2021-09-28T02:30",
        "2021-09-28T04:00",
        {"rrule": "FREQ=DAILY;COUNT=20", "timezone": "Australia/Lord_Howe"},
    ),
    (
        "2021-03-10T02:30",
        "2021-03-10T03:00",
        {"rrule": "FREQ=DAILY;COUNT=10", "timezone": "America/New_York"},
    ),
    (
        "2018-10-28T00:00",
        "2018-10-28T00:30",
        {"rrule": "FREQ=DAILY;COUNT=14", "timezone": "America/Sao_Paulo"},
    ),
    (
        "2021-03-20T09:30",
        "2021-03-20T10:30",
        {"rrule": "FREQ=DAILY", "timezone": "UTC"},
    ),
    # all day
    ("2021-07-06", None, {}),
    ("2021-07-06", "2021-07-09", {}),
    ("2021-07-06", None, {"rrule": "FREQ=DAILY;COUNT=5"}),
    ("2021-07-06", "2021-07-08", {"rrule": "FREQ=WEEKLY;UNTIL=20210810"}),
    ("2021-07-06", "2021-07-08", {"rrule": "FREQ=WEEKLY;UNTIL=20210809"}),
    ("2021-03-27", "2021-03-29", {"rrule": "FREQ=YEARLY"}),
    ("2020-02-29", None, {"rrule": "FREQ=YEARLY"}),
    ("2021-07-31", None, {"rrule": "FREQ=MONTHLY;BYMONTHDAY=-1"}),
    ("2021-07-06", None, {"rrule": "FREQ=WEEKLY;COUNT=5", "exdates": ["2021-07-13"]}),
    ("2021-07-06", None, {"rdates": ["2021-08-01", "2021-07-20"]}),
    (
        "2021-07-06",
        None,
        {
            "rrule": "FREQ=WEEKLY;COUNT=5",
            "changes": [("2021-07-13", "2021-07-14", "2021-07-16")],
        },
    ),
    # no end: a moment
    ("2021-07-06T09:30", None, {"rrule": "FREQ=WEEKLY;COUNT=4"}),
    # EXDATE and RDATE
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {"rrule": "FREQ=WEEKLY;COUNT=10", "exdates": ["2021-07-20T09:30"]},
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {"rrule": "FREQ=WEEKLY;COUNT=4", "exdates": ["2021-07-06T09:30"]},
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {"rrule": "FREQ=WEEKLY;COUNT=4", "exdates": ["2021-07-07T09:30"]},
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {
            "rrule": "FREQ=WEEKLY;COUNT=4",
            "rdates": ["2021-07-08T14:00", "2021-07-13T09:30", "2021-12-01T09:30"],
            "exdates": ["2021-12-01T09:30"],
        },
    ),
    ("2021-07-06T09:30", "2021-07-06T11:00", {"rdates": ["2021-11-06T09:30"]}),
    # overrides
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {
            "rrule": "FREQ=WEEKLY;COUNT=10",
            "changes": [("2021-07-13T09:30", "2021-07-13T14:00", "2021-07-13T15:00")],
        },
    ),
    (
        "2021-09-28T09:30",
        "2021-09-28T11:00",
        {
            "rrule": "FREQ=WEEKLY;COUNT=10",
            "changes": [("2021-10-26T09:30", "2021-11-02T10:00", "2021-11-02T11:30")],
        },
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {
            "rrule": "FREQ=WEEKLY;COUNT=10",
            "changes": [("2021-07-13T09:30", "2021-03-13T14:00", "2021-03-13T15:00")],
        },
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {
            "rrule": "FREQ=WEEKLY;COUNT=10",
            "changes": [("2021-07-13T09:30", "2022-08-01T14:00", "2022-08-01T15:00")],
        },
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {
            "rrule": "FREQ=WEEKLY;COUNT=10",
            "changes": [
                ("2021-07-06T09:30", "2021-07-05T14:00", "2021-07-05T15:00"),
                (
                    "2021-07-20T09:30",
                    "2021-07-20T09:30",
                    "2021-07-20T11:00",
                    "cancelled",
                ),
            ],
        },
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {
            "rrule": "FREQ=WEEKLY;COUNT=10",
            "changes": [("2021-07-14T09:30", "2021-07-14T14:00", "2021-07-14T15:00")],
        },
    ),
    (
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        {
            "rrule": "FREQ=WEEKLY;COUNT=10",
            "exdates": ["2021-07-13T09:30"],
            "changes": [("2021-07-13T09:30", "2021-07-13T14:00", "2021-07-13T15:00")],
        },
    ),
    # long instances that reach into the window
    ("2021-07-06T09:30", "2021-07-16T11:00", {"rrule": "FREQ=MONTHLY;COUNT=12"}),
    ("2021-07-06", "2021-08-16", {"rrule": "FREQ=MONTHLY;INTERVAL=2;COUNT=12"}),
]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(("start", "end", "over"), CASES)
def test_occurrences_equal_those_of_recurring_ical_events(
    start: str, end: str | None, over: dict[str, Any]
) -> None:
    event = make_event(start, end, **over)
    oracle = recurring_ical_events.of(icalendar.Calendar.from_ical(as_ical(event)))
    origin = local(start).replace(tzinfo=times.UTC)
    for low, days in ((-200, 300), (-3, 400), (0, 1), (14, 30), (110, 7), (330, 800)):
        span = (origin + low * DAY, origin + (low + days) * DAY)
        ours = [
            (each.start_at, each.end_at) for each in recurrence.occurrences(event, span)
        ]
        assert ours == sorted(expected(oracle, span, event))


def expected(
    oracle: Any, span: tuple[dt.datetime, dt.datetime], event: Event
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Read the oracle's answer in UTC, its ends in a gap of the clock set right."""
    for each in oracle.between(span[0] - 2 * DAY, span[1] + 2 * DAY):
        begin, end = instants(each.start, event), instants(each.end, event)
        if each.end > each.start and end <= begin:
            end = begin + (each.end - each.start)
        # The oracle takes a date for the same date in every zone: ours have one.
        if begin < span[1] and (end > span[0] or begin >= span[0]):
            yield begin, end


def instants(moment: times.Moment, event: Event) -> dt.datetime:
    if isinstance(moment, dt.datetime):
        return moment.astimezone(times.UTC)
    return times.midnight(moment, times.zone(event.timezone))


def as_ical(event: Event) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//"]
    rule = f"RRULE:{event.rrule}" if event.rrule else ""
    dates = [
        written(name, event, local(each))
        for name, texts in (("RDATE", event.rdates), ("EXDATE", event.exdates))
        for each in texts
    ]
    lines += component(event, event.start_local, event.end_local, [rule, *dates])
    for each in event.overrides:
        extra = [written("RECURRENCE-ID", event, each.recurrence_local)]
        lines += component(event, each.start_local, each.end_local, extra)
    lines += ["END:VCALENDAR", ""]
    return "\r\n".join(line for line in lines if line or line == lines[-1]).encode()


def component(
    event: Event, start: dt.datetime | None, end: dt.datetime | None, extra: list[str]
) -> list[str]:
    return [
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTAMP:20210101T000000Z",
        written("DTSTART", event, start) if start else "",
        written("DTEND", event, end) if end else "",
        *extra,
        "END:VEVENT",
    ]


def written(name: str, event: Event, moment: dt.datetime) -> str:
    if event.all_day:
        return f"{name};VALUE=DATE:{moment:%Y%m%d}"
    if event.timezone == "UTC":
        return f"{name}:{moment:%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={event.timezone}:{moment:%Y%m%dT%H%M%S}"


CLOCK_CHANGES = [
    (BERLIN, "2024-03-31T02:30"),
    (BERLIN, "2024-10-27T02:30"),
    ("America/New_York", "2030-03-10T02:15"),
    ("America/New_York", "2030-11-03T01:15"),
    ("Australia/Lord_Howe", "2024-10-06T02:15"),
    ("Australia/Lord_Howe", "2024-04-07T01:45"),
    ("Africa/Casablanca", "2026-03-22T02:30"),
    ("Asia/Beirut", "2025-03-30T00:00"),
    ("America/Havana", "2025-03-09T00:30"),
    ("Antarctica/Troll", "2026-03-29T01:30"),
]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(CLOCK_CHANGES),
    st.integers(0, 9),
    st.integers(-120, 120),
    st.integers(1, 300),
    st.sampled_from(["FREQ=DAILY;COUNT=15", "FREQ=WEEKLY;INTERVAL=1;COUNT=3"]),
)
def test_every_clock_change_is_read_as_recurring_ical_events_does(
    change: tuple[str, str], before: int, shift: int, length: int, rule: str
) -> None:
    name, moment = change
    minute = dt.timedelta(minutes=1)
    start = local(moment) + shift * minute - before * DAY
    end = start + length * minute
    event = make_event(
        times.format_moment(start),
        times.format_moment(end),
        rrule=rule,
        timezone=name,
    )
    oracle = recurring_ical_events.of(icalendar.Calendar.from_ical(as_ical(event)))
    span = (at(moment + "+00:00") - 40 * DAY, at(moment + "+00:00") + 40 * DAY)
    ours = [
        (each.start_at, each.end_at) for each in recurrence.occurrences(event, span)
    ]
    assert ours == sorted(expected(oracle, span, event))


# --- against dateutil -------------------------------------------------------------


def numbers(low: int, high: int, *, signed: bool = False) -> st.SearchStrategy[str]:
    one = st.integers(low, high)
    either = one | one.map(lambda n: -n) if signed else one
    return st.lists(either.map(str), min_size=1, max_size=3).map(",".join)


WEEKDAY = st.sampled_from(rules.WEEKDAYS)
PLAIN_DAYS = st.lists(WEEKDAY, min_size=1, max_size=3).map(",".join)
NTH_DAYS = st.builds("{}{}".format, st.sampled_from([1, 2, 5, -1, -2]), WEEKDAY)
COMMON = {
    "INTERVAL": st.sampled_from(["2", "3", "5", "12"]),
    "BYMONTH": numbers(1, 12),
    "BYHOUR": numbers(0, 23),
    "BYSETPOS": numbers(1, 4, signed=True),
    "WKST": WEEKDAY,
}
DAYS_OF_MONTH = {"BYMONTHDAY": numbers(1, 31, signed=True)}
PARTS = {
    "DAILY": COMMON | DAYS_OF_MONTH | {"BYDAY": PLAIN_DAYS},
    # dateutil chooses a position from what the start leaves of its week
    "WEEKLY": {k: v for k, v in COMMON.items() if k != "BYSETPOS"}
    | {"BYDAY": PLAIN_DAYS},
    "MONTHLY": COMMON | DAYS_OF_MONTH | {"BYDAY": PLAIN_DAYS | NTH_DAYS},
    "YEARLY": COMMON
    | DAYS_OF_MONTH
    | {"BYDAY": PLAIN_DAYS | NTH_DAYS, "BYYEARDAY": numbers(1, 366, signed=True)},
    # dateutil calls 2 January 2022 a day of week 53
    "YEARLY;": COMMON | {"BYDAY": PLAIN_DAYS, "BYWEEKNO": numbers(2, 51)},
}


@st.composite
def rule_texts(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(sorted(PARTS)))
    names = draw(
        st.lists(st.sampled_from(sorted(PARTS[freq])), unique=True, max_size=4)
    )
    chosen = {name: draw(PARTS[freq][name]) for name in names}
    if freq.endswith(";"):
        chosen |= {"BYWEEKNO": draw(PARTS[freq]["BYWEEKNO"]), "BYDAY": draw(PLAIN_DAYS)}
    return ";".join(
        [f"FREQ={freq.strip(';')}", *(f"{k}={v}" for k, v in chosen.items())]
    )


@settings(max_examples=150, deadline=None)
@given(
    rule_texts(),
    st.datetimes(min_value=at("1990-01-01"), max_value=at("2020-12-31")),
    st.integers(0, 2000),
)
def test_candidates_equal_those_of_dateutil_from_any_point(
    text: str, start: dt.datetime, skip: int
) -> None:
    start = start.replace(microsecond=0, fold=0)
    try:
        rule = rules.parse(text, start, times.UTC)
    except ValueError:
        return
    low, high = start + skip * DAY, start + (skip + 1500) * DAY
    ours = list(expansion.candidates(rule, start, low, high))
    if not ours:  # dateutil would look for a first one until the year 9999
        return
    until = f";UNTIL={high:%Y%m%dT%H%M%S}"
    theirs = rrulestr(text + until, dtstart=start)
    assert ours == [each for each in theirs if low <= each < high]


@pytest.mark.parametrize("week", [1, 52, 53, -1, -53])
def test_week_numbers_are_those_of_iso_8601(week: int) -> None:
    start = at("1900-01-01T10:00")
    text = f"FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO,TU,WE,TH,FR,SA,SU"
    rule = rules.parse(text, start, times.UTC)
    found = expansion.candidates(rule, start, start, at("2100-01-01T00:00"))
    assert [each.date() for each in found] == [
        day
        for day in (start.date() + n * DAY for n in range(73049))
        if day.isocalendar().week in (week, week + weeks_of(day.isocalendar().year) + 1)
    ]


def weeks_of(year: int) -> int:
    return dt.date(year, 12, 28).isocalendar().week


def test_leap_days_are_found_over_the_century_without_one() -> None:
    start = at("2000-02-29T10:00")
    rule = rules.parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", start, times.UTC)
    found = expansion.candidates(rule, start, start, at("2110-01-01T00:00"))
    years = [each.year for each in found]
    assert years == [*range(2000, 2100, 4), 2104, 2108]


# --- our own words ----------------------------------------------------------------


def test_single_event_is_one_instance_without_recurrence_id() -> None:
    event = make_event("2021-07-06T09:30", "2021-07-06T11:00")
    assert list(recurrence.occurrences(event, EVER)) == [
        recurrence.Instance(
            recurrence_id=None,
            start=at("2021-07-06T09:30"),
            end=at("2021-07-06T11:00"),
            start_at=at("2021-07-06T07:30+00:00"),
            end_at=at("2021-07-06T09:00+00:00"),
        )
    ]


def test_all_day_instances_are_dates_and_begin_at_local_midnight() -> None:
    event = make_event("2021-03-27", "2021-03-29", rrule="FREQ=DAILY;COUNT=2")
    first = next(recurrence.occurrences(event, EVER))
    assert (first.recurrence_id, first.start) == (dt.date(2021, 3, 27),) * 2
    assert not isinstance(first.start, dt.datetime)
    assert first.end == dt.date(2021, 3, 29)
    assert first.start_at == at("2021-03-26T23:00+00:00")
    assert first.end_at == at("2021-03-28T22:00+00:00")


def test_event_without_end_is_a_moment_or_a_day() -> None:
    moment = next(recurrence.occurrences(make_event("2021-07-06T09:30"), EVER))
    day = next(recurrence.occurrences(make_event("2021-07-06"), EVER))
    assert (moment.end, moment.end_at) == (moment.start, moment.start_at)
    assert day.end == dt.date(2021, 7, 7)


def test_start_outside_the_rule_counts_as_the_first() -> None:
    event = make_event("2021-07-07T09:30", rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    assert starts(recurrence.occurrences(event, EVER)) == [
        "2021-07-07T09:30",
        "2021-07-13T09:30",
        "2021-07-20T09:30",
    ]


def test_day_with_and_without_number_are_united() -> None:
    event = make_event("2021-06-01T09:30", rrule="FREQ=MONTHLY;BYDAY=1TU,FR")
    found = recurrence.occurrences(event, window("2021-06-01", "2021-06-30"))
    days = [each[8:10] for each in starts(found)]
    assert days == ["01", "04", "11", "18", "25"]


def test_end_in_the_gap_never_lies_before_its_start() -> None:
    event = make_event("2021-03-28T02:30", "2021-03-28T03:15")
    only = next(recurrence.occurrences(event, EVER))
    assert only.start_at == at("2021-03-28T01:30+00:00")
    assert only.end_at == at("2021-03-28T02:15+00:00")


def test_override_keeps_its_recurrence_id_and_inherits_what_it_leaves_out() -> None:
    event = make_event(
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        rrule="FREQ=WEEKLY;COUNT=3",
        changes=[
            ("2021-07-13T09:30", "2021-07-12T18:00", None),
            ("2021-07-20T09:30", None, None, "cancelled"),
        ],
    )
    first, moved, cancelled = recurrence.occurrences(event, EVER)
    assert (first.override, first.recurrence_id) == (None, at("2021-07-06T09:30"))
    assert moved.recurrence_id == at("2021-07-13T09:30")
    assert (moved.start, moved.end) == (at("2021-07-12T18:00"), at("2021-07-12T19:30"))
    assert cancelled.override is event.overrides[1]
    assert cancelled.override.status == "cancelled"
    assert cancelled.start == at("2021-07-20T09:30")


def test_override_moved_into_or_out_of_the_window() -> None:
    event = make_event(
        "2021-07-06T09:30",
        rrule="FREQ=WEEKLY;COUNT=10",
        changes=[
            ("2021-07-13T09:30", "2021-12-01T10:00", None),
            ("2021-08-03T09:30", "2021-07-14T08:00", None),
        ],
    )
    july = recurrence.occurrences(event, window("2021-07-10", "2021-07-25"))
    december = recurrence.occurrences(event, window("2021-12-01", "2021-12-02"))
    assert starts(july) == ["2021-07-14T08:00", "2021-07-20T09:30"]
    assert starts(december) == ["2021-12-01T10:00"]


def test_sessions_are_instances_in_order_whatever_their_position() -> None:
    event = make_event("2021-07-06T09:30")
    event.sessions = [
        CourseSession(position=0, uid="b", start_local=local("2021-09-02T18:00")),
        CourseSession(
            position=1,
            uid="a",
            start_local=local("2021-08-02T18:00"),
            end_local=local("2021-08-02T20:00"),
        ),
    ]
    event.start_local = None
    found = list(recurrence.occurrences(event, EVER))
    assert [each.session and each.session.uid for each in found] == ["a", "b"]
    assert [each.recurrence_id for each in found] == [None, None]
    assert recurrence.bounds(event) == (
        at("2021-08-02T16:00+00:00"),
        at("2021-09-02T16:00+00:00"),
    )


def test_limit_takes_the_first_of_an_endless_event() -> None:
    event = make_event("2021-07-06T09:30", rrule="FREQ=WEEKLY")
    low = at("2090-01-01T00:00+00:00")
    assert starts(recurrence.occurrences(event, (low, None), 2)) == [
        "2090-01-03T09:30",
        "2090-01-10T09:30",
    ]


def test_window_is_half_open() -> None:
    event = make_event("2021-07-06T10:00", "2021-07-06T11:00", timezone="UTC")
    moment = make_event("2021-07-06T10:00", timezone="UTC")
    ten, eleven = at("2021-07-06T10:00+00:00"), at("2021-07-06T11:00+00:00")
    before = (ten - DAY, ten)
    after = (eleven, eleven + DAY)
    assert [len(list(recurrence.occurrences(event, w))) for w in (before, after)] == [
        0,
        0,
    ]
    assert len(list(recurrence.occurrences(event, (eleven - DAY / 1440, None)))) == 1
    assert len(list(recurrence.occurrences(moment, (ten, ten + DAY)))) == 1
    assert len(list(recurrence.occurrences(moment, before))) == 0


def test_order_is_that_of_instants_across_a_clock_change() -> None:
    event = make_event(
        "2021-03-27T02:30", rrule="FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30;COUNT=9"
    )
    found = [each.start_at for each in recurrence.occurrences(event, EVER)]
    assert found == sorted(found)
    assert len(found) == 9


@pytest.mark.parametrize(
    ("event", "bounds"),
    [
        (make_event("2021-07-06T09:30"), ("2021-07-06T07:30", "2021-07-06T07:30")),
        (make_event("2021-07-06"), ("2021-07-05T22:00", "2021-07-06T22:00")),
        (
            make_event("2021-07-06T09:30", rrule="FREQ=WEEKLY"),
            ("2021-07-06T07:30", None),
        ),
        (
            make_event("2021-07-06T09:30", rrule="FREQ=WEEKLY;UNTIL=99991231T000000Z"),
            ("2021-07-06T07:30", None),
        ),
        (
            make_event("2021-07-06T09:30", rrule="FREQ=WEEKLY;COUNT=3"),
            ("2021-07-06T07:30", "2021-07-20T07:30"),
        ),
        (
            make_event(
                "1921-07-06T09:30",
                "1921-07-06T10:30",
                rrule="FREQ=DAILY;UNTIL=21990101T000000Z",
            ),
            ("1921-07-06T08:30", "2198-12-31T09:30"),
        ),
        (
            make_event("2021-07-06", rrule="FREQ=YEARLY;INTERVAL=100;UNTIL=21900101"),
            ("2021-07-05T22:00", "2121-07-06T22:00"),
        ),
        (
            make_event(
                "2021-07-06T09:30",
                rrule="FREQ=WEEKLY;COUNT=3",
                rdates=["2021-06-01T09:30"],
                changes=[("2021-07-13T09:30", "2022-01-01T00:00", None)],
            ),
            ("2021-06-01T07:30", "2021-12-31T23:00"),
        ),
        (
            make_event(
                "2021-07-06T09:30",
                rrule="FREQ=WEEKLY;COUNT=2",
                exdates=["2021-07-06T09:30", "2021-07-13T09:30"],
            ),
            ("2021-07-06T07:30", "2021-07-06T07:30"),
        ),
    ],
)
def test_bounds(event: Event, bounds: tuple[str, str | None]) -> None:
    first, last = bounds
    assert recurrence.bounds(event) == (
        at(first + "+00:00"),
        at(last + "+00:00") if last else None,
    )
    assert recurrence.is_endless(event) is (last is None)


# --- the rule's text --------------------------------------------------------------

TIMED, WHOLE_DAY = at("2021-07-06T09:30"), dt.date(2021, 7, 6)


@pytest.mark.parametrize(
    ("text", "start", "stored"),
    [
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=10", TIMED, "FREQ=WEEKLY;BYDAY=TU;COUNT=10"),
        ("byday=tu;freq=weekly", TIMED, "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=MONTHLY;BYDAY=+1MO,-1FR", TIMED, "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=01,1,+2", TIMED, "FREQ=MONTHLY;BYMONTHDAY=1,2"),
        ("FREQ=DAILY;INTERVAL=01", TIMED, "FREQ=DAILY;INTERVAL=1"),
        ("FREQ=DAILY;INTERVAL=1000;COUNT=10000", TIMED, None),
        (
            "FREQ=DAILY;UNTIL=20211231T235959",
            TIMED,
            "FREQ=DAILY;UNTIL=20211231T225959Z",
        ),
        ("FREQ=DAILY;UNTIL=20211231T225959Z;WKST=SU", TIMED, None),
        ("FREQ=DAILY;UNTIL=20211231", WHOLE_DAY, None),
        ("FREQ=DAILY;UNTIL=20210706", WHOLE_DAY, None),
        ("FREQ=YEARLY;BYWEEKNO=20", TIMED, "FREQ=YEARLY;BYWEEKNO=20;BYDAY=TU"),
        ("FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))), TIMED, None),
        ("FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(24))), TIMED, None),
        ("FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=30", TIMED, None),
    ],
)
def test_rule_is_stored_as_authored(
    text: str, start: times.Moment, stored: str | None
) -> None:
    found = recurrence.validate_rule(text, start, times.zone(BERLIN))
    assert found == (stored or text)
    assert recurrence.validate_rule(found, start, times.zone(BERLIN)) == found


@pytest.mark.parametrize(
    ("text", "start", "reason"),
    [
        ("", TIMED, "'' is not a part of a recurrence rule"),
        ("WEEKLY", TIMED, "'WEEKLY' is not a part of a recurrence rule"),
        ("RRULE:FREQ=DAILY", TIMED, "'RRULE:FREQ=DAILY' is not a part"),
        ("FREQ=DAILY;", TIMED, "'' is not a part of a recurrence rule"),
        ("FREQ=DAILY\r\nX=1", TIMED, "FREQ=DAILY\r\nX=1 is not one of DAILY"),
        ("FREQ=DAILY;X-NAME=1", TIMED, "'X-NAME=1' is not a part"),
        ("FREQ=DAILY;RSCALE=CHINESE", TIMED, "'RSCALE=CHINESE' is not a part"),
        ("FREQ=DAILY;BYEASTER=0", TIMED, "'BYEASTER=0' is not a part"),
        ("COUNT=3", TIMED, "FREQ is missing"),
        ("FREQ=DAILY;FREQ=DAILY", TIMED, "FREQ is there twice"),
        ("FREQ=DAILY;COUNT=1;COUNT=2", TIMED, "COUNT is there twice"),
        ("FREQ=SECONDLY", TIMED, "FREQ=SECONDLY is not one of DAILY, WEEKLY"),
        ("FREQ=MINUTELY", TIMED, "FREQ=MINUTELY is not one of"),
        ("FREQ=HOURLY;COUNT=3", TIMED, "FREQ=HOURLY is not one of"),
        ("FREQ=FORTNIGHTLY", TIMED, "FREQ=FORTNIGHTLY is not one of"),
        ("FREQ=", TIMED, "FREQ= is not one of"),
        (
            "FREQ=DAILY;INTERVAL=0",
            TIMED,
            "INTERVAL=0 is not a whole number from 1 to 1000",
        ),
        ("FREQ=DAILY;INTERVAL=-1", TIMED, "INTERVAL=-1 is not a whole number"),
        ("FREQ=DAILY;INTERVAL=1001", TIMED, "INTERVAL=1001 is not a whole number"),
        ("FREQ=DAILY;INTERVAL=1.5", TIMED, "INTERVAL=1.5 is not a whole number"),
        ("FREQ=DAILY;INTERVAL=\u0661", TIMED, "INTERVAL=\u0661 is not a whole number"),
        ("FREQ=DAILY;INTERVAL=" + "9" * 900, TIMED, "INTERVAL=999"),
        ("FREQ=DAILY;COUNT=0", TIMED, "COUNT=0 is not a whole number from 1 to 10000"),
        ("FREQ=DAILY;COUNT=-3", TIMED, "COUNT=-3 is not a whole number"),
        ("FREQ=DAILY;COUNT=10001", TIMED, "COUNT=10001 is not a whole number"),
        ("FREQ=DAILY;COUNT=1000000000", TIMED, "COUNT=1000000000 is not"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20211231T000000Z", TIMED, "COUNT and UNTIL cannot"),
        (
            "FREQ=DAILY;UNTIL=20211231",
            TIMED,
            "UNTIL=20211231 must be a date with a time",
        ),
        (
            "FREQ=DAILY;UNTIL=20211231T000000Z",
            WHOLE_DAY,
            "UNTIL=20211231T000000Z must be",
        ),
        ("FREQ=DAILY;UNTIL=20210231", WHOLE_DAY, "UNTIL=20210231 is not a day of the"),
        ("FREQ=DAILY;UNTIL=tomorrow", TIMED, "UNTIL=TOMORROW is not a date or time"),
        (
            "FREQ=DAILY;UNTIL=20211231Z",
            WHOLE_DAY,
            "UNTIL=20211231Z is not a date or time",
        ),
        ("FREQ=DAILY;UNTIL=20210705", WHOLE_DAY, "UNTIL=20210705 is before the start"),
        (
            "FREQ=DAILY;UNTIL=20210706T072959Z",
            TIMED,
            "UNTIL=20210706T072959Z is before",
        ),
        (
            "FREQ=DAILY;BYMONTH=13",
            TIMED,
            "BYMONTH=13 is not a whole number from 1 to 12",
        ),
        ("FREQ=DAILY;BYMONTH=-1", TIMED, "BYMONTH=-1 is not a whole number"),
        ("FREQ=DAILY;BYMONTH=", TIMED, "BYMONTH= is not a whole number"),
        ("FREQ=DAILY;BYMONTHDAY=32", TIMED, "BYMONTHDAY=32 is not a whole number"),
        ("FREQ=DAILY;BYMONTHDAY=0", TIMED, "BYMONTHDAY=0 is not a whole number"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", TIMED, "BYMONTHDAY cannot stand with FREQ=WEEKLY"),
        ("FREQ=DAILY;BYYEARDAY=1", TIMED, "BYYEARDAY cannot stand with FREQ=DAILY"),
        ("FREQ=YEARLY;BYYEARDAY=367", TIMED, "BYYEARDAY=367 is not a whole number"),
        ("FREQ=MONTHLY;BYWEEKNO=1", TIMED, "BYWEEKNO cannot stand with FREQ=MONTHLY"),
        ("FREQ=YEARLY;BYWEEKNO=54", TIMED, "BYWEEKNO=54 is not a whole number"),
        ("FREQ=WEEKLY;BYDAY=XX", TIMED, "BYDAY=XX is not a day such as MO"),
        ("FREQ=WEEKLY;BYDAY=1MO", TIMED, "BYDAY with a number needs FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYDAY=6MO", TIMED, "BYDAY=6MO is not a day such as MO"),
        ("FREQ=MONTHLY;BYDAY=0MO", TIMED, "BYDAY=0MO is not a day such as MO"),
        ("FREQ=YEARLY;BYDAY=54MO", TIMED, "BYDAY=54MO is not a day such as MO"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", TIMED, "BYDAY with a number needs"),
        ("FREQ=DAILY;BYSETPOS=1", TIMED, "BYSETPOS needs another BY part"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", TIMED, "BYSETPOS=0 is not a whole number"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", TIMED, "BYSETPOS=367 is not a whole"),
        ("FREQ=DAILY;WKST=XX", TIMED, "WKST=XX is not one of MO, TU"),
        ("FREQ=DAILY;BYHOUR=24", TIMED, "BYHOUR=24 is not a whole number from 0 to 23"),
        ("FREQ=DAILY;BYHOUR=9", WHOLE_DAY, "BYHOUR needs a start with a time"),
        ("FREQ=DAILY;BYSECOND=60", TIMED, "BYSECOND=60 is not a whole number"),
        (
            "FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(25))),
            TIMED,
            "BYMINUTE has more than 24 values",
        ),
        (
            "FREQ=YEARLY;BYHOUR=1,2,3,4,5;BYMINUTE=" + ",".join(map(str, range(20))),
            TIMED,
            "BYHOUR, BYMINUTE, BYSECOND: over 96 a day",
        ),
        (
            "FREQ=YEARLY;BYDAY=" + ",".join(["MO"] * 200),
            TIMED,
            "BYDAY has more than 106",
        ),
        ("FREQ=DAILY;BYMONTH=" + "1," * 1000, TIMED, "the rule is longer than 2000"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            TIMED,
            "BYMONTHDAY: there is no such day",
        ),
        ("FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31,-31", TIMED, "BYMONTHDAY: there is no"),
    ],
)
def test_rule_is_refused_with_the_part_that_is_wrong(
    text: str, start: times.Moment, reason: str
) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        recurrence.validate_rule(text, start, times.zone(BERLIN))
    assert str(caught.value).startswith(reason)


# Rules that pass, and give next to nothing, or as much as a rule can.
HOSTILE = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=1000",
    "FREQ=YEARLY;INTERVAL=1000",
    "FREQ=DAILY;COUNT=10000;INTERVAL=1000",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,29",
    "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
    "FREQ=DAILY;INTERVAL=7;BYDAY=WE;COUNT=10000",
    "FREQ=WEEKLY;INTERVAL=52;BYMONTH=1",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
    "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
    "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2",
    "FREQ=YEARLY;BYYEARDAY=366;BYMONTHDAY=30",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6",
    "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1;COUNT=10000",
    "FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=" + ",".join(map(str, range(24))),
    "FREQ=YEARLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10;BYSECOND=0,1,2,3",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_rule_costs_no_more_looks_than_its_window_has_days(text: str) -> None:
    event = make_event("1970-07-07T09:30", rrule=text)
    far = window("2090-07-01", "2090-08-01")
    found, looks = counting_looks(lambda: list(recurrence.occurrences(event, far)))
    from_start = "COUNT" in text
    assert looks <= (366 * 121 if from_start else 366 * 2)
    assert len(found) <= 31 * rules.MAX_TIMES_A_DAY


def counting_looks(action: Callable[[], Any]) -> tuple[Any, int]:
    """Run it and count at how many days the expansion looked."""
    looks = 0

    def count(frame: FrameType, kind: str, _: object) -> None:
        nonlocal looks
        looks += kind == "call" and frame.f_code is expansion._matches.__code__

    sys.setprofile(count)
    try:
        result = action()
    finally:
        sys.setprofile(None)
    return result, looks


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_rule_has_bounds(text: str) -> None:
    event = make_event("1970-07-07T09:30", rrule=text)
    first, _ = recurrence.bounds(event)
    assert first <= at("1970-07-07T08:30+00:00")


def test_no_question_gets_more_than_the_cap() -> None:
    event = make_event(
        "1970-07-07T09:30",
        rrule="FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=" + ",".join(map(str, range(24))),
    )
    cap = recurrence.MAX_INSTANCES
    assert sum(1 for _ in recurrence.occurrences(event, EVER)) == cap
