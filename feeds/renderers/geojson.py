"""GeoJSON (RFC 7946): places as points, the same bytes for the same places."""

from collections.abc import Iterable
from typing import Any

from feeds.renderers.jsonfeed import compact

MEDIA_TYPE = "application/geo+json"

Shape = dict[str, Any]


def collection(places: Iterable[Shape]) -> bytes:
    """Return a FeatureCollection; a place that lies nowhere has no geometry (§3.2)."""
    features = [_feature(place) for place in places]
    return compact({"type": "FeatureCollection", "features": features}) + b"\n"


def _feature(place: Shape) -> Shape:
    position = [place["longitude"], place["latitude"]]
    is_placed = None not in position
    return {
        "type": "Feature",
        "id": place["id"],
        "geometry": {"type": "Point", "coordinates": position} if is_placed else None,
        "properties": place,
    }
