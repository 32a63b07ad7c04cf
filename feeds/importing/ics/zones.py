"""What a TZID means: the names that calendars use, as IANA zones.

In order: an IANA name (any case, behind any `/prefix/`), a Windows name, an offset
from UTC, and the rules of the VTIMEZONE that the file brings, matched against the
zones of the database.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from icalendar.cal import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from feeds import times

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d?)(?::?00)?")
_TAMED = re.compile(rb"^RRULE[^:\n]*:(?![^\n]*FREQ=YEARLY)|INTERVAL=0", re.I | re.M)
_HINT = re.compile(r"^X-LIC-LOCATION[^:\n]*:([^\n]+)", re.I | re.M)
# How many changes of the clock are read of one file: each takes time.
_OBSERVANCES = 500
# How often all the zones of the world are looked through.
_COMPARED = 20
_YEARS = 2


class Zones:
    """The zones of one file: `own` are its VTIMEZONEs by TZID, whole components.

    `first` are the names tried first when only rules are left to compare.
    """

    def __init__(self, own: Mapping[str, bytes], first: Iterable[str]) -> None:
        self.own = own
        self.first = tuple(first)
        self.known: dict[str, str] = {}
        self.read: dict[str, dt.tzinfo | None] = {}
        self.budget, self.compared = _OBSERVANCES, 0
        self.unknown: dict[str, str] = {}

    def name(self, tzid: str, year: int) -> str:
        """Return the IANA name of a TZID, or raise ValueError.

        `year` is one of the dates that use it: rules are compared there.
        """
        if tzid in self.unknown:
            raise ValueError(self.unknown[tzid])
        if tzid not in self.known:
            try:
                self.known[tzid] = self._found(tzid, year)
            except ValueError as error:
                self.unknown[tzid] = str(error)
                raise
        return self.known[tzid]

    def _found(self, tzid: str, year: int) -> str:
        name = named(tzid)
        if name is None and tzid in self.own:
            hint = _HINT.search(self.own[tzid].decode("utf-8", "replace"))
            name = named(hint[1].strip()) if hint else None
            name = name or self._by_rules(tzid, year)
        if name is None:
            raise ValueError(
                f"'{tzid}' is no known time zone, and the file has no VTIMEZONE that"
                " fits one"
            )
        return name

    def offset(self, tzid: str, local: dt.datetime) -> dt.timedelta | None:
        """Return the offset from UTC that the file's own rules give, if it has any."""
        zone = self._zone(tzid)
        try:
            return zone.utcoffset(local) if zone is not None else None
        except (ValueError, OverflowError):
            return None

    def _zone(self, tzid: str) -> dt.tzinfo | None:
        if tzid not in self.read:
            own = self.own.get(tzid, b"")
            self.budget -= own.count(b"BEGIN:")
            self.read[tzid] = _embedded(own) if own and self.budget > 0 else None
        return self.read[tzid]

    def _by_rules(self, tzid: str, year: int) -> str | None:
        """Return the first zone that has the same offsets all through two years."""
        points = [
            dt.datetime.combine(dt.date(year + years, month, day), dt.time(12))
            for years in range(_YEARS)
            for month in range(1, 13)
            for day in (1, 10, 20)
        ]
        wanted = [self.offset(tzid, point) for point in points]
        self.compared += 1
        if None in wanted or self.compared > _COMPARED:
            return None
        candidates = (*self.first, *_candidates())
        return next((n for n in candidates if _fits(n, points, wanted)), None)


def named(tzid: str) -> str | None:
    """Return the IANA name that a TZID says by itself, or None."""
    text = tzid.strip().strip('"')
    parts = text.strip("/").split("/")
    for length in range(min(3, len(parts)), 0, -1):
        found = _folded().get("/".join(parts[-length:]).casefold())
        if found and (length > 1 or len(parts) == 1):
            return found
    if WINDOWS_TO_OLSON.get(text) in times.zone_names():
        return WINDOWS_TO_OLSON[text]
    match = _OFFSET.fullmatch(text.replace(" ", "").upper())
    if match and int(match[2]) <= 12:
        hours = int(match[2])  # POSIX signs: Etc/GMT-1 is one hour east
        return f"Etc/GMT{'-' if match[1] == '+' else '+'}{hours}" if hours else "UTC"
    return (
        "UTC"
        if text.upper() in ("Z", "ETC/UTC", "COORDINATED UNIVERSAL TIME")
        else None
    )


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {name.casefold(): name for name in times.zone_names()}


@lru_cache(maxsize=1)
def _candidates() -> tuple[str, ...]:
    # The Windows table names each set of rules by its best-known city.
    known = times.zone_names()
    best = (name for name in WINDOWS_TO_OLSON.values() if name in known)
    return (*dict.fromkeys(best), *sorted(known))


def _fits(
    name: str, points: list[dt.datetime], wanted: list[dt.timedelta | None]
) -> bool:
    zone = times.zone(name)
    return all(
        point.replace(tzinfo=zone).utcoffset() == offset
        for point, offset in zip(points, wanted, strict=True)
    )


def _embedded(component: bytes) -> dt.tzinfo | None:
    """Return the zone of a VTIMEZONE; None when it can't be read or is a trap."""
    if _TAMED.search(component):
        return None
    try:
        found = Timezone.from_ical(component)
        if not isinstance(found, Timezone):
            return None
        zone: dt.tzinfo = found.to_tz(lookup_tzid=False)
        return zone
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        return None  # icalendar has no one error for a zone that it can't read
