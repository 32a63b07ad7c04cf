"""Occurrences as the entries of a calendar, in the channel's wall-clock time."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from feeds import agenda, times
from feeds.models import Category, Channel, Occurrence
from feeds.store import Session, occurrences
from feeds.store.filters import Filter


def zone_of(channel: Channel) -> ZoneInfo:
    return times.zone(channel.timezone)


def labels_of(categories: Iterable[Category]) -> tuple[agenda.Label, ...]:
    """Return categories as labels, in their order."""
    return tuple(
        agenda.Label(one.slug, one.title, one.colour or "") for one in categories
    )


def entry_of(row: Occurrence, channel: Channel) -> agenda.Entry:
    """Return one occurrence; the dates of all-day ones are the same in every zone."""
    event, zone = row.event, zone_of(channel)
    start: times.Moment = times.local(row.start_at, zone)
    end: times.Moment = times.local(row.end_at, zone)
    if event.all_day:
        start, end = row.start_local.date(), row.end_local.date()
    return agenda.Entry(
        title=row.title,
        slug=event.slug,
        uid=row.uid,
        recurrence_id=row.recurrence_id,
        start=start,
        end=end,
        all_day=event.all_day,
        status=row.status,
        labels=labels_of(event.categories),
        place=row.venue,
        online=event.online_url is not None,
        language=event.language,
        plain=bool(event.plain_language),
    )


def entries_of(
    rows: Sequence[Occurrence], channel: Channel
) -> tuple[agenda.Entry, ...]:
    return tuple(entry_of(row, channel) for row in rows)


def next_entry(
    session: Session, channel: Channel, wanted: Filter, since: datetime
) -> agenda.Entry | None:
    """Return the first entry that is not over at `since` and not cancelled."""
    rows = occurrences.between(session, wanted, since, None, limit=20)
    kept = [row for row in rows if row.status != "cancelled"]
    return entry_of(kept[0], channel) if kept else None
