"""A category, in JSON and in the models' terms."""

from typing import Any

from feeds.models import Category
from feeds.schemas.defaults import Defaults
from feeds.schemas.fields import Colour, Slug
from feeds.schemas.problems import Problems
from feeds.schemas.shape import Stamps, columns, told
from feeds.schemas.words import Block, Title


class CategorySchema(Stamps):
    slug = Slug(metadata=told("Made from the title when absent."))
    title = Title(required=True)
    colour = Colour()
    description = Block()


def values(
    data: dict[str, Any], defaults: Defaults, problems: Problems
) -> dict[str, Any]:
    return {"slug": None, "title": "", "colour": None, "description": ""} | data


def writable(category: Category) -> dict[str, Any]:
    return columns(category, ("slug", "title", "colour", "description"))
