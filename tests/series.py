"""Events for the tests of recurrence, from texts."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from feeds import recurrence, times
from feeds.models.event import Event, Override
from tests.renderers import cast

BERLIN = "Europe/Berlin"
DAY = dt.timedelta(days=1)
EVER: recurrence.Window = (None, None)


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
    return cast.make_event(
        all_day="T" not in start,
        timezone=zone,
        start_local=local(start),
        end_local=local(end) if end else None,
        rrule=rule and recurrence.validate_rule(rule, moment, times.zone(zone)),
        rdates=over.get("rdates", []),
        exdates=over.get("exdates", []),
        overrides=[make_override(*each) for each in over.get("changes", [])],
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
