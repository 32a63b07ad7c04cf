"""Occurrences: made from an event at write, and asked for by window at read.

What lies beyond an event's stored horizon is expanded while reading, so that an
answer is right however far it looks.
"""

import heapq
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Select, delete, func, insert, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from feeds.models import Channel, Event, Occurrence, reach_of
from feeds.recurrence import Instance, occurrences
from feeds.renderers import wording
from feeds.store.filters import Filter, narrowed, ongoing, visible
from feeds.times import wall_clock

HORIZON = timedelta(days=760)
MAX_STORED = 3000
MAX_EXPANDED = 10_000
ROLLED_AT_ONCE = 5
COLUMNS = [
    column.name
    for column in Occurrence.__table__.columns
    if column.name not in ("id", "event_id")
]
EVENT = contains_eager(Occurrence.event)
LABELLED = (EVENT.selectinload(Event.categories), EVENT.joinedload(Event.place))


def stored(event: Event, now: datetime) -> list[Occurrence]:
    """Return an event's occurrences to keep, and set how far they reach.

    `event.expanded_until` becomes None when they are all there are.
    """
    horizon = None if event.rrule is None else now + HORIZON
    rows = list(islice(rows_of(event, None, horizon), MAX_STORED + 1))
    if len(rows) > MAX_STORED:
        event.expanded_until = rows.pop().start_at
        return [row for row in rows if row.start_at < event.expanded_until]
    last = event.last_at
    is_cut = horizon is not None and (last is None or last > horizon)
    event.expanded_until = horizon if is_cut else None
    return rows


def roll(session: Session, now: datetime, after: int = 0) -> int | None:
    """Move the stored horizon on for a few series that come near it.

    Takes those with an id above `after`, and returns the last id it took, or None when
    no more are due. Leaves out a channel that somebody is writing to. Reading is right
    without it; with it, a month far from the writing of its series is one query again.
    """
    kept = select(func.count()).where(Occurrence.event_id == Event.id)
    ids = session.scalars(
        select(Event.id)
        .join(Channel, Channel.id == Event.channel_id)
        .where(Event.id > after, Event.expanded_until < now + HORIZON / 2)
        # What is as long as it may be would be stored again just like that.
        .where(kept.scalar_subquery() < MAX_STORED)
        .order_by(Event.id)
        .limit(ROLLED_AT_ONCE)
        .with_for_update(of=Channel, skip_locked=True)
    ).all()
    events = session.scalars(
        select(Event)
        .where(Event.id.in_(ids))
        .options(
            joinedload(Event.place),
            selectinload(Event.overrides),
            selectinload(Event.sessions),
        )
    ).all()
    replace(session, events, now)
    return ids[-1] if ids else None


def rows_of(
    event: Event, since: datetime | None, until: datetime | None
) -> Iterator[Occurrence]:
    """Yield unsaved occurrences of an event that touch [since, until), by start."""
    venue = venue_of(event)
    return (_row(event, one, venue) for one in occurrences(event, (since, until)))


def _row(event: Event, one: Instance, venue: str) -> Occurrence:
    override, session = one.override, one.session
    title, uid = event.title, event.uid
    if override is not None:
        title = override.title or title
        venue = (override.location or {}).get("name") or venue
    if session is not None:
        uid = session.uid
        title = wording.session_title(event, session)
    return Occurrence(
        channel_id=event.channel_id,
        recurrence_id=one.recurrence_id.isoformat() if one.recurrence_id else "",
        uid=uid,
        title=title,
        status=wording.status(event, override),
        start_at=one.start_at,
        end_at=one.end_at,
        start_local=wall_clock(one.start),
        end_local=wall_clock(one.end),
        reach=reach_of(one.end_at - one.start_at),
        venue=venue,
    )


