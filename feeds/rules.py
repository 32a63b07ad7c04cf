"""The recurrence rule as a value: read, bounded, checked against its start (RFC 5545).

Nothing is computed here. A rule that passes is safe to expand: each list is short, no
part is unknown or twice, and parts stand together as §3.3.10 allows. Every ValueError
is a sentence that names the part.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from feeds import times

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_TEXT, MAX_INTERVAL, MAX_COUNT, MAX_BYDAY = 2000, 1000, 10_000, 106
MAX_TIMES_A_DAY = 96

# part: lowest value, highest value, whether it counts from the end too, longest list
_LISTS = {
    "BYSECOND": (0, 59, False, 24),
    "BYMINUTE": (0, 59, False, 24),
    "BYHOUR": (0, 23, False, 24),
    "BYMONTHDAY": (1, 31, True, 62),
    "BYYEARDAY": (1, 366, True, 366),
    "BYWEEKNO": (1, 53, True, 106),
    "BYMONTH": (1, 12, False, 12),
    "BYSETPOS": (1, 366, True, 366),
}
_FITS = {"BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY")} | dict.fromkeys(
    ("BYYEARDAY", "BYWEEKNO"), ("YEARLY",)
)
_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
_PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_LISTS)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}")
_UNTIL = re.compile(r"([0-9]{8})(T[0-9]{6})?(Z?)")


@dataclass(frozen=True)
class Rule:
    """A rule as authored, its parts in their order and as text, and read.

    `until` is inclusive: a date for all-day events, else an instant. `days` are pairs
    of ordinal (0: every one) and weekday (Monday is 0). `lists` holds the other BY
    parts by name.
    """

    parts: dict[str, str]
    freq: str
    interval: int = 1
    count: int | None = None
    until: dt.date | None = None
    week_start: int = 0
    days: tuple[tuple[int, int], ...] = ()
    lists: Mapping[str, Collection[int]] = field(default_factory=dict)

    @property
    def is_endless(self) -> bool:
        """Say whether it has no end, or one that nobody will live to see."""
        far = self.until is not None and self.until.year > times.LAST_YEAR
        return self.count is None and (self.until is None or far)

    def __str__(self) -> str:
        """Return the RRULE text, FREQ first, then the parts in the author's order."""
        return ";".join(f"{name}={value}" for name, value in self.parts.items())


def parse(text: str, start: times.Moment, zone: dt.tzinfo) -> Rule:
    """Read a rule that begins at `start`, wall-clock in `zone`; a date means all-day.

    A local UNTIL becomes UTC, and BYWEEKNO without a day gets that of the start, for
    without it calendar programs differ.
    """
    given = _split(text)
    rule = Rule(
        parts={},
        freq=_choice("FREQ", given["FREQ"], FREQUENCIES),
        interval=_whole("INTERVAL", given.get("INTERVAL", "1"), MAX_INTERVAL),
        count=_whole("COUNT", given["COUNT"], MAX_COUNT) if "COUNT" in given else None,
        until=_until(given["UNTIL"], start, zone) if "UNTIL" in given else None,
        week_start=WEEKDAYS.index(_choice("WKST", given.get("WKST", "MO"), WEEKDAYS)),
        days=_days(given, start),
        lists={name: _list(name, given[name]) for name in given if name in _LISTS},
    )
    _check(rule, start)
    if rule.until is not None and rule.until < _same_kind(start, zone):
        raise ValueError(f"UNTIL={given['UNTIL']} is before the start")
    rule.parts.update(_written(rule, given))
    return rule


def _split(text: str) -> dict[str, str]:
    if len(text) > MAX_TEXT:
        raise ValueError(f"the rule is longer than {MAX_TEXT} characters")
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS:
            raise ValueError(f"'{part}' is not a part of a recurrence rule")
        if name in parts:
            raise ValueError(f"{name} is there twice")
        parts[name] = value
    if "FREQ" not in parts:
        raise ValueError("FREQ is missing")
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError("COUNT and UNTIL cannot stand together")
    return parts


