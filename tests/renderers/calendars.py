"""Events written as a calendar, and the calendar read back."""

import re
from datetime import date
from typing import Any

from icalendar import Calendar, Component

from feeds.models import Event
from feeds.renderers import ics
from feeds.renderers.ics import FORMAT
from tests.renderers.cast import (
    document,
    make_category,
    make_event,
    make_head,
    make_place,
    make_site,
    make_source,
)

PAGE = "https://feeds.example.org/familie/events/elterncafe"

RICH: dict[str, Any] = {
    "description": '<p>Mit <a href="https://example.org/f">Frühstück</a>, gratis.</p>',
    "url": "https://www.example.org/cafe",
    "image": {"url": "https://example.org/bild.jpg", "alt": "Ein Café"},
    "online_url": "https://example.org/raum",
    "organizer": {"name": 'Das "Amt"; Familie', "email": "amt@example.org"},
    "price": "5 €, ermäßigt 3 €",
    "registration": {"url": "https://example.org/an", "deadline": "2021-06-30"},
}


def rich_event(**over: Any) -> Event:
    related = {
        "place": make_place(),
        "categories": [make_category("q", "Beruf, Bildung"), make_category("b", "B")],
        "sources": [make_source("Amt", None, date(2014, 9, 2))],
    }
    return make_event(**RICH | related | over)


def written(*events: Event, **over: Any) -> bytes:
    site = make_site()
    zones = tuple(sorted({event.timezone for event in events if not event.all_day}))
    head = make_head("events", **{"zones": zones, "since_year": 2021} | over)
    return document(FORMAT, [ics.render(event, site) for event in events], head, site)


def read(*events: Event) -> list[Component]:
    calendar = Calendar.from_ical(written(*events))
    assert not [error for one in calendar.walk() for error in one.errors]
    return calendar.walk("VEVENT")


def lines(event: Event) -> list[str]:
    """Return the unfolded lines of an event's fragment."""
    raw = ics.render(event, make_site()).decode()
    return raw.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def values(event: Event, name: str) -> list[str]:
    return [one for one in lines(event) if re.match(f"{name}[;:]", one)]
