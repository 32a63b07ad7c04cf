"""Small calendar files, made on the spot."""

from typing import Any

from feeds.importing import Item, ics

HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//test//EN")
TIMES = ("DTSTART:20210706T093000", "SUMMARY:Elterncafé")


def vevent(*lines: str, uid: str = "a-1") -> list[str]:
    """Return a VEVENT with a UID and a DTSTAMP."""
    named = [f"UID:{uid}", "DTSTAMP:20210101T000000Z"]
    return ["BEGIN:VEVENT", *named, *lines, "END:VEVENT"]


def vcalendar(*lines: str) -> bytes:
    """Return a complete file; an event's first line is line 4."""
    return "\r\n".join((*HEAD, *lines, "END:VCALENDAR", "")).encode()


def opened(data: bytes, **settings: Any) -> tuple[list[Item], list[str]]:
    """Return the items and the notes of a file, read for a channel in Berlin."""
    calendar = ics.read(data, **{"timezone": "Europe/Berlin"} | settings)
    items = list(calendar.items())
    return items, calendar.notes


def one(*lines: str, **settings: Any) -> Item:
    """Return the only item of a calendar with one event of these lines."""
    (item,), _ = opened(vcalendar(*vevent(*lines)), **settings)
    return item
