"""JSON Feed 1.1, with `_event` and `_sources` as fields of our own."""

import json
from typing import Any

from feeds import text, times
from feeds.models import Event, NewsItem
from feeds.renderers import item
from feeds.renderers.frame import Format, Head, Site
from feeds.renderers.item import Attachment, Item

VERSION = "https://jsonfeed.org/version/1.1"


def render_event(event: Event, site: Site) -> bytes:
    return _fragment(item.of_event(event, site))


def render_news(news: NewsItem, site: Site) -> bytes:
    return _fragment(item.of_news(news, site))


def opening(head: Head, site: Site) -> bytes:
    hub = head.links.get("hub")
    feed = {
        "version": VERSION,
        "title": text.line(head.title),
        "home_page_url": head.page_url,
        "feed_url": head.self_url,
        "description": text.line(head.description),
        "icon": site.logo_url,
        "language": head.language,
        "authors": [site.publisher],
        "next_url": head.links.get("next") or head.links.get("prev-archive"),
        "hubs": [{"type": "WebSub", "url": hub}] if hub else None,
        "_archive": _archive(head),
    }
    return compact(_given(feed))[:-1] + b',"items":[\n'


def _archive(head: Head) -> dict[str, Any]:
    """Return what RFC 5005 §4 has as links and marks, by the same names."""
    names = ("current", "prev-archive", "next-archive")
    links = {name.replace("-", "_"): head.links.get(name) for name in names}
    return _given(links | {head.history: True} if head.history else links)


def _fragment(item: Item) -> bytes:
    return compact(
        _given(
            {
                "id": item.id,
                "url": item.url,
                "external_url": item.origin,
                "title": item.title,
                "summary": item.summary,
                "content_html": item.html,
                "image": item.picture.url if item.picture else None,
                "date_published": times.format_instant(item.published),
                "date_modified": times.format_instant(item.updated),
                "authors": [{"name": item.author}] if item.author else None,
                "tags": [*dict.fromkeys(term.title for term in item.terms)],
                "language": item.language,
                "attachments": [_attachment(each) for each in item.attachments],
            }
        )
        | item.own
    )


def _attachment(file: Attachment) -> dict[str, Any]:
    return _given(
        {
            "url": file.url,
            "mime_type": file.media_type,
            "title": file.title,
            "size_in_bytes": file.length,
        }
    )


def places(head: dict[str, Any], items: list[dict[str, Any]]) -> bytes:
    """Return a whole feed of places, which have no fragments."""
    feed = {"version": VERSION, **head, "items": [_given(one) for one in items]}
    return compact(feed) + b"\n"


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that say something: an absent field is absent, not null."""
    return {
        name: value for name, value in fields.items() if value not in (None, "", [], {})
    }


def compact(value: Any) -> bytes:
    """Return a value as JSON in UTF-8, without needless space."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


FORMAT = Format(
    name="json",
    suffix=".json",
    media_type="application/feed+json",
    event=render_event,
    news=render_news,
    open=opening,
    separator=b",\n",
    close=b"\n]}\n",
)
