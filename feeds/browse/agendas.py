"""The agenda: what is on from a day onwards, a page at a time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from feeds import agenda, times
from feeds.browse.entries import entries_of, labels_of, next_entry, zone_of
from feeds.models import Channel
from feeds.question import resolve, today
from feeds.selection import VIEWS, Selection
from feeds.store import Session, labels, occurrences
from feeds.store.filters import Filter

FOREVER = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class AgendaPage:
    """Each occurrence stands once, on its first day in the window.

    `since` and `until` are the window's days as asked for, `until` exclusive;
    `upcoming` is what an empty page offers instead.
    """

    days: tuple[agenda.Day, ...]
    has_more: bool
    since: date | None
    until: date | None
    categories: tuple[agenda.Label, ...]
    upcoming: agenda.Entry | None

    @property
    def total(self) -> int:
        """How many entries this page shows."""
        return sum(len(day.entries) for day in self.days)

    @property
    def months(self) -> list[tuple[tuple[int, int], list[agenda.Day]]]:
        """The days by (year, month)."""
        grouped = groupby(self.days, key=lambda day: (day.date.year, day.date.month))
        return [(month, list(days)) for month, days in grouped]


def agenda_page(
    session: Session, channel: Channel, selection: Selection, *, now: datetime
) -> AgendaPage:
    """Return one page of the agenda, from today unless asked otherwise."""
    wanted = resolve(session, channel, "events", selection, now)
    this_day, zone = today(channel, now), zone_of(channel)
    midnight = times.midnight(this_day, zone)
    limit = selection.limit or VIEWS["events"].limit or 1
    rows = occurrences.between(
        session,
        wanted,
        wanted.since or FOREVER,
        wanted.until,
        limit=limit + 1,
        offset=(selection.page - 1) * limit,
    )
    everything = Filter(channel.id, now)
    return AgendaPage(
        days=agenda.days(
            entries_of(rows[:limit], channel),
            start=times.local(wanted.since, zone).date() if wanted.since else None,
            end=None,
            today=this_day,
        ),
        has_more=len(rows) > limit,
        since=_day(selection.since, this_day),
        until=_day(selection.until, this_day),
        categories=labels_of(labels.categories(session, channel.id)),
        upcoming=None if rows else next_entry(session, channel, everything, midnight),
    )


def _day(text: str | None, this_day: date) -> date | None:
    return None if text is None else times.parse_day(text, this_day)
