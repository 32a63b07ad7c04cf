"""jCal (RFC 7265): the calendar as JSON, made of the very lines of the other form.

So both say the same. A fragment is the VEVENTs of an event, with commas between; only
lines that `ics` wrote are read, and those are regular.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from feeds.renderers import rich
from feeds.renderers.contentline import parameters, unescaped, unfolded
from feeds.renderers.frame import Format, Head, Site
from feeds.renderers.jsonfeed import compact

_TYPES = {
    name: kind
    for kind, names in {
        "cal-address": "ORGANIZER",
        "date-time": "CREATED DTEND DTSTAMP DTSTART EXDATE LAST-MODIFIED RDATE"
        " RECURRENCE-ID",
        "duration": "REFRESH-INTERVAL",
        "float": "GEO",
        "integer": "SEQUENCE",
        "recur": "RRULE",
        "uri": "CONCEPT CONFERENCE IMAGE LINK SOURCE URL",
        "utc-offset": "TZOFFSETFROM TZOFFSETTO",
    }.items()
    for name in names.split()
}
_VALUES = re.compile(r"((?:[^\\,]|\\.)*)(?:,|$)")
_MOMENT = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")


def components(raw: bytes) -> Iterator[list[Any]]:
    """Yield the jCal component of each component in the lines of a calendar (§3.3).

    One that has not ended ends with the lines.
    """
    stack: list[list[Any]] = [["", [], []]]
    for row in unfolded(raw):
        if row.startswith("BEGIN:"):
            inner = [row[6:].lower(), [], []]
            stack[-1][2].append(inner)
            stack.append(inner)
        elif row.startswith("END:"):
            stack.pop()
        else:
            stack[-1][1].append(property_of(row))
    yield from stack[0][2]


def property_of(row: str) -> list[Any]:
    """Return the jCal property of an unfolded line (§3.4)."""
    name, given, value = parameters(row)
    default = "unknown" if name.startswith("X-") else _TYPES.get(name, "text")
    kind = given.pop("VALUE", [default])[0].lower()
    shown = {
        key.lower(): texts[0] if len(texts) == 1 else texts
        for key, texts in given.items()
    }
    if name == "CATEGORIES":
        texts = [match[1] for match in _VALUES.finditer(value) if match[0]]
        return ["categories", shown, kind, *map(unescaped, texts)]
    try:
        return [name.lower(), shown, kind, _READ.get(kind, str)(value)]
    except ValueError:
        # A line of another program that says what it is not.
        return [name.lower(), shown, kind, value]


def _moment(value: str) -> str:
    """Return a date or a date-time in its extended form (§3.6.4, §3.6.5)."""
    if not _MOMENT.fullmatch(value):
        raise ValueError(f"'{value}' is neither a date nor a date-time")
    day = f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    if len(value) == 8:
        return day
    return f"{day}T{value[9:11]}:{value[11:13]}:{value[13:]}"


def _offset(value: str) -> str:
    seconds = f":{value[5:]}" if value[5:] else ""
    return f"{value[:3]}:{value[3:5]}{seconds}"


def _rule(value: str) -> dict[str, Any]:
    parts = (part.partition("=") for part in value.split(";"))
    return {name.lower(): _part(name, text) for name, _, text in parts}


def _part(name: str, text: str) -> Any:
    """Return a part of a rule: a number, a text, or several of them (§3.6.10)."""
    if name == "UNTIL":
        return _moment(text)
    values = [
        int(one) if one.lstrip("+-").isdigit() else one for one in text.split(",")
    ]
    return values[0] if len(values) == 1 else values


_READ: dict[str, Callable[[str], Any]] = {
    "text": unescaped,
    "date": _moment,
    "date-time": _moment,
    "float": lambda value: [float(one) for one in value.split(";")],
    "integer": int,
    "recur": _rule,
    "utc-offset": _offset,
}


def _of(source: Format) -> Format:
    """Return the row of a calendar's other form."""
    make: Any = source.event

    def event(entry: Any, site: Site) -> bytes:
        return b",".join(map(compact, components(make(entry, site))))

    def opening(head: Head, site: Site) -> bytes:
        (calendar,) = components(source.open(head, site))
        begun = compact(calendar).removesuffix(b"]]")
        return begun + b"," if calendar[2] and head.has_entries else begun

    return Format(
        name=source.name.replace("ics", "jcal"),
        suffix=".jcal",
        media_type="application/calendar+json",
        event=event,
        news=None,
        open=opening,
        separator=b",",
        close=b"]]",
        is_calendar=True,
        at_write=False,
        rich=source.rich and _of(source.rich),
    )


FORMAT = _of(rich.FORMAT)
