"""A map as values to draw: outlines or a grid, and pins that keep their distance.

Web Mercator, on a drawing `WIDTH` units wide. Positions are longitude and latitude in
degrees. Paths hold nothing but numbers and the letters of SVG 2 §9.3.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from feeds.boundaries import Area, Boundaries, Box, Point, box_of

WIDTH = 1000
# Height by width; a map that would be flatter or taller gets more land around it.
FLATTEST, TALLEST = 0.5, 1.05
# A pin is 24 px wide where the map has 288 px, on a narrow phone (WCAG 2.2, 2.5.8).
REACH = 42
APART = 2 * REACH + 2
# Around pins and around land, as shares of the drawing's longer side.
PIN_MARGIN, LAND_MARGIN, PART_MARGIN, SKETCH_MARGIN = 0.08, 0.015, 0.15, 0.7
# A map that shows that much of all areas anyway shows them all.
MOST = 0.3
# About 20 km: what a single pin has around it where no area is known.
LEAST = 0.3
LINES = 6
STEPS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60)
_POLE = 85.0


@dataclass(frozen=True)
class Pin:
    """One or more points at one spot of the drawing, by their index."""

    x: int
    y: int
    members: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """`land` and `lit` are areas without and with a point, `grid` stands for them.

    `pins` are at least APART from each other, and REACH from the edges.
    """

    height: int
    land: str
    lit: str
    grid: str
    pins: tuple[Pin, ...]


def chart(
    boundaries: Boundaries,
    points: Sequence[Point | None],
    homes: Sequence[Area | None],
    *,
    is_sketch: bool = False,
) -> Chart | None:
    """Return the map of some points, None when none of them is anywhere.

    `homes` are the areas that the points lie in. Where fewer than half lie in one, a
    grid is drawn. A sketch shows more of what is around, but never everything.
    """
    there = [(index, one) for index, one in enumerate(points) if one is not None]
    if not there:
        return None
    lit = list(dict.fromkeys(one for one in homes if one is not None))
    found = sum(one is not None for one in homes)
    if 2 * found < len(there):
        lit = []
    corners = [*_corners(one.box for one in lit)]
    spots = box_of(one for _, one in there)
    frame = box_of([*corners, *_corners([spots])])
    margin = SKETCH_MARGIN if is_sketch else PART_MARGIN
    if lit and not is_sketch and _size(frame) >= MOST * _size(boundaries.box):
        frame, margin = box_of([*_corners([frame, boundaries.box])]), LAND_MARGIN
    view = _view(frame, spots, margin)
    near = [one for one in boundaries.areas if _meet(one.box, view.shown)]
    return Chart(
        height=view.height,
        land=_outlines(view, [one for one in near if one not in lit]) if lit else "",
        lit=_outlines(view, lit),
        grid="" if lit else _grid(view),
        pins=_pins([(index, *view.at(one)) for index, one in there]),
    )


@dataclass(frozen=True)
class _View:
    """What is shown in degrees, its edges as `_north` has them, and how large."""

    shown: Box
    scale: float
    top: float
    bottom: float

    @property
    def height(self) -> int:
        return round((self.top - self.bottom) * self.scale)

    def at(self, point: Point) -> tuple[float, float]:
        x, y = point
        return (
            math.radians(x - self.shown.west) * self.scale,
            (self.top - _north(y)) * self.scale,
        )


def _north(latitude: float) -> float:
    """Return how far up Mercator has a latitude, in radians."""
    return math.asinh(math.tan(math.radians(max(-_POLE, min(_POLE, latitude)))))


def _latitude(north: float) -> float:
    return math.degrees(math.atan(math.sinh(north)))


def _view(frame: Box, spots: Box, margin: float) -> _View:
    """Return the view of a frame, with room around its land and its pins."""
    land, pins = _flat(frame), _flat(spots)
    side = max(
        land.east - land.west,
        (land.north - land.south) / TALLEST,
        math.radians(LEAST),
    )
    outer = box_of(
        [
            *_corners([_grown(land, side * margin)]),
            *_corners([_grown(pins, side * PIN_MARGIN)]),
        ]
    )
    width, height = outer.east - outer.west, outer.north - outer.south
    wide = max(width, height / TALLEST, math.radians(LEAST))
    more_x, more_y = (wide - width) / 2, max(0.0, FLATTEST * wide - height) / 2
    west, south = outer.west - more_x, outer.south - more_y
    east, north = outer.east + more_x, outer.north + more_y
    shown = Box(
        math.degrees(west), _latitude(south), math.degrees(east), _latitude(north)
    )
    return _View(shown, WIDTH / (east - west), north, south)


def _flat(box: Box) -> Box:
    return Box(
        math.radians(box.west),
        _north(box.south),
        math.radians(box.east),
        _north(box.north),
    )


def _grown(box: Box, by: float) -> Box:
    return Box(box.west - by, box.south - by, box.east + by, box.north + by)


def _corners(boxes: Iterable[Box]) -> Iterator[Point]:
    for box in boxes:
        yield box.west, box.south
        yield box.east, box.north


def _size(box: Box) -> float:
    return (box.east - box.west) * (box.north - box.south)


def _meet(one: Box, other: Box) -> bool:
    beside = one.west > other.east or other.west > one.east
    return not (beside or one.south > other.north or other.south > one.north)


def _outlines(view: _View, areas: Iterable[Area]) -> str:
    """Return areas as one path of relative moves; what is too small falls away."""
    paths = []
    for area in areas:
        for ring in area.rings:
            whole = [(round(x), round(y)) for x, y in map(view.at, ring)]
            moves = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(whole)]
            steps = [f"{x} {y}" for x, y in moves[:-1] if x or y]
            if len(steps) > 1:
                (x, y), line = whole[0], " ".join(steps)
                paths.append(f"M{x} {y}l{line.replace(' -', '-')}z")
    return "".join(paths)


def _grid(view: _View) -> str:
    """Return parallels and meridians at round numbers of degrees."""
    shown, paths = view.shown, []
    step = next(
        (one for one in STEPS if (shown.east - shown.west) / one <= LINES), STEPS[-1]
    )
    for longitude in _multiples(step, shown.west, shown.east):
        x, _ = view.at((longitude, 0))
        paths.append(f"M{round(x)} 0v{view.height}")
    for latitude in _multiples(step, shown.south, shown.north):
        _, y = view.at((0, latitude))
        paths.append(f"M0 {round(y)}h{WIDTH}")
    return "".join(paths)


def _multiples(step: float, low: float, high: float) -> list[float]:
    return [
        number * step
        for number in range(math.ceil(low / step), math.floor(high / step) + 1)
    ]


def _pins(spots: Iterable[tuple[int, float, float]]) -> tuple[Pin, ...]:
    """Return pins that keep their distance, in the order of their first points.

    What is too near is drawn as one, in the middle; until nothing is too near.
    """
    cells: dict[tuple[int, int], list[_Heap]] = {}
    for index, x, y in spots:
        cell = (int(x // (APART / 2)), int(y // (APART / 2)))
        cells.setdefault(cell, []).append(_Heap(x, y, (index,)))
    heaps = [_joined(cell) for cell in cells.values()]
    while len(fewer := _gathered(heaps)) < len(heaps):
        heaps = fewer
    pins = (
        Pin(round(one.x), round(one.y), tuple(sorted(one.members))) for one in heaps
    )
    return tuple(sorted(pins, key=lambda pin: pin.members))


@dataclass(frozen=True)
class _Heap:
    x: float
    y: float
    members: tuple[int, ...]


def _gathered(heaps: Sequence[_Heap]) -> list[_Heap]:
    """Put each heap to the first that is too near, or beside them all."""
    kept: list[_Heap] = []
    for heap in heaps:
        for at, one in enumerate(kept):
            if math.hypot(one.x - heap.x, one.y - heap.y) < APART:
                kept[at] = _joined((one, heap))
                break
        else:
            kept.append(heap)
    return kept


def _joined(heaps: Sequence[_Heap]) -> _Heap:
    """Return several heaps as one, in the middle of all their points."""
    count = sum(len(one.members) for one in heaps)
    return _Heap(
        sum(one.x * len(one.members) for one in heaps) / count,
        sum(one.y * len(one.members) for one in heaps) / count,
        tuple(index for one in heaps for index in one.members),
    )
