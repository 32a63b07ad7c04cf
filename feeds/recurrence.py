"""Which instances an event has, and when.

A series is its start, its rule's dates and its RDATEs, less its EXDATEs; an override
stands for the instance it names. All of it is wall-clock in the event's zone and each
result is resolved on its own (see `times.resolve`), so that 09:30 stays 09:30 across a
clock change. Decided here:

- The start is always an instance, and counts as the first of COUNT (RFC 5545
  §3.8.5.3), even if the rule does not give it.
- An instance lasts as long by the clock on the wall as the first one does. Calendar
  programs agree on that, although §3.8.5.3 speaks of an exact duration.
- An override whose moment the series does not have adds an instance; EXDATE wins over
  the rule, over RDATE and over an override of the same moment.
- Nothing is sought after the year 2200, nor more than MAX_INSTANCES for one question.
"""

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, takewhile

from feeds import rules, times
from feeds.expansion import candidates
from feeds.models.event import CourseSession, Event, Override

MAX_INSTANCES, MAX_AT_ONCE = 100_000, 1000

Window = tuple[dt.datetime | None, dt.datetime | None]

_HORIZON = dt.datetime.combine(dt.date(times.LAST_YEAR + 1, 1, 1), dt.time.min)
_DAY = dt.timedelta(days=1)
# No clock change, not even across the date line, moves an instant further than this.
_SLACK = 2 * _DAY
_LOOKS_BACK = (1, 4, 16, 64, 400)


@dataclass(frozen=True)
class Instance:
    """One instance of an event in time.

    `recurrence_id` names an instance of a series by its original start; it is None
    for single events and sessions. `start` and `end` (exclusive) are dates for all-day
    events, else wall-clock in the event's zone; without an authored end they are equal,
    or a day apart. `start_at` and `end_at` are the same in UTC.
    """

    recurrence_id: times.Moment | None
    start: times.Moment
    end: times.Moment
    start_at: dt.datetime
    end_at: dt.datetime
    override: Override | None = None
    session: CourseSession | None = None


def validate_rule(text: str, start: times.Moment, zone: dt.tzinfo) -> str:
    """Return the rule as it is stored: UNTIL in UTC, or a date for an all-day start.

    Raise ValueError with a sentence that names the wrong part.
    """
    return str(rules.parse(text, start, zone))


def at_once(text: str, start: times.Moment, end: times.Moment, zone: dt.tzinfo) -> int:
    """Return how many dates of a valid rule begin before the first ends.

    It is counted to MAX_AT_ONCE and one more.
    """
    rule = rules.parse(text, start, zone)
    first, last = times.wall_clock(start), times.wall_clock(end)
    found = candidates(rule, first, first, min(last, _HORIZON))
    return sum(1 for _ in islice(found, MAX_AT_ONCE + 1))


def is_endless(event: Event) -> bool:
    """Say whether the event goes on without an end (or past the year 2200)."""
    rule = _rule(event)
    return rule is not None and not event.sessions and rule.is_endless


def occurrences(
    event: Event, window: Window, limit: int | None = None
) -> Iterator[Instance]:
    """Yield the instances that overlap [window), in order of start, cancelled too."""
    found = (each for each in _instances(event, window) if _overlaps(each, window))
    return islice(found, limit)


def added(event: Event) -> list[str]:
    """Return the `rdates` that the rule does not give: ical.js shows others twice."""
    rule = _rule(event)
    if rule is None or not event.rdates:
        return event.rdates
    start, tick = _start(event), dt.timedelta(seconds=1)
    moments = {text: _local(text) for text in event.rdates}
    if rule.count is not None:  # counted from the start, so once for all of them
        given = {start, *_ruled(event, rule, start, max(moments.values()) + tick)}
        return [text for text, one in moments.items() if one not in given]
    return [
        text
        for text, one in moments.items()
        if one != start and not any(_ruled(event, rule, one, one + tick))
    ]


def bounds(event: Event) -> tuple[dt.datetime, dt.datetime | None]:
    """Return the first start and the last end of all instances (None: endless).

    An event whose every instance is excluded keeps the place of its start.
    """
    is_one = not (_is_series(event) or event.sessions)
    first = None if is_one else next(occurrences(event, (None, None), 1), None)
    if first is None:
        whole = _whole(event)
        return whole.start_at, whole.end_at
    return first.start_at, None if is_endless(event) else _last_at(event)


def _last_at(event: Event) -> dt.datetime:
    # A rule with UNTIL is looked at from its end, for its start may be a century back.
    rule = _rule(event)
    until = _until_at(event, rule) if rule and rule.until else None
    lows = [until - years * 366 * _DAY for years in _LOOKS_BACK] if until else [None]
    for low in lows:
        ends = [each.end_at for each in occurrences(event, (low, None))]
        if ends:
            return max(ends)
    return _whole(event).end_at


def _until_at(event: Event, rule: rules.Rule) -> dt.datetime | None:
    if rule.until is None or isinstance(rule.until, dt.datetime):
        return rule.until
    return times.midnight(rule.until, times.zone(event.timezone))


