"""The month grid and the agenda as values: what a reader sees, without any markup.

Entries come in the channel's wall-clock time, ends exclusive; what today is comes from
the caller. An entry lies on every day that it touches: one that ends at midnight does
not touch the day that begins there.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from feeds.selection import FIRST_MONTH, LAST_MONTH
from feeds.times import Moment, add_months, day_of, wall_clock

MONDAY, THURSDAY = 0, 3

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Label:
    """A category as it is shown on an entry; `colour` is #rrggbb or empty."""

    slug: str
    title: str
    colour: str


@dataclass(frozen=True)
class Entry:
    """One occurrence, to be shown.

    `start` and `end` (exclusive) are dates when it is all-day, else naive wall-clock
    times in the channel's zone; equal ones are a moment. `recurrence_id` is "" for
    what does not recur. `language` is that of its words; `plain` says that there is a
    text in plain language.
    """

    title: str
    slug: str
    uid: str
    recurrence_id: str
    start: Moment
    end: Moment
    all_day: bool = False
    status: str = "confirmed"
    labels: tuple[Label, ...] = ()
    place: str = ""
    online: bool = False
    language: str = ""
    plain: bool = False

    @cached_property
    def first_day(self) -> dt.date:
        return day_of(self.start)

    @cached_property
    def last_day(self) -> dt.date:
        """The last day that it touches."""
        if self.end <= self.start:
            return self.first_day
        if isinstance(self.end, dt.datetime):
            return (self.end - dt.timedelta.resolution).date()
        return self.end - _DAY

    @property
    def days(self) -> int:
        """On how many days it lies."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True)
class DayEntry:
    """An entry on one day: day `day` (from 1) of the `days` that it lies on."""

    entry: Entry
    day: int
    days: int


@dataclass(frozen=True)
class Day:
    """A day with its entries in order, and how many `more` there are than shown."""

    date: dt.date
    in_month: bool = True
    is_today: bool = False
    entries: tuple[DayEntry, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Week:
    """A row of the grid; `number` is the ISO 8601 week of its Thursday."""

    number: int
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Month:
    """A month in whole weeks; `total` counts the entries that touch the month itself.

    `previous` and `next` are (year, month), None at the ends of 1970 to 2100.
    """

    year: int
    month: int
    weeks: tuple[Week, ...]
    total: int
    previous: tuple[int, int] | None
    next: tuple[int, int] | None


def window(year: int, month: int, week_start: int = MONDAY) -> tuple[dt.date, dt.date]:
    """Return the days [first, last) of the whole weeks that cover a month."""
    first = dt.date(year, month, 1)
    last = add_months(first, 1)
    return (
        first - (first.weekday() - week_start) % 7 * _DAY,
        last + (week_start - last.weekday()) % 7 * _DAY,
    )


def month(
    year: int,
    month: int,
    entries: Iterable[Entry],
    *,
    today: dt.date,
    week_start: int = MONDAY,
    per_day: int = 3,
) -> Month:
    """Lay entries out on a month; a day shows at most `per_day` of them.

    `week_start` is the weekday that begins a row, 0 for Monday and 6 for Sunday.
    """
    chosen = tuple(entries)
    first, last = window(year, month, week_start)
    begin = dt.date(year, month, 1)
    end = add_months(begin, 1)
    days = [
        Day(
            date=date,
            in_month=begin <= date < end,
            is_today=date == today,
            entries=tuple(_on(one, date) for one in _ranked(found, date, per_day)),
            more=max(0, len(found) - per_day),
        )
        for date, found in _by_day(chosen, first, last).items()
    ]
    weeks = tuple(_week(days[n : n + 7]) for n in range(0, len(days), 7))
    total = sum(_touches(entry, begin, end) for entry in chosen)
    return Month(year, month, weeks, total, _neighbour(begin, -1), _neighbour(begin, 1))


def days(
    entries: Iterable[Entry],
    *,
    start: dt.date | None,
    end: dt.date | None,
    today: dt.date | None = None,
    per_day: int | None = None,
) -> tuple[Day, ...]:
    """Group entries by day, leaving out days without any; None is no bound.

    Each entry is there once: on its first day, or on `start` when it began before.
    """
    found: dict[dt.date, list[Entry]] = {}
    for entry in sorted(entries, key=_order):
        date = max(entry.first_day, start or entry.first_day)
        if _touches(entry, start or date, end or date + _DAY):
            found.setdefault(date, []).append(entry)
    return tuple(
        Day(
            date,
            is_today=date == today,
            entries=tuple(
                _on(one, date) for one in _ranked(found[date], date, per_day)
            ),
            more=max(0, len(found[date]) - (per_day or len(found[date]))),
        )
        for date in sorted(found)
    )


def _by_day(
    entries: Iterable[Entry], first: dt.date, last: dt.date
) -> dict[dt.date, list[Entry]]:
    found: dict[dt.date, list[Entry]] = {
        first + n * _DAY: [] for n in range((last - first).days)
    }
    for entry in sorted(entries, key=_order):
        date, end = max(entry.first_day, first), min(entry.last_day, last - _DAY)
        while date <= end:
            found[date].append(entry)
            date += _DAY
    return found


def _on(entry: Entry, date: dt.date) -> DayEntry:
    return DayEntry(entry, (date - entry.first_day).days + 1, entry.days)


def _ranked(entries: list[Entry], date: dt.date, most: int | None) -> list[Entry]:
    """Order a day: what lasts all day or goes on from the day before, then the rest."""
    whole = [one for one in entries if one.all_day or one.first_day < date]
    timed = [one for one in entries if not (one.all_day or one.first_day < date)]
    return (whole + timed)[:most]


def _order(entry: Entry) -> tuple[dt.datetime, int, str, str, str]:
    """Order by time, the longest first."""
    return (
        wall_clock(entry.start),
        -entry.days,
        entry.title.casefold(),
        entry.uid,
        entry.recurrence_id,
    )


def _week(days: list[Day]) -> Week:
    thursday = next(day for day in days if day.date.weekday() == THURSDAY)
    return Week(thursday.date.isocalendar().week, tuple(days))


def _neighbour(begin: dt.date, step: int) -> tuple[int, int] | None:
    other = add_months(begin, step)
    found = other.year, other.month
    return found if FIRST_MONTH <= found <= LAST_MONTH else None


def _touches(entry: Entry, start: dt.date, end: dt.date) -> bool:
    return entry.first_day < end and entry.last_day >= start
