"""Calendars as bytes, and as four other programs read them."""

import re
from pathlib import Path
from typing import Any

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from feeds.renderers import ics
from feeds.renderers.ics import FORMAT
from tests.renderers.calendars import PAGE, read, rich_event, values, written
from tests.renderers.cast import (
    local,
    make_event,
    make_head,
    make_place,
    make_site,
)

GOLDEN = Path(__file__).parent / "golden"


def test_a_rich_event_is_written_as_agreed() -> None:
    agreed = (GOLDEN / "event.ics").read_text(encoding="utf-8")
    fragment = ics.render(rich_event(), make_site()).decode()
    assert fragment.replace("\r\n", "\n") == agreed


def test_a_calendar_begins_as_agreed() -> None:
    opening = FORMAT.open(make_head("events", has_entries=True), make_site())
    assert opening.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//feeds//feeds//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Familie in NRW",
        "X-WR-CALNAME:Familie in NRW",
        "DESCRIPTION:Was für Familien los ist",
        "X-WR-CALDESC:Was für Familien los ist",
        "X-WR-TIMEZONE:Europe/Berlin",
        "COLOR:royalblue",
        "X-APPLE-CALENDAR-COLOR:#0b5cad",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
        "SOURCE;VALUE=URI:https://feeds.example.org/familie/events",
        "URL:https://feeds.example.org/familie",
        "LAST-MODIFIED:20210602T093000Z",
        "",
    ]


@pytest.mark.parametrize(
    ("seconds", "duration"), [(900, "PT15M"), (7200, "PT2H"), (90, "PT90S")]
)
def test_a_refresh_interval_is_a_duration(seconds: int, duration: str) -> None:
    opening = FORMAT.open(make_head("events", ttl=seconds), make_site()).decode()
    assert f"\r\nREFRESH-INTERVAL;VALUE=DURATION:{duration}\r\n" in opening
    assert f"\r\nX-PUBLISHED-TTL:{duration}\r\n" in opening


@pytest.mark.parametrize(
    ("zones", "has_entries", "tables"),
    [
        ((), False, ["Europe/Berlin"]),
        ((), True, []),
        (("UTC",), True, []),
        (
            ("Europe/London", "Europe/Berlin", "UTC"),
            True,
            ["Europe/Berlin", "Europe/London"],
        ),
    ],
)
def test_a_calendar_has_the_tables_of_its_zones(
    zones: tuple[str, ...], has_entries: bool, tables: list[str]
) -> None:
    head = make_head("events", zones=zones, has_entries=has_entries)
    opening = FORMAT.open(head, make_site()).decode()
    assert re.findall("\r\nTZID:(.*)\r\n", opening) == tables


def test_an_empty_calendar_is_read_by_all() -> None:
    raw = written()
    calendar = Calendar.from_ical(raw)
    assert [one.name for one in calendar.subcomponents] == ["VTIMEZONE"]
    assert IcsCalendarStream.calendar_from_ics(raw.decode()).events == []
    assert vobject.readOne(raw.decode()).validate()


def test_a_calendar_has_nothing_that_clients_break_on() -> None:
    calendar = Calendar.from_ical(written(rich_event()))
    assert "METHOD" not in calendar
    assert "UID" not in calendar
    assert calendar.walk("VALARM") == []


def test_every_line_is_bounded_and_clean() -> None:
    raw = written(rich_event(title="Ü" * 100, summary="a\u2028b\x00\r\nc\x85d"))
    for piece in raw.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(piece) <= 75
        assert not re.search("[\x00-\x1f\x7f\x85\u2028\u2029]", piece.decode())


def test_the_same_values_give_the_same_bytes() -> None:
    assert written(rich_event()) == written(rich_event())


def test_the_stamps_are_those_of_the_last_change() -> None:
    (event,) = read(make_event())
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == make_event().updated_at
    assert event["CREATED"].dt == make_event().created_at
    assert event["SEQUENCE"] == 3


