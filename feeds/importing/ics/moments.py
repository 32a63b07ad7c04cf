"""Dates, times and durations of iCalendar as wall-clock values in a named zone.

RFC 5545 §3.3.4 to §3.3.6, and what calendars write instead. A `ValueError` is the
sentence that refuses the component.
"""

import datetime as dt
import re
from dataclasses import dataclass

from feeds import times
from feeds.importing.ics.lines import Line
from feeds.importing.ics.zones import Zones

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?")
_LOOSE = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ]\s*(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?"
    r"(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?"
)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """A date, or a wall-clock time in `zone` ("" for a floating one).

    `tzid` names a zone of the file alone, by whose rules the time was brought to UTC.
    """

    value: times.Moment
    zone: str = ""
    tzid: str = ""

    @property
    def is_day(self) -> bool:
        return not isinstance(self.value, dt.datetime)

    def day(self) -> dt.date:
        return times.day_of(self.value)

    def local(self) -> dt.datetime:
        """Return the wall-clock time, midnight for a date."""
        return times.wall_clock(self.value)

    def instant(self, fallback: str) -> dt.datetime:
        return times.resolve(self.local(), times.zone(self.zone or fallback))

    def seen_in(self, zone: str) -> "When":
        """Return the same instant on the clock of `zone`; floating times stay."""
        if self.is_day or self.zone in ("", zone):
            return When(self.value, zone)
        return When(times.local(self.instant(zone), times.zone(zone)), zone)


def read(line: Line, zones: Zones, repairs: list[str]) -> When:
    """Read DTSTART and its kin; a date without VALUE=DATE is reported."""
    text, tzid = line.value, line.params.get("TZID", "")
    match = _BASIC.fullmatch(text)
    if match is None:
        text, tzid = _tidied(line, tzid)
        match = _LOOSE.fullmatch(text)
        if match is None:
            raise ValueError(f"line {line.number}: {line.name} '{text}' is no date")
        repairs.append(
            f"line {line.number}: {line.name} '{text}' is in another form, understood"
        )
    value = _value(match, line)
    if not isinstance(value, dt.datetime):
        return _day(value, line, repairs)
    if match[7]:
        return When(value - _east(match[7]), "UTC")
    when = _zoned(value, tzid, zones, line)
    if when.tzid:
        repairs.append(
            f"line {line.number}: {line.name}: '{tzid}' fits no known time zone,"
            " brought to UTC by the rules in the file"
        )
    return when


def read_many(line: Line, zones: Zones, repairs: list[str]) -> list[When]:
    """Read EXDATE and RDATE; of a period the start counts, and that is reported."""
    found = []
    for text in filter(None, (part.strip() for part in line.value.split(","))):
        start, slash, _ = text.partition("/")
        if slash:
            repairs.append(
                f"line {line.number}: the period '{text}' is kept with the event's"
                " own length"
            )
        params = {"VALUE": "DATE", **line.params}
        one = Line(line.number, line.name, start, params)
        found.append(read(one, zones, repairs))
    return found


def duration(line: Line) -> tuple[int, dt.timedelta]:
    """Read a DURATION as days of the clock and an exact rest (RFC 5545 §3.3.6).

    A negative one is refused.
    """
    match = _DURATION.fullmatch(line.value.upper())
    if match is None or not any(match.groups()[1:]) or match[1] == "-":
        raise ValueError(f"line {line.number}: DURATION '{line.value}' is no duration")
    weeks, days, hours, minutes, seconds = (int(n or 0) for n in match.groups()[1:])
    rest = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return weeks * 7 + days, rest


def _day(day: dt.date, line: Line, repairs: list[str]) -> When:
    if line.params.get("VALUE", "").upper() != "DATE":
        repairs.append(
            f"line {line.number}: {line.name} is a date without VALUE=DATE, read as one"
        )
    return When(day)


def _tidied(line: Line, tzid: str) -> tuple[str, str]:
    """Return value and TZID where a zone's name without quotes holds a colon."""
    head, colon, tail = line.value.rpartition(":")
    if colon and tzid and _BASIC.fullmatch(tail):
        return tail, f"{tzid}:{head}".replace('"', "")
    return line.value, tzid


def _east(offset: str) -> dt.timedelta:
    if offset.upper() == "Z":
        return dt.timedelta()
    sign = -1 if offset[0] == "-" else 1
    return dt.timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:])) * sign


def _value(match: re.Match[str], line: Line) -> times.Moment:
    year, month, day, hour, minute, second = match.groups()[:6]
    if not times.FIRST_YEAR <= int(year) <= times.LAST_YEAR:
        raise ValueError(
            f"line {line.number}: {line.name} '{match[0]}' is not between"
            f" {times.FIRST_YEAR} and {times.LAST_YEAR}"
        )
    try:
        date = dt.date(int(year), int(month), int(day))
        if hour is None:
            return date
        # A leap second has no wall clock here, and 24:00 is the next midnight.
        hours = 0 if hour == "24" else int(hour)
        clock = dt.time(hours, int(minute), min(int(second or 0), 59))
    except ValueError:
        raise ValueError(
            f"line {line.number}: {line.name} '{match[0]}' is not in the calendar"
        ) from None
    return dt.datetime.combine(date + DAY if hour == "24" else date, clock)


def _zoned(value: dt.datetime, tzid: str, zones: Zones, line: Line) -> When:
    try:
        return When(value, zones.name(tzid, value.year) if tzid else "")
    except ValueError as error:
        offset = zones.offset(tzid, value)
        if offset is None:
            raise ValueError(f"line {line.number}: {line.name}: {error}") from None
    return When(value - offset, "UTC", tzid)
