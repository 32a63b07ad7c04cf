"""When and where an event is, for programs: what web feeds say beside the words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from feeds import text, times
from feeds.models import Event
from feeds.renderers import wording
from feeds.renderers.frame import Site


@dataclass(frozen=True)
class Occasion:
    """When and where an event is, for programs.

    `start` and `end` are RFC 3339 with the offset of the event's zone; of an all-day
    event they are dates, and `end` is its last day. What is not known is "".
    """

    start: str
    end: str
    location: str
    organizer: str
    kind: str


def first(event: Event, venue: str) -> Occasion:
    """Return the first date of an event, or its only one."""
    start, end = wording.first_span(event)
    if end is not None and event.all_day:
        end -= timedelta(days=1)
    return Occasion(
        start=_with_offset(start, event),
        end="" if end is None else _with_offset(end, event),
        location=venue,
        organizer=organizer(event),
        kind=next((text.line(one.title) for one in event.categories), ""),
    )


def _with_offset(moment: times.Moment, event: Event) -> str:
    """Return a date as it is, a time with its offset; odd old offsets become UTC."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    zone = times.zone(event.timezone)
    instant = times.resolve(moment, zone)
    shown = instant.astimezone(zone)
    if (shown.utcoffset() or timedelta()).seconds % 60:
        return times.format_instant(instant)
    return shown.isoformat(timespec="seconds")


def facts(event: Event, site: Site, venue: str) -> dict[str, Any]:
    """Return what JSON Feed says of an event; ends are exclusive, for dates too."""
    latitude, longitude = point(wording.location(event)) or (None, None)
    return {
        "about": site.url("/api/docs"),
        "uid": text.legal(event.uid),
        **_span(event, *wording.first_span(event)),
        "all_day": event.all_day,
        "timezone": event.timezone,
        "rrule": event.rrule,
        "sessions": [
            _span(event, *map(event.moment, (one.start_local, one.end_local)))
            | {"title": text.line(one.title or "")}
            for one in event.sessions
        ],
        "location": venue or None,
        "latitude": latitude,
        "longitude": longitude,
        "online_url": event.online_url,
        "organizer": organizer(event) or None,
        "status": event.status,
        "calendar_url": f"{site.event_url(event)}.ics",
    }


def _span(event: Event, start: Any, end: Any) -> dict[str, str | None]:
    """Return a span in wall-clock time and in UTC."""
    zone = times.zone(event.timezone)
    moments = {"start": start, "end": end}
    return {
        name: None if moment is None else times.format_moment(moment)
        for name, moment in moments.items()
    } | {
        f"{name}_utc": moment
        and times.format_instant(times.resolve(times.wall_clock(moment), zone))
        for name, moment in moments.items()
    }


def point(location: dict[str, Any]) -> tuple[float, float] | None:
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if latitude is None or longitude is None:
        return None
    return latitude, longitude


def organizer(event: Event) -> str:
    return text.line((event.organizer or {}).get("name") or "")
