"""One VEVENT, or a series with its changed instances, as a raw dict of the API."""

import hashlib
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feeds import text, times
from feeds.importing.ics import fields, series, span
from feeds.importing.ics.lines import Line, properties, unfolded
from feeds.importing.ics.moments import When
from feeds.importing.ics.span import Clock, Habit, Reading, Span

NAMESPACE = uuid.UUID("6c7fca2e-55a5-5d4c-9d5d-0a4f7fd0a5d1")
_MANY = frozenset(("RRULE", "RDATE", "EXDATE", "EXRULE", "CATEGORIES"))
_TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_TEXTS = ("SUMMARY", "DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION", "LOCATION")
_OTHERS = ("UID", "GEO", "URL", "CONFERENCE", "IMAGE", "STATUS", "CLASS", "DTSTAMP")
_NOTED = ("ATTACH", "ATTENDEE", "ORGANIZER")
WANTED = _MANY.union(_TIMES, _TEXTS, _OTHERS, _NOTED)
_VOLATILE = re.compile(rb"(DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE)[;:]", re.IGNORECASE)
_UID_LENGTH = 255
_CHANGEABLE = ("title", "description", "location", "online_url", "status")

Raw = dict[str, Any]


@dataclass
class Source:
    """The properties of one VEVENT: `lines` by name, `lists` of those that repeat."""

    line: int
    lines: dict[str, Line] = field(default_factory=dict)
    lists: dict[str, list[Line]] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)


def source(raw: bytes, line: int) -> Source:
    """Read the inside of a VEVENT that begins on `line`."""
    found = Source(line)
    for prop in properties(raw, line + 1, WANTED, found.repairs):
        if prop.name in _MANY:
            found.lists.setdefault(prop.name, []).append(prop)
        else:
            found.lines.setdefault(prop.name, prop)
    return found


def event(source: Source, clock: Clock, habit: Habit) -> tuple[Raw, Span]:
    """Return a single event or a series; ValueError refuses it.

    `uid` and `categories` are the caller's business.
    """
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
    fields.take(source.lines, raw, source.repairs)
    if description := fields.describe(source.lines):
        raw["description"] = description
    _entitle(raw, source)
    return raw, at


def instance(source: Source, reading: Reading, master: Raw, at: Span) -> Raw:
    """Return the override that a VEVENT with RECURRENCE-ID makes; or ValueError.

    `at` is the span of its series, whose raw dict is `master`.
    """
    line = source.lines["RECURRENCE-ID"]
    if "RANGE" in line.params:
        raise ValueError(
            f"line {line.number}: RANGE={line.params['RANGE']} changes all later dates;"
            " end the series there and begin another"
        )
    named = reading.moments(line)
    if len(named) != 1:
        raise ValueError(f"line {line.number}: RECURRENCE-ID names no one date")
    moment = series.aligned(named[0], at)
    override: Raw = {"recurrence_id": times.format_moment(moment)}
    own = span.read(source.lines, reading)
    override |= _moved(override["recurrence_id"], own, at, source)
    changed: Raw = {}
    fields.take(source.lines, changed, source.repairs)
    changed["description"] = fields.describe(source.lines)
    override |= {
        name: changed[name]
        for name in _CHANGEABLE
        if changed.get(name) and changed[name] != master.get(name)
    }
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


def categories(source: Source, known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the slugs of known categories, and the titles of the others."""
    titles = [t for line in source.lists.get("CATEGORIES", []) for t in line.texts()]
    words = {text.slugify(title): text.line(title) for title in titles}
    kept = dict.fromkeys(known[word] for word in words if word in known)
    return list(kept), [t for word, t in words.items() if t and word not in known]


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
