"""A series whose dates change from one on (RANGE=THISANDFUTURE, RFC 5545 §3.2.13).

It ends before that date and goes on as an event of its own, whose dates are all moved
by as much as the first of them. Later exceptions and changed instances go along.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from feeds import recurrence, times
from feeds.importing.ics import fields, series, span
from feeds.importing.ics.events import CHANGEABLE, Raw, Source, derived_uid
from feeds.importing.ics.span import Reading, Span
from feeds.importing.ics.spelled import MOST, last_moment
from feeds.models import Event
from feeds.rules import MAX_COUNT, WEEKDAYS

_DAILY = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
FUTURE = "THISANDFUTURE"
_CLOCK = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_SHORTEST = 28  # every month has these days


@dataclass(frozen=True)
class Cut:
    """From `at` on the dates of a series are moved as `at` is to `to`.

    `changed` holds what else is said of them, as members of the raw dict.
    """

    line: int
    at: times.Moment
    to: times.Moment
    end: times.Moment | None
    changed: Raw


@dataclass(frozen=True)
class _Piece:
    """The dates from `low` to before `high` (None: without a bound), moved."""

    low: dt.datetime | None
    high: dt.datetime | None
    cut: Cut | None = None
    notes: list[str] = field(default_factory=list)

    def holds(self, moment: dt.datetime) -> bool:
        after = self.low is None or moment >= self.low
        return after and (self.high is None or moment < self.high)

    @property
    def shift(self) -> dt.timedelta:
        if self.cut is None:
            return dt.timedelta()
        return times.wall_clock(self.cut.to) - times.wall_clock(self.cut.at)


def is_cut(source: Source) -> bool:
    named = source.lines.get("RECURRENCE-ID")
    return named is not None and named.params.get("RANGE", "").upper() == FUTURE


def read(source: Source, reading: Reading, at: Span) -> Cut:
    """Read the VEVENT that changes a series for good; or ValueError."""
    own = span.read(source.lines, reading)
    changed: Raw = {}
    fields.take(source.lines, changed, source.repairs)
    if description := fields.describe(source.lines):
        changed["description"] = description
    if source.categories:
        changed["categories"] = source.categories
    if source.extensions:
        changed["extensions"] = source.extensions
    return Cut(
        source.line,
        series.named(source.lines, reading, at),
        series.aligned(own.start, at),
        series.aligned(own.end, at) if own.end is not None else None,
        changed,
    )


def pieces(
    raw: Raw, at: Span, cuts: Sequence[Cut]
) -> list[tuple[Raw, Cut | None, list[str]]]:
    """Return a series as the events that it falls into, each with what to say of it.

    `raw` is the whole of it. The first keeps its UID, the others have one made from it
    and the date with which they begin.
    """
    whole = _Series(raw, at.zone)
    by_date = {times.wall_clock(cut.at): cut for cut in cuts}
    edges = [None, *sorted(by_date), None]
    found: list[tuple[Raw, Cut | None, list[str]]] = []
    for low, high in pairwise(edges):
        piece = _Piece(low, high, by_date[low] if low is not None else None)
        if low is not None or any(whole.within(piece)):
            made = whole.piece(piece) | {
                "uid": _uid(raw, piece) if found else raw["uid"]
            }
            if found:
                piece.notes.insert(0, f"goes on as the event '{made['uid']}'")
            found.append((made, piece.cut, piece.notes))
    return found


def _uid(raw: Raw, piece: _Piece) -> str:
    if piece.cut is None:
        return str(raw["uid"])
    return derived_uid(raw["uid"], times.format_moment(piece.cut.at))


class _Series:
    def __init__(self, raw: Raw, zone: str) -> None:
        zone = zone or "UTC"  # that of whole days is no matter
        self.raw, self.zone = raw, times.zone(zone)
        self.start = times.parse_moment(raw["start"])
        self.is_day = not isinstance(self.start, dt.datetime)
        self.rule = Event(
            all_day=self.is_day,
            timezone=zone,
            rrule=raw.get("rrule"),
            start_local=times.wall_clock(self.start),
            rdates=[],
            exdates=[],
            overrides=[],
            sessions=[],
        )

    def within(self, piece: _Piece) -> Iterator[dt.datetime]:
        """Yield the dates of the rule in a piece, and its RDATEs after them."""
        yield from self._ruled(piece)
        yield from filter(piece.holds, self._locals("rdates"))

    def _locals(self, name: str) -> list[dt.datetime]:
        return [_local(text) for text in self.raw.get(name, [])]

    def _ruled(self, piece: _Piece) -> Iterator[dt.datetime]:
        for one in recurrence.occurrences(self.rule, (None, None)):
            local = times.wall_clock(one.start)
            if piece.high is not None and local >= piece.high:
                return
            if piece.holds(local):
                yield local

    def piece(self, piece: _Piece) -> Raw:
        raw, cut = dict(self.raw), piece.cut
        for name in ("rrule", "rdates", "exdates", "overrides"):
            raw.pop(name, None)
        if cut is not None:
            raw |= {"start": times.format_moment(cut.to), **cut.changed}
            raw.pop("end", None)
            if cut.end is not None:
                raw["end"] = times.format_moment(cut.end)
        further = set(filter(piece.holds, self._locals("rdates")))
        rule = self._rule(piece)
        if rule is None:
            further.update(self._spelled(piece))
        elif rule:
            raw["rrule"] = rule
        start = _local(raw["start"])
        dates = [one + piece.shift for one in further]
        if later := sorted(one for one in dates if one != start):
            raw["rdates"] = [self._text(one) for one in later[:MOST]]
        if "rrule" in raw or later:
            self._except(piece, raw)
        return raw

    def _except(self, piece: _Piece, raw: Raw) -> None:
        out = filter(piece.holds, self._locals("exdates"))
        if excepted := [self._text(one + piece.shift) for one in out]:
            raw["exdates"] = excepted
        changed = [
            self._override(one, piece, raw)
            for one in self.raw.get("overrides", [])
            if piece.holds(_local(one["recurrence_id"]))
        ]
        if changed:
            raw["overrides"] = changed

    def _override(self, override: Raw, piece: _Piece, raw: Raw) -> Raw:
        """Return a changed instance of before, which still is when and what it was."""
        if piece.cut is None:
            return override
        named = _local(str(override["recurrence_id"]))
        start = _local(str(override.get("start", override["recurrence_id"])))
        moved = {
            "recurrence_id": self._text(named + piece.shift),
            "start": self._text(start),
        }
        if "end" in override or "end" in self.raw:
            length = self._length()
            moved["end"] = override.get("end", self._text(start + length))
        said = {name: override.get(name, self.raw.get(name)) for name in CHANGEABLE}
        kept = {n: v for n, v in said.items() if v and v != raw.get(n)}
        return override | kept | moved

    def _length(self) -> dt.timedelta:
        start = str(self.raw["start"])
        return _local(str(self.raw.get("end", start))) - _local(start)

    def _rule(self, piece: _Piece) -> str | None:
        """Return the rule of a piece, "" for none, None when it must be spelled out."""
        if self.rule.rrule is None:
            return ""
        parts = dict(part.split("=", 1) for part in self.rule.rrule.split(";"))
        moved = self._moved(parts, piece)
        if moved is None:
            return None
        if "COUNT" in parts:
            moved["COUNT"] = str(sum(1 for _ in islice(self._ruled(piece), MAX_COUNT)))
        elif piece.high is not None:
            step = dt.timedelta(days=1) if self.is_day else dt.timedelta(seconds=1)
            moved["UNTIL"] = self._until(piece.high - step + piece.shift)
        elif "UNTIL" in parts:
            moved["UNTIL"] = self._until(self._last(parts["UNTIL"]) + piece.shift)
        return ";".join(f"{name}={value}" for name, value in moved.items())

    def _moved(self, parts: dict[str, str], piece: _Piece) -> dict[str, str] | None:
        """Return the parts of a rule for moved dates, None where no rule says it."""
        if piece.cut is None:
            return dict(parts)
        if next(self._ruled(piece), None) != piece.low:
            return None
        before, after = times.wall_clock(piece.cut.at), times.wall_clock(piece.cut.to)
        days = (after.date() - before.date()).days
        if _CLOCK & parts.keys() and piece.shift:
            return None
        if not days:
            return dict(parts)
        return _by_days(parts, days, before)

    def _spelled(self, piece: _Piece) -> list[dt.datetime]:
        found = list(islice(self._ruled(piece), MOST + 2))
        if len(found) > MOST + 1:
            last = times.format_moment(found[MOST] + piece.shift)
            piece.notes.append(f"kept as {MOST} dates, the last of them {last}")
        else:
            piece.notes.append("kept as single dates")
        return found[: MOST + 1]

    def _last(self, until: str) -> dt.datetime:
        last = last_moment(until, self.zone)
        return dt.datetime.combine(last, dt.time.min) if self.is_day else last

    def _until(self, local: dt.datetime) -> str:
        if self.is_day:
            return f"{local:%Y%m%d}"
        return f"{times.resolve(local, self.zone):%Y%m%dT%H%M%SZ}"

    def _text(self, local: dt.datetime) -> str:
        return times.format_moment(local.date() if self.is_day else local)


def _by_days(
    parts: dict[str, str], days: int, before: dt.datetime
) -> dict[str, str] | None:
    """Return a rule all of whose dates are some days later."""
    freq, names = parts["FREQ"], parts.keys()
    if freq == "DAILY" and names <= _DAILY:
        return dict(parts)
    if freq == "WEEKLY" and names <= _DAILY | {"BYDAY"}:
        turned = {"WKST": _turned(parts.get("WKST", "MO"), days)}
        if "BYDAY" in parts:
            turned["BYDAY"] = _turned(parts["BYDAY"], days)
        return dict(parts) | turned
    if freq in ("MONTHLY", "YEARLY") and names <= _DAILY | {"BYMONTHDAY", "BYMONTH"}:
        given = [int(n) for n in parts.get("BYMONTHDAY", str(before.day)).split(",")]
        moved = [n + days for n in given]
        if all(1 <= n <= _SHORTEST for n in given + moved):
            listed = ",".join(map(str, moved))
            return dict(parts) | (
                {"BYMONTHDAY": listed} if "BYMONTHDAY" in parts else {}
            )
    return None


def _turned(listed: str, days: int) -> str:
    return ",".join(
        WEEKDAYS[(WEEKDAYS.index(day) + days) % 7] for day in listed.split(",")
    )


def _local(text: str) -> dt.datetime:
    return times.wall_clock(times.parse_moment(text))
