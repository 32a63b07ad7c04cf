"""A news item, in JSON and in the models' terms."""

from typing import Any

from feeds.models import NewsItem
from feeds.schemas import entry
from feeds.schemas.defaults import Defaults
from feeds.schemas.fields import Id, Instant, Key, MediaType, Url
from feeds.schemas.problems import Problems
from feeds.schemas.shape import Many, Part, Shape, Whole, columns, told
from feeds.schemas.words import Html, Line

LARGEST_FILE = 2**50


class Attachment(Shape):
    """A file to download; `length` in bytes."""

    url = Url(required=True)
    type = MediaType()
    length = Whole(LARGEST_FILE)
    title = Line()


class NewsSchema(entry.EntrySchema):
    id = Id(metadata=told("Made at random when absent."))
    content = Html()
    author = Line()
    attachments = Many(Part(Attachment), 50)
    event = Key(metadata=told("Slug or uid of an event of the channel."))
    published_at = Instant(metadata=told("Now when absent; a later one schedules."))


def values(
    data: dict[str, Any], defaults: Defaults, problems: Problems
) -> dict[str, Any]:
    """See `entry.values`; `event` is a slug or a uid."""
    return {
        **entry.values(data, defaults, problems, announced="published_at"),
        "uid": data.get("id"),
        "content": entry.html(data.get("content", ""), data, defaults),
        "author": data.get("author", ""),
        "attachments": data.get("attachments", []),
        "event": data.get("event"),
    }


def writable(item: NewsItem) -> dict[str, Any]:
    return {
        "id": item.uid,
        **entry.writable(item),
        **columns(item, ("content", "author", "attachments")),
        "event": item.event.slug if item.event else None,
        "published_at": entry.stamp(item.announced_at or item.publish_at),
    }
