"""The places of a channel for programs: as GeoJSON and as JSON Feed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from feeds import i18n, schemas
from feeds.browse.places import Spot
from feeds.models import Channel
from feeds.renderers import entry_id, geojson, jsonfeed
from feeds.renderers.wording import address
from feeds.selection import Selection

Shape = dict[str, Any]


@dataclass(frozen=True)
class Directory:
    """The places that a selection found, with what stands around them."""

    base_url: str
    channel: Channel
    selection: Selection
    spots: Sequence[Spot]

    @property
    def home(self) -> str:
        return f"{self.base_url}/{self.channel.slug}/places"

    def shapes(self) -> list[Shape]:
        """Return each place in its public shape, with its district and its page."""
        return [self._shape(spot) for spot in self.spots]

    def _shape(self, spot: Spot) -> Shape:
        place = spot.place
        shape = schemas.dump("places", place, self.base_url, self.channel)
        html = f"{self.home}?place={place.slug}#{place.slug}"
        return shape | {
            "district": spot.district or None,
            "links": shape["links"] | {"html": html},
        }


def _geojson(found: Directory) -> bytes:
    return geojson.collection(found.shapes())


def _jsonfeed(found: Directory) -> bytes:
    query = found.selection.canonical()
    language = found.selection.lang or found.channel.language
    name = i18n.t("places.name", language)
    return jsonfeed.places(
        {
            "title": f"{found.channel.title}: {name}",
            "home_page_url": found.home,
            "feed_url": f"{found.home}.json{f'?{query}' if query else ''}",
            "language": found.channel.language,
        },
        [
            _item(spot, shape)
            for spot, shape in zip(found.spots, found.shapes(), strict=True)
        ],
    )


def _item(spot: Spot, shape: Shape) -> Shape:
    lines = [shape["description"], *address(shape)]
    category = spot.place.category
    return {
        "id": entry_id("places", shape["id"]),
        "url": shape["links"]["html"],
        "title": shape["title"],
        "content_text": "\n".join(filter(None, lines)) or shape["title"],
        "date_published": shape["created_at"],
        "date_modified": shape["updated_at"],
        "tags": [category.title] if category else [],
        "_place": shape,
    }


# By suffix: media type, and how the bytes are made.
DATA: Mapping[str, tuple[str, Callable[[Directory], bytes]]] = MappingProxyType(
    {
        ".geojson": (geojson.MEDIA_TYPE, _geojson),
        ".json": (jsonfeed.FORMAT.media_type, _jsonfeed),
    }
)
