"""What a VEVENT says by the standard, and what each program makes of it in its own way.

`by_standard` reads content lines by RFC 5545, RFC 6868 and RFC 7986, and zones from
tzdata. A row of PECULIAR says how one program differs, for which property, and why.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.renderers.readers import Property, Read, made, moment, position, rule

MOMENTS = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "RELATED-TO")
URIS = ("URL", "CONFERENCE", "IMAGE", "ORGANIZER")
TOKENS = ("STATUS", "TRANSP", "SEQUENCE")
PARAMETER = re.compile(r';([A-Z-]+)=(?:"([^"]*)"|([^";:,]*))')
CARETS = {"^^": "^", "^'": '"', "^n": "\n"}

Params = list[tuple[str, str]]


class Line(NamedTuple):
    """A content line; `raw` is its value as it stands there."""

    name: str
    params: Params
    raw: str


def lines_of(calendar: bytes) -> list[list[Line]]:
    """Return the lines of each VEVENT."""
    unfolded = calendar.decode().replace("\r\n ", "").split("\r\n")
    events: list[list[Line]] = []
    inside = False
    for one in unfolded:
        if one in ("BEGIN:VEVENT", "END:VEVENT"):
            inside = one.startswith("BEGIN")
            events += [[]] if inside else []
        elif inside:
            events[-1].append(_line(one))
    return events


def _line(text: str) -> Line:
    found = re.match("[A-Z-]+", text)
    assert found, text
    params, at = [], found.end()
    while match := PARAMETER.match(text, at):
        value = match[2] if match[2] is not None else match[3]
        params.append((match[1], re.sub(r"\^[\^'n]", lambda x: CARETS[x[0]], value)))
        at = match.end()
    assert text[at] == ":", text
    return Line(found[0], params, text[at + 1 :])


def by_standard(line: Line) -> list[Property]:
    """Return what a line means; an unknown name fails."""
    name, params, raw = line
    if name in (*MOMENTS, *STAMPS):
        return [made(name, params, moment(_moment(line)))]
    if name == "CATEGORIES":
        values = re.findall(r"(?:\\.|[^\\,])+", raw)
        return [made(name, params, text(one)) for one in values]
    if name == "RRULE":
        return [made(name, params, rule(raw))]
    if name == "GEO":
        return [made(name, params, position(*map(float, raw.split(";"))))]
    assert name.startswith("X-") or name in (*TEXTS, *URIS, *TOKENS), name
    is_text = name in TEXTS or name.startswith("X-")
    return [made(name, params, text(raw) if is_text else raw)]


def _moment(line: Line, fold: int = 0) -> dt.date:
    params = dict(line.params)
    if params.get("VALUE") == "DATE":
        return dt.date.fromisoformat(line.raw)
    clock = dt.datetime.fromisoformat(line.raw.removesuffix("Z"))
    if line.raw.endswith("Z"):
        return clock.replace(tzinfo=dt.UTC)
    return clock.replace(tzinfo=ZoneInfo(params["TZID"]), fold=fold)


def text(raw: str) -> str:
    return re.sub(r"\\([\\;,Nn])", lambda x: "\n" if x[1] in "nN" else x[1], raw)


def _split_at_every_comma(line: Line) -> list[Property]:
    pieces = line.raw.split(",")
    return [made(line.name, line.params, text(one)) for one in pieces]


def _split_but_after_a_backslash(line: Line) -> list[Property]:
    pieces = re.split(r"(?<!\\),", line.raw)
    return [made(line.name, line.params, text(one)) for one in pieces]


def _left_escaped(line: Line) -> list[Property]:
    return [made(line.name, line.params, line.raw)]


def _cut_at_a_comma(line: Line) -> list[Property]:
    return [made(line.name, line.params, line.raw.partition(",")[0])]


def _careted(value: str) -> str:
    written = {meant: mark for mark, meant in CARETS.items()}
    return "".join(written.get(char, char) for char in value)


def _carets_left(line: Line) -> list[Property]:
    params = [(key, _careted(value)) for key, value in line.params]
    return [
        made(line.name, params, one.value.partition(",")[0])
        for one in by_standard(line)
    ]


def _unescaped_parameters(line: Line) -> list[Property]:
    params = [(key, text(value)) for key, value in line.params]
    raw = line.raw
    for (_, given), (_, read) in zip(line.params[-1:], params[-1:], strict=True):
        early = len(given) - len(read)
        written = _careted(given)
        _, colon, rest = written[len(written) - early :].partition(":")
        raw = f'{rest}":{raw}' if colon else raw
    return by_standard(line._replace(params=params, raw=raw))


def _half_escaped_parameters(line: Line) -> list[Property]:
    params = []
    for key, value in line.params:
        for mark in ",:;\\":
            value = value.replace(f"\\{mark}", mark)
        params.append((key, value))
    return by_standard(line._replace(params=params))


def _second_offset(line: Line) -> list[Property]:
    return [made(line.name, line.params, moment(_moment(line, fold=1)))]


def _offset_after_a_gap(line: Line) -> list[Property]:
    first, second = _moment(line), _moment(line, fold=1)
    chosen = second if _offset(second) > _offset(first) else first
    return [made(line.name, line.params, moment(chosen))]


def _offset(value: dt.date) -> dt.timedelta:
    offset = value.utcoffset() if isinstance(value, dt.datetime) else None
    return offset or dt.timedelta(0)


Way = Callable[[Line], list[Property]]
PECULIAR: dict[str, dict[str, Way]] = {
    "icalendar": {
        # A backslash escapes in parameters too, although RFC 6868 has carets for it.
        "ORGANIZER": _half_escaped_parameters,
        "X-FEEDS-PART": _half_escaped_parameters,
    },
    "ical": {
        # Splits first and looks for escapes then.
        "CATEGORIES": _split_at_every_comma,
        # Is of a type of its own, whose text is left as it stands in the file.
        "RELATED-TO": _left_escaped,
    },
    "vobject": {
        # Takes every property that it does not know for one text, and ends that at
        # the first comma; knows no RFC 6868.
        **dict.fromkeys(("URL", "CONFERENCE", "IMAGE"), _cut_at_a_comma),
        **dict.fromkeys(("ORGANIZER", "X-FEEDS-PART"), _carets_left),
        # Reads a time in a gap with the offset after it.
        **dict.fromkeys(MOMENTS, _offset_after_a_gap),
    },
    "ical.js": {
        # Takes the comma after a text that ends in a backslash for an escaped one.
        "CATEGORIES": _split_but_after_a_backslash,
        # Parameters are texts with escapes; by each of these the value is looked for
        # one character too early, which counts where it is a colon.
        **dict.fromkeys(("ORGANIZER", "X-FEEDS-PART"), _unescaped_parameters),
        # Takes the second hour of two, and the offset after a gap for what is in it.
        **dict.fromkeys(MOMENTS, _second_offset),
    },
}


def expected(calendar: bytes, program: str) -> Read:
    """Return what a program is to read in each VEVENT of a calendar."""
    ways = PECULIAR.get(program, {})
    return [list(_expected(lines, ways)) for lines in lines_of(calendar)]


def _expected(lines: list[Line], ways: dict[str, Way]) -> Iterator[Property]:
    for line in lines:
        yield from ways.get(line.name, by_standard)(line)
