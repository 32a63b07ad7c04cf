"""GeoJSON (RFC 7946) and TopoJSON in, named rings out; or one sentence why not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]

MOST_BYTES = 5 << 20
SHAPES = ("Polygon", "MultiPolygon")
_MALFORMED = (AttributeError, IndexError, KeyError, OverflowError, TypeError)


@dataclass(frozen=True)
class Found:
    """What a file holds: names with their rings, and where it is from."""

    areas: tuple[tuple[str, tuple[Ring, ...]], ...]
    attribution: str
    attribution_url: str


def read(data: bytes) -> Found:
    """Return the areas of a file. Raises ValueError with what is wrong, in words."""
    if len(data) > MOST_BYTES:
        raise ValueError(f"it has {len(data):,} bytes, at most {MOST_BYTES:,} are read")
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as exc:
        raise ValueError("it is not JSON in UTF-8") from exc
    kind = given.get("type") if isinstance(given, dict) else None
    if kind not in ("FeatureCollection", "Topology"):
        raise ValueError("it is neither a GeoJSON FeatureCollection nor TopoJSON")
    try:
        features = list(_joined(given) if kind == "Topology" else _listed(given))
    except _MALFORMED as exc:
        raise ValueError(f"it is not a whole {kind}") from exc
    if not features:
        raise ValueError("it holds no area")
    return Found(
        tuple(_area(*one, number) for number, one in enumerate(features, start=1)),
        _said(given, "attribution"),
        _address(given),
    )


def _listed(given: dict[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the properties, the kind of geometry and the coordinates of features."""
    for one in given["features"]:
        shape = one["geometry"] or {}
        yield one.get("properties"), shape.get("type"), shape.get("coordinates")


def _joined(given: dict[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the same of a topology, whose rings are chains of shared arcs."""
    placed = given.get("transform") or {"scale": (1, 1), "translate": (0, 0)}
    lines = [_arc(arc, placed, "transform" in given) for arc in given["arcs"]]

    def ring(chain: list[int]) -> list[Any]:
        parts = [lines[at] if at >= 0 else lines[~at][::-1] for at in chain]
        return parts[0] + [point for part in parts[1:] for point in part[1:]]

    for layer in given["objects"].values():
        for one in layer["geometries"]:
            is_one = one["type"] == "Polygon"
            parts = [
                [ring(chain) for chain in part]
                for part in ([one["arcs"]] if is_one else one["arcs"])
            ]
            yield one.get("properties"), "MultiPolygon", parts


def _arc(arc: Any, placed: dict[str, Any], is_delta: bool) -> list[Any]:
    columns = zip(*arc, strict=True)
    steps = [list(accumulate(one) if is_delta else one) for one in columns][:2]
    moved = [
        [value * scale + offset for value in one]
        for one, scale, offset in zip(
            steps, placed["scale"], placed["translate"], strict=True
        )
    ]
    return list(zip(*moved, strict=True))


def _area(
    properties: Any, kind: Any, coordinates: Any, number: int
) -> tuple[str, tuple[Ring, ...]]:
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"feature {number} has no name among its properties")
    if kind not in SHAPES:
        raise ValueError(f"'{name}' is neither a Polygon nor a MultiPolygon")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        rings = tuple(tuple(map(_point, ring)) for part in polygons for ring in part)
    except (*_MALFORMED, ValueError) as exc:
        raise ValueError(
            f"'{name}' has a position that is no longitude and latitude in degrees"
        ) from exc
    if not rings or any(len(one) < 4 or one[0] != one[-1] for one in rings):
        raise ValueError(f"'{name}' has a ring that is not closed")
    return name.strip(), rings


def _point(given: Any) -> Point:
    x, y = float(given[0]), float(given[1])
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise ValueError(given)
    return x, y


def _said(given: dict[str, Any], name: str) -> str:
    text = given.get(name) or ""
    if not isinstance(text, str):
        raise ValueError(f"its '{name}' is no text")
    return text.strip()


def _address(given: dict[str, Any]) -> str:
    url = _said(given, "attribution_url")
    if url and not url.startswith(("https://", "http://")):
        raise ValueError("its 'attribution_url' is no web address")
    return url
