"""Which VEVENTs an event has, and what each of them shows. Values only, no bytes.

A series is a master with its rule and one component per override. Dates that follow no
rule become events of their own, each with a UID that points back: the sessions of a
course, and the further dates of an event without a rule, because Outlook drops RDATE.
Which dates there are is decided as in `recurrence`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from feeds import times
from feeds.models import CourseSession, Event, Override
from feeds.renderers import wording
from feeds.renderers.frame import part_uid


@dataclass(frozen=True)
class Shown:
    """One component, with everything that it inherits filled in.

    `recurrence_local` names the instance that an override stands for; `related_to` is
    the UID of the event that a date of its own belongs to, and `part` the moment by
    which that event knows it. `course` is the title that a session's begins with.
    """

    uid: str
    title: str
    start: datetime
    end: datetime | None
    status: str
    summary: str
    description: str
    location: dict[str, Any]
    online_url: str | None
    sequence: int
    updated_at: datetime
    extensions: Sequence[str]
    recurrence_local: datetime | None = None
    related_to: str | None = None
    part: datetime | None = None
    course: str | None = None


def components(event: Event) -> Iterator[Shown]:
    """Yield what each VEVENT shows, the master first."""
    if event.sessions:
        return (_of_session(event, session) for session in event.sessions)
    return _series(event) if event.rrule else _scattered(event)


def _series(event: Event) -> Iterator[Shown]:
    master = _master(event)
    excluded = _locals(event.exdates)
    yield master
    for override in event.overrides:
        if override.recurrence_local not in excluded:
            changed = _overridden(master, event, override)
            yield replace(changed, recurrence_local=override.recurrence_local)


def _scattered(event: Event) -> Iterator[Shown]:
    """Yield the dates of an event without a rule, mostly one, in order of time."""
    master = _master(event)
    overrides = {item.recurrence_local: item for item in event.overrides}
    starts = {master.start, *overrides} | _locals(event.rdates)
    for start in sorted(starts - _locals(event.exdates)):
        shown = _moved(master, start)
        if override := overrides.get(start):
            shown = _overridden(master, event, override)
        yield shown if start == master.start else _apart(event, shown, start)


def _apart(event: Event, shown: Shown, start: datetime) -> Shown:
    moment = times.format_moment(start.date() if event.all_day else start)
    uid = part_uid(event.uid, moment)
    return replace(shown, uid=uid, related_to=event.uid, part=start)


def _master(event: Event) -> Shown:
    if event.start_local is None:
        raise ValueError(f"event {event.uid} has neither a start nor sessions")
    return _shown(event, event.start_local, event.end_local)


def _of_session(event: Event, session: CourseSession) -> Shown:
    shown = _shown(event, session.start_local, session.end_local)
    sequence, updated_at = session.sequence, session.updated_at
    return replace(
        shown,
        uid=session.uid,
        title=wording.session_title(event, session),
        sequence=shown.sequence if sequence is None else sequence,
        updated_at=updated_at or shown.updated_at,
        related_to=event.uid,
        part=session.start_local,
        course=event.title,
    )


def _shown(event: Event, start: datetime, end: datetime | None) -> Shown:
    return Shown(
        uid=event.uid,
        title=event.title,
        start=start,
        end=end,
        status=event.status,
        summary=event.summary,
        description=event.description,
        location=wording.location(event),
        online_url=event.online_url,
        sequence=event.sequence,
        updated_at=event.updated_at,
        extensions=event.extensions or (),
    )


def _moved(shown: Shown, start: datetime) -> Shown:
    """Return the same thing at another time, as long on the clock as before."""
    end = None if shown.end is None else start + (shown.end - shown.start)
    return replace(shown, start=start, end=end)


def _overridden(shown: Shown, event: Event, override: Override) -> Shown:
    start = override.start_local or override.recurrence_local
    moved = _moved(shown, start)
    own = {
        name: value
        for name in ("title", "summary", "description", "online_url")
        if (value := getattr(override, name)) is not None
    }
    if override.location is not None:
        own["location"] = wording.location(event, override)
    status = wording.status(event, override)
    end = override.end_local or moved.end
    given = override.extensions or ()
    return replace(moved, end=end, status=status, extensions=given, **own)


def _locals(texts: list[str]) -> set[datetime]:
    return {datetime.fromisoformat(text) for text in texts}
