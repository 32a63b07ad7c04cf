"""Where the components of a calendar file begin and end, found in one pass over bytes.

Only edges are kept, no objects: a file of any size costs a few numbers an event.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_EDGE = re.compile(rb"^(BEGIN|END)[ \t]*:[ \t]*([A-Za-z0-9-]+)[ \t]*$", re.I | re.M)
# They never stand inside one another: a BEGIN of one ends the one before it.
TOP = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"})


@dataclass(frozen=True, slots=True)
class Block:
    """The inside of one component: bytes `start` to `end`, from line `line` on.

    `calendar` is the index of its calendar, -1 outside of any; `fault` says what is
    wrong with its edges.
    """

    name: str
    start: int
    end: int
    line: int
    calendar: int
    fault: str = ""


@dataclass
class Outline:
    """The components of a file in order, and what each calendar says of itself.

    `headers` holds a calendar's own pieces as (bytes, first line), `lines` where each
    calendar begins.
    """

    blocks: list[Block] = field(default_factory=list)
    headers: list[list[tuple[bytes, int]]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@dataclass
class _Edge:
    is_begin: bool
    name: str
    start: int
    end: int
    line: int


def scan(data: bytes) -> Outline:
    """Find the components of a file with LF line ends."""
    scanner = _Scanner(data)
    for edge in _edges(data):
        scanner.take(edge)
    scanner.close(len(data), "the file ends inside it")
    return scanner.outline


def _edges(data: bytes) -> Iterator[_Edge]:
    line, counted = 1, 0
    for match in _EDGE.finditer(data):
        line += data.count(b"\n", counted, match.start())
        counted = match.start()
        name = match[2].decode("ascii").upper()
        yield _Edge(match[1].upper() == b"BEGIN", name, counted, match.end() + 1, line)


class _Scanner:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.outline = Outline()
        self.calendar = -1
        self.open: _Edge | None = None
        self.depth = 0
        self.gap: tuple[int, int] | None = None  # where a calendar's own lines begin

    def take(self, edge: _Edge) -> None:
        if edge.name == "VCALENDAR":
            self._calendar(edge)
        elif edge.is_begin:
            self._begin(edge)
        elif self.open is not None:
            self._end(edge, self.open)

    def close(self, at: int, fault: str = "") -> None:
        """End the open component before byte `at`."""
        if self.open is not None:
            block = self.open
            self.outline.blocks.append(
                Block(block.name, block.end, at, block.line, self.calendar, fault)
            )
            self.open = None
        self._header(at)

    def _calendar(self, edge: _Edge) -> None:
        self.close(edge.start, f"{'BEGIN' if edge.is_begin else 'END'}:VCALENDAR")
        if edge.is_begin:
            self.outline.headers.append([])
            self.outline.lines.append(edge.line)
            self.calendar = len(self.outline.headers) - 1
            self.gap = (edge.end, edge.line + 1)
        else:
            self.calendar, self.gap = -1, None

    def _begin(self, edge: _Edge) -> None:
        if self.open is not None and edge.name not in TOP:
            self.depth += 1
            return
        self.close(edge.start, f"BEGIN:{edge.name}")
        self.open, self.depth, self.gap = edge, 0, None

    def _end(self, edge: _Edge, block: _Edge) -> None:
        if edge.name == block.name and (self.depth == 0 or edge.name in TOP):
            self.close(edge.start)
            self.gap = (edge.end, edge.line + 1) if self.calendar >= 0 else None
        else:
            self.depth = max(0, self.depth - 1)

    def _header(self, at: int) -> None:
        if self.gap is not None and self.calendar >= 0:
            start, line = self.gap
            self.outline.headers[self.calendar].append((self.data[start:at], line))
            self.gap = None
