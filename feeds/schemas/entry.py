"""What events and news items have in common, in JSON and in the models' terms."""

from datetime import datetime
from typing import Any

from feeds import text, times
from feeds.models import Event, NewsItem, Source
from feeds.schemas.defaults import Defaults
from feeds.schemas.fields import Instant, Language, Slug, Url
from feeds.schemas.parts import Image, SourceCredit
from feeds.schemas.problems import Problems
from feeds.schemas.shape import STATES, Flag, Many, Part, Stamps, columns, told
from feeds.schemas.words import Block, Choice, Title

CREDIT: dict[str, Any] = {"text": "", "url": None, "retrieved_on": None}


class EntrySchema(Stamps):
    slug = Slug(metadata=told("Made from the title when absent."))
    title = Title(required=True)
    summary = Block(metadata=told("Plain text."))
    url = Url(metadata=told("Where there is more; relative links resolve here."))
    image = Part(Image)
    categories = Many(Slug(), 50, metadata=told("Slugs of categories."))
    place = Slug(metadata=told("Slug of a place."))
    sources = Many(Part(SourceCredit), 50)
    language = Language(metadata=told("The channel's when absent."))
    state = Choice(*STATES, metadata=told("Only published is ever public."))
    expires_at = Instant()
    minor = Flag(
        metadata=told(
            "Write only: a small correction, which moves no reader's unread mark."
            " Always false in answers."
        )
    )


def values(
    data: dict[str, Any], defaults: Defaults, problems: Problems, announced: str
) -> dict[str, Any]:
    """Return what both nouns share; `announced` names the member for `publish_at`."""
    begins = instant(data.get(announced), defaults)
    expires = instant(data.get("expires_at"), defaults)
    if begins and expires and expires <= begins:
        problems.add(
            "expires_at",
            f"'{data['expires_at']}' is not after {announced} '{data[announced]}'",
        )
    return {
        "slug": data.get("slug"),
        "title": data.get("title", ""),
        "summary": data.get("summary", ""),
        "url": data.get("url"),
        "image": data.get("image"),
        "categories": list(dict.fromkeys(data.get("categories", []))),
        "place": data.get("place"),
        "sources": [CREDIT | (source or {}) for source in data.get("sources", [])],
        "language": data.get("language", defaults.language),
        "state": data.get("state", "published"),
        "publish_at": begins,
        "expires_at": expires,
        "minor": data.get("minor", False),
    }


def html(raw: str, data: dict[str, Any], defaults: Defaults) -> str:
    """Return cleaned HTML; relative addresses resolve against the entry's `url`."""
    return text.html(raw, data.get("url") or defaults.url)


def instant(value: str | None, defaults: Defaults) -> datetime | None:
    if value is None:
        return None
    return times.parse_instant(value, times.zone(defaults.timezone))


def writable(entry: Event | NewsItem) -> dict[str, Any]:
    return {
        **columns(entry, ("slug", "title", "summary", "url", "image")),
        "categories": [category.slug for category in entry.categories],
        "place": entry.place.slug if entry.place else None,
        "sources": [_written(source) for source in entry.sources],
        **columns(entry, ("language", "state")),
        "expires_at": stamp(entry.expires_at),
        "minor": False,
    }


def stamp(value: datetime | None) -> str | None:
    return None if value is None else times.format_instant(value)


def _written(source: Source) -> dict[str, Any]:
    day = source.retrieved_on
    return {
        "text": source.text,
        "url": source.url,
        "retrieved_on": times.format_moment(day) if day else None,
    }
