"""When an event begins and ends, in the terms of the API: wall clock, zone, exclusive.

Ends are repaired where what is meant is plain, and reported; an end before its start
refuses the component.
"""

import datetime as dt
from dataclasses import dataclass, replace

from feeds import times
from feeds.importing.ics import moments
from feeds.importing.ics.lines import Line
from feeds.importing.ics.moments import DAY, When
from feeds.importing.ics.zones import Zones

ENDS = ("exclusive", "inclusive")
FRIDAY, SATURDAY = 4, 5
MOST_SPELLED = 200


@dataclass(frozen=True)
class Clock:
    """What a file's times mean where they don't say it.

    `floating` is the zone of times without one, `display` the zone in which times in
    UTC are shown. `ends` is how all-day ends are to be read.
    """

    zones: Zones
    floating: str
    display: str
    ends: str = ENDS[0]


@dataclass(frozen=True)
class Span:
    """`end` is None for a moment or one day; both are of one kind and in one zone."""

    start: When
    end: When | None = None

    @property
    def zone(self) -> str:
        return self.start.zone


@dataclass
class Habit:
    """What is counted in a file: signs that its all-day ends are inclusive, and
    rules that take time."""

    ends: int = 0
    empty: int = 0
    fridays: int = 0
    spelled: int = 0

    def spell(self) -> None:
        """Count a rule that is spelled out; ValueError when there are too many."""
        self.spelled += 1
        if self.spelled > MOST_SPELLED:
            raise ValueError(f"more than {MOST_SPELLED} such rules in one file")

    def note(self, start: dt.date, end: dt.date) -> None:
        self.ends += 1
        self.empty += end == start
        self.fridays += end > start + DAY and end.weekday() in (FRIDAY, SATURDAY)

    @property
    def looks_inclusive(self) -> bool:
        return self.empty > 0 or (self.ends >= 2 and self.fridays * 2 > self.ends)


@dataclass(frozen=True)
class Reading:
    """What reading one VEVENT takes: the file's clock, and where its oddities go.

    `kind` is single, series, or instance: one of a series that is in the file.
    """

    clock: Clock
    habit: Habit
    repairs: list[str]
    kind: str = "single"

    def moment(self, line: Line) -> When:
        return moments.read(line, self.clock.zones, self.repairs)

    def moments(self, line: Line) -> list[When]:
        return moments.read_many(line, self.clock.zones, self.repairs)

    def repaired(self, line: Line, sentence: str) -> None:
        self.repairs.append(f"line {line.number}: {sentence}")


def read(lines: dict[str, Line], reading: Reading) -> Span:
    """Read DTSTART with DTEND or DURATION; ValueError refuses the component."""
    if "DTSTART" not in lines:
        raise ValueError("it has no DTSTART")
    start = reading.moment(lines["DTSTART"])
    if reading.kind == "series" and start.tzid:
        number = lines["DTSTART"].number
        raise ValueError(
            f"line {number}: DTSTART: '{start.tzid}' fits no known time zone, and a"
            " series needs one"
        )
    if not (start.zone or start.is_day):
        start = replace(start, zone=reading.clock.floating)
    return _shown(Span(start, _end(lines, start, reading)), reading)


def _end(lines: dict[str, Line], start: When, reading: Reading) -> When | None:
    if line := lines.get("DTEND"):
        read_end = _last_day if start.is_day else _last_moment
        return read_end(line, start, reading.moment(line), reading)
    if line := lines.get("DURATION"):
        return _after(line, start, moments.duration(line), reading)
    return None


def _last_day(line: Line, start: When, end: When, reading: Reading) -> When | None:
    first, last = start.day(), end.day()
    if not end.is_day:
        reading.repaired(line, "the end has a time, the start has none")
        last += DAY if end.local().time() > dt.time.min else dt.timedelta()
    if last < first:
        raise ValueError(f"line {line.number}: the end {last} is before {first}")
    reading.habit.note(first, last)
    if reading.clock.ends == "inclusive":
        return When(last + DAY) if last > first else None
    if last == first:
        reading.repaired(line, "end equals start, read as one day")
        return None
    return When(last)


def _last_moment(line: Line, start: When, end: When, reading: Reading) -> When | None:
    if end.is_day:
        reading.repaired(
            line, "the end is a date, the start has a time; read as midnight"
        )
        end = When(end.local(), start.zone)
    end = end if end.zone else replace(end, zone=start.zone)
    begins, ends = start.instant(start.zone), end.instant(start.zone)
    if end.zone == start.zone:  # as it is written: a clock change may swap the instants
        begins, ends = start.local(), end.local()
    if ends == begins:
        reading.repaired(line, "end equals start, read as a moment")
        return None
    if ends < begins:
        raise ValueError(
            f"line {line.number}: the end {times.format_moment(end.value)} is not"
            f" after the start {times.format_moment(start.value)}"
        )
    return end


def _after(
    line: Line, start: When, length: tuple[int, dt.timedelta], reading: Reading
) -> When | None:
    days, rest = length
    if start.is_day:
        if rest:
            reading.repaired(line, "DURATION rounded up to whole days")
        days += -(-rest // DAY)
        return When(start.day() + days * DAY) if days > 1 else None
    zone = times.zone(start.zone)
    exact = times.resolve(start.local() + days * DAY, zone) + rest
    return When(times.local(exact, zone), start.zone) if days or rest else None


def _shown(span: Span, reading: Reading) -> Span:
    """Return a span in UTC on the clock of the display zone, if that says the same.

    A series in UTC stays there: elsewhere it would move with the summer time.
    """
    start, end = span.start, span.end
    if start.is_day:
        return span
    zone = start.zone
    if zone == "UTC" and reading.kind == "single":
        zone = reading.clock.display
    seen = Span(start.seen_in(zone), end.seen_in(zone) if end else None)
    if _is_faithful(span, seen):
        return seen
    return Span(start.seen_in("UTC"), end.seen_in("UTC") if end else None)


def _is_faithful(span: Span, seen: Span) -> bool:
    """Say whether no hour that comes twice got lost."""
    if span.start.instant("UTC") != seen.start.instant("UTC"):
        return False
    if span.end is None or seen.end is None:
        return True
    return (
        span.end.instant("UTC") == seen.end.instant("UTC")
        and seen.end.local() > seen.start.local()
    )
