"""The agenda: what is on from a day onwards, a page at a time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby

from feeds import agenda, times
from feeds.browse.entries import entries_of, next_entry, zone_of
from feeds.models import Channel, Event, Occurrence
from feeds.question import resolve, today
from feeds.selection import VIEWS, Selection
from feeds.store import Session, entries, occurrences
from feeds.store.filters import Filter

Entries = tuple[agenda.Entry, ...]

FOREVER = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class AgendaPage:
    """Each occurrence stands once, on its first day in the window.

    In order of announcement each event stands once, with its first date there.
    `since` and `until` are the window's days as asked for, `until` exclusive;
    `upcoming` is what an empty page offers instead.
    """

    days: tuple[agenda.Day, ...]
    has_more: bool
    since: date | None
    until: date | None
    upcoming: agenda.Entry | None
    is_by_date: bool = True

    @property
    def total(self) -> int:
        """How many entries this page shows."""
        return sum(len(day.entries) for day in self.days)

    @property
    def months(self) -> list[tuple[tuple[int, int] | None, list[agenda.Day]]]:
        """The days by (year, month), or all without one when not by date."""
        if not self.is_by_date:
            return [(None, list(self.days))] if self.days else []
        grouped = groupby(self.days, key=lambda day: (day.date.year, day.date.month))
        return [(month, list(days)) for month, days in grouped]


def agenda_page(
    session: Session,
    channel: Channel,
    selection: Selection,
    *,
    now: datetime,
    view: str = "events",
) -> AgendaPage:
    """Return one page of the agenda, from today unless asked otherwise."""
    wanted = resolve(session, channel, view, selection, now)
    this_day, zone = today(channel, now), zone_of(channel)
    midnight = times.midnight(this_day, zone)
    limit = selection.limit or VIEWS[view].limit or 1
    is_by_date = selection.order is None
    ask = partial(_by_date, midnight) if is_by_date else _by_announcement
    rows = ask(session, wanted, limit + 1, (selection.page - 1) * limit)
    shown = entries_of(rows[:limit], channel)
    start = times.local(wanted.since, zone).date() if wanted.since else None
    group = _grouped if is_by_date else _single
    everything = Filter(channel.id, now)
    return AgendaPage(
        days=group(shown, start, this_day),
        has_more=len(rows) > limit,
        since=_day(selection.since, this_day),
        until=_day(selection.until, this_day),
        upcoming=None if rows else next_entry(session, channel, everything, midnight),
        is_by_date=is_by_date,
    )


def _by_date(
    midnight: datetime, session: Session, wanted: Filter, limit: int, offset: int
) -> list[Occurrence]:
    return occurrences.between(
        session,
        wanted,
        wanted.since or FOREVER,
        wanted.until,
        limit=limit,
        offset=offset,
        today=midnight,
    )


def _by_announcement(
    session: Session, wanted: Filter, limit: int, offset: int
) -> list[Occurrence]:
    rows = []
    for event in entries.latest(session, Event, wanted, limit=limit, offset=offset):
        for row in occurrences.of_event(event, wanted.since, 1):
            row.event = event
            rows.append(row)
    return rows


def _grouped(
    shown: Entries, start: date | None, this_day: date
) -> tuple[agenda.Day, ...]:
    return agenda.days(shown, start=start, end=None, today=this_day)


def _single(
    shown: Entries, start: date | None, this_day: date
) -> tuple[agenda.Day, ...]:
    """Give each entry a day of its own, in the order they come in."""
    return tuple(day for entry in shown for day in _grouped((entry,), start, this_day))


def _day(text: str | None, this_day: date) -> date | None:
    return None if text is None else times.parse_day(text, this_day)
