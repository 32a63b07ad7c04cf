"""What a VCALENDAR says of itself, and the time zones that a file brings along."""

from dataclasses import dataclass, replace

from feeds.importing.ics.lines import Line, properties
from feeds.importing.ics.outline import Outline
from feeds.importing.ics.span import ENDS, Clock
from feeds.importing.ics.zones import Zones, named
from feeds.renderers.ics import PRODID

_WANTED = frozenset(("VERSION", "PRODID", "X-WR-TIMEZONE", "METHOD", "CALSCALE"))
_NEEDED = ("VERSION", "PRODID")


@dataclass(frozen=True)
class Header:
    """How the events of one calendar are to be read; `refused` says why they can't.

    One of our own is taken at its word: nothing in it needs to be guessed.
    """

    clock: Clock
    is_cancelled: bool = False
    is_own: bool = False
    refused: str = ""


def headers(
    data: bytes, outline: Outline, notes: list[str], *, timezone: str, ends: str
) -> list[Header]:
    """Return the header of each calendar, and last that of events outside of any.

    `timezone` is the channel's: times without a zone are its own.
    """
    zones = Zones(_zones(data, outline), [timezone])
    outside = Header(Clock(zones, timezone, timezone, ends))
    found = []
    for pieces, line in zip(outline.headers, outline.lines, strict=True):
        lines: dict[str, Line] = {}
        for raw, first in pieces:
            for prop in properties(raw, first, _WANTED.__contains__, notes):
                lines.setdefault(prop.name, prop)
        notes += [
            f"line {line}: the calendar has no {name}"
            for name in _NEEDED
            if name not in lines
        ]
        found.append(_header(lines, outside.clock, notes))
    return [*found, outside]


def _header(lines: dict[str, Line], clock: Clock, notes: list[str]) -> Header:
    zone = clock.floating
    if said := lines.get("X-WR-TIMEZONE"):
        zone = named(said.value) or zone
        if named(said.value) is None:
            notes.append(
                f"line {said.number}: X-WR-TIMEZONE '{said.value}' is no time zone,"
                f" read as {zone}"
            )
    scale = lines.get("CALSCALE")
    refused = ""
    if scale and scale.value.upper() != "GREGORIAN":
        refused = f"line {scale.number}: the calendar counts in {scale.value}"
    method, program = lines.get("METHOD"), lines.get("PRODID")
    is_own = program is not None and program.value == PRODID
    clock = replace(clock, floating=zone, display=zone)
    return Header(
        replace(clock, display="UTC", ends=ENDS[0]) if is_own else clock,
        is_cancelled=method is not None and method.value.upper() == "CANCEL",
        is_own=is_own,
        refused=refused,
    )


def _zones(data: bytes, outline: Outline) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for block in outline.blocks:
        if block.name != "VTIMEZONE" or block.fault:
            continue
        inside = data[block.start : block.end]
        for line in properties(inside, block.line + 1, "TZID".__eq__, []):
            whole = b"BEGIN:VTIMEZONE\n" + inside + b"END:VTIMEZONE\n"
            found.setdefault(line.value.strip('"'), whole)
    return found
