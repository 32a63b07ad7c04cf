"""Our VTIMEZONE as ical.js, icalendar and `ical` read it, against zoneinfo."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import lru_cache

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from feeds import times
from feeds.renderers.vtimezone import vtimezone
from tests.javascript import Ask
from tests.renderers.zones import EPOCH, NAIVE, ODD, Point, names, points_of

Record = Callable[[str, object], None]

# Known defects, each with a test that shows it. This clock was 44:30 behind until 1972,
# and ical.js drops the seconds of an offset;
WITH_SECONDS = "Africa/Monrovia"
# this one lost a day in summer, and dateutil, which icalendar uses, takes that day for
# what summer saves and turns no UTC into local time until the summer is over.
LOST_DAY = "Pacific/Apia"
THAT_SUMMER = (
    dt.datetime(2011, 12, 30, tzinfo=times.UTC),
    dt.datetime(2012, 4, 1, tzinfo=times.UTC),
)


@lru_cache(maxsize=1)
def points() -> dict[str, list[Point]]:
    return {name: points_of(name) for name in names()}


def asked(node: Ask) -> list[tuple[str, Point, int]]:
    """Return each zone and point with the offset that ical.js finds there.

    It reads wall-clock times; those that come twice are for the test of series. From
    UTC it takes an instant for a wall-clock time and is right away from changes only.
    """
    local = {n: [p for p in ps if p.is_unique] for n, ps in points().items()}
    quiet = {n: [p for p in ps if p.is_quiet] for n, ps in points().items()}
    cases = [
        {
            "component": vtimezone(name).decode(),
            "locals": [point.local for point in local[name]],
            "instants": [point.at for point in quiet[name]],
        }
        for name in points()
    ]
    answers = dict(zip(points(), node("zones", cases), strict=True))
    return [
        (name, point, offset)
        for name, answer in answers.items()
        for kind, asked in (("locals", local), ("instants", quiet))
        for point, offset in zip(asked[name], answer[kind], strict=True)
    ]


@pytest.mark.node
@pytest.mark.counted
def test_ical_js_reads_every_zone_as_zoneinfo_does(
    node: Ask, record_property: Record
) -> None:
    answers = asked(node)
    wrong = [
        (name, str(point), offset)
        for name, point, offset in answers
        if offset != int(point.offset / 60) * 60
    ]
    record_property(
        "counted",
        f"ical.js and zoneinfo: {len(points())} zones, {len(answers)} points,"
        f" {len(wrong)} differ",
    )
    assert wrong == []


@pytest.mark.node
def test_ical_js_knows_no_seconds_of_an_offset(node: Ask) -> None:
    component = vtimezone(WITH_SECONDS).decode()
    (answer,) = node("zones", [{"component": component, "locals": [0], "instants": []}])
    assert "TZOFFSETFROM:-004430" in component
    assert answer["locals"] == [-44 * 60]


@pytest.mark.counted
def test_icalendar_reads_every_zone_as_zoneinfo_does(record_property: Record) -> None:
    wrong, asked = [], 0
    for name in points():
        zone = read(name)
        for point in points()[name]:
            found = list(offsets(name, zone, point))
            asked += len(found)
            offset = dt.timedelta(seconds=point.offset)
            wrong += [(name, str(point), each) for each in found if each != offset]
    record_property(
        "counted",
        f"icalendar and zoneinfo: {len(points())} zones, {asked} points,"
        f" {len(wrong)} differ",
    )
    assert wrong == []


def offsets(name: str, zone: dt.tzinfo, point: Point) -> Iterator[dt.timedelta | None]:
    """Yield what icalendar finds from the wall-clock time and from the instant.

    dateutil takes a change of standard time for one of summer time, so that the last
    hour before it comes out wrong from UTC.
    """
    instant = EPOCH + dt.timedelta(seconds=point.at)
    if point.is_unique:
        local = NAIVE + dt.timedelta(seconds=point.local)
        yield local.replace(tzinfo=zone).utcoffset()
    if point.is_quiet and not (
        name == LOST_DAY and THAT_SUMMER[0] <= instant < THAT_SUMMER[1]
    ):
        yield instant.astimezone(zone).utcoffset()


def test_icalendar_takes_a_lost_day_for_summer_time() -> None:
    zone = read(LOST_DAY)
    with pytest.raises(ValueError, match="strictly between"):
        (THAT_SUMMER[0] + dt.timedelta(days=7)).astimezone(zone)


def read(name: str) -> dt.tzinfo:
    component = icalendar.Timezone.from_ical(vtimezone(name))
    assert isinstance(component, icalendar.Timezone)
    return component.to_tz(lookup_tzid=False)


def calendar_with(name: str) -> str:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN",
            vtimezone(name, 2026).decode().removesuffix("\r\n"),
            "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:A",
            f"DTSTART;TZID={name}:20260706T093000",
            f"DTEND;TZID={name}:20260706T103000",
            "END:VEVENT\r\nEND:VCALENDAR\r\n",
        ]
    )


@pytest.mark.parametrize("name", sorted(ODD))
def test_ical_reads_a_calendar_with_it(name: str) -> None:
    event = IcsCalendarStream.calendar_from_ics(calendar_with(name)).events[0]
    assert isinstance(event.dtstart, dt.datetime)
    expected = dt.datetime(2026, 7, 6, 9, 30, tzinfo=times.zone(name))
    assert event.dtstart.astimezone(times.UTC) == expected.astimezone(times.UTC)