def venue_of(event: Event) -> str:
    """Return where an event is in one line; the town once, if the name has it."""
    location = wording.location(event)
    name, city = location.get("name", ""), location.get("city", "")
    return name if city in name else ", ".join(filter(None, (name, city)))


def replace(session: Session, events: Sequence[Event], now: datetime) -> None:
    """Store the occurrences of flushed events in place of what they had."""
    ids = [event.id for event in events]
    session.execute(delete(Occurrence).where(Occurrence.event_id.in_(ids)))
    rows = [
        {name: getattr(row, name) for name in COLUMNS} | {"event_id": event.id}
        for event in events
        for row in stored(event, now)
    ]
    if rows:
        session.execute(insert(Occurrence), rows)


def between(
    session: Session,
    wanted: Filter,
    since: datetime,
    until: datetime | None,
    *,
    limit: int | None = None,
    offset: int = 0,
    today: datetime | None = None,
) -> list[Occurrence]:
    """Return the occurrences that touch [since, until), ordered by start, then id.

    Each has its event with categories and place. Without `until`, what goes by a rule
    is followed for half a horizon after `since`, or after `today` if that is later,
    however far it is stored. Beyond the stored horizons it is the first MAX_EXPANDED
    at most.
    """
    enough = None if limit is None else limit + offset
    far_off = until or max(since, today or since) + HORIZON / 2
    # All series side by side: what nobody asks for is never expanded.
    soonest = heapq.merge(
        *unstored(session, wanted, since, far_off), key=lambda row: row.start_at
    )
    far = islice(soonest, min(enough or MAX_EXPANDED, MAX_EXPANDED))
    asked = question(wanted, *LABELLED)
    before = session.scalars(asked.where(ongoing(wanted.channel_id, since))).all()
    within = asked.where(
        Occurrence.channel_id == wanted.channel_id, Occurrence.start_at >= since
    )
    is_near = Occurrence.start_at < far_off
    within = within.where(is_near if until else or_(is_near, Event.rrule.is_(None)))
    after = session.scalars(
        within.order_by(Occurrence.start_at, Occurrence.id).limit(enough)
    ).all()
    found: list[Occurrence] = [*before, *after, *far]
    found.sort(key=lambda row: (row.start_at, row.event_id or row.event.id, row.uid))
    return found[offset:enough]


def of_event(event: Event, since: datetime | None, limit: int) -> list[Occurrence]:
    """Return a loaded event's occurrences that end after `since`, at most `limit`."""
    return list(islice(rows_of(event, since, None), limit))


def question(wanted: Filter, *options: ORMOption) -> Select[Occurrence]:
    """Return the occurrences of a filter, without its window and its channel."""
    return (
        select(Occurrence)
        .join(Occurrence.event)
        .where(*visible(Event, wanted))
        .options(*options)
    )


def beyond(
    session: Session, wanted: Filter, since: datetime, until: datetime
) -> list[Occurrence]:
    """Return each event's first occurrence in [since, until) that is not stored."""
    streams = unstored(session, wanted, since, until)
    return [row for rows in streams for row in islice(rows, 1)]


def unstored(
    session: Session, wanted: Filter, since: datetime, until: datetime
) -> list[Iterator[Occurrence]]:
    """Return by event what the stored horizon does not cover of [since, until)."""
    events = session.scalars(
        select(Event)
        .where(*narrowed(Event, wanted), Event.expanded_until < until)
        .where(or_(Event.last_at.is_(None), Event.last_at >= since))
        .order_by(Event.id)
        .options(
            selectinload(Event.categories),
            joinedload(Event.place),
            selectinload(Event.overrides),
            selectinload(Event.sessions),
        )
    ).all()
    return [_after_horizon(event, since, until) for event in events]


def _after_horizon(
    event: Event, since: datetime, until: datetime
) -> Iterator[Occurrence]:
    edge = event.expanded_until or since
    for row in rows_of(event, max(since, edge), until):
        if row.start_at >= edge:
            row.event = event
            yield row
