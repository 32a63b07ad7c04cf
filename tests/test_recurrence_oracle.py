"""The instances of an event against those that recurring-ical-events finds."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped] # has no types
from hypothesis import given
from hypothesis import strategies as st

from feeds import recurrence, times
from feeds.models.event import Event
from tests.counts import tries
from tests.series import BERLIN, DAY, at, local, make_event

# start, end, and what make_event takes besides
CASES = json.loads(Path(__file__).with_name("recurrence_cases.json").read_text("utf-8"))


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


@pytest.mark.counted
@tries(60, 3000)
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
