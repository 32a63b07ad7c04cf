"""Calendar UIDs that were public and are no more: noted at write, told by `changes`.

A UID departs when no event shows it to everybody any more. What leaves a selection, or
expires in the course of time, does not: its event is still there to tell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, event, insert, or_, select, update
from sqlalchemy import inspect as inspected
from sqlalchemy.orm import Session

from feeds.models import Channel, Departure, Event, Fragment
from feeds.renderers.ics import uids
from feeds.store.entries import CHUNK
from feeds.store.filters import public

BEFORE = "feeds.departures"
# Longer than any token holds: see `sync.LIFE`.
KEPT = timedelta(days=400)


class Standing(NamedTuple):
    """What decides whether everybody saw an event since it was last written."""

    state: str
    announced_at: datetime | None
    expires_at: datetime | None
    updated_at: datetime
    revised_at: datetime

    def was_public(self, now: datetime) -> bool:
        """Say it for the time up to `now`; `was_public` says the same in SQL."""
        if self.state != "published" or not self.announced_at:
            return False
        since = max(self.announced_at, self.updated_at, self.revised_at)
        ends = self.expires_at
        return self.announced_at <= now and (ends is None or ends > now or ends > since)


def was_public(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the clauses of events that everybody saw since they were last written."""
    written = (Event.announced_at, Event.updated_at, Event.revised_at)
    lasted = and_(*(Event.expires_at > moment for moment in written))
    return (
        Event.state == "published",
        Event.announced_at <= now,
        or_(Event.expires_at.is_(None), Event.expires_at > now, lasted),
    )


@event.listens_for(Session, "before_flush")
def _remember(session: Session, *_: object) -> None:
    """Keep how changed events stood: who left the calendar shows only against that."""
    known = session.info.setdefault(BEFORE, {})
    for one in session.dirty:
        if isinstance(one, Event):
            known.setdefault(one.id, _standing(one))


def _standing(one: Event) -> Standing:
    """Return how an event stands in the database."""
    attributes = inspected(one).attrs
    return Standing._make(
        attributes[name].history.non_added()[0] for name in Standing._fields
    )


def calendars(session: Session, ids: Sequence[int]) -> dict[int, bytes]:
    """Return the stored calendar fragments of events by id."""
    found: dict[int, bytes] = {}
    for chunk in _chunks(ids):
        rows = session.execute(
            select(Fragment.event_id, Fragment.body).where(
                Fragment.event_id.in_(chunk), Fragment.format == "ics"
            )
        )
        found |= {event_id: body for event_id, body in rows if event_id}
    return found


def record(
    session: Session,
    channel: Channel,
    made: Sequence[Event],
    before: Mapping[int, bytes],
    after: Mapping[int, bytes],
    now: datetime,
) -> None:
    """Date flushed events by the revision that is being made, and note who left.

    `before` and `after` are their calendar fragments by id.
    """
    stood = session.info.pop(BEFORE, {})
    gone: set[str] = set()
    here: set[str] = set()
    for one in made:
        if one.is_public(now):
            here.update(uids(after[one.id]))
        if one.id in before:
            known = stood.get(one.id) or _standing(one)
            if known.was_public(now):
                gone.update(uids(before[one.id]))
    ids = [one.id for one in made]
    for chunk in _chunks(ids):
        session.execute(
            update(Event)
            .where(Event.id.in_(chunk))
            .values(revision=channel.revision + 1)
            .execution_options(synchronize_session=False)
        )
    _forget(session, channel.id, here)
    _leave(session, channel, gone - here, ids, now)


def leave(session: Session, found: Event, now: datetime) -> None:
    """Note that an event leaves with all its UIDs: it is about to be deleted."""
    body = calendars(session, [found.id]).get(found.id)
    if body is not None and _standing(found).was_public(now):
        channel = session.get_one(Channel, found.channel_id)
        _leave(session, channel, set(uids(body)), [found.id], now)


def prune(session: Session, now: datetime) -> None:
    """Forget who left so long ago that no token reaches back to it."""
    session.execute(delete(Departure).where(Departure.left_at < now - KEPT))


def _leave(
    session: Session, channel: Channel, gone: set[str], ids: list[int], now: datetime
) -> None:
    """Note departures from events, but for UIDs that another event has taken over."""
    for chunk in _chunks(sorted(gone)):
        held = session.scalars(
            select(Event.uid).where(
                Event.channel_id == channel.id,
                Event.uid.in_(chunk),
                Event.id.not_in(ids),
                *public(Event, now),
            )
        )
        left = sorted(set(chunk).difference(held))
        _forget(session, channel.id, left)
        row = {"channel_id": channel.id, "revision": channel.revision + 1}
        rows = [{**row, "uid": uid, "left_at": now} for uid in left]
        if rows:
            session.execute(insert(Departure), rows)


def _forget(session: Session, channel_id: int, names: Iterable[str]) -> None:
    for chunk in _chunks(sorted(names)):
        session.execute(
            delete(Departure).where(
                Departure.channel_id == channel_id, Departure.uid.in_(chunk)
            )
        )


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + CHUNK] for at in range(0, len(values), CHUNK))
