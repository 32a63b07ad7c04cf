"""VTIMEZONE (RFC 5545 §3.6.5), right in programs that read no more than they must.

What applies at the window's start comes first, then each single change, then the
yearly changes as rules without an end. There is no RDATE, of which some programs read
the first value only, and each DTSTART is local time before the change.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from feeds import times
from feeds.renderers import tzif
from feeds.renderers.contentline import line

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# How far changes are listed that no rule can say.
LISTED_UNTIL = 2050

_EPOCH = dt.datetime.combine(dt.date(1970, 1, 1), dt.time.min)
_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=512)
def vtimezone(name: str, since: int = 1970) -> bytes:
    """Return the component of the zone `name`, right from the year `since` on.

    The later the year, the shorter: ValueError for what is no zone.
    """
    zone = tzif.parse(times.zone_data(name))
    lines = [line("BEGIN", "VTIMEZONE"), line("TZID", name)]
    lines += _observances(zone, since)
    return b"".join([*lines, line("END", "VTIMEZONE")])


def _observances(zone: tzif.Zone, since: int) -> Iterator[bytes]:
    # A day early, for the year begins up to 14 hours earlier in the east.
    begin = _unix(dt.datetime.combine(dt.date(since, 1, 1), dt.time.min) - _DAY)
    past = [offset for instant, offset in zone.changes if instant <= begin]
    current = _by_rule(zone, begin) or [zone.initial, *past][-1]
    single = zone.changes[len(past) :]
    last = single[-1][0] if single else begin
    yearly = sorted(zone.yearly, key=lambda each: _next(each, last))
    ahead = [offset for _, offset in single] + [each.after for each in yearly]
    yield _opening(current, begin, ahead)
    for instant, offset in single:
        onset = _EPOCH + _seconds(instant + current.seconds)
        yield _observance(current, offset, onset)
        current = offset
    for each in yearly:
        yield from _each_year(each, last)


def _opening(current: tzif.Offset, begin: int, ahead: list[tzif.Offset]) -> bytes:
    """Write what applies at the beginning; see `_kind` for what is called daylight."""
    is_behind = ahead != [] and current.seconds <= ahead[0].seconds
    known = replace(current, is_dst=current.is_dst and not is_behind)
    return _observance(known, known, _EPOCH + _seconds(begin + current.seconds))


def _by_rule(zone: tzif.Zone, instant: int) -> tzif.Offset | None:
    """Return what the yearly rule says at an instant after the single changes."""
    if not zone.yearly or (zone.changes and zone.changes[-1][0] > instant):
        return None
    return min(zone.yearly, key=lambda each: _next(each, instant)).before


def _each_year(yearly: tzif.Yearly, after: int) -> Iterator[bytes]:
    """Write a yearly change: as one rule, or as two when its days span two months."""
    first = (_EPOCH + _seconds(after)).year
    last = max(LISTED_UNTIL, first + 40)  # by then every day of the week has been
    onsets = [yearly.onset(year) for year in range(first - 1, last + 1)]
    ahead = [each for each in onsets if _instant(yearly, each) > after]
    rules = _rules(yearly)
    if not rules:
        for onset in ahead:
            if onset.year <= LISTED_UNTIL:
                yield _observance(yearly.before, yearly.after, onset)
    for month, rule in rules:
        onset = next(each for each in ahead if each.month == month)
        yield _observance(yearly.before, yearly.after, onset, rule)


def _rules(yearly: tzif.Yearly) -> list[tuple[int, str]]:
    """Return months and rules; none when the days depend on the end of February."""
    shift = yearly.seconds // tzif.DAY
    weekday = WEEKDAYS[(yearly.weekday + shift) % 7]
    if shift == 0:
        week = -1 if yearly.week == 5 else yearly.week
        return [
            (yearly.month, f"FREQ=YEARLY;BYMONTH={yearly.month};BYDAY={week}{weekday}")
        ]
    days = _days(yearly, shift)
    if any((day.month, day.day) in ((2, 29), (2, 28), (3, 1)) for day in days):
        return []
    months = groupby(days, key=lambda day: day.month)
    return [(month, _rule(month, list(each), weekday)) for month, each in months]


def _rule(month: int, days: list[dt.date], weekday: str) -> str:
    numbers = ",".join(str(day.day) for day in days)
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={numbers};BYDAY={weekday}"


def _days(yearly: tzif.Yearly, shift: int) -> list[dt.date]:
    """Return the seven days of a year that the change may fall on."""
    year = 2000
    first = dt.date(year, yearly.month, 1) + 7 * (yearly.week - 1) * _DAY
    if yearly.week == 5:
        first = dt.date(year + yearly.month // 12, yearly.month % 12 + 1, 1) - 7 * _DAY
    return [first + (n + shift) * _DAY for n in range(7)]


def _observance(
    before: tzif.Offset, after: tzif.Offset, onset: dt.datetime, rule: str = ""
) -> bytes:
    kind = _kind(before, after)
    rows = [
        ("BEGIN", kind),
        ("DTSTART", onset.strftime("%Y%m%dT%H%M%S")),
        ("TZOFFSETFROM", _written(before)),
        ("TZOFFSETTO", _written(after)),
        ("TZNAME", after.name),
        ("RRULE", rule),
        ("END", kind),
    ]
    return b"".join(line(name, value) for name, value in rows if value)


def _kind(before: tzif.Offset, after: tzif.Offset) -> str:
    """Call the time that is ahead daylight, even where the law calls it standard.

    Ireland and Morocco save time in winter, which many programs do not understand.
    """
    is_daylight = after.seconds > before.seconds
    if before.is_dst == after.is_dst:
        is_daylight = after.is_dst
    return "DAYLIGHT" if is_daylight else "STANDARD"


def _written(offset: tzif.Offset) -> str:
    sign = "-" if offset.seconds < 0 else "+"
    minutes, seconds = divmod(abs(offset.seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds:02}" if seconds else "")


def _next(yearly: tzif.Yearly, after: int) -> int:
    """Return the first instant of a yearly change after another instant."""
    year = (_EPOCH + _seconds(after)).year
    instants = (_instant(yearly, yearly.onset(year + n)) for n in (-1, 0, 1, 2))
    return next(instant for instant in instants if instant > after)


def _instant(yearly: tzif.Yearly, onset: dt.datetime) -> int:
    return _unix(onset) - yearly.before.seconds


def _unix(moment: dt.datetime) -> int:
    return (moment - _EPOCH) // dt.timedelta(seconds=1)


def _seconds(number: int) -> dt.timedelta:
    return dt.timedelta(seconds=number)
