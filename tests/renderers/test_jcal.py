"""jCal says what iCalendar says: line by line, and as two other programs read it."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from icalendar import Calendar

from feeds.models import Event
from feeds.renderers import FORMATS, jcal
from tests.javascript import Ask
from tests.renderers.calendars import rich_event, written
from tests.renderers.cast import (
    local,
    make_event,
    make_head,
    make_override,
    make_session,
    make_site,
)

JCAL = FORMATS["jcal"]
EVENTS: dict[str, Callable[[], list[Event]]] = {
    "none": list,
    "rich": lambda: [rich_event()],
    "several": lambda: [make_event(uid=str(number)) for number in range(3)],
    "all day": lambda: [
        make_event(all_day=True, start_local=local("2021-07-06"), end_local=None)
    ],
    "utc": lambda: [make_event(timezone="UTC")],
    "series": lambda: [
        make_event(
            rrule="FREQ=MONTHLY;BYDAY=-1MO,2TU;UNTIL=20271231T225959Z",
            exdates=["2021-07-20T09:30"],
            overrides=[make_override("2021-07-13T09:30", title="Anders")],
        )
    ],
    "course": lambda: [
        make_event(sessions=[make_session("2021-07-06T09:30", uid="a", title="A;B")])
    ],
}


def document(events: list[Event], **over: Any) -> list[Any]:
    site = make_site(logo={"url": "https://example.org/logo.png"})
    zones = tuple({one.timezone for one in events if not one.all_day})
    head = make_head(
        "events", zones=zones, since_year=2021, has_entries=bool(events), **over
    )
    made = [JCAL.event(one, site) for one in events]  # type: ignore[misc] # has one
    found: list[Any] = json.loads(JCAL.whole(head, site, made))
    return found


@pytest.mark.parametrize("make", EVENTS.values(), ids=EVENTS)
def test_whole_document_says_what_the_calendar_says(
    make: Callable[[], list[Event]],
) -> None:
    events = make()
    ours = Calendar.from_jcal(document(events))
    theirs = Calendar.from_ical(written(*events, has_entries=bool(events)))
    shown = [[one.name for one in each.walk()] for each in (ours, theirs)]
    assert shown[0] == shown[1]
    for mine, other in zip(ours.walk("VEVENT"), theirs.walk("VEVENT"), strict=True):
        for name in ("UID", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "RRULE"):
            assert mine.get(name) == other.get(name), name
        assert str(mine.get("CATEGORIES") and mine["CATEGORIES"].cats) == str(
            other.get("CATEGORIES") and other["CATEGORIES"].cats
        )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("NAME:a\\, b", ["name", {}, "text", "a, b"]),
        ("COLOR:red", ["color", {}, "text", "red"]),
        (
            "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
            ["refresh-interval", {}, "duration", "PT15M"],
        ),
        ("SOURCE;VALUE=URI:https://a/b", ["source", {}, "uri", "https://a/b"]),
        (
            "IMAGE;VALUE=URI;DISPLAY=BADGE:https://a/b",
            ["image", {"display": "BADGE"}, "uri", "https://a/b"],
        ),
        ("GEO:51.500000;-7.46", ["geo", {}, "float", [51.5, -7.46]]),
        ("SEQUENCE:3", ["sequence", {}, "integer", 3]),
        (
            "DTSTART;TZID=Europe/Berlin:20210706T093000",
            [
                "dtstart",
                {"tzid": "Europe/Berlin"},
                "date-time",
                "2021-07-06T09:30:00",
            ],
        ),
        ("DTSTART;VALUE=DATE:20210706", ["dtstart", {}, "date", "2021-07-06"]),
        (
            "DTSTAMP:20210602T093000Z",
            ["dtstamp", {}, "date-time", "2021-06-02T09:30:00Z"],
        ),
        ("TZOFFSETTO:+0200", ["tzoffsetto", {}, "utc-offset", "+02:00"]),
        ("TZOFFSETTO:+005328", ["tzoffsetto", {}, "utc-offset", "+00:53:28"]),
        (
            "RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=TU,TH;BYMONTH=7",
            [
                "rrule",
                {},
                "recur",
                {"freq": "WEEKLY", "count": 5, "byday": ["TU", "TH"], "bymonth": 7},
            ],
        ),
        ("CATEGORIES:a\\, b,c", ["categories", {}, "text", "a, b", "c"]),
        (
            "ORGANIZER;CN=\"Das ^'Amt^'; A\":mailto:a@example.org",
            [
                "organizer",
                {"cn": 'Das "Amt"; A'},
                "cal-address",
                "mailto:a@example.org",
            ],
        ),
        ("X-FOO;P=1,2:a\\,b", ["x-foo", {"p": ["1", "2"]}, "unknown", "a\\,b"]),
        ("X-FOO;VALUE=TEXT:a\\,b", ["x-foo", {}, "text", "a,b"]),
        ("X-FOO;VALUE=FLOAT:a", ["x-foo", {}, "float", "a"]),
        ("X-FOO;VALUE=DATE:then", ["x-foo", {}, "date", "then"]),
    ],
)
def test_a_line_becomes_a_property(line: str, expected: list[Any]) -> None:
    assert jcal.property_of(line) == expected


@pytest.mark.node
def test_ical_js_writes_the_calendar_again(node: Ask) -> None:
    asked = []
    for make in EVENTS.values():
        events = make()
        ics = written(*events, has_entries=bool(events)).decode()
        asked.append({"jcal": document(events), "ics": ics})
    for ours, theirs in node("jcal", asked):
        assert ours == theirs


def test_logo_stands_in_both_heads() -> None:
    head = document([])[1]
    assert [
        "image",
        {"display": "BADGE"},
        "uri",
        "https://example.org/logo.png",
    ] in head
    assert ["name", {}, "text", "Familie in NRW"] in head


def test_text_is_not_escaped() -> None:
    (event,) = [
        one for one in document([make_event(title="a,b;c\\d")])[2] if one[0] == "vevent"
    ]
    assert ["summary", {}, "text", "a,b;c\\d"] in event[1]
    assert datetime.fromisoformat(next(v for n, _, _, v in event[1] if n == "dtstart"))
