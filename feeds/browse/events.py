"""One event as a whole: when, where, its dates, and what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from feeds import agenda, times
from feeds.browse.entries import labels_of
from feeds.errors import Malformed, Moved
from feeds.models import Channel, Event, Override
from feeds.question import today
from feeds.recurrence import Instance, occurrences
from feeds.renderers import wording
from feeds.selection import Selection
from feeds.store import Session, entries

MOST_DATES = 40
LATER_DATES = 3
NEXT_DATES = 12
MAP = "https://www.openstreetmap.org/"


@dataclass(frozen=True)
class DateLine:
    """One date of an event, wall-clock in the event's zone, `end` exclusive.

    `status` is the event's word, or "excluded" for a date that a series leaves out;
    `moved_from` is the start that an `override` replaced; `key` names the date.
    """

    key: str
    start: times.Moment
    end: times.Moment
    start_at: datetime
    end_at: datetime
    status: str
    title: str = ""
    place: str = ""
    moved_from: times.Moment | None = None
    is_past: bool = False
    override: Override | None = None


@dataclass(frozen=True)
class Where:
    """An address as lines, and its latitude and longitude if they are known."""

    lines: tuple[str, ...]
    point: tuple[float, float] | None

    @property
    def map_url(self) -> str | None:
        """A map of the place elsewhere, for who follows it."""
        if self.point is None:
            return None
        latitude, longitude = self.point
        mark = f"mlat={latitude:.5f}&mlon={longitude:.5f}"
        return f"{MAP}?{mark}#map=17/{latitude:.5f}/{longitude:.5f}"

    @property
    def geo(self) -> str | None:
        """The address that opens a program for maps (RFC 5870)."""
        if self.point is None:
            return None
        latitude, longitude = self.point
        return f"geo:{latitude:.5f},{longitude:.5f}"


@dataclass(frozen=True)
class EventPage:
    """`when` is the date to show first: the next one, else the last.

    `dates` are empty for an event with a single date; `has_more` says that a series
    goes on after them. `deadline` is None without registration.
    """

    event: Event
    when: DateLine
    dates: tuple[DateLine, ...]
    has_more: bool
    where: Where
    labels: tuple[agenda.Label, ...]
    registration: dict[str, Any]
    deadline: date | None
    is_closed: bool
    zone_note: str

    @property
    def later(self) -> tuple[DateLine, ...]:
        """The first few dates that follow the one to show first."""
        coming = (
            line
            for line in self.dates
            if line.start_at > self.when.start_at and line.status != "excluded"
        )
        return tuple(islice(coming, LATER_DATES))


def event_page(
    session: Session,
    channel: Channel,
    selection: Selection,
    *,
    slug: str,
    now: datetime,
) -> EventPage:
    """Return one public event as it is on the day of `now`.

    Raises NotFound, Gone or Moved.
    """
    event = entries.published(session, Event, channel, slug, now=now)
    day = today(channel, now)
    dates, has_more = _dates(event, times.midnight(day, times.zone(channel.timezone)))
    registration = event.registration or {}
    deadline = _deadline(registration)
    return EventPage(
        event=event,
        when=_first(dates),
        dates=dates if len(dates) > 1 or has_more else (),
        has_more=has_more,
        where=_where(event),
        labels=labels_of(event.categories),
        registration=registration,
        deadline=deadline,
        is_closed=deadline is not None and deadline < day,
        zone_note="" if event.timezone == channel.timezone else event.timezone,
    )


def event_card(
    session: Session, channel: Channel, selection: Selection, *, now: datetime
) -> EventPage:
    """Return the event that a selection names.

    Raises Malformed where it names none, and Moved to the question with a new slug.
    """
    if selection.event is None:
        raise Malformed.of("event", "is missing: say which, by its slug")
    try:
        return event_page(session, channel, selection, slug=selection.event, now=now)
    except Moved as moved:
        slug = (moved.location or "").rpartition("/")[2]
        raise Moved(f"?{selection.canonical(event=slug)}") from moved


def _deadline(registration: dict[str, Any]) -> date | None:
    text = registration.get("deadline")
    return date.fromisoformat(text[:10]) if text else None


def _dates(event: Event, now: datetime) -> tuple[tuple[DateLine, ...], bool]:
    """Return all dates if they are few, else the next ones (or the last)."""
    found = list(islice(occurrences(event, (None, None)), MOST_DATES + 1))
    has_more = len(found) > MOST_DATES
    if has_more:
        found = list(islice(occurrences(event, (now, None)), NEXT_DATES + 1))
        has_more = len(found) > NEXT_DATES
        found = found[:NEXT_DATES] or _last(event)
    lines = [_line(event, one, now) for one in found]
    lines += _excluded(event, lines, now)
    return tuple(sorted(lines, key=lambda line: line.start_at)), has_more


def _last(event: Event) -> list[Instance]:
    """Return the last date of a long series that is over."""
    *_, last = occurrences(event, (None, None))
    return [last]


def _first(dates: Sequence[DateLine]) -> DateLine:
    takes_place = [
        line for line in dates if line.status not in ("cancelled", "excluded")
    ]
    coming = [line for line in takes_place if not line.is_past]
    return (coming or takes_place[-1:] or list(dates))[0]


def _line(event: Event, one: Instance, now: datetime) -> DateLine:
    override, session = one.override, one.session
    is_moved = override is not None and one.recurrence_id not in (None, one.start)
    title = (override and override.title) or (session and session.title) or ""
    return DateLine(
        key=(one.recurrence_id or one.start).isoformat(),
        start=one.start,
        end=one.end,
        start_at=one.start_at,
        end_at=one.end_at,
        status=wording.status(event, override),
        title=title,
        place=((override and override.location) or {}).get("name") or "",
        moved_from=one.recurrence_id if is_moved else None,
        is_past=one.end_at <= now,
        override=override,
    )


def _excluded(event: Event, lines: list[DateLine], now: datetime) -> list[DateLine]:
    """Return the dates left out between the first and the last that are shown."""
    if not lines or event.sessions:
        return []
    zone = times.zone(event.timezone)
    found = []
    for text in event.exdates:
        moment = times.parse_moment(text)
        at = times.resolve(times.wall_clock(moment), zone)
        if lines[0].start_at <= at <= lines[-1].start_at:
            key, is_past = moment.isoformat(), at <= now
            line = DateLine(key, moment, moment, at, at, "excluded", is_past=is_past)
            found.append(line)
    return found


def _where(event: Event) -> Where:
    location = wording.location(event)
    latitude, longitude = location.get("latitude"), location.get("longitude")
    point = None
    if latitude is not None and longitude is not None:
        point = (float(latitude), float(longitude))
    return Where(wording.address(location), point)