def _instances(event: Event, window: Window) -> Iterator[Instance]:
    if event.sessions:
        return _in_order([], [_of_session(event, each) for each in event.sessions])
    excluded = {_local(text) for text in event.exdates}
    overridden = {each.recurrence_local: each for each in event.overrides}
    regular = (
        _of_series(event, local)
        for local in islice(_locals(event, window), MAX_INSTANCES)
        if local not in excluded and local not in overridden
    )
    changed = [
        _of_override(event, override)
        for local, override in overridden.items()
        if local not in excluded
    ]
    return _in_order(regular, changed)


def _locals(event: Event, window: Window) -> Iterator[dt.datetime]:
    """Yield the original starts, each once, that can reach into the window."""
    start, zone = _start(event), times.zone(event.timezone)
    low, high = start, _HORIZON
    if window[0] is not None:
        low = times.local(window[0], zone) - _length(event) - _SLACK
    if window[1] is not None:
        high = min(high, times.local(window[1], zone) + _SLACK)
    extra = sorted([start, *(_local(text) for text in event.rdates)])
    rule = _rule(event)
    ruled = _ruled(event, rule, low, high) if rule else iter(())
    last = None
    for local in heapq.merge(extra, ruled):
        if local != last:
            yield local
        last = local


def _ruled(
    event: Event, rule: rules.Rule, low: dt.datetime, high: dt.datetime
) -> Iterator[dt.datetime]:
    start = _start(event)
    if rule.count is not None:
        later = (each for each in candidates(rule, start, start, high) if each > start)
        return islice(chain([start], later), rule.count)
    found = candidates(rule, start, low, high)
    until = rule.until
    if until is None:
        return found
    if isinstance(until, dt.datetime):
        zone = times.zone(event.timezone)
        return takewhile(lambda each: times.resolve(each, zone) <= until, found)
    return takewhile(lambda each: each.date() <= until, found)


def _in_order(
    regular: Iterable[Instance], changed: Iterable[Instance]
) -> Iterator[Instance]:
    """Merge by instant: a clock change may swap neighbours."""
    waiting = [(each.start_at, n, each) for n, each in enumerate(changed)]
    heapq.heapify(waiting)
    for n, each in enumerate(regular, start=len(waiting)):
        while waiting and waiting[0][0] < each.start_at - _SLACK:
            yield heapq.heappop(waiting)[2]
        heapq.heappush(waiting, (each.start_at, n, each))
    while waiting:
        yield heapq.heappop(waiting)[2]


def _overlaps(instance: Instance, window: Window) -> bool:
    low, high = window
    if high is not None and instance.start_at >= high:
        return False
    return low is None or instance.end_at > low or instance.start_at >= low


def _of_series(event: Event, local: dt.datetime) -> Instance:
    return _instance(
        event,
        local,
        local + _length(event),
        recurrence_id=event.moment(local) if _is_series(event) else None,
    )


def _of_override(event: Event, override: Override) -> Instance:
    start = override.start_local or override.recurrence_local
    return _instance(
        event,
        start,
        override.end_local or start + _length(event),
        recurrence_id=event.moment(override.recurrence_local),
        override=override,
    )


def _of_session(event: Event, session: CourseSession) -> Instance:
    end = session.end_local or session.start_local + _default_length(event)
    return _instance(event, session.start_local, end, session=session)


def _whole(event: Event) -> Instance:
    start = _start(event)
    return _instance(event, start, start + _length(event))


def _instance(
    event: Event,
    start: dt.datetime,
    end: dt.datetime,
    *,
    recurrence_id: times.Moment | None = None,
    override: Override | None = None,
    session: CourseSession | None = None,
) -> Instance:
    zone = times.zone(event.timezone)
    start_at, end_at = times.resolve(start, zone), times.resolve(end, zone)
    if end_at <= start_at:  # a start in the gap of a clock change passed its own end
        end_at = start_at + (end - start)
    return Instance(
        recurrence_id=recurrence_id,
        start=start.date() if event.all_day else start,
        end=end.date() if event.all_day else end,
        start_at=start_at,
        end_at=end_at,
        override=override,
        session=session,
    )


def _rule(event: Event) -> rules.Rule | None:
    if event.rrule is None:
        return None
    start = _start(event)
    return rules.parse(
        event.rrule,
        start.date() if event.all_day else start,
        times.zone(event.timezone),
    )


def _is_series(event: Event) -> bool:
    return bool(event.rrule or event.rdates or event.overrides)


def _start(event: Event) -> dt.datetime:
    if event.start_local is None:
        raise ValueError("an event without sessions needs a start")
    return event.start_local


def _length(event: Event) -> dt.timedelta:
    if event.end_local is None:
        return _default_length(event)
    return event.end_local - _start(event)


def _default_length(event: Event) -> dt.timedelta:
    return _DAY if event.all_day else dt.timedelta(0)


def _local(text: str) -> dt.datetime:
    return times.wall_clock(times.parse_moment(text))
