"""What a phone reads in one of our QR codes."""

import zxingcpp
from lxml.html import HtmlElement

from feeds.renderers import qr

SCALE = 3


def scanned(drawn: HtmlElement) -> str:
    """Return what a scanner reads in a code of segno's making: rows of strokes."""
    size = int(drawn.get("viewbox").split()[-1])
    dark = {
        (row, column)
        for row, cells in enumerate(strokes(drawn.xpath("path/@d")[-1]))
        for column in cells
    }
    pixels = bytes(
        0 if (y // SCALE - qr.QUIET, x // SCALE - qr.QUIET) in dark else 255
        for y in range(size * SCALE)
        for x in range(size * SCALE)
    )
    shape = [size * SCALE, size * SCALE]
    (found,) = zxingcpp.read_barcodes(memoryview(pixels).cast("B", shape=shape))
    return str(found.text)


def strokes(path: str) -> list[set[int]]:
    """Return the dark columns of each row of "M4 4.5h7m1 0h1m-9 1h1…"."""
    rows: list[set[int]] = [set()]
    column = 0
    moves = path.replace("h", " h").replace("m", " m").removeprefix("M").split()[2:]
    for at, word in enumerate(moves):
        if word[0] == "h":
            rows[-1] |= set(range(column, column + int(word[1:])))
            column += int(word[1:])
        elif word[0] == "m":
            column += int(word[1:])
            rows += [set() for _ in range(int(moves[at + 1]))]
    return rows
