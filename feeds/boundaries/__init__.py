"""Areas on the map as outlines: what to draw, and in which of them a point lies.

Positions are pairs of longitude and latitude in degrees (WGS 84), as in GeoJSON. What
we bring is described in docs/boundaries.md; an operator may give a file instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from feeds.boundaries.reading import Point, Ring, read

OURS = Path(__file__).parent / "nrw.json"

__all__ = ["Area", "Boundaries", "Box", "Point", "Ring", "box_of", "load"]


class Box(NamedTuple):
    """What lies between two longitudes and two latitudes, edges included."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        x, y = point
        return self.west <= x <= self.east and self.south <= y <= self.north


def box_of(points: Iterable[Point]) -> Box:
    """Return the smallest box around at least one point."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True)
class Area:
    """A named area; its rings are closed, outer ones and holes alike."""

    name: str
    rings: tuple[Ring, ...]

    @cached_property
    def box(self) -> Box:
        return box_of(point for ring in self.rings for point in ring)

    def holds(self, point: Point) -> bool:
        """Say whether a point lies inside: of neighbours exactly one has it."""
        if not self.box.holds(point):
            return False
        return sum(_crossings(ring, point) for ring in self.rings) % 2 == 1


@dataclass(frozen=True)
class Boundaries:
    """All areas of a file, and what has to be said about where they come from.

    `digest` names the bytes they were read from.
    """

    areas: tuple[Area, ...]
    attribution: str = ""
    attribution_url: str = ""
    digest: str = ""

    @cached_property
    def box(self) -> Box:
        corners = [(one.box[0:2], one.box[2:4]) for one in self.areas]
        return box_of(point for pair in corners for point in pair)

    def area_of(self, point: Point) -> Area | None:
        """Return the area that a point lies in; where some overlap, the first."""
        return next((one for one in self.areas if one.holds(point)), None)


def load(path: Path | None) -> Boundaries:
    """Return the boundaries of a file, without one those that we bring.

    Raises ValueError with the sentence that says what is wrong with the file, and
    OSError when it can't be read.
    """
    data = (path or OURS).read_bytes()
    found = read(data)
    areas = tuple(Area(name, rings) for name, rings in found.areas)
    digest = sha256(data).hexdigest()
    return Boundaries(areas, found.attribution, found.attribution_url, digest)


def _crossings(ring: Ring, point: Point) -> int:
    """Count the edges that a ray to the east crosses; a vertex belongs to one edge."""
    x, y = point
    count = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            count += 1
    return count
