"""Calendars of our own: what a VEVENT can't hold of its event, put together again.

The sessions of a course and the further dates of an event without a rule leave as
events of their own, each with the UID of theirs (RELATED-TO) and the moment by which
that one knows it (X-FEEDS-PART).
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

from feeds import i18n, text, times
from feeds.importing import Revision
from feeds.importing.ics import events, fields, moments, series
from feeds.importing.ics.events import Raw, Source
from feeds.importing.ics.lines import Line
from feeds.importing.ics.moments import When
from feeds.importing.ics.span import Clock, Habit, Reading, Span
from feeds.importing.ics.zones import Zones

LAST_SEQUENCE = 2**31 - 2**20
PART = "X-FEEDS-PART"
_SLUG = re.compile(r"/events/([a-z0-9]+(?:-[a-z0-9]+)*)")
_NOWHERE = Zones({}, ())


def slug(source: Source) -> str | None:
    """Return the slug that its page had."""
    found = _SLUG.search(source.lines["URL"].value) if "URL" in source.lines else None
    return found[1][:80].rstrip("-") if found else None


def language(source: Source, home: str) -> str:
    """Return the language in which it says where there is more; else `home`."""
    words = source.lines["DESCRIPTION"].text if "DESCRIPTION" in source.lines else ""
    page = source.lines["URL"].value if "URL" in source.lines else ""
    for code in (home, *i18n.LANGUAGES):
        if f"{i18n.t('entry.page', code)}: {page}" in words.split("\n"):
            return code
    return home


def revision(sources: Iterable[Source], zones: Zones) -> Revision:
    """Return the last revision of what makes up one event, and of each by its UID."""
    every = [_revision(source, zones) for source in sources]
    uids = [_text(source, "UID") for source in sources]
    found = dict(zip(uids, every, strict=True))
    return Revision(
        max((one.sequence for one in every if one.sequence is not None), default=None),
        min((one.created_at for one in every if one.created_at), default=None),
        max((one.updated_at for one in every if one.updated_at), default=None),
        found if len(found) > 1 else {},
    )


def _revision(source: Source, zones: Zones) -> Revision:
    sequence = _text(source, "SEQUENCE")
    number = int(sequence) if re.fullmatch("[0-9]{1,10}", sequence) else None
    return Revision(
        number if number is not None and number <= LAST_SEQUENCE else None,
        _stamp(source, zones, "CREATED"),
        _stamp(source, zones, "LAST-MODIFIED") or _stamp(source, zones, "DTSTAMP"),
    )


def _stamp(source: Source, zones: Zones, name: str) -> dt.datetime | None:
    try:
        when = moments.read(source.lines[name], zones, [])
    except (KeyError, ValueError):
        return None
    return when.instant("UTC")


def _text(source: Source, name: str) -> str:
    return source.lines[name].text if name in source.lines else ""


def event_uid(sources: Sequence[Source]) -> str:
    """Return the UID of the event whose dates these are."""
    return text.line(_text(_parts(sources)[0], "RELATED-TO"))


def joined(sources: Sequence[Source], clock: Clock, habit: Habit) -> Raw:
    """Return the event whose dates these are; ValueError refuses them together."""
    read = [events.event(source, clock, habit) for source in sources]
    titles = [source.lines[PART].params.get("X-TITLE") for source in _parts(sources)]
    if titles and titles[0] is not None:
        return _course(text.line(titles[0]), sources, read)
    return _scattered(sources, read, clock, habit)


def _parts(sources: Sequence[Source]) -> list[Source]:
    return [source for source in sources if PART in source.lines]


def _course(title: str, sources: Sequence[Source], read: list[tuple[Raw, Span]]) -> Raw:
    raw, first = dict(read[0][0]), read[0][1]
    raw.pop("start")
    raw.pop("end", None)
    sessions = []
    for source, (one, at) in zip(sources, read, strict=True):
        session = {"uid": text.line(_text(source, "UID"))}
        session["start"] = times.format_moment(series.aligned(at.start, first))
        if at.end is not None:
            session["end"] = times.format_moment(series.aligned(at.end, first))
        words = text.line(_text(source, "SUMMARY"))
        if one.get("status") == "cancelled":
            words = fields.unmarked(words)
        if words.startswith(f"{title}: "):
            session["title"] = words.removeprefix(f"{title}: ")
        sessions.append(session)
    return raw | {"title": title, "sessions": sessions}


def _scattered(
    sources: Sequence[Source],
    read: list[tuple[Raw, Span]],
    clock: Clock,
    habit: Habit,
) -> Raw:
    """Return the first date with all others as RDATEs, and what differs as overrides.

    A start that is not among them is one that was left out, whichever it was.
    """
    named = [_named(source, at) for source, (_, at) in zip(sources, read, strict=True)]
    master = named.index(None) if None in named else None
    start = _start(named, master, read)
    raw, first = _common(read, start)
    overrides = []
    for source, moment in zip(sources, named, strict=True):
        reading = Reading(clock, habit, [], "instance")
        override = events.differing(moment or start, source, reading, raw, first)
        is_plain = override.get("extensions", []) == raw.get("extensions", [])
        if override.keys() - {"recurrence_id", "extensions"} or not is_plain:
            overrides.append(override)
    raw["rdates"] = sorted(times.format_moment(one) for one in named if one is not None)
    if master is None:
        raw["exdates"] = [times.format_moment(start)]
    return raw | ({"overrides": overrides} if overrides else {})


def _named(source: Source, at: Span) -> times.Moment | None:
    if PART not in source.lines:
        return None
    line = source.lines[PART]
    params = {"VALUE": "DATE"} if at.start.is_day else {}
    when = moments.read(Line(line.number, PART, line.value, params), _NOWHERE, [])
    return series.aligned(when, at)


def _start(
    named: list[times.Moment | None],
    master: int | None,
    read: list[tuple[Raw, Span]],
) -> times.Moment:
    """Return a start that keeps the order of the dates: the event's own if it does."""
    step = dt.timedelta(days=1) if read[0][1].start.is_day else dt.timedelta(seconds=1)
    if master is None:
        return min(one for one in named if one is not None) - dt.timedelta(days=1)
    own = read[master][1].start.value
    before, after = named[:master], named[master + 1 :]
    low = max((one for one in before if one is not None), default=None)
    high = min((one for one in after if one is not None), default=None)
    if (low is None or low < own) and (high is None or own < high):
        return own
    return low + step if low is not None else (high or own) - dt.timedelta(days=1)


def _common(read: list[tuple[Raw, Span]], start: times.Moment) -> tuple[Raw, Span]:
    """Return what the dates share, at `start`: what one lacks, none inherits."""
    first, at = read[0]
    raw: dict[str, Any] = {**first, "start": times.format_moment(start)}
    for name in ("end", "online_url", "location"):
        if any(name not in one for one, _ in read):
            raw.pop(name, None)
    status = [one["status"] for one, _ in read if one.get("status") != "cancelled"]
    raw |= {"status": status[0]} if status else {}
    span = Span(When(start, at.zone))
    if "end" in raw and at.end is not None:
        end = span.start.local() + (at.end.local() - at.start.local())
        last = When(end.date() if at.start.is_day else end, at.zone)
        raw["end"] = times.format_moment(last.value)
        span = Span(span.start, last)
    return raw, span
