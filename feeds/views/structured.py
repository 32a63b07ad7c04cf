"""Events and news as schema.org has them (JSON-LD), for search engines.

Only what the data says, in the entry's own language. All times have the offset that
holds on that day; days are dates, and the last day of several counts.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from feeds import text, times
from feeds.browse import EventPage
from feeds.browse.events import DateLine
from feeds.browse.news import ItemPage
from feeds.models import Channel, Event
from feeds.renderers import wording

SCHEMA = "https://schema.org"
EXCERPT = 300
# There is no word for what is tentative.
STATUS = {"confirmed": "EventScheduled", "cancelled": "EventCancelled"}
FREE = {
    *("kostenlos", "kostenfrei", "gratis", "eintritt frei", "der eintritt ist frei"),
    *("free", "free of charge", "free admission", "admission free"),
}
EURO = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{2}|-|–))? ?(?:€|EUR|Euro)")
_DAY = timedelta(days=1)

Raw = dict[str, Any]


def plain(words: str) -> str:
    """Return words for programs: on one line, without marks of hyphenation."""
    return " ".join(words.replace("\u00ad", "").split())


def event_data(page: EventPage, url: str) -> Raw:
    """Return an event whose page is at `url`; each of many dates as a part of it."""
    event, lines = page.event, [one for one in page.dates if one.status != "excluded"]
    when = (event.first_at, event.last_at)
    words = plain(event.summary or text.plain(event.description))
    return _given(
        {
            "@context": SCHEMA,
            "@type": "Event",
            "@id": url,
            "name": event.title,
            "description": text.excerpt(words, EXCERPT),
            "inLanguage": event.language,
            "url": url,
            "image": _urls(event.image),
            **_span(
                event, *(when if lines else (page.when.start_at, page.when.end_at))
            ),
            "eventStatus": _schema(STATUS.get(event.status)),
            **_where(wording.location(event), event.online_url),
            "organizer": _organization(event.organizer),
            "keywords": [plain(one.title) for one in page.labels],
            "maximumAttendeeCapacity": page.registration.get("capacity"),
            **_price(page, url),
            "subEvent": [_part(event, one, url) for one in lines],
        }
    )


def _part(event: Event, line: DateLine, url: str) -> Raw:
    """Return one date of many, complete: some programs read no more than that."""
    name, override = line.title or event.title, line.override
    if line.title and event.sessions:
        name = f"{event.title}: {line.title}"
    status, before = STATUS.get(line.status), None
    if line.moved_from is not None and line.status == "confirmed":
        zone = times.zone(event.timezone)
        before = times.resolve(times.wall_clock(line.moved_from), zone)
        status = "EventRescheduled"
    return _given(
        {
            "@type": "Event",
            "name": name,
            "url": f"{url}#{line.key}",
            **_span(event, line.start_at, line.end_at),
            "eventStatus": _schema(status),
            "previousStartDate": before and _moment(event, before),
            **_where(
                wording.location(event, override),
                (override and override.online_url) or event.online_url,
            ),
        }
    )


def _span(event: Event, start: datetime, end: datetime | None) -> Raw:
    first, last = _moment(event, start), end and _moment(event, end, is_end=True)
    return {"startDate": first, "endDate": None if last == first else last}


def _moment(event: Event, at: datetime, *, is_end: bool = False) -> str:
    local = at.astimezone(times.zone(event.timezone))
    if event.all_day:
        return (local.date() - _DAY * is_end).isoformat()
    return local.isoformat()


def _where(location: Mapping[str, Any], online_url: str | None) -> Raw:
    place = _place(location)
    online = {"@type": "VirtualLocation", "url": online_url} if online_url else None
    found = [one for one in (place, online) if one]
    mode = ("Mixed" if place else "Online") if online else "Offline"
    return {
        "location": found[0] if len(found) == 1 else found,
        "eventAttendanceMode": _schema(found and f"{mode}EventAttendanceMode"),
    }


def _place(location: Mapping[str, Any]) -> Raw | None:
    address = _given(
        {
            "streetAddress": location.get("street"),
            "postalCode": location.get("postal_code"),
            "addressLocality": location.get("city"),
            "addressCountry": location.get("country"),
        }
    )
    point = {name: location.get(name) for name in ("latitude", "longitude")}
    is_known = None not in point.values()
    found = _given(
        {
            "name": location.get("name"),
            "address": address and {"@type": "PostalAddress"} | address,
            "geo": {"@type": "GeoCoordinates"} | point if is_known else None,
        }
    )
    return found and {"@type": "Place"} | found


def _price(page: EventPage, url: str) -> Raw:
    """Return what it costs, where the author's words leave no doubt."""
    words = plain(page.event.price).rstrip(".!")
    amount = EURO.fullmatch(words)
    if amount is None and words.casefold() not in FREE:
        return {}
    price = "0.00"
    if amount:
        cents = amount[2] or ""
        price = f"{int(amount[1])}.{cents if cents.isdigit() else '00'}"
    offer = {
        "@type": "Offer",
        "price": price,
        "priceCurrency": "EUR",
        "url": page.registration.get("url") or url,
    }
    return {"isAccessibleForFree": price == "0.00", "offers": offer}


def news_data(page: ItemPage, channel: Channel, url: str) -> Raw:
    """Return a news item whose page is at `url`."""
    card, publisher = page.card, _publisher(channel)
    return _given(
        {
            "@context": SCHEMA,
            "@type": "NewsArticle",
            "@id": url,
            "url": url,
            "mainEntityOfPage": url,
            "headline": card.title,
            "description": card.summary,
            "inLanguage": card.language,
            "datePublished": times.format_instant(page.published_at),
            "dateModified": times.format_instant(page.revised_at),
            "author": _author(page.author, publisher),
            "publisher": publisher,
            "image": _urls(card.image),
            "keywords": [plain(one.title) for one in card.labels],
            "citation": [
                _given({"@type": "CreativeWork", "name": one.text, "url": one.url})
                for one in card.sources
            ],
        }
    )


def _author(name: str, publisher: Raw) -> Raw:
    """Return who wrote it: a person, unless it is who publishes."""
    if name in ("", publisher["name"]):
        return publisher
    return {"@type": "Person", "name": plain(name)}


def _publisher(channel: Channel) -> Raw:
    own = _organization(channel.publisher) or {}
    named = {"@type": "Organization", "name": plain(channel.title)} | own
    return _given(named | {"logo": channel.logo and channel.logo["url"]})


def _organization(who: Mapping[str, Any] | None) -> Raw | None:
    found = _given({name: (who or {}).get(name) for name in ("name", "email", "url")})
    return {"@type": "Organization"} | found if "name" in found else None


def _urls(image: Mapping[str, Any] | None) -> list[str]:
    return [image["url"]] if image else []


def _schema(name: Any) -> str | None:
    return f"{SCHEMA}/{name}" if name else None


def _given(values: Mapping[str, Any]) -> Raw:
    """Return what there is, its words as `plain` has them."""
    return {
        name: plain(value) if isinstance(value, str) else value
        for name, value in values.items()
        if value not in (None, "", [], {})
    }
