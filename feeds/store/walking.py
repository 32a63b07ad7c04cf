"""Occurrences a page at a time: whatever lies before a page, it costs what is on it."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import or_
from sqlalchemy.orm import Session

from feeds.models import Event, Occurrence
from feeds.store.filters import Filter, ongoing
from feeds.store.occurrences import EVENT, question, unstored

NAMED = EVENT.load_only(Event.slug, Event.all_day, Event.timezone, raiseload=True)

Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class Position:
    """Where a page ended: `seen` of the occurrences of an event at one start."""

    start_at: datetime
    event_id: int
    seen: int

    @property
    def key(self) -> tuple[datetime, int]:
        return self.start_at, self.event_id


BEGINNING = Position(datetime.min.replace(tzinfo=UTC), 0, 0)


def walk(
    session: Session, wanted: Filter, window: Window, after: Position, limit: int
) -> list[Occurrence]:
    """Return the next occurrences that touch [since, until), at most `limit`.

    In order of start, then event, then as the event has them; each once from page to
    page. Of their events slug, zone and all-day are loaded.
    """
    since, until = window
    rows = heapq.merge(
        _stored(session, wanted, window, after, limit + after.seen),
        *unstored(session, wanted, max(since, after.start_at), until),
        key=key_of,
    )
    coming = (row for row in rows if key_of(row) >= after.key)
    fresh = (
        row
        for place, row in enumerate(coming)
        if place >= after.seen or key_of(row) > after.key
    )
    return list(islice(fresh, limit))


def position_of(rows: list[Occurrence], before: Position) -> Position:
    """Return where a page ended that began at `before`."""
    last = key_of(rows[-1])
    seen = sum(1 for row in rows if key_of(row) == last)
    return Position(*last, seen + (before.seen if before.key == last else 0))


def key_of(row: Occurrence) -> tuple[datetime, int]:
    return row.start_at, row.event_id or row.event.id


def _stored(
    session: Session, wanted: Filter, window: Window, after: Position, limit: int
) -> Iterator[Occurrence]:
    since, until = window
    asked = (
        question(wanted, NAMED)
        .where(
            or_(
                Occurrence.start_at > after.start_at,
                Occurrence.event_id >= after.event_id,
            )
        )
        # Ids are in the order in which the event has them.
        .order_by(Occurrence.start_at, Occurrence.event_id, Occurrence.id)
        .limit(limit)
    )
    if after.start_at < since:
        begun = ongoing(wanted.channel_id, since)
        yield from session.scalars(
            asked.where(begun, Occurrence.start_at >= after.start_at)
        )
    yield from session.scalars(
        asked.where(
            Occurrence.channel_id == wanted.channel_id,
            Occurrence.start_at >= max(since, after.start_at),
            Occurrence.start_at < until,
        )
    )