def _choice(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{name}={value} is not one of {', '.join(allowed)}")
    return value


def _whole(name: str, value: str, most: int) -> int:
    if not (_NUMBER.fullmatch(value) and 1 <= int(value) <= most):
        raise ValueError(f"{name}={value} is not a whole number from 1 to {most}")
    return int(value)


def _items(name: str, value: str, most: int) -> list[str]:
    items = value.split(",")
    if len(items) > most:
        raise ValueError(f"{name} has more than {most} values")
    return items


def _list(name: str, value: str) -> tuple[int, ...]:
    low, high, signed, most = _LISTS[name]
    numbers = []
    for item in _items(name, value, most):
        number = int(item) if _NUMBER.fullmatch(item) else None
        if number is None or not low <= (abs(number) if signed else number) <= high:
            also = f" or -{high} to -{low}" if signed else ""
            raise ValueError(
                f"{name}={item} is not a whole number from {low} to {high}{also}"
            )
        numbers.append(number)
    return tuple(dict.fromkeys(numbers))


def _days(given: dict[str, str], start: times.Moment) -> tuple[tuple[int, int], ...]:
    if "BYDAY" not in given:
        days = {"BYYEARDAY", "BYMONTHDAY"} & given.keys()
        implied = "BYWEEKNO" in given and not days
        return ((0, start.weekday()),) if implied else ()
    most = 5 if given["FREQ"] == "MONTHLY" else 53
    found = []
    for item in _items("BYDAY", given["BYDAY"], MAX_BYDAY):
        match = _DAY.fullmatch(item)
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= most):
            raise ValueError(
                f"BYDAY={item} is not a day such as MO, or 1MO to {most}MO from the"
                " start or -1MO from the end"
            )
        found.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(dict.fromkeys(found))


def _until(value: str, start: times.Moment, zone: dt.tzinfo) -> dt.date:
    match = _UNTIL.fullmatch(value)
    if match is None or (match[3] and not match[2]):
        raise ValueError(
            f"UNTIL={value} is not a date or time such as 20211231T225959Z"
        )
    timed = isinstance(start, dt.datetime)
    if timed != bool(match[2]):
        raise ValueError(
            f"UNTIL={value} must be a {'date with a time' if timed else 'date'},"
            " because the start is one"
        )
    try:
        moment = dt.datetime.fromisoformat(f"{match[1]}{match[2] or 'T000000'}")
        instant = (
            moment.replace(tzinfo=times.UTC)
            if match[3]
            else (times.resolve(moment, zone))
        )
    except (ValueError, OverflowError):
        raise ValueError(f"UNTIL={value} is not a day of the calendar") from None
    return instant if timed else moment.date()


def _same_kind(start: times.Moment, zone: dt.tzinfo) -> dt.date:
    """Return the start as UNTIL is kept: a date, or an instant."""
    return times.resolve(start, zone) if isinstance(start, dt.datetime) else start


def _check(rule: Rule, start: times.Moment) -> None:
    lists = rule.lists
    for name in lists:
        if rule.freq not in _FITS.get(name, FREQUENCIES):
            raise ValueError(f"{name} cannot stand with FREQ={rule.freq}")
        if name in _CLOCK and not isinstance(start, dt.datetime):
            raise ValueError(f"{name} needs a start with a time")
    if any(nth for nth, _ in rule.days) and (
        rule.freq in ("DAILY", "WEEKLY") or "BYWEEKNO" in lists
    ):
        raise ValueError(
            "BYDAY with a number needs FREQ=MONTHLY, or FREQ=YEARLY without BYWEEKNO"
        )
    if "BYSETPOS" in lists and len(lists) == 1 and not rule.days:
        raise ValueError("BYSETPOS needs another BY part to choose from")
    a_day = [len(lists.get(name, (0,))) for name in _CLOCK]
    if a_day[0] * a_day[1] * a_day[2] > MAX_TIMES_A_DAY:
        raise ValueError(f"BYHOUR, BYMINUTE, BYSECOND: over {MAX_TIMES_A_DAY} a day")
    _check_days(lists.get("BYMONTH", ()), lists.get("BYMONTHDAY", ()))


def _check_days(months: Collection[int], days: Collection[int]) -> None:
    longest = max((_LONGEST[month - 1] for month in months), default=31)
    if days and min(abs(day) for day in days) > longest:
        raise ValueError("BYMONTHDAY: there is no such day in the months of BYMONTH")


def _written(rule: Rule, given: dict[str, str]) -> dict[str, str]:
    written = {"FREQ": rule.freq} | given
    for name, numbers in rule.lists.items():
        written[name] = ",".join(map(str, numbers))
    if rule.days:
        written["BYDAY"] = ",".join(
            f"{nth or ''}{WEEKDAYS[day]}" for nth, day in rule.days
        )
    for name, number in (("INTERVAL", rule.interval), ("COUNT", rule.count)):
        if name in given:
            written[name] = str(number)
    if isinstance(rule.until, dt.datetime):
        written["UNTIL"] = rule.until.strftime("%Y%m%dT%H%M%SZ")
    return written
