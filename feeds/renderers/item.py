"""One entry as every web feed shows it: RSS, Atom and JSON Feed only spell it out.

An event is shown as its announcement: published when it was announced, never when it
starts; the date stands in the title. A series is one item, not one for each date.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from feeds import i18n, text
from feeds.models import Category, Event, NewsItem, Place, Source
from feeds.renderers import occasion, prose, wording
from feeds.renderers.frame import Site, entry_id
from feeds.renderers.occasion import Occasion


@dataclass(frozen=True)
class Term:
    """A category: its slug, the URL of its page, its title."""

    slug: str
    url: str
    title: str


@dataclass(frozen=True)
class Attachment:
    """A file; `length` is in bytes, None when unknown."""

    url: str
    media_type: str
    length: int | None
    title: str


@dataclass(frozen=True)
class Picture:
    """A picture; `alt` and `credit` may be empty."""

    url: str
    alt: str
    credit: str


@dataclass(frozen=True)
class Credit:
    """Where a text comes from."""

    words: str
    url: str | None


@dataclass(frozen=True)
class Item:
    """All strings are free of control characters; `summary` and `title` are plain text.

    `html` is never empty, `summary` only there when it says something else. `origin` is
    where a text stood first, `point` latitude and longitude. `own` holds what JSON Feed
    alone can say, by the names of its fields.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    language: str
    author: str
    published: datetime
    updated: datetime
    picture: Picture | None
    terms: tuple[Term, ...]
    credits: tuple[Credit, ...]
    point: tuple[float, float] | None
    attachments: tuple[Attachment, ...] = ()
    origin: str = ""
    occasion: Occasion | None = None
    own: dict[str, Any] = field(default_factory=dict)


def of_news(news: NewsItem, site: Site) -> Item:
    """Return a news item with its picture, files and sources in its body."""
    attachments = tuple(map(_attachment, news.attachments))
    page = site.news_url(news)
    text_html = prose.absolute(news.content, page) or text.paragraphs(
        news.summary or news.title
    )
    body = [
        prose.picture(news.image, news.language),
        text_html,
        _related(news, site),
        _links(attachments),
        prose.credits_html(news.sources, news.language),
    ]
    return Item(
        id=entry_id("news", news.uid),
        url=page,
        title=text.line(news.title) or news.slug,
        summary=text.legal(news.summary) if news.content else "",
        html=_joined(body),
        author=text.line(news.author),
        terms=_terms(news.categories, "news", site),
        attachments=attachments,
        origin=text.line(news.url or ""),
        point=occasion.point(_at(news.place)) if news.place else None,
        own={"_sources": _sources(news.sources, site)} if news.sources else {},
        **_shared(news),
    )


def of_event(event: Event, site: Site) -> Item:
    """Return an event's announcement; its body begins with when and where."""
    location = wording.location(event)
    venue = text.line(wording.venue(location))
    body = [
        _when_and_where(event, site, venue),
        prose.picture(event.image, event.language),
        text.paragraphs(event.summary),
        prose.absolute(event.description, site.event_url(event)),
        prose.facts_html(prose.facts(event, event.online_url)),
        prose.credits_html(event.sources, event.language),
        _calendar_link(event, site),
    ]
    return Item(
        id=entry_id("events", event.uid),
        url=site.event_url(event),
        title=text.line(wording.dated_title(event)),
        summary="",
        html=_joined(body),
        author=occasion.organizer(event),
        terms=_terms(event.categories, "events", site),
        point=occasion.point(location),
        occasion=occasion.first(event, venue),
        own={"_event": occasion.facts(event, site, venue)},
        **_shared(event),
    )


def _shared(entry: Event | NewsItem) -> dict[str, Any]:
    published = entry.announced_at or entry.created_at
    return {
        "language": entry.language,
        "published": published,
        "updated": max(published, entry.revised_at),
        "picture": _picture(entry.image or {}),
        "credits": tuple(
            Credit(text.line(one.text), text.line(one.url or "") or None)
            for one in entry.sources
        ),
    }


def _picture(image: dict[str, Any]) -> Picture | None:
    url, alt, credit = (
        text.line(image.get(name) or "") for name in ("url", "alt", "credit")
    )
    return Picture(url, alt, credit) if url else None


def _at(place: Place) -> dict[str, Any]:
    known = ("street", "postal_code", "city", "latitude", "longitude")
    return {"name": place.title} | {name: getattr(place, name) for name in known}


def _joined(parts: list[str]) -> str:
    return text.legal("\n".join(part for part in parts if part))


def _terms(categories: list[Category], noun: str, site: Site) -> tuple[Term, ...]:
    return tuple(
        Term(each.slug, site.listing_url(noun, each.slug), text.line(each.title))
        for each in categories
    )


def _attachment(given: dict[str, Any]) -> Attachment:
    url = text.line(given["url"])
    return Attachment(
        url=url,
        media_type=text.line(given.get("type") or "application/octet-stream"),
        length=given.get("length"),
        title=text.line(given.get("title") or url.rpartition("/")[2] or url),
    )


def _links(attachments: tuple[Attachment, ...]) -> str:
    """Return the files as a list: RSS carries one of them, and many readers none."""
    return prose.items(prose.linked(each.title, each.url) for each in attachments)


def _related(news: NewsItem, site: Site) -> str:
    """Return links to the event and the place that a news item is about.

    An event is linked without its title, and only if everybody may see it.
    """
    event, place = news.event, news.place
    rows = []
    if event and not site.hides(news):
        words = i18n.t("news.event", news.language).removesuffix(":")
        rows.append(prose.linked(words, site.event_url(event)))
    if place is not None:
        words = text.line(wording.venue(_at(place)))
        rows.append(prose.linked(words, site.place_url(place)))
    return "".join(f"<p>{row}</p>" for row in rows)


def _when_and_where(event: Event, site: Site, venue: str) -> str:
    """Return what an announcement begins with.

    A course lists its dates, a series those that are cancelled or moved.
    """
    dates = wording.session_dates(event)
    when = "" if dates else wording.when(event, site.channel.timezone)
    lines = [line for line in (when, venue) if line]
    shown = [f"<strong>{prose.linked(line, None)}</strong>" for line in lines]
    rows = dates or wording.changed_dates(event)
    listed = prose.items(prose.linked(line, None) for line in rows)
    return f"<p>{'<br>'.join(shown)}</p>{listed}" if shown else listed


def _calendar_link(event: Event, site: Site) -> str:
    words = i18n.t("entry.calendar_file", event.language)
    return f"<p>{prose.linked(words, f'{site.event_url(event)}.ics')}</p>"


def _sources(sources: list[Source], site: Site) -> dict[str, Any]:
    """Return the sources; what JSON Feed lets us add is an object."""
    rows = [
        {
            "text": text.line(source.text),
            "url": text.line(source.url) if source.url else None,
            "retrieved_on": source.retrieved_on and source.retrieved_on.isoformat(),
        }
        for source in sources
    ]
    return {"about": site.url("/api/docs"), "items": rows}
