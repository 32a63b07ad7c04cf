"""Named queries about what a calendar's subscriber has not seen yet.

Between two instants and two revisions there are two kinds of change: time alone moved
an event into a selection or out of it, or somebody wrote.
"""

import heapq
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from feeds.models import Departure, Event, Fragment
from feeds.store.departures import was_public
from feeds.store.entries import windowed
from feeds.store.filters import Filter, public
from feeds.store.fragments import Piece

Key = tuple[int, int, int]
# The order within a revision: who left comes before what took the UID over.
LEFT, WRITTEN, LAST = 0, 1, 2
CALENDAR = and_(Fragment.event_id == Event.id, Fragment.format == "ics")
SIZE = func.coalesce(func.length(Fragment.body), 0)


class Change(NamedTuple):
    """Something to tell: an event, or the `uid` of a departure.

    `key` is (revision, kind, id), the revision 0 where time alone moved an event;
    `size` that of its fragment in bytes.
    """

    key: Key
    uid: str | None
    size: int


def moved(
    session: Session,
    wanted: Filter,
    before: Filter | None,
    *,
    revision: int,
    after: int,
    limit: int,
) -> list[Change]:
    """Return, by id, who is in one filter and not in the other, unwritten since.

    `before` is None for a reader who has nothing yet.
    """
    unwritten = Event.revision <= revision, Event.id > after

    def beyond(inner: Filter, outer: Filter | None) -> list[Change]:
        question = windowed(session, Event, inner, _sizes()).where(*unwritten)
        if outer is not None:
            ids = windowed(session, Event, outer, select(Event.id)).correlate(None)
            question = question.where(Event.id.not_in(ids))
        rows = session.execute(question.order_by(Event.id).limit(limit))
        return [Change((0, WRITTEN, id), None, size) for id, _, size in rows]

    entered = beyond(wanted, before)
    left = [] if before is None else beyond(before, wanted)
    return list(islice(heapq.merge(entered, left), limit))


def written(
    session: Session, channel_id: int, *, after: Key, now: datetime, limit: int
) -> list[Change]:
    """Return what was written after a key, in the order of keys.

    Departures, and events that everybody saw since, in whatever selection.
    """
    left = session.execute(
        select(Departure.revision, Departure.id, Departure.uid)
        .where(Departure.channel_id == channel_id)
        .where(_later(Departure.revision, Departure.id, LEFT, after))
        .order_by(Departure.revision, Departure.id)
        .limit(limit)
    )
    events = session.execute(
        _sizes()
        .where(Event.channel_id == channel_id, *was_public(now))
        .where(_later(Event.revision, Event.id, WRITTEN, after))
        .order_by(Event.revision, Event.id)
        .limit(limit)
    )
    merged = heapq.merge(
        (Change((revision, LEFT, id), uid, len(uid)) for revision, id, uid in left),
        (Change((at, WRITTEN, id), None, size) for id, at, size in events),
    )
    return list(islice(merged, limit))


def shown(
    session: Session, output: str, wanted: Filter, ids: Sequence[int], now: datetime
) -> list[Piece]:
    """Return those of these events that a filter leaves and everybody may see at `now`.

    As fragments in a format, in order of creation.
    """
    own = and_(Fragment.event_id == Event.id, Fragment.format == output)
    question: Select[*tuple[Any, ...]] = (
        select(Event.id, Fragment.digest, Fragment.body)
        .outerjoin(Fragment, own)
        .where(Event.id.in_(ids), *public(Event, now))
        .order_by(Event.id)
    )
    rows = session.execute(windowed(session, Event, wanted, question))
    return [Piece(*row) for row in rows]


def hidden(session: Session, ids: Sequence[int], now: datetime) -> list[bytes]:
    """Return the fragments of those of these events that everybody saw once."""
    return list(
        session.scalars(
            select(Fragment.body)
            .join(Event, CALENDAR)
            .where(Event.id.in_(ids), *was_public(now))
            .order_by(Event.id)
        )
    )


def _sizes() -> Select[*tuple[Any, ...]]:
    return select(Event.id, Event.revision, SIZE).outerjoin(Fragment, CALENDAR)


def _later(
    revision: InstrumentedAttribute[int],
    id: InstrumentedAttribute[int],
    kind: int,
    after: Key,
) -> ColumnElement[bool]:
    """Return the clause of rows whose (revision, kind, id) comes after a key."""
    at, last_kind, last_id = after
    if kind > last_kind:
        return revision >= at
    if kind < last_kind:
        return revision > at
    return or_(revision > at, and_(revision == at, id > last_id))
