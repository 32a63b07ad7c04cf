"""A channel, in JSON and in the models' terms."""

from typing import Any

from marshmallow import ValidationError

from feeds.models import Channel
from feeds.schemas.defaults import Defaults
from feeds.schemas.fields import Colour, Language, Origin, Slug, Url, Zone
from feeds.schemas.parts import Logo, Person
from feeds.schemas.problems import Problems
from feeds.schemas.shape import Many, Part, Stamps, columns, told
from feeds.schemas.words import Block, Choice, Title

COLOUR = "#0b5cad"
RESERVED = frozenset(
    (
        *("embed", "oembed", "opml", "api", "healthz", "readyz", "metrics"),
        *("static", "assets", "desk", "login", "admin"),
    )
)


class ChannelSlug(Slug):
    """A slug that is none of the service's own addresses."""

    def read(self, value: str) -> str:
        slug = super().read(value)
        if slug in RESERVED:
            raise ValidationError(f"'{slug}' is an address of the service itself")
        return str(slug)


class ChannelSchema(Stamps):
    slug = ChannelSlug(metadata=told("Made from the title when absent."))
    title = Title(required=True)
    description = Block()
    url = Url()
    language = Language()
    timezone = Zone()
    colour = Colour()
    logo = Part(Logo)
    publisher = Part(Person)
    embed_origins = Many(
        Origin(), 50, metadata=told("Who may frame the widgets; everybody when empty.")
    )
    state = Choice("draft", "published")


def values(
    data: dict[str, Any], defaults: Defaults, problems: Problems
) -> dict[str, Any]:
    return {
        "slug": data.get("slug"),
        "title": data.get("title", ""),
        "description": data.get("description", ""),
        "url": data.get("url"),
        "language": data.get("language", defaults.language),
        "timezone": data.get("timezone", defaults.timezone),
        "colour": data.get("colour", COLOUR),
        "logo": data.get("logo"),
        "publisher": data.get("publisher"),
        "embed_origins": data.get("embed_origins", []),
        "state": data.get("state", "published"),
    }


def writable(channel: Channel) -> dict[str, Any]:
    return columns(channel, values({}, Defaults(), Problems()))
