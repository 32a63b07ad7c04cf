"""JSON ⇄ values, query string → Selection.

What comes in is checked here, once, with all its problems reported together; what
goes out is written here, in the shape in which it came in. No database, no user, no
request: the models that are dumped have their relations loaded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from feeds.models import Channel
from feeds.schemas import category, channel, event, news, place
from feeds.schemas.defaults import Defaults
from feeds.schemas.entry import stamp
from feeds.schemas.problems import Problems
from feeds.schemas.query import parse_selection
from feeds.schemas.shape import Shape

__all__ = [
    "NOUNS",
    "Defaults",
    "Noun",
    "dump",
    "load",
    "parse_selection",
    "writable",
]

Values = dict[str, Any]


@dataclass(frozen=True)
class Noun:
    """One row of the table: how a noun is read and written, and what its key is.

    `suffixes` are the formats of a single one, which has a page of its own then.
    """

    key: str
    schema: type[Shape]
    values: Callable[[Values, Defaults, Problems], Values]
    writable: Callable[[Any], Values]
    suffixes: tuple[str, ...] = ()


NOUNS: Mapping[str, Noun] = {
    "channels": Noun("slug", channel.ChannelSchema, channel.values, channel.writable),
    "categories": Noun(
        "slug", category.CategorySchema, category.values, category.writable
    ),
    "events": Noun(
        "uid",
        event.EventSchema,
        event.values,
        event.writable,
        suffixes=("ics", "json"),
    ),
    "news": Noun(
        "id",
        news.NewsSchema,
        news.values,
        news.writable,
        suffixes=("json",),
    ),
    "places": Noun("id", place.PlaceSchema, place.values, place.writable),
}


def load(noun: str, raw: Mapping[str, Any], defaults: Defaults) -> Values:
    """Return the values of `raw` in the models' terms.

    Every column that an author can set is there. References are slugs, `categories`
    in order; `uid` and `slug` may be None; `minor` is no column. Raises Invalid with
    all problems of all fields.
    """
    problems = Problems()
    data = problems.load(_schema(noun), raw)
    values = NOUNS[noun].values(data, defaults, problems)
    problems.raise_any()
    return values


def writable(noun: str, model: Any) -> Values:
    """Return the JSON that, put back, changes nothing."""
    return NOUNS[noun].writable(model)


def dump(noun: str, model: Any, base_url: str, channel: Channel | None) -> Values:
    """Return the public API shape; `channel` is None only for a channel itself."""
    written = writable(noun, model)
    shape = written | {
        "created_at": stamp(model.created_at),
        "updated_at": stamp(model.updated_at),
        "sequence": model.sequence,
        "links": _links(noun, written, base_url, channel),
    }
    if noun == "events":
        shape["announced_at"] = stamp(model.announced_at)
    return shape


def _links(
    noun: str, written: Values, base_url: str, channel: Channel | None
) -> dict[str, str]:
    row = NOUNS[noun]
    key = quote(written[row.key], safe="")
    if channel is None:
        return {
            "self": f"{base_url}/api/v1/channels/{key}",
            "html": f"{base_url}/{key}",
        }
    links = {"self": f"{base_url}/api/v1/channels/{channel.slug}/{noun}/{key}"}
    if row.suffixes:
        page = f"{base_url}/{channel.slug}/{noun}/{written['slug']}"
        links["html"] = page
        links |= {suffix: f"{page}.{suffix}" for suffix in row.suffixes}
    return links


@cache
def _schema(noun: str) -> Shape:
    return NOUNS[noun].schema()
