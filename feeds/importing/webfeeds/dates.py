"""Dates as feeds write them: RFC 3339, RFC 822, and what passes for them."""

import re
from datetime import datetime

from feeds import times

LONGEST = 80
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[Tt ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?)?\s*([^0-9].*)?"
)
_MAIL = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?([0-9]{1,2})\.?[\s-]+([^\W\d]{3,12})\.?[\s-]+([0-9]{2,4}),?"
    r"\s+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?\s*(.*)"
)
_OFFSET = re.compile(r"(?:GMT|UTC|UT|Z)?\s*([+-])([0-9]{1,2}):?([0-9]{2})?")
_COMMENT = re.compile(r"\s*\([^()]*\)\s*$")
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
# German names come from servers that write dates in their own language.
_GERMAN = {"mär": "mar", "mrz": "mar", "mai": "may", "okt": "oct", "dez": "dec"}
_ZONES = {
    **dict.fromkeys(("Z", "GMT", "UT", "UTC", "WET"), 0),
    **dict.fromkeys(("CET", "MEZ", "BST", "WEST"), 1),
    **dict.fromkeys(("CEST", "MESZ", "EET"), 2),
    **{"EEST": 3, "MSK": 3, "JST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
    **{"EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7},
    **{"PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10},
}


def read(raw: str) -> tuple[datetime, str]:
    """Return an instant in UTC, and what had to be assumed or "".

    The weekday counts for nothing. A zone that is not there or not known is UTC.
    Raises ValueError with a sentence that names the date.
    """
    given = " ".join(raw.split())
    found = _ISO.fullmatch(given) if len(given) <= LONGEST else None
    if found:
        year, month, *clock, zone = found.groups()
    elif len(given) <= LONGEST and (found := _MAIL.fullmatch(given)):
        day, name, year, *clock, zone = found.groups()
        year, month, clock = _year(year), _month(name), [day, *clock]
    else:
        raise ValueError(f"the date '{given[:LONGEST]}' can't be read")
    offset, assumed = _offset(_COMMENT.sub("", zone or ""))
    day, hour, minute, second = (f"{int(part or 0):02}" for part in clock)
    local = f"{year}-{month}-{day}T{hour}:{minute}:{min(second, '59')}"
    try:
        instant = times.parse_instant(local + offset, times.UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"the date '{given}' can't be read") from None
    return instant, f"the date '{given}' {assumed}, read as UTC" if assumed else ""


def _year(digits: str) -> str:
    if len(digits) == 4:
        return digits
    return str(int(digits) + (2000 if int(digits) < 50 else 1900))


def _month(name: str) -> str:
    short = name.lower()[:3]
    short = _GERMAN.get(short, short)
    return f"{_MONTHS.index(short) + 1:02}" if short in _MONTHS else "00"


def _offset(zone: str) -> tuple[str, str]:
    """Return the offset as RFC 3339 writes it, and why it is a guess or ""."""
    if found := _OFFSET.fullmatch(zone.upper()):
        return f"{found[1]}{int(found[2]):02}:{found[3] or '00'}", ""
    hours = _ZONES.get(zone.upper())
    if hours is not None:
        return f"{'-' if hours < 0 else '+'}{abs(hours):02}:00", ""
    return "Z", f"has the unknown zone '{zone}'" if zone else "has no zone"
