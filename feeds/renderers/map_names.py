"""Names beside the pins of a map, wherever there is room for one.

The width of a name is a guess: letters of an unknown font are taken to be wide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feeds.boundaries import Box
from feeds.renderers.mapping import REACH, WIDTH, Chart, Pin

# Units of the drawing; the style sheet has the same size of letters.
SIZE = 30
LETTER = 0.58 * SIZE
DOT = 22
GAP = 10
LONGEST = 24


@dataclass(frozen=True)
class Name:
    """Words in the middle of whose height is `y`; `anchor` is as in SVG."""

    words: str
    x: int
    y: int
    anchor: str


def names(chart: Chart, words: Sequence[str]) -> tuple[Name, ...]:
    """Return the names that fit, one or none for each pin; none is over another."""
    taken = [_around(pin) for pin in chart.pins]
    found = []
    for pin, said in zip(chart.pins, words, strict=True):
        for name, box in _choices(pin, said):
            is_inside = box.west >= 0 and box.east <= WIDTH
            if is_inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(name)
                break
    return tuple(found)


def _around(pin: Pin) -> Box:
    reach = REACH if len(pin.members) > 1 else DOT
    return Box(pin.x - reach, pin.y - reach, pin.x + reach, pin.y + reach)


def _choices(pin: Pin, words: str) -> Iterator[tuple[Name, Box]]:
    """Yield the name to the right, to the left, below and above a pin."""
    if not words or len(words) > LONGEST:
        return
    wide, half = round(len(words) * LETTER), SIZE // 2
    west, south, east, north = map(round, _around(pin))
    for anchor, x, y, left in (
        ("start", east + GAP, pin.y, east + GAP),
        ("end", west - GAP, pin.y, west - GAP - wide),
        ("middle", pin.x, north + half, pin.x - wide // 2),
        ("middle", pin.x, south - half, pin.x - wide // 2),
    ):
        yield Name(words, x, y, anchor), Box(left, y - half, left + wide, y + half)


def _overlap(one: Box, other: Box) -> bool:
    beside = one.west >= other.east or other.west >= one.east
    return not (beside or one.south >= other.north or other.south >= one.north)
