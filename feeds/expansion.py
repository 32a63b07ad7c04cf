"""From a rule and its start to wall-clock candidates, period by period (RFC 5545).

A search looks at the periods (days, weeks, months, years) of its own span alone: it
begins at the first that matters, without walking there from the start, and a rule that
never matches costs one look at each. Zones and exceptions are not known here.
"""

import datetime as dt
from calendar import isleap
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from feeds.rules import Rule

Days = list[dt.date]

_SIZES = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def candidates(
    rule: Rule, start: dt.datetime, low: dt.datetime, high: dt.datetime
) -> Iterator[dt.datetime]:
    """Yield what the rule gives in [low, high), in order; COUNT and UNTIL are ignored.

    Nothing lies before `start`, and `start` is there only if the rule says so.
    """
    pattern = _explicit(rule, start)
    clock = _times(rule, start)
    first = max(start, low)
    for days in _periods(rule, start.date(), first.date(), high.date()):
        chosen = [day for day in days if _matches(pattern, day)]
        for place in _places(rule, len(chosen) * len(clock)):
            day, time = divmod(place, len(clock))
            moment = dt.datetime.combine(chosen[day], clock[time])
            if first <= moment < high:
                yield moment


def _explicit(rule: Rule, start: dt.datetime) -> Rule:
    """Return the rule with the day it takes from its start, §3.3.10, written out."""
    days, implied = rule.days, dict[str, Collection[int]]()
    if not (days or {"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"} & rule.lists.keys()):
        if rule.freq == "WEEKLY":
            days = ((0, start.weekday()),)
        if rule.freq in ("MONTHLY", "YEARLY"):
            implied["BYMONTHDAY"] = (start.day,)
        if rule.freq == "YEARLY":
            implied["BYMONTH"] = (start.month,)
    given = {**implied, **rule.lists}
    lists = {name: frozenset(numbers) for name, numbers in given.items()}
    return replace(rule, days=days, lists=lists)


def _times(rule: Rule, start: dt.datetime) -> list[dt.time]:
    parts = (
        rule.lists.get("BYHOUR", (start.hour,)),
        rule.lists.get("BYMINUTE", (start.minute,)),
        rule.lists.get("BYSECOND", (start.second,)),
    )
    return sorted(dt.time(*clock) for clock in product(*parts))


def _places(rule: Rule, size: int) -> Iterable[int]:
    """Return which of so many moments are chosen, from 0."""
    if "BYSETPOS" not in rule.lists:
        return range(size)
    places = {n - 1 if n > 0 else size + n for n in rule.lists["BYSETPOS"]}
    return (place for place in sorted(places) if 0 <= place < size)


def _periods(rule: Rule, start: dt.date, low: dt.date, high: dt.date) -> Iterator[Days]:
    """Yield the days of each period that overlaps [low, high]."""
    period = _PERIODS[rule.freq]
    anchor, last = (
        period.index(start, rule.week_start),
        period.index(high, rule.week_start),
    )
    skipped = (period.index(low, rule.week_start) - anchor) // rule.interval
    for index in range(anchor + skipped * rule.interval, last + 1, rule.interval):
        yield period.days(index, rule)


@dataclass(frozen=True)
class _Period:
    """How days are numbered in periods, given the first day of the week, and back."""

    index: Callable[[dt.date, int], int]
    days: Callable[[int, Rule], Days]


def _days_of_day(index: int, rule: Rule) -> Days:
    return [dt.date.fromordinal(index)]


def _week(day: dt.date, week_start: int) -> int:
    return (day.toordinal() - 1 - week_start) // 7


def _days_of_week(index: int, rule: Rule) -> Days:
    first = index * 7 + 1 + rule.week_start
    return [dt.date.fromordinal(first + n) for n in range(7)]


def _days_of_month(index: int, rule: Rule) -> Days:
    first = dt.date(index // 12, index % 12 + 1, 1)
    return [first.replace(day=n + 1) for n in range(_of_month(first)[1])]


def _days_of_year(index: int, rule: Rule) -> Days:
    months = sorted(rule.lists.get("BYMONTH", range(1, 13)))
    return [day for m in months for day in _days_of_month(index * 12 + m - 1, rule)]


_PERIODS = {
    "DAILY": _Period(lambda day, _: day.toordinal(), _days_of_day),
    "WEEKLY": _Period(_week, _days_of_week),
    "MONTHLY": _Period(lambda day, _: day.year * 12 + day.month - 1, _days_of_month),
    "YEARLY": _Period(lambda day, _: day.year, _days_of_year),
}


def _matches(rule: Rule, day: dt.date) -> bool:
    lists = rule.lists
    if "BYMONTH" in lists and day.month not in lists["BYMONTH"]:
        return False
    if rule.days and not _is_weekday(rule, day):
        return False
    if "BYMONTHDAY" in lists and not _in(lists["BYMONTHDAY"], *_of_month(day)):
        return False
    if "BYYEARDAY" in lists and not _in(lists["BYYEARDAY"], *_of_year(day)):
        return False
    return "BYWEEKNO" not in lists or _in(
        lists["BYWEEKNO"], *_week_of_year(day, rule.week_start)
    )


def _in(numbers: Collection[int], position: int, size: int) -> bool:
    """Say whether a position is listed, from the start or (negative) from the end."""
    return position in numbers or position - size - 1 in numbers


def _is_weekday(rule: Rule, day: dt.date) -> bool:
    listed = [nth for nth, weekday in rule.days if weekday == day.weekday()]
    if not any(listed):
        return bool(listed)
    by_month = rule.freq == "MONTHLY" or "BYMONTH" in rule.lists
    position, size = _of_month(day) if by_month else _of_year(day)
    nth, from_end = (position - 1) // 7 + 1, (size - position) // 7 + 1
    return 0 in listed or nth in listed or -from_end in listed


def _of_month(day: dt.date) -> tuple[int, int]:
    is_leap_month = day.month == 2 and isleap(day.year)
    return day.day, _SIZES[day.month - 1] + is_leap_month


def _of_year(day: dt.date) -> tuple[int, int]:
    return day.timetuple().tm_yday, 366 if isleap(day.year) else 365


def _week_of_year(day: dt.date, week_start: int) -> tuple[int, int]:
    """Return the number of the day's week, and how many weeks its year has.

    A week belongs to the year that has its fourth day, so 28 December is always in
    the last one.
    """
    number, year = _week_number(day, week_start)
    return number, _week_number(dt.date(year, 12, 28), week_start)[0]


def _week_number(day: dt.date, week_start: int) -> tuple[int, int]:
    fourth = day + dt.timedelta(days=3 - (day.weekday() - week_start) % 7)
    return (fourth.timetuple().tm_yday - 1) // 7 + 1, fourth.year
