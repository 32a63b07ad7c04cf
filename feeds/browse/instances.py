"""One row an occurrence, for developers: a window of a channel, page by page."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from feeds import times
from feeds.browse.agendas import FOREVER
from feeds.browse.entries import zone_of
from feeds.errors import Malformed
from feeds.models import Channel, Occurrence
from feeds.question import resolve, today
from feeds.renderers import Site
from feeds.selection import VIEWS, Selection
from feeds.store import Session
from feeds.store.filters import Filter
from feeds.store.walking import BEGINNING, Position, Window, position_of, walk

VIEW = "occurrences"
MONTHS = 12
# Seconds since 1970 of the window and of the last start, its event, how many of them.
_CURSOR = re.compile(
    rb"(-?[0-9]{1,10}) (-?[0-9]{1,10}) (-?[0-9]{1,10})"
    rb" ([0-9]{1,18}) ([0-9]{1,4})"
)


@dataclass(frozen=True)
class Walk:
    """A question resolved: what is asked for, in which window, from where on."""

    wanted: Filter
    window: Window
    after: Position
    limit: int

    def page(
        self, session: Session, site: Site, selection: Selection
    ) -> dict[str, Any]:
        """Return `{"occurrences": [row, …], "next": URL or null}`.

        A row is as `row_of` says. The next page has the window of this one, although
        its address doesn't name it: past midnight nothing is skipped or repeated.
        """
        found = walk(session, self.wanted, self.window, self.after, self.limit + 1)
        rows, following = found[: self.limit], None
        if len(found) > self.limit:
            cursor = _written(self.window, position_of(rows, self.after))
            query = selection.canonical(since=None, until=None, after=cursor)
            following = site.url(f"/{site.channel.slug}/occurrences.json?{query}")
        return {"occurrences": [row_of(row, site) for row in rows], "next": following}


def resolved(
    session: Session, channel: Channel, selection: Selection, now: datetime
) -> Walk:
    """Return the walk that a selection asks for.

    Without `to` it ends twelve months after `from`, or after today if that is later.
    Raises Malformed for a forged cursor, a window beside it and another order, else
    as `question.resolve`.
    """
    if selection.order is not None:
        raise Malformed.of("order", f"'{selection.order}': here it is start alone")
    wanted = resolve(session, channel, VIEW, selection, now)
    limit = selection.limit or VIEWS[VIEW].limit or 1
    if selection.after is not None:
        window, after = _read(selection)
        return Walk(wanted, window, after, limit)
    this_day, zone = today(channel, now), zone_of(channel)
    since, until = wanted.since or FOREVER, wanted.until
    if until is None:
        day = max(this_day, times.local(since, zone).date())
        until = times.midnight(times.add_months(day, MONTHS), zone)
    return Walk(wanted, (since, until), BEGINNING, limit)


def is_daily(selection: Selection) -> bool:
    """Say whether the day decides about the window: a cursor has one of its own."""
    return selection.after is None and not (selection.since and selection.until)


def row_of(row: Occurrence, site: Site) -> dict[str, Any]:
    """Return an occurrence as the API writes moments: wall clock in `timezone`.

    `start` and `end` (exclusive) are dates for all-day events; `recurrence_id` names
    an instance of a series, null for all else; `*_utc` are RFC 3339 with Z.
    """
    event = row.event

    def moment(local: datetime) -> str:
        return times.format_moment(local.date() if event.all_day else local)

    name = row.recurrence_id
    return {
        "uid": row.uid,
        "recurrence_id": moment(datetime.fromisoformat(name)) if name else None,
        "title": row.title,
        "status": row.status,
        "all_day": event.all_day,
        "start": moment(row.start_local),
        "end": moment(row.end_local),
        "timezone": event.timezone,
        "start_utc": times.format_instant(row.start_at),
        "end_utc": times.format_instant(row.end_at),
        "url": site.event_url(event),
    }


def _written(window: Window, after: Position) -> str:
    seconds = (int(at.timestamp()) for at in (*window, after.start_at))
    numbers = (*seconds, after.event_id, after.seen)
    text = " ".join(str(number) for number in numbers)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(selection: Selection) -> tuple[Window, Position]:
    cursor = selection.after or ""
    for name, given in (("from", selection.since), ("to", selection.until)):
        if given is not None:
            raise Malformed.of(name, "is in after already: follow next as it is")
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        text = b""
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise Malformed.of("after", f"'{cursor}' is not from an answer's next")
    *seconds, event_id, seen = (int(number) for number in match.groups())
    since, until, start = (datetime.fromtimestamp(each, UTC) for each in seconds)
    return (since, until), Position(start, event_id, seen)
