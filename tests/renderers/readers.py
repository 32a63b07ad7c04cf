"""One calendar as four programs read it: each VEVENT as its set of properties.

A property is its name, its parameters and what its value means: text without escapes,
a date, or a time on the clock with its zone and its instant. A list is a property for
each of its values. Nothing is left out: what a program does in its own way is in
`peculiarities.PECULIAR`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, NamedTuple

import vobject  # type: ignore[import-untyped] # has no types
from dateutil.tz import tzical
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event as IcalEvent
from ical.types.recur import RecurrenceId
from icalendar import Calendar, prop

from tests.javascript import Ask


class Property(NamedTuple):
    name: str
    params: tuple[tuple[str, str], ...]
    value: str


Read = list[list[Property]]


def made(name: str, params: Iterable[tuple[str, Any]], value: str) -> Property:
    """Build a property; that an address is one is said by its name already."""
    kept = [(key.upper(), str(getattr(one, "value", one))) for key, one in params]
    spared = [one for one in kept if one != ("VALUE", "URI")]
    return Property(name.upper(), tuple(sorted(spared)), value)


def moment(value: Any) -> str:
    """Return a date as itself, a time as what the clock says and when that is."""
    if not isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}"
    instant = value.astimezone(dt.UTC)
    return f"{value:%Y-%m-%dT%H:%M:%S} {instant:%Y-%m-%dT%H:%M:%SZ}"


def rule(text: str) -> str:
    """Return a rule with its parts in order, without what is the default."""
    parts = set(text.upper().split(";")) - {"INTERVAL=1", "WKST=MO"}
    return ";".join(sorted(parts))


def position(latitude: float, longitude: float) -> str:
    return f"{latitude + 0:.6f};{longitude + 0:.6f}"


def unescaped(raw: str) -> str:
    """Return an X- property's text; programs leave it as it stands in the file."""
    return re.sub(r"\\(.)", lambda found: found[1].replace("n", "\n"), raw)


def by_icalendar(raw: bytes) -> Read:
    calendar = Calendar.from_ical(raw)
    assert not [error for one in calendar.walk() for error in one.errors]
    return [
        [
            found
            for name, value in event.property_items(recursive=False)
            if name not in ("BEGIN", "END")
            for found in _of_icalendar(name, value)
        ]
        for event in calendar.walk("VEVENT")
    ]


def _of_icalendar(name: str, value: Any) -> Iterator[Property]:
    params = list(value.params.items())
    if isinstance(value, prop.vDDDLists):
        return (made(name, params, moment(one.dt)) for one in value.dts)
    if isinstance(value, prop.vCategory):
        return (made(name, params, str(one)) for one in value.cats)
    if isinstance(value, prop.vDDDTypes):
        return iter([made(name, params, moment(value.dt))])
    if isinstance(value, prop.vRecur):
        written: Any = value.to_ical
        return iter([made(name, params, rule(written().decode()))])
    if isinstance(value, prop.vGeo):
        return iter([made(name, params, position(value.latitude, value.longitude))])
    text = unescaped(str(value)) if name.startswith("X-") else str(value)
    return iter([made(name, params, text)])


def by_ical(raw: bytes) -> Read:
    calendar = IcsCalendarStream.calendar_from_ics(raw.decode())
    return [list(_of_ical(event)) for event in calendar.events]


def _of_ical(event: IcalEvent) -> Iterator[Property]:
    for field, described in IcalEvent.model_fields.items():
        value = getattr(event, field)
        name = described.alias or field
        for one in value if isinstance(value, list) else [value]:
            if field == "extras":
                params = [
                    (p.name, value) for p in one.params or () for value in p.values
                ]
                yield made(one.name, params, unescaped(one.value))
            elif one is not None:
                yield made(name, *_ical_value(name, one))


def _ical_value(name: str, value: Any) -> tuple[list[tuple[str, Any]], str]:
    if isinstance(value, RecurrenceId):
        local = RecurrenceId.to_value(value)
        if isinstance(local, dt.datetime) and value.tzinfo:
            local = local.replace(tzinfo=value.tzinfo)
        return _ical_moment(local)
    if isinstance(value, dt.date):
        return _ical_moment(value)
    if name == "rrule":
        return [], rule(value.as_rrule_str())
    if name == "geo":
        return [], position(value.lat, value.lng)
    if name == "related-to":
        return [], value.uid
    if hasattr(value, "uri"):
        given = value.model_dump(by_alias=True, exclude_none=True)
        return [(k, v) for k, v in given.items() if k.isupper()], str(value.uri)
    return [], getattr(value, "value", None) or str(value)


def _ical_moment(value: dt.date) -> tuple[list[tuple[str, Any]], str]:
    zone = value.tzinfo if isinstance(value, dt.datetime) else None
    if not isinstance(value, dt.datetime):
        return [("VALUE", "DATE")], moment(value)
    is_utc = zone is None or str(zone) == "UTC"
    return [] if is_utc else [("TZID", zone)], moment(value)


def by_vobject(raw: bytes) -> Read:
    _register_zones(raw.decode())
    calendar = vobject.readOne(raw.decode())
    return [
        [
            found
            for lines in event.contents.values()
            for line in lines
            for found in _of_vobject(line)
        ]
        for event in calendar.contents.get("vevent", [])
    ]


def _register_zones(calendar: str) -> None:
    """Hand the calendar's zones to vobject, which keeps those that it read before.

    By itself it asks pytz for those that it takes for UTC, as they were from 2000 on.
    """
    for table in re.findall("BEGIN:VTIMEZONE.*?END:VTIMEZONE", calendar, re.DOTALL):
        zones = tzical(StringIO(table))
        for name in zones.keys():  # noqa: SIM118 -- it is no mapping
            vobject.icalendar.registerTzid(name, zones.get(name))


def _of_vobject(line: Any) -> Iterator[Property]:
    params = [(key, one) for key, values in line.params.items() for one in values]
    params = [(key.removeprefix("X-VOBJ-ORIGINAL-"), one) for key, one in params]
    for value in line.value if isinstance(line.value, list) else [line.value]:
        if isinstance(value, dt.date):
            text = moment(value)
        elif line.name == "GEO":
            text = position(*map(float, value.split(";")))
        else:
            text = rule(value) if line.name == "RRULE" else value
        yield made(line.name, params, text)


def by_ical_js(raw: bytes, node: Ask) -> Read:
    (events,) = node("properties", [raw.decode()])
    return [[found for one in event for found in _of_ical_js(*one)] for event in events]


def _of_ical_js(
    name: str, params: dict[str, str], kind: str, values: list[Any]
) -> Iterator[Property]:
    given = list(params.items())
    if kind == "date":
        given.append(("VALUE", "DATE"))
    for value in values:
        if kind == "date-time":
            text = " ".join((value[0].removesuffix("Z"), at(value[1])))
        elif kind == "recur":
            text = rule(value)
        elif name == "geo":
            text = position(*value)
        else:
            text = unescaped(value) if kind == "unknown" else str(value)
        yield made(name, given, text)


def at(seconds: int) -> str:
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
