"""Entries as the store hands them to the renderers, complete and without a database."""

from datetime import UTC, date, datetime
from typing import Any

from feeds.models import (
    Category,
    Channel,
    CourseSession,
    Event,
    NewsItem,
    Override,
    Place,
    Source,
)
from feeds.renderers import Format, Head, Site

BASE_URL = "https://feeds.example.org"
WRITTEN = datetime(2021, 6, 1, 8, 0, tzinfo=UTC)
REVISED = datetime(2021, 6, 2, 9, 30, tzinfo=UTC)
UID = "0b9cdb4e-3d0b-4f0e-9d6b-2f6c3c1a7e55"


def make_channel(**over: Any) -> Channel:
    values: dict[str, Any] = {
        "slug": "familie",
        "title": "Familie in NRW",
        "description": "Was für Familien los ist",
        "url": "https://www.example.org/",
        "language": "de",
        "timezone": "Europe/Berlin",
        "colour": "#0b5cad",
        "logo": None,
        "publisher": {"name": "Amt für Familie", "email": "amt@example.org"},
    }
    return Channel(**values | over)


def make_site(**over: Any) -> Site:
    return Site(BASE_URL, make_channel(**over))


def make_event(**over: Any) -> Event:
    values: dict[str, Any] = {
        "uid": UID,
        "slug": "elterncafe",
        "title": "Elterncafé",
        "summary": "Ein Vormittag für Eltern",
        "description": "<p>Mit Frühstück, ohne Anmeldung.</p>",
        "url": None,
        "image": None,
        "language": "de",
        "all_day": False,
        "timezone": "Europe/Berlin",
        "start_local": datetime(2021, 7, 6, 9, 30),  # noqa: DTZ001 -- wall clock
        "end_local": datetime(2021, 7, 6, 11, 0),  # noqa: DTZ001 -- wall clock
        "rrule": None,
        "rdates": [],
        "exdates": [],
        "location": None,
        "place": None,
        "online_url": None,
        "organizer": None,
        "status": "confirmed",
        "price": "",
        "registration": None,
        "categories": [],
        "overrides": [],
        "sessions": [],
        "sources": [],
        **_stamps(),
    }
    return Event(**values | over)


def make_news(**over: Any) -> NewsItem:
    values: dict[str, Any] = {
        "uid": UID,
        "slug": "neues-buendnis",
        "title": "Neues Bündnis",
        "summary": "Zwölf Städte machen mit",
        "content": "<p>Der ganze <strong>Text</strong>.</p>",
        "author": "Redaktion",
        "url": None,
        "image": None,
        "language": "de",
        "attachments": [],
        "categories": [],
        "sources": [],
        "event": None,
        "place": None,
        **_stamps(),
    }
    return NewsItem(**values | over)


def _stamps() -> dict[str, Any]:
    return {
        "created_at": WRITTEN,
        "updated_at": REVISED,
        "revised_at": REVISED,
        "announced_at": WRITTEN,
        "sequence": 3,
    }


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def make_override(moment: str, **over: Any) -> Override:
    return Override(recurrence_local=local(moment), **over)


def make_session(start: str, end: str | None = None, **over: Any) -> CourseSession:
    return CourseSession(start_local=local(start), end_local=end and local(end), **over)


def make_category(slug: str, title: str) -> Category:
    return Category(slug=slug, title=title)


def make_source(text: str, url: str | None = None, day: date | None = None) -> Source:
    return Source(text=text, url=url, retrieved_on=day)


def make_place(**over: Any) -> Place:
    values: dict[str, Any] = {
        "slug": "haus",
        "title": "Haus der Familie",
        "street": "Am Markt 1",
        "postal_code": "44135",
        "city": "Dortmund",
        "country": "DE",
        "latitude": 51.5,
        "longitude": 7.46,
    }
    return Place(**values | over)


def make_head(noun: str, **over: Any) -> Head:
    values: dict[str, Any] = {
        "title": "Familie in NRW",
        "description": "Was für Familien los ist",
        "language": "de",
        "self_url": f"{BASE_URL}/familie/{noun}",
        "page_url": f"{BASE_URL}/familie",
        "updated": REVISED,
        "id": "urn:uuid:7d444840-9dc0-11d1-b245-5ffdce74fad2",
        "ttl": 900,
    }
    return Head(**values | over)


def document(output: Format, fragments: list[bytes], head: Head, site: Site) -> bytes:
    """Put a document together as the corridor does."""
    return output.open(head, site) + output.separator.join(fragments) + output.close
