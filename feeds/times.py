"""Spans, zones and the texts of dates and times.

Zones come from the `tzdata` package alone, so that every machine serves the same
bytes. Wall-clock times are naive datetimes in a named zone, instants are aware and in
UTC, days are dates. Every `ValueError` raised here is a sentence for a person that
names the value. Nothing here knows the time of day: `today` is an argument.
"""

import datetime as dt
import re
import zoneinfo
from calendar import monthrange
from email.utils import format_datetime
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped] # has no types, one string is read

# The system's zone files lag behind or run ahead of the package: from here on nobody
# in this process reads them, and zones read before are forgotten.
zoneinfo.reset_tzpath(to=())
ZoneInfo.clear_cache()

UTC = dt.UTC
TZDATA_VERSION: str = tzdata.IANA_VERSION
FIRST_YEAR, LAST_YEAR = 1900, 2200

Moment = dt.date | dt.datetime
_T = TypeVar("_T", bound=dt.date)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_RELATIVE = re.compile(r"([+ -])([0-9]{1,5})([dmy])")


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return every zone name that `zone` accepts."""
    return frozenset(zoneinfo.available_timezones() - {"Factory"})  # names no zone


def zone(name: str) -> ZoneInfo:
    """Return the IANA zone of exactly that name, or raise ValueError."""
    if name not in zone_names():
        raise ValueError(
            f"'{name}' is not a time zone: use an IANA name such as 'Europe/Berlin'"
        )
    return ZoneInfo(name)


def zone_data(name: str) -> bytes:
    """Return the compiled data (TZif, RFC 9636) of the zone of exactly that name."""
    if name not in zone_names():
        raise ValueError(f"'{name}' is not a time zone")
    return files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes()


def resolve(local: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return the instant of a wall-clock time.

    RFC 5545 §3.3.5: a time in a gap is read with the offset before the gap, a time
    that comes twice is its first.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def local(instant: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return the naive wall-clock time of an instant in `zone`."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """Return the instant at which `day` begins in `zone`."""
    return resolve(wall_clock(day), zone)


def wall_clock(moment: Moment) -> dt.datetime:
    """Return a moment as a wall-clock time; a date stands at 00:00."""
    if isinstance(moment, dt.datetime):
        return moment
    return dt.datetime.combine(moment, dt.time.min)


def day_of(moment: Moment) -> dt.date:
    """Return the day of a moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def parse_moment(text: str) -> Moment:
    """Read `2021-07-06` as a date, `2021-07-06T09:30[:15]` as a wall-clock time."""
    if _DATE.fullmatch(text):
        return _bounded(text, _date(text))
    if _LOCAL.fullmatch(text):
        return _bounded(text, _datetime(text, text))
    raise ValueError(
        f"'{text}' is not a date (2021-07-06) or a local time without an offset"
        " (2021-07-06T09:30)"
    )


def format_moment(value: Moment) -> str:
    """Write a date or a wall-clock time; seconds appear only when they are not 0."""
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    return value.isoformat(timespec="seconds" if value.second else "minutes")


def parse_instant(text: str, zone: dt.tzinfo) -> dt.datetime:
    """Read an RFC 3339 time as UTC; without an offset it is wall-clock in `zone`.

    Seconds may be missing; fractions of a second are dropped.
    """
    match = _INSTANT.fullmatch(text.upper())
    if match is None:
        raise ValueError(
            f"'{text}' is not an RFC 3339 time such as 2021-07-06T09:30:00+02:00"
        )
    clock, offset = match.groups()
    parsed = _bounded(text, _datetime(clock + (offset or ""), text))
    return parsed.astimezone(UTC) if offset else resolve(parsed, zone)


def format_instant(instant: dt.datetime) -> str:
    """Write an instant as RFC 3339 in UTC: `2021-07-06T07:30:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_day(text: str, today: dt.date) -> dt.date:
    """Read an ISO date, or one relative to `today`: `today`, `-30d`, `+12m`, `+1y`.

    Months and years keep the day and clamp it to the month's end. A leading space is
    a plus, which is what an unescaped `+` in a query string turns into.
    """
    if text == "today":
        return today
    if _DATE.fullmatch(text):
        return _bounded(text, _date(text))
    match = _RELATIVE.fullmatch(text)
    if match is None:
        raise ValueError(
            f"'{text}' is not a day: use 2021-07-06, today, -30d, +12m or +1y"
        )
    sign, digits, unit = match.groups()
    try:
        day = _shifted(today, -int(digits) if sign == "-" else int(digits), unit)
    except (OverflowError, ValueError):
        raise _out_of_range(text) from None
    return _bounded(text, day)


def http_date(instant: dt.datetime) -> str:
    """Write an instant as HTTP wants it: `Tue, 06 Jul 2021 07:30:00 GMT`."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` later, clamped to the end of that month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month0 + 1)[1]
    return dt.date(year, month0 + 1, min(day.day, last))


def _shifted(today: dt.date, count: int, unit: str) -> dt.date:
    if unit == "d":
        return today + dt.timedelta(days=count)
    return add_months(today, count * (12 if unit == "y" else 1))


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a day of the calendar") from None


def _datetime(text: str, shown: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{shown}' is not a time of the calendar") from None


def _bounded(text: str, value: _T) -> _T:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise _out_of_range(text)
    return value


def _out_of_range(text: str) -> ValueError:
    return ValueError(f"'{text}' is not between {FIRST_YEAR} and {LAST_YEAR}")
