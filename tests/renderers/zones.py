"""Where a zone's clock has to be looked at, and what zoneinfo says there."""

import datetime as dt
import random
from dataclasses import dataclass

from feeds import times
from feeds.renderers import tzif
from tests.counts import IS_SOAK, count

EPOCH = dt.datetime(1970, 1, 1, tzinfo=times.UTC)
NAIVE = EPOCH.replace(tzinfo=None)
END = int((dt.datetime(2100, 12, 31, tzinfo=times.UTC) - EPOCH).total_seconds())
DAY = 24 * 3600

# Changes that are rare: winter time, 24:00 and -1:00, half hours, lost days, Ramadan.
ODD = {
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Monrovia",
    "America/Nuuk",
    "America/Santiago",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Kiritimati",
}


@dataclass(frozen=True)
class Point:
    """A moment as Unix time, and the offset in seconds that applies then.

    `local` is its wall-clock time, as if that were in UTC. It is unique unless it comes
    twice; `is_quiet` says that the clock does not change within a day.
    """

    at: int
    offset: int
    is_unique: bool
    is_quiet: bool

    @property
    def local(self) -> int:
        return self.at + self.offset

    def __str__(self) -> str:
        return f"{EPOCH + dt.timedelta(seconds=self.at):%Y-%m-%dT%H:%M:%SZ}"


def names() -> list[str]:
    """Return a fixed sample of the zones with all odd ones, or every zone."""
    return sorted(ODD | set(sorted(times.zone_names())[:: count(12, 1)]))


def changes_of(name: str) -> list[int]:
    """Return all changes of the zone's clock until 2100, as Unix time, in order."""
    zone = tzif.parse(times.zone_data(name))
    yearly = [
        int((each.onset(year) - NAIVE).total_seconds()) - each.before.seconds
        for each in zone.yearly
        for year in range(1970, 2101)
    ]
    return sorted({instant for instant, _ in zone.changes} | set(yearly))


def points_of(name: str) -> list[Point]:
    """Return the moments around each change from 1970 to 2100, and random ones.

    The wall-clock times that a change repeats begin and end away from it.
    """
    chance = random.Random(None if IS_SOAK else name)
    changes = changes_of(name)
    at = {chance.randint(0, END) for _ in range(100)}
    for each in changes:
        jump = abs(_offset(name, each) - _offset(name, each - 1))
        for moment in (each - jump, each, each + jump):
            at |= {moment - 1, moment, moment + 1}
    return [_point(name, each, changes) for each in sorted(at) if 0 <= each <= END]


def _point(name: str, at: int, changes: list[int]) -> Point:
    local = _local(name, at)
    return Point(
        at=at,
        offset=_offset(name, at),
        is_unique=local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset(),
        is_quiet=all(abs(at - each) > DAY for each in changes),
    )


def _offset(name: str, at: int) -> int:
    return int((_local(name, at).utcoffset() or dt.timedelta()).total_seconds())


def _local(name: str, at: int) -> dt.datetime:
    return (EPOCH + dt.timedelta(seconds=at)).astimezone(times.zone(name))
