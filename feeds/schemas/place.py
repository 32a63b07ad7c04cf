"""A place, in JSON and in the models' terms."""

from typing import Any

from feeds.models import Place
from feeds.schemas.defaults import Defaults
from feeds.schemas.fields import Country, Id, Slug
from feeds.schemas.parts import Contact
from feeds.schemas.problems import Problems
from feeds.schemas.shape import Located, Number, Part, Stamps, columns, told
from feeds.schemas.words import Block, Line, Title

ADDRESS = ("street", "postal_code", "city", "region", "country")


class PlaceSchema(Stamps, Located):
    id = Id(metadata=told("Made at random when absent."))
    slug = Slug(metadata=told("Made from the title when absent."))
    title = Title(required=True)
    category = Slug(metadata=told("Slug of a category."))
    description = Block()
    street = Line()
    postal_code = Line(longest=16)
    city = Line()
    region = Line()
    country = Country()
    latitude = Number(-90, 90)
    longitude = Number(-180, 180)
    contact = Part(Contact)


def values(
    data: dict[str, Any], defaults: Defaults, problems: Problems
) -> dict[str, Any]:
    return {
        "uid": data.get("id"),
        "slug": data.get("slug"),
        "title": data.get("title", ""),
        "category": data.get("category"),
        "description": data.get("description", ""),
        **{name: data.get(name, "") for name in ADDRESS},
        "latitude": data.get("latitude"),
        "longitude": data.get("longitude"),
        "contact": data.get("contact"),
    }


def writable(place: Place) -> dict[str, Any]:
    return {
        "id": place.uid,
        "slug": place.slug,
        "title": place.title,
        "category": place.category.slug if place.category else None,
        "description": place.description,
        **{name: getattr(place, name) or None for name in ADDRESS},
        **columns(place, ("latitude", "longitude", "contact")),
    }
