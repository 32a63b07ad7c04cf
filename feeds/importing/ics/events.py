"""One VEVENT, or a series with its changed instances, as a raw dict of the API."""

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from feeds import text, times
from feeds.importing.ics import fields, foreign, series, span
from feeds.importing.ics.lines import Line, properties, unescaped, unfolded
from feeds.importing.ics.moments import When
from feeds.importing.ics.span import Clock, Habit, Reading, Span

NAMESPACE = uuid.UUID("6c7fca2e-55a5-5d4c-9d5d-0a4f7fd0a5d1")
_MANY = frozenset(("RRULE", "RDATE", "EXDATE", "EXRULE", "CATEGORIES"))
_TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_TEXTS = ("SUMMARY", "DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION", "LOCATION")
_OTHERS = ("UID", "GEO", "URL", "CONFERENCE", "IMAGE", "STATUS", "CLASS")
_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE")
_OURS = ("RELATED-TO", "X-FEEDS-PART")
_NOTED = ("ATTACH", "ATTENDEE", "ORGANIZER")
WANTED = _MANY.union(_TIMES, _TEXTS, _OTHERS, _STAMPS, _OURS, _NOTED)
_VOLATILE = re.compile(rb"(DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE)[;:]", re.IGNORECASE)
_UID_LENGTH = 255
CHANGEABLE = ("title", "description", "location", "online_url", "status")

Raw = dict[str, Any]


@dataclass
class Source:
    """The properties of one VEVENT: `lines` by name, `lists` of those that repeat.

    `categories` are slugs, `unknown` the titles of others, `extensions` lines that are
    kept as they came. `is_own` tells that we wrote it.
    """

    line: int
    is_own: bool = False
    lines: dict[str, Line] = field(default_factory=dict)
    lists: dict[str, list[Line]] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    extensions: list[str] = field(default_factory=list)


def source(
    raw: bytes, line: int, known: Mapping[str, str], *, is_own: bool = False
) -> Source:
    """Read the inside of a VEVENT that begins on `line`.

    `known` are the channel's categories, slugs by the words that mean them.
    """
    found, others = Source(line, is_own), list[Line]()
    for prop in properties(raw, line + 1, _is_wanted, found.repairs):
        if prop.name in _MANY:
            found.lists.setdefault(prop.name, []).append(prop)
        elif prop.name in WANTED:
            found.lines.setdefault(prop.name, prop)
        else:
            others.append(prop)
    labels = found.lists.get("CATEGORIES", [])
    found.categories, unknown = foreign.categories(labels, known)
    found.unknown = [text.line(unescaped(word)) for word in unknown]
    found.extensions = foreign.extensions_of(others, unknown, found.repairs)
    return found


def _is_wanted(name: str) -> bool:
    return name in WANTED or name.startswith("X-")


def event(source: Source, clock: Clock, habit: Habit) -> tuple[Raw, Span]:
    """Return a single event or a series without its `uid`; ValueError refuses it."""
    raw: Raw = {}
    kind = "series" if series.is_series(source.lists) else "single"
    reading = Reading(clock, habit, source.repairs, kind)
    at = span.read(source.lines, reading)
    raw |= {"start": times.format_moment(at.start.value)}
    if at.end is not None:
        raw["end"] = times.format_moment(at.end.value)
    if at.zone:
        raw["timezone"] = at.zone
    series.take(source.lists, at, reading, raw)
    fields.take(source.lines, raw, source.repairs, is_own=source.is_own)
    if description := fields.describe(source.lines):
        raw["description"] = description
    _entitle(raw, source)
    raw["categories"] = source.categories
    if source.extensions:
        raw["extensions"] = source.extensions
    return raw, at


def instance(source: Source, reading: Reading, master: Raw, at: Span) -> Raw:
    """Return the override that a VEVENT with RECURRENCE-ID makes; or ValueError.

    `at` is the span of its series, whose raw dict is `master`.
    """
    return differing(
        series.named(source.lines, reading, at), source, reading, master, at
    )


def differing(
    moment: times.Moment, source: Source, reading: Reading, master: Raw, at: Span
) -> Raw:
    """Return what a VEVENT says of the instance at `moment`, as `instance` does."""
    override: Raw = {"recurrence_id": times.format_moment(moment)}
    own = span.read(source.lines, reading)
    override |= _moved(override["recurrence_id"], own, at, source)
    changed: Raw = {}
    fields.take(source.lines, changed, source.repairs, is_own=source.is_own)
    changed["description"] = fields.describe(source.lines)
    if source.is_own and "location" in master:  # what we leave out is nowhere
        changed.setdefault("location", {"name": ""})
    override |= {
        name: changed[name]
        for name in CHANGEABLE
        if changed.get(name) and changed[name] != master.get(name)
    }
    if source.extensions:
        override["extensions"] = source.extensions
    if rule := source.lists.get("RRULE", []):
        reading.repaired(rule[0], "RRULE left out: it is that of one date")
    return override


def derived_uid(*parts: str | bytes) -> str:
    """Return the same UID for the same content, whoever reads it, whenever."""
    whole = b"\n".join(p.encode() if isinstance(p, str) else p for p in parts)
    return str(uuid.uuid5(NAMESPACE, hashlib.sha256(whole).hexdigest()))


def content(raw: bytes) -> bytes:
    """Return what a VEVENT says, without the order and the stamps of its writing."""
    rows = (row.strip() for _, row in unfolded(raw, 1))
    return b"\n".join(sorted(row for row in rows if not _VOLATILE.match(row)))


def uid(source: Source, raw: bytes) -> str:
    """Return the UID to keep, made from the content where there is none."""
    line = source.lines.get("UID")
    said = text.line(line.text) if line else ""
    if not said:
        source.repairs.append(f"line {source.line}: no UID, made from the content")
        return derived_uid(content(raw))
    if len(said) > _UID_LENGTH or not said.isprintable():
        source.repairs.append(
            f"line {source.line}: UID too long or odd, a new one made"
        )
        return derived_uid(said)
    return said


def said(contents: Iterable[bytes]) -> str:
    """Name what VEVENTs say together, in whatever order."""
    return hashlib.sha256(b"\n\n".join(sorted(contents))).hexdigest()


def _entitle(raw: Raw, source: Source) -> None:
    if "title" in raw:
        return
    plain = text.plain(raw.get("description", ""))
    title = text.excerpt(plain.split("\n", 1)[0], 80)
    if not title:
        raise ValueError("it has neither SUMMARY nor DESCRIPTION")
    raw["title"] = title
    source.repairs.append(f"line {source.line}: no SUMMARY, titled '{title}'")


def _moved(named: str, own: Span, at: Span, source: Source) -> Raw:
    """Return start and end of an instance where they differ from the series."""
    if own.start.is_day != at.start.is_day:
        source.repairs.append(
            f"line {source.line}: of another kind than its series, read as"
            f" {'dates' if at.start.is_day else 'times'}"
        )
    start = series.aligned(own.start, at)
    moved: Raw = {}
    if times.format_moment(start) != named:
        moved["start"] = times.format_moment(start)
    if own.end is not None:
        end = series.aligned(own.end, at)
        usual = at.end.local() - at.start.local() if at.end is not None else None
        length = When(end).local() - When(start).local()
        if moved or length != usual:
            moved["end"] = times.format_moment(end)
    return moved
