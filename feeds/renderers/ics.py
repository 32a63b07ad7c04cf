"""iCalendar (RFC 5545, RFC 7986): one event's VEVENTs, and the VCALENDAR around them.

A fragment is every VEVENT of one event; `components` says which there are.
A moment without an end has no DTEND (§3.6.1: it ends when it starts); a day without an
end gets the next day. All-day and cancelled events leave the reader's time free. No
METHOD, no VALARM, no UID of the calendar: clients break on them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from feeds import colour, recurrence, times
from feeds.models import Event
from feeds.renderers import extensions, prose, wording
from feeds.renderers.components import Shown, components
from feeds.renderers.contentline import (
    escaped,
    line,
    quoted,
    unescaped,
    unfolded,
    uri,
)
from feeds.renderers.frame import Format, Head, Site
from feeds.renderers.vtimezone import vtimezone

PRODID = "-//feeds//feeds//EN"
IMAGE = "IMAGE;VALUE=URI"
UTC_NAMES = frozenset(("UTC", "Etc/UTC"))

More = Callable[[Event, Shown, Site], bytes]

_STATUS = {
    "confirmed": b"STATUS:CONFIRMED\r\n",
    "tentative": b"STATUS:TENTATIVE\r\n",
    "cancelled": b"STATUS:CANCELLED\r\n",
}


def render(event: Event, site: Site, more: More | None = None) -> bytes:
    """Render all VEVENTs of one event, each with `more` lines at its end."""
    shared = _shared(event, site)
    return b"".join(
        _vevent(event, shown, site)
        + _kin(event, shown)
        + _stamps(event, shown)
        + shared
        + _given(event, shown)
        + (more(event, shown, site) if more else b"")
        + b"END:VEVENT\r\n"
        for shown in components(event)
    )


def uids(fragment: bytes) -> list[str]:
    """Return the UIDs of a fragment's VEVENTs in order, each once."""
    rows = unfolded(fragment)
    firsts = (after for row, after in pairwise(rows) if row == "BEGIN:VEVENT")
    return list(dict.fromkeys(unescaped(row.removeprefix("UID:")) for row in firsts))


def opening(head: Head, site: Site) -> bytes:
    """Begin a calendar, with the tables of its zones.

    An empty one has that of the channel: RFC 5545 §3.6 wants a component.
    """
    ttl = _duration(head.ttl)
    title, description = escaped(head.title), escaped(head.description)
    rows = [
        ("VERSION", "2.0"),
        ("PRODID", PRODID),
        ("CALSCALE", "GREGORIAN"),
        ("NAME", title),
        ("X-WR-CALNAME", title),
        ("DESCRIPTION", description),
        ("X-WR-CALDESC", description),
        ("X-WR-TIMEZONE", site.channel.timezone),
        ("COLOR", colour.name(site.channel.colour)),
        ("X-APPLE-CALENDAR-COLOR", site.channel.colour),
        ("REFRESH-INTERVAL;VALUE=DURATION", ttl),
        ("X-PUBLISHED-TTL", ttl),
        ("SOURCE;VALUE=URI", uri(head.self_url)),
        ("URL", uri(head.page_url)),
        ("LAST-MODIFIED", _utc(head.updated)),
    ]
    lines = [line(name, value) for name, value in rows if value]
    lines.append(link(f"{IMAGE};DISPLAY=BADGE", site.logo_url))
    tables = (vtimezone(name, head.since_year) for name in _zones(head, site))
    return b"".join((b"BEGIN:VCALENDAR\r\n", *lines, *tables))


def _zones(head: Head, site: Site) -> list[str]:
    named = sorted(set(head.zones) - UTC_NAMES)
    return named if named or head.has_entries else [site.channel.timezone]


def _vevent(event: Event, shown: Shown, site: Site) -> bytes:
    """Begin a VEVENT with the lines that differ from one to the next of an event."""
    start, end = shown.start, shown.end
    if event.all_day and end is None:
        end = start + timedelta(days=1)
    title = wording.title(shown.title, shown.status, event.language)
    plain, rich = prose.description(
        event, site, shown.summary, shown.description, shown.online_url
    )
    venue = wording.venue(shown.location)
    is_free = event.all_day or shown.status == "cancelled"
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            line("UID", escaped(shown.uid)),
            _moment("DTSTART", event, start),
            _moment("DTEND", event, end) if end and end > start else b"",
            line("SUMMARY", escaped(title)),
            line("DESCRIPTION", escaped(plain)),
            line("X-ALT-DESC;FMTTYPE=text/html", escaped(rich)) if rich else b"",
            line("LOCATION", escaped(venue)) if venue else b"",
            position(shown.location),
            _STATUS[shown.status],
            b"TRANSP:TRANSPARENT\r\n" if is_free else b"",
            link("CONFERENCE;VALUE=URI", shown.online_url),
        )
    )


