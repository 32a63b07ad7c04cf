"""The dates of a course: who is who when they are written again, and their own life.

Each has a UID that never changes, and shows when it changed last itself.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from feeds import times
from feeds.importing import Revision
from feeds.models import CourseSession, Event
from feeds.renderers import wording
from feeds.renderers.frame import part_uid

Values = dict[str, Any]


def arrange(event: Event, rows: list[Values]) -> None:
    """Replace the dates of a course; a date that stays or moves keeps its uid."""
    by_start = {one.start_local: one for one in event.sessions}
    by_uid = {one.uid: one for one in event.sessions}
    found = [by_uid.get(row["uid"]) or by_start.get(row["start_local"]) for row in rows]
    spare = [one for one in event.sessions if one not in found]
    taken = {event.uid, *by_uid}
    last: dict[str, str] = {}
    made: list[CourseSession] = []
    for position, (row, known) in enumerate(zip(rows, found, strict=True)):
        one = known if known not in made else None
        if one is None and row["uid"] is None and spare:
            one = spare.pop(0)
        if one is None:
            one = CourseSession(uid=_uid(event, row, taken, last))
        one.position, one.title = position, row["title"]
        one.start_local, one.end_local = row["start_local"], row["end_local"]
        made.append(one)
    event.sessions = made


def _uid(event: Event, row: Values, taken: set[str], last: dict[str, str]) -> str:
    """Return a free uid; `last` is the one that was given at the same start before."""
    start = row["start_local"]
    first: str = row["uid"] or part_uid(
        event.uid, times.format_moment(start.date() if event.all_day else start)
    )
    uid = last.get(first, first)
    # A second date at the same start, or at one that another date moved away from.
    while uid in taken:
        uid = part_uid(event.uid, uid)
    taken.add(uid)
    last[first] = uid
    return uid


def stamp(event: Event, alike: str, revision: Revision, now: datetime) -> None:
    """Stamp those dates of a course that show something else than before.

    `alike` names what all of them show. A new one begins where its event is, or where
    it was elsewhere.
    """
    for session in event.sessions:
        title = wording.session_title(event, session)
        shown = f"{alike}\n{session.start_local}\n{session.end_local}\n{title}"
        checksum = sha256(shown.encode()).hexdigest()
        if session.checksum == checksum:
            continue
        session.checksum = checksum
        session.sequence, session.updated_at = event.sequence, event.updated_at
        if given := revision.parts.get(session.uid):
            session.sequence = given.sequence or 0
            session.updated_at = min(given.updated_at or now, now)