@pytest.mark.parametrize(
    ("over", "start", "end"),
    [
        (
            {},
            "DTSTART;TZID=Europe/Berlin:20210706T093000",
            "DTEND;TZID=Europe/Berlin:20210706T110000",
        ),
        ({"end_local": None}, "DTSTART;TZID=Europe/Berlin:20210706T093000", None),
        ({"timezone": "UTC"}, "DTSTART:20210706T093000Z", "DTEND:20210706T110000Z"),
        (
            {"all_day": True, "start_local": local("2021-07-06"), "end_local": None},
            "DTSTART;VALUE=DATE:20210706",
            "DTEND;VALUE=DATE:20210707",
        ),
        (
            {
                "all_day": True,
                "start_local": local("2021-07-06"),
                "end_local": local("2021-07-09"),
                "timezone": "UTC",
            },
            "DTSTART;VALUE=DATE:20210706",
            "DTEND;VALUE=DATE:20210709",
        ),
    ],
)
def test_a_span_is_written_in_its_own_type(
    over: dict[str, Any], start: str, end: str | None
) -> None:
    event = make_event(**over)
    assert values(event, "DTSTART") == [start]
    assert values(event, "DTEND") == ([end] if end else [])


@pytest.mark.parametrize(
    ("over", "transparent"),
    [
        ({}, []),
        ({"status": "cancelled"}, ["TRANSP:TRANSPARENT"]),
        ({"all_day": True}, ["TRANSP:TRANSPARENT"]),
    ],
)
def test_days_and_cancelled_events_leave_time_free(
    over: dict[str, Any], transparent: list[str]
) -> None:
    assert values(make_event(**over), "TRANSP") == transparent


@pytest.mark.parametrize(
    ("language", "summary"),
    [("de", "Abgesagt: Elterncafé"), ("en", "Cancelled: Elterncafé")],
)
def test_a_cancelled_event_says_so_twice(language: str, summary: str) -> None:
    event = make_event(status="cancelled", language=language)
    assert values(event, "STATUS") == ["STATUS:CANCELLED"]
    assert values(event, "SUMMARY") == [f"SUMMARY:{summary}"]


def test_plain_paragraphs_need_no_html() -> None:
    event = make_event(description="<p>Eins<br>zwei</p><p>drei</p>")
    assert values(event, "X-ALT-DESC") == []
    assert values(event, "DESCRIPTION") == [
        r"DESCRIPTION:Ein Vormittag für Eltern\n\nEins\nzwei\n\ndrei"
        rf"\n\nMehr dazu: {PAGE}"
    ]


def test_an_organizer_without_an_address_is_named_in_the_text() -> None:
    event = make_event(organizer={"name": "Amt"})
    assert values(event, "ORGANIZER") == []
    assert "Amt" in values(event, "DESCRIPTION")[0]


def test_an_event_without_a_place_has_none() -> None:
    assert values(make_event(), "LOCATION") == values(make_event(), "GEO") == []


def test_a_location_wins_over_the_place_field_by_field() -> None:
    location = {"name": "Saal 2", "latitude": None, "city": ""}
    event = make_event(place=make_place(), location=location)
    assert values(event, "LOCATION") == [
        r"LOCATION:Saal 2\, Am Markt 1\, 44135 Dortmund"
    ]
    assert values(event, "GEO") == ["GEO:51.500000;7.460000"]


def test_coordinates_come_as_a_pair() -> None:
    location = {"latitude": 0.0, "longitude": -0.5}
    event = make_event(place=make_place(), location=location)
    assert values(event, "GEO") == ["GEO:0.000000;-0.500000"]


def test_every_program_reads_the_same_calendar() -> None:
    raw = written(
        rich_event(),
        make_event(uid="2", slug="b", all_day=True, start_local=local("2021-07-06")),
        make_event(uid="3", slug="c", rrule="FREQ=DAILY;COUNT=2", status="tentative"),
    ).decode()
    titles = ["Elterncafé"] * 3
    assert [one.summary for one in IcsCalendarStream.calendar_from_ics(raw).events] == (
        titles
    )
    calendar = vobject.readOne(raw)
    assert calendar.validate()
    assert [one.summary.value for one in calendar.vevent_list] == titles


def test_news_have_no_calendar() -> None:
    assert FORMAT.news is None
    assert FORMAT.nouns == {"events"}