def _stamps(event: Event, shown: Shown) -> bytes:
    updated = _utc(shown.updated_at)
    return b"".join(
        (
            line("DTSTAMP", updated),
            line("LAST-MODIFIED", updated),
            line("CREATED", _utc(event.created_at)),
            line("SEQUENCE", str(shown.sequence)),
        )
    )


def _shared(event: Event, site: Site) -> bytes:
    """Return the lines that all VEVENTs of an event share."""
    return b"".join(
        (
            line("URL", uri(site.event_url(event))),
            _organizer(event.organizer or {}),
            link(f"{IMAGE};DISPLAY=FULLSIZE", (event.image or {}).get("url")),
        )
    )


def _given(event: Event, shown: Shown) -> bytes:
    """Return a VEVENT's labels, and the lines of other programs."""
    names = [escaped(category.title) for category in event.categories]
    names += extensions.categories(shown.extensions)
    kept = (one.partition(":") for one in extensions.lines(shown.extensions))
    return b"".join(
        (
            line("CATEGORIES", ",".join(names)) if names else b"",
            *(line(name, value) for name, _, value in kept),
        )
    )


def position(location: dict[str, Any]) -> bytes:
    """Return the GEO of a location, or nothing without coordinates."""
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if latitude is None or longitude is None:
        return b""
    return line("GEO", f"{latitude:.6f};{longitude:.6f}")


def _organizer(organizer: dict[str, Any]) -> bytes:
    """ORGANIZER is an address; who has none is named in the description."""
    if not (email := organizer.get("email")):
        return b""
    name = organizer.get("name")
    common_name = f";CN={quoted(name)}" if name else ""
    return line(f"ORGANIZER{common_name}", uri(f"mailto:{email}"))


def link(name: str, url: str | None) -> bytes:
    """Return a property that is an address, or nothing without one."""
    return line(name, uri(url)) if url else b""


def _kin(event: Event, shown: Shown) -> bytes:
    """Return what a VEVENT says of the others of its event."""
    if shown.related_to is not None and shown.part is not None:
        title = "" if shown.course is None else f";X-TITLE={quoted(shown.course)}"
        clock = f"{shown.part:{'%Y%m%d' if event.all_day else '%Y%m%dT%H%M%S'}}"
        related = line("RELATED-TO", escaped(shown.related_to))
        return related + line(f"X-FEEDS-PART{title}", clock)
    if shown.recurrence_local is not None:
        return _moment("RECURRENCE-ID", event, shown.recurrence_local)
    return _recurrence(event, event.rrule) if event.rrule else b""


def _recurrence(event: Event, rule: str) -> bytes:
    """Return the rule and its dates, one a line: ical.js reads no more of a list."""
    dates = [("RDATE", text) for text in recurrence.added(event)]
    dates += [("EXDATE", text) for text in event.exdates]
    return line("RRULE", rule) + b"".join(
        _moment(name, event, datetime.fromisoformat(text)) for name, text in dates
    )


def _moment(name: str, event: Event, value: datetime) -> bytes:
    """Return a date property in the event's own type and zone."""
    if event.all_day:
        return f"{name};VALUE=DATE:{value:%Y%m%d}\r\n".encode()
    clock = f"{value:%Y%m%dT%H%M%S}"
    if event.timezone in UTC_NAMES:
        return f"{name}:{clock}Z\r\n".encode()
    return line(f"{name};TZID={event.timezone}", clock)


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(times.UTC):%Y%m%dT%H%M%SZ}"


def _duration(seconds: int) -> str:
    """Return a positive RFC 5545 §3.3.6 duration, in its largest whole unit."""
    for letter, size in (("H", 3600), ("M", 60)):
        if seconds % size == 0:
            return f"PT{seconds // size}{letter}"
    return f"PT{seconds}S"


FORMAT = Format(
    name="ics",
    suffix=".ics",
    media_type="text/calendar",
    event=render,
    news=None,
    open=opening,
    separator=b"",
    close=b"END:VCALENDAR\r\n",
    is_calendar=True,
)
