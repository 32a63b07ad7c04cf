"""Rules that can't be kept, spelled out as dates.

Whatever a rule says is read as far as it has a meaning, by the day as `expansion` does
and, below that, by the clock that everybody's watch shows. Work is bounded: no more
than `MOST` dates, and no more than `STEPS` moments looked at.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice, product, takewhile

from feeds import times
from feeds.expansion import candidates
from feeds.rules import FREQUENCIES, MAX_TEXT, WEEKDAYS, Rule

MOST = 1000
STEPS = 10_000
_YEARS = 80  # nothing is sought longer than this after the start
_UNITS = {
    "HOURLY": dt.timedelta(hours=1),
    "MINUTELY": dt.timedelta(minutes=1),
    "SECONDLY": dt.timedelta(seconds=1),
}
_CLOCK = {"BYHOUR": 23, "BYMINUTE": 59, "BYSECOND": 59}
_LISTS = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12}
_LISTS |= {"BYSETPOS": 366, **_CLOCK}
_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
_MIDNIGHT = dt.timedelta(days=1)


def dates(
    text: str, start: times.Moment, zone: dt.tzinfo, *, with_start: bool = True
) -> tuple[list[times.Moment], bool]:
    """Return the first dates of a rule in order, and whether they are all.

    `with_start` counts the start as the first, even if the rule does not give it.
    Raises ValueError when the rule has no meaning.
    """
    first, is_day = times.wall_clock(start), not isinstance(start, dt.datetime)
    parts = _parts(text)
    rule = _rule(parts)
    if is_day and (rule.freq in _UNITS or _CLOCK.keys() & rule.lists.keys()):
        raise ValueError("it gives times, and the start is a date")
    last = last_moment(parts["UNTIL"], zone) if "UNTIL" in parts else None
    horizon = first.replace(year=min(first.year + _YEARS, times.LAST_YEAR), day=1)
    budget = _Budget()
    found = _by_clock if rule.freq in _UNITS else _by_day
    later = found(rule, first, horizon, zone, budget)
    if with_start:
        later = chain([first], (one for one in later if one > first))
    ended = takewhile(lambda one: last is None or one <= last, later)
    moments = list(islice((one for one in ended if one >= first), _limit(rule)))
    is_whole = len(moments) <= MOST and not budget.is_spent
    has_end = rule.count is not None or (last is not None and last <= horizon)
    kept = moments[:MOST]
    shown: list[times.Moment] = [*kept]
    if is_day:
        shown = [one.date() for one in kept]
    return shown, is_whole and has_end


def _limit(rule: Rule) -> int:
    return min(rule.count or MOST + 1, MOST + 1)


class _Budget:
    """How many moments may be looked at."""

    def __init__(self) -> None:
        self.left = STEPS

    @property
    def is_spent(self) -> bool:
        return self.left <= 0


def _by_day(
    rule: Rule,
    first: dt.datetime,
    horizon: dt.datetime,
    zone: dt.tzinfo,
    budget: _Budget,
) -> Iterator[dt.datetime]:
    clock = {name: rule.lists[name] for name in _CLOCK if name in rule.lists}
    hours, minutes, seconds = (
        sorted(clock.get(name, (now,)))
        for name, now in zip(
            _CLOCK, (first.hour, first.minute, first.second), strict=True
        )
    )
    a_day = len(hours) * len(minutes) * len(seconds)
    if "BYSETPOS" in rule.lists and a_day > 1:
        raise ValueError("BYSETPOS can't choose among times here")
    lists = {name: rule.lists[name] for name in rule.lists.keys() - clock.keys()}
    midnight = dt.datetime.combine(first, dt.time.min)
    for day in candidates(replace(rule, lists=lists), midnight, midnight, horizon):
        for hour, minute, second in product(hours, minutes, seconds):
            budget.left -= 1
            if budget.is_spent:
                return
            yield day.replace(hour=hour, minute=minute, second=second)


def _by_clock(
    rule: Rule,
    first: dt.datetime,
    horizon: dt.datetime,
    zone: dt.tzinfo,
    budget: _Budget,
) -> Iterator[dt.datetime]:
    """Step through hours, minutes or seconds that really pass, past what can't be."""
    begin, step = times.resolve(first, zone), rule.interval * _UNITS[rule.freq]
    is_day, number, before = _day_test(rule), 0, first
    while budget.left > 0:
        local = times.local(begin + number * step, zone)
        if local > horizon:
            return
        budget.left -= 1
        number += 1
        skip = _misses(rule, local, is_day)
        if skip is not None:
            target = times.resolve(skip, zone)
            number = max(number, -((begin - target) // step))
            continue
        for one in _within(rule, local, first):
            if one > before:  # an hour that comes twice counts once
                yield one
                before = one


def _day_test(rule: Rule) -> Callable[[dt.date], bool]:
    lists = {n: v for n, v in rule.lists.items() if n not in (*_CLOCK, "BYSETPOS")}
    daily = Rule({}, "DAILY", days=rule.days, lists=lists, week_start=rule.week_start)

    @lru_cache(maxsize=512)
    def is_day(day: dt.date) -> bool:
        at = dt.datetime.combine(day, dt.time.min)
        return any(candidates(daily, at, at, at + _MIDNIGHT))

    return is_day


def _misses(
    rule: Rule, local: dt.datetime, is_day: Callable[[dt.date], bool]
) -> dt.datetime | None:
    """Return where to go on from a moment that the rule does not mean, else None."""
    hour = local.replace(minute=0, second=0)
    if not is_day(local.date()):
        return hour.replace(hour=0) + _MIDNIGHT
    if local.hour not in rule.lists.get("BYHOUR", (local.hour,)):
        return hour + _UNITS["HOURLY"]
    if rule.freq == "HOURLY":
        return None
    if local.minute not in rule.lists.get("BYMINUTE", (local.minute,)):
        return local.replace(second=0) + _UNITS["MINUTELY"]
    if rule.freq == "MINUTELY":
        return None
    seconds = rule.lists.get("BYSECOND", (local.second,))
    return None if local.second in seconds else local + _UNITS["SECONDLY"]


def _within(rule: Rule, local: dt.datetime, first: dt.datetime) -> list[dt.datetime]:
    """Return the moments of the hour, minute or second at `local`, in order."""
    minutes, seconds = [local.minute], [local.second]
    if rule.freq == "HOURLY":
        minutes = sorted(rule.lists.get("BYMINUTE", (first.minute,)))
    if rule.freq != "SECONDLY":
        seconds = sorted(rule.lists.get("BYSECOND", (first.second,)))
    found = [local.replace(minute=m, second=s) for m, s in product(minutes, seconds)]
    places = rule.lists.get("BYSETPOS")
    if places is None:
        return found
    size = len(found)
    wanted = {n - 1 if n > 0 else size + n for n in places}
    return [found[at] for at in sorted(wanted) if 0 <= at < size]


def _parts(text: str) -> dict[str, str]:
    if len(text) > MAX_TEXT:
        raise ValueError(f"it is longer than {MAX_TEXT} characters")
    pairs = (part.partition("=") for part in text.split(";"))
    parts = {name: value for name, _, value in pairs if value}
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise ValueError(f"it counts in {parts['RSCALE'][:20]}")
    if parts.get("FREQ") not in (*FREQUENCIES, *_UNITS):
        raise ValueError(f"FREQ={parts.get('FREQ', '')[:20]} is no frequency")
    return parts


def _rule(parts: dict[str, str]) -> Rule:
    freq, days = parts["FREQ"], parts.get("BYDAY", "").split(",")
    matches = [_DAY.fullmatch(day) for day in days if day]
    if None in matches:
        raise ValueError(f"BYDAY={parts['BYDAY'][:40]} is no list of days")
    with_number = freq in ("MONTHLY", "YEARLY")
    return Rule(
        parts={},
        freq=freq,
        interval=_number("INTERVAL", parts.get("INTERVAL", "1"), 10**6),
        count=_number("COUNT", parts["COUNT"], 10**9) if "COUNT" in parts else None,
        week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
        days=tuple(
            (int(found[1] or 0) if with_number else 0, WEEKDAYS.index(found[2]))
            for found in matches
            if found
        ),
        lists={name: _list(name, parts[name]) for name in _LISTS if name in parts},
    )


def _number(name: str, text: str, most: int) -> int:
    if not (re.fullmatch("[0-9]{1,10}", text) and 0 < int(text) <= most):
        raise ValueError(f"{name}={text[:20]} is no count of something")
    return int(text)


def _list(name: str, text: str) -> tuple[int, ...]:
    """Return the numbers that can be; what is out of range never comes."""
    if not re.fullmatch(r"[+-]?[0-9]{1,6}(,[+-]?[0-9]{1,6})*", text):
        raise ValueError(f"{name}={text[:40]} is no list of numbers")
    found = dict.fromkeys(int(one) for one in text.split(","))
    low = 0 if name in _CLOCK else -_LISTS[name]
    return tuple(n for n in found if low <= n <= _LISTS[name])


def last_moment(text: str, zone: dt.tzinfo) -> dt.datetime:
    """Return UNTIL on the clock of the zone; a date lasts until its end."""
    match = _UNTIL.fullmatch(text)
    if match is None:
        raise ValueError(f"UNTIL={text[:40]} is no date")
    try:
        last = dt.datetime.fromisoformat(f"{match[1]}T{match[2] or '235959'}")
        return times.local(last.replace(tzinfo=times.UTC), zone) if match[3] else last
    except (ValueError, OverflowError):
        raise ValueError(f"UNTIL={text[:40]} is no date") from None
