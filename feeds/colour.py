"""Colours as "#rrggbb": contrast after WCAG 2.2, and the nearest name in CSS."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

WHITE, BLACK = "#ffffff", "#000000"
# The surfaces of our style sheets where they come nearest to the middle.
LIGHT, DARK = "#f5f5f5", "#1f1f1f"
TEXT, MARK = 4.5, 3.0
_STEPS = 64

# CSS Color Module Level 3 §4.3, each colour once: what RFC 7986 §5.9 takes.
_CSS = """
    aliceblue f0f8ff antiquewhite faebd7 aquamarine 7fffd4 azure f0ffff beige f5f5dc
    bisque ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2
    brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e
    coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff
    darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen
    006400 darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00
    darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f
    darkslateblue 483d8b darkslategray 2f4f4f darkturquoise 00ced1 darkviolet 9400d3
    deeppink ff1493 deepskyblue 00bfff dimgray 696969 dodgerblue 1e90ff firebrick
    b22222 floralwhite fffaf0 forestgreen 228b22 gainsboro dcdcdc ghostwhite f8f8ff
    gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f honeydew
    f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c
    lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd
    lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2
    lightgray d3d3d3 lightgreen 90ee90 lightpink ffb6c1 lightsalmon ffa07a
    lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightsteelblue
    b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff
    maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3
    mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen
    00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream
    f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace
    fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6
    palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee palevioletred db7093
    papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue
    b0e0e6 purple 800080 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown
    8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna
    a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 snow fffafa
    springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato
    ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5
    yellow ffff00 yellowgreen 9acd32
"""
_NAMES = _CSS.split()

_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)

Channels = tuple[float, float, float]


@dataclass(frozen=True)
class Tint:
    """An accent that can be read on light and dark pages, and the text upon it."""

    light: str
    dark: str
    on_light: str
    on_dark: str


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 for black and 1 for white."""
    red, green, blue = (_linear(part / 255) for part in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, against: str, ratio: float = TEXT) -> str:
    """Return the colour, darkened or lightened just so far that it has the ratio."""
    target = on(against)
    mixed = (_mix(colour, target, step / _STEPS) for step in range(_STEPS))
    return next((one for one in mixed if contrast(one, against) >= ratio), target)


def on(surface: str) -> str:
    """Return white or black, whichever is easier to read on a surface."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, surface))


@lru_cache(maxsize=256)
def accent(colour: str) -> Tint:
    """Return the accent for text and buttons in both modes."""
    light, dark = readable(colour, LIGHT), readable(colour, DARK)
    return Tint(light, dark, on(light), on(dark))


@lru_cache(maxsize=1024)
def mark(colour: str) -> tuple[str, str]:
    """Return a category's colour for dots and bars, on light and on dark pages."""
    return readable(colour, LIGHT, MARK), readable(colour, DARK, MARK)


@lru_cache(maxsize=256)
def name(colour: str) -> str:
    """Return the CSS name nearest to the eye; of equals the first in the alphabet."""
    wanted = _channels(colour)
    pairs = zip(_NAMES[::2], _NAMES[1::2], strict=True)
    return min(pairs, key=lambda pair: _distance(wanted, _channels(pair[1])))[0]


def _channels(colour: str) -> Channels:
    digits = colour.removeprefix("#")
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _mix(colour: str, target: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(target), strict=True)
    parts = (round(own + (other - own) * share) for own, other in pairs)
    return "#" + "".join(f"{part:02x}" for part in parts)


def _distance(one: Channels, other: Channels) -> float:
    """Return how far two colours seem apart, as the distance in Oklab."""
    return math.dist(_oklab(one), _oklab(other))


@lru_cache(maxsize=256)
def _oklab(channels: Channels) -> Channels:
    """Return lightness and the two hue axes (CSS Color Module Level 4 §10)."""
    rgb = [_linear(part / 255) for part in channels]
    cones = [math.cbrt(_dot(row, rgb)) for row in _TO_CONES]
    light, first, second = (_dot(row, cones) for row in _TO_LAB)
    return light, first, second


def _dot(row: Sequence[float], column: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(row, column, strict=True))
