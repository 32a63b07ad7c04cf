"""What calendar programs show of the calendar that we publish for one event."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import icalendar
import recurring_ical_events  # type: ignore[import-untyped] # has no types
from ical.calendar_stream import IcsCalendarStream

from feeds import recurrence, times
from feeds.models import Event
from tests.javascript import Ask
from tests.renderers.calendars import written
from tests.series import DAY

Span = tuple[dt.datetime, dt.datetime]
Shown = list[Span] | str

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=times.UTC)


def published(event: Event) -> bytes:
    """Return the whole calendar with this event alone, as subscribers get it."""
    first, _ = recurrence.bounds(event)
    return written(event, since_year=first.year)


def ours(event: Event, window: Span) -> Shown:
    """Return start and end of all instances that overlap [window), in UTC, in order."""
    found = recurrence.occurrences(event, window)
    return sorted((each.start_at, each.end_at) for each in found)


def recurring(event: Event, window: Span) -> Shown:
    """Return what recurring-ical-events shows."""
    calendar = icalendar.Calendar.from_ical(published(event))
    low, high = window[0] - 2 * DAY, window[1] + 2 * DAY
    found = recurring_ical_events.of(calendar).between(low, high)
    return _within(window, event, ((each.start, each.end) for each in found))


def ical(event: Event, window: Span) -> Shown:
    """Return what the package `ical` shows, with which Home Assistant reads."""
    calendar = IcsCalendarStream.calendar_from_ics(published(event).decode())
    zone = times.zone(event.timezone)
    found = calendar.timeline_tz(zone).overlapping(
        (window[0] - 2 * DAY).astimezone(zone), (window[1] + 2 * DAY).astimezone(zone)
    )
    return _within(window, event, ((each.start, each.end) for each in found))


def ical_js(node: Ask, asked: Iterable[tuple[Event, Span]]) -> list[Shown]:
    """Return what ical.js shows of each event in its window."""
    asked = list(asked)
    cases = [
        {
            "calendar": published(event).decode(),
            "high": (window[1] + 2 * DAY).timestamp(),
        }
        for event, window in asked
    ]
    return [
        answer if isinstance(answer, str) else _within(window, event, _read(answer))
        for answer, (event, window) in zip(node("series", cases), asked, strict=True)
    ]


def _read(answer: list[Any]) -> Iterator[tuple[times.Moment, times.Moment]]:
    for start, end in answer:
        yield _moment(start), _moment(end)


def _moment(value: str | int) -> times.Moment:
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    return _EPOCH + dt.timedelta(seconds=value)


def _within(
    window: Span, event: Event, found: Iterable[tuple[times.Moment, times.Moment]]
) -> Shown:
    """Return in UTC what overlaps the window; no end in a gap precedes its start."""
    spans = []
    for start, end in found:
        begin, until = instant(start, event), instant(end, event)
        if end > start and until <= begin:
            until = begin + (end - start)
        if begin < window[1] and (until > window[0] or begin >= window[0]):
            spans.append((begin, until))
    return sorted(spans)


def instant(moment: times.Moment, event: Event) -> dt.datetime:
    """Return a moment in UTC; a date begins at midnight in the event's own zone."""
    if isinstance(moment, dt.datetime):
        return moment.astimezone(times.UTC)
    return times.midnight(moment, times.zone(event.timezone))
