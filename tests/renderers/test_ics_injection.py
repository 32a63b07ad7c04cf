"""No text in any field can add a line, a property or a component."""

from typing import Any

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from feeds import text
from feeds.renderers.contentline import escaped
from feeds.renderers.ics import FORMAT
from tests.javascript import Ask
from tests.renderers.calendars import read, written
from tests.renderers.cast import (
    document,
    make_category,
    make_event,
    make_head,
    make_override,
    make_session,
    make_site,
    make_source,
)

NASTY = {
    "CR": "a\rb",
    "LF": "a\nb",
    "CRLF": "a\r\nb",
    "NUL": "a\x00b",
    "VT": "a\x0bb",
    "FF": "a\x0cb",
    "ESC": "a\x1bb",
    "NEL": "a\x85b",
    "LS": "a\u2028b",
    "PS": "a\u2029b",
    "surrogate": "a\ud800b",
    "quotes": "a\"b'c“",
    "caret": "a^b^nc^'",
    "semicolon": "a;b:c",
    "comma": "a,b",
    "backslash": "a\\b\\nc\\",
    "end": "a\r\nEND:VEVENT\r\nX-EVIL:1",
    "folded": "a\r\n b\n\tc",
    "parameter": 'a";X-EVIL=1:b',
}
PLACES_OF_TEXT: dict[str, Any] = {
    "title": lambda bad: {"title": bad},
    "summary": lambda bad: {"summary": bad},
    "description": lambda bad: {"description": f"<p><b>{bad}</b></p>"},
    "uid": lambda bad: {"uid": bad},
    "location": lambda bad: {"location": {"name": bad, "street": bad, "city": bad}},
    "category": lambda bad: {"categories": [make_category("q", bad)]},
    "organizer": lambda bad: {"organizer": {"name": bad, "email": "a@example.org"}},
    "address": lambda bad: {"organizer": {"name": "A", "email": bad}},
    "image": lambda bad: {"image": {"url": f"https://example.org/{bad}"}},
    "online": lambda bad: {"online_url": f"https://example.org/{bad}"},
    "price": lambda bad: {"price": bad},
    "source": lambda bad: {"sources": [make_source(bad)]},
    "session": lambda bad: {
        "sessions": [make_session("2021-07-06T09:30", uid=bad, title=bad)]
    },
    "course": lambda bad: {
        "title": bad,
        "sessions": [make_session("2021-07-06T09:30", uid="a", title="b")],
    },
    "line": lambda bad: {"extensions": ["X-FOO:1", "CATEGORIES:b", f"X-BAD:{bad}"]},
    "override": lambda bad: {
        "rrule": "FREQ=DAILY;COUNT=2",
        "overrides": [make_override("2021-07-06T09:30", title=bad, summary=bad)],
    },
}


@pytest.mark.parametrize("bad", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("over", PLACES_OF_TEXT.values(), ids=PLACES_OF_TEXT)
def test_no_text_can_add_a_property(over: Any, bad: str) -> None:
    harmless, harmful = read(make_event(**over("ab"))), read(make_event(**over(bad)))
    named = [one.keys() - {"X-BAD"} for one in harmful]
    assert named == [one.keys() - {"X-BAD"} for one in harmless]
    raw = written(make_event(**over(bad))).decode()
    other = IcsCalendarStream.calendar_from_ics(raw)
    assert len(other.events) == len(harmless)
    for one in vobject.readOne(raw).vevent_list:
        assert "x-evil" not in one.contents


@pytest.mark.parametrize("bad", NASTY.values(), ids=NASTY)
def test_text_is_read_back_as_it_was_cleaned(bad: str) -> None:
    over = {"location": {"name": bad}, "categories": [make_category("q", bad)]}
    organizer = {"name": bad, "email": "a@example.org"}
    (event,) = read(make_event(uid=bad, title=bad, organizer=organizer, **over))
    clean = text.legal(bad)
    assert event["UID"] == event["SUMMARY"] == event["LOCATION"] == clean
    assert event["CATEGORIES"].cats == [clean]
    assert event["ORGANIZER"].params["CN"] == clean.replace("\t", " ")


@pytest.mark.node
def test_no_text_can_add_a_property_in_ical_js(node: Ask) -> None:
    asked = [
        written(make_event(**over(bad))).decode()
        for over in PLACES_OF_TEXT.values()
        for bad in ("ab", *NASTY.values())
    ]
    found = [
        [[name for name, *_ in event if name != "x-bad"] for event in events]
        for events in node("properties", asked)
    ]
    size = len(NASTY) + 1
    for at, place in enumerate(PLACES_OF_TEXT):
        harmless, *harmful = found[at * size : (at + 1) * size]
        assert dict(zip(NASTY, harmful, strict=True)) == dict.fromkeys(NASTY, harmless)
        assert sum(map(len, harmless)) > 9, place


@pytest.mark.node
def test_text_is_read_back_by_ical_js_as_it_was_cleaned(node: Ask) -> None:
    asked = [
        written(make_event(uid=bad, title=bad, location={"name": bad}))
        for bad in NASTY.values()
    ]
    read = node("properties", [calendar.decode() for calendar in asked])
    for bad, (event,) in zip(NASTY.values(), read, strict=True):
        texts = {name: values for name, _, _, values in event}
        clean = [text.legal(bad)]
        assert texts["uid"] == texts["summary"] == texts["location"] == clean


@pytest.mark.parametrize("bad", NASTY.values(), ids=NASTY)
def test_no_text_can_add_a_line_to_the_head(bad: str) -> None:
    head = make_head("events", title=bad, description=bad, page_url=bad, self_url=bad)
    calendar = Calendar.from_ical(document(FORMAT, [], head, make_site()))
    plain = Calendar.from_ical(written())
    assert calendar.keys() == plain.keys()
    assert calendar["DESCRIPTION"] == text.legal(bad)
    # icalendar knows no type for these and leaves them as they stand in the file.
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == escaped(bad)
