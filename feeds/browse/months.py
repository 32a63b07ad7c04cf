"""A month of a channel, as the page and the widget show it."""

from dataclasses import dataclass
from datetime import date, datetime

from feeds import agenda, times
from feeds.browse.entries import entries_of, next_entry, zone_of
from feeds.models import Channel, Occurrence
from feeds.question import resolve, today
from feeds.selection import WEEK_STARTS, Selection
from feeds.store import Session, occurrences
from feeds.store.filters import Filter

# So many of a day stand in the list below the grid, the rest on the day's own page.
LISTED = 24


@dataclass(frozen=True)
class MonthPage:
    """`days` are those with entries; `upcoming` is what follows an empty month."""

    month: agenda.Month
    days: tuple[agenda.Day, ...]
    upcoming: agenda.Entry | None


def month_page(
    session: Session, channel: Channel, selection: Selection, *, now: datetime
) -> MonthPage:
    """Return the month that is asked for, else the one it is in the channel's zone."""
    this_day = today(channel, now)
    year, number = selection.month or (this_day.year, this_day.month)
    starts = WEEK_STARTS[selection.week]
    wanted = resolve(session, channel, "embed.month", selection, now)
    rows = _rows(session, channel, wanted, agenda.window(year, number, starts))
    found = entries_of(rows, channel)
    month = agenda.month(year, number, found, today=this_day, week_start=starts)
    first = date(year, number, 1)
    following = times.add_months(first, 1)
    if month.total:
        days = agenda.days(
            found, start=first, end=following, today=this_day, per_day=LISTED
        )
        return MonthPage(month, days, None)
    since = times.midnight(max(following, this_day), zone_of(channel))
    return MonthPage(month, (), next_entry(session, channel, wanted, since))


def _rows(
    session: Session, channel: Channel, wanted: Filter, window: tuple[date, date]
) -> list[Occurrence]:
    """Return what touches the window within the filter's own."""
    since, until = (times.midnight(day, zone_of(channel)) for day in window)
    since = max(since, wanted.since or since)
    until = min(until, wanted.until or until)
    if since >= until:
        return []
    return occurrences.between(session, wanted, since, until)
