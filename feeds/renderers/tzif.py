"""A compiled time zone as values: its changes, and the yearly rule after the last.

Reads TZif version 2 and newer, and the POSIX TZ string in its footer (RFC 9636).
"""

import datetime as dt
import re
import struct
from calendar import monthrange
from dataclasses import dataclass

DAY = 86400

_HEADER = struct.Struct(">4s c 15x 6I")
_OFFSET = struct.Struct(">i ? B")
_NAME = r"(<[^>]+>|[A-Za-z]+)"
_CLOCK = r"([+-]?\d+(?::\d+){0,2})"
_DATE = rf"M(\d+)\.(\d)\.(\d)(?:/{_CLOCK})?"
_FOOTER = re.compile(rf"{_NAME}{_CLOCK}(?:{_NAME}{_CLOCK}?,{_DATE},{_DATE})?")


@dataclass(frozen=True)
class Offset:
    """Local time is `seconds` ahead of UTC, and called `name`."""

    seconds: int
    is_dst: bool
    name: str


@dataclass(frozen=True)
class Yearly:
    """A change of the clock each year, seen from the local time before it.

    It comes `seconds` (below 0 or over a day, too) after the midnight that begins the
    `week`th (5: the last) `weekday` (Monday is 0) of `month`.
    """

    month: int
    week: int
    weekday: int
    seconds: int
    before: Offset
    after: Offset

    def onset(self, year: int) -> dt.datetime:
        """Return the local time before the change, in that year."""
        first = dt.datetime.combine(dt.date(year, self.month, 1), dt.time.min)
        day = (self.weekday - first.weekday()) % 7 + 7 * (self.week - 1)
        if day >= monthrange(year, self.month)[1]:
            day -= 7
        return first + dt.timedelta(days=day, seconds=self.seconds)


@dataclass(frozen=True)
class Zone:
    """`changes` are Unix times, rising, and what applies from there on."""

    initial: Offset
    changes: tuple[tuple[int, Offset], ...]
    yearly: tuple[Yearly, ...]


def parse(data: bytes) -> Zone:
    """Read a compiled zone; ValueError when its rule is of a kind not in use."""
    body = _skipped(data)
    _, _, _, _, _, times, types, letters = _HEADER.unpack_from(data, body)
    at = body + _HEADER.size
    instants = struct.unpack_from(f">{times}q", data, at)
    indexes = data[at + 8 * times : at + 9 * times]
    at += 9 * times
    names = data[at + 6 * types : at + 6 * types + letters]
    offsets = [
        Offset(seconds, is_dst, names[start:].split(b"\0")[0].decode())
        for seconds, is_dst, start in _OFFSET.iter_unpack(data[at : at + 6 * types])
    ]
    return Zone(
        initial=offsets[0],
        changes=tuple((t, offsets[n]) for t, n in zip(instants, indexes, strict=True)),
        yearly=footer(data.rsplit(b"\n", 2)[1].decode()),
    )


def _skipped(data: bytes) -> int:
    """Return where the second, 64-bit block begins."""
    magic, version, utc, std, leaps, times, types, letters = _HEADER.unpack_from(data)
    if magic != b"TZif" or version < b"2":
        raise ValueError("not a compiled time zone of version 2 or newer")
    return int(_HEADER.size + 5 * times + 6 * types + letters + 8 * leaps + std + utc)


def footer(text: str) -> tuple[Yearly, ...]:
    """Read a POSIX TZ string; without daylight saving there is no yearly change."""
    match = _FOOTER.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is not a rule of the kind Mm.w.d")
    name, west, other, other_west, *dates = match.groups()
    if other is None:
        return ()
    standard = Offset(-_seconds(west), False, name.strip("<>"))
    ahead = -_seconds(other_west) if other_west else standard.seconds + 3600
    daylight = Offset(ahead, True, other.strip("<>"))
    return (
        _yearly(dates[:4], standard, daylight),
        _yearly(dates[4:], daylight, standard),
    )


def _yearly(date: list[str | None], before: Offset, after: Offset) -> Yearly:
    month, week, sunday_based = (int(part or 0) for part in date[:3])
    seconds = _seconds(date[3] or "2")
    return Yearly(month, week, (sunday_based - 1) % 7, seconds, before, after)


def _seconds(clock: str) -> int:
    hours, minutes, seconds = (*map(int, clock.lstrip("+-").split(":")), 0, 0)[:3]
    return (hours * 3600 + minutes * 60 + seconds) * (-1 if clock[0] == "-" else 1)
