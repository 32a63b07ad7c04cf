"""Lines that an import brought, given back as they came or not at all."""

import pytest
from icalendar import Calendar

from feeds.renderers import ics
from tests.renderers.calendars import lines, values, written
from tests.renderers.cast import (
    make_category,
    make_event,
    make_override,
    make_session,
    make_site,
)

KEPT = [
    "X-FOO:bar",
    'X-FOO;P=1;Q="a;b:c",d:\\,;:"x"',
    "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    "X-LONG:" + "ä€😀" * 60,
    "X-EMPTY:",
]
DROPPED = [
    "X-FOO",
    "x-foo:bar",
    "FOO:bar",
    "ATTACH:https://example.org",
    "X-FOO;P:bar",
    'X-FOO;P="a:bar',
    "X-FOO:a\r\nX-EVIL:1",
    "X-FOO:a\nb",
    "X-FOO:a\u2028b",
    "X-FOO:a\x00b",
    "X-FOO:a\ud800b",
    "X-ALT-DESC;FMTTYPE=text/html:<p>",
    "X-WR-CALNAME:a",
    "X-FEEDS-PART:20210706",
    "X-APPLE-CALENDAR-COLOR:#000000",
    "X-PUBLISHED-TTL:PT1H",
]


def test_lines_of_other_programs_stand_as_they_came() -> None:
    event = make_event(extensions=[*KEPT, *DROPPED])
    bare = lines(make_event())
    assert lines(event) == [*bare[:-1], *KEPT, bare[-1]]
    (read,) = Calendar.from_ical(written(event)).walk("VEVENT")
    assert read.errors == []
    assert read["X-LONG"] == "ä€😀" * 60


@pytest.mark.parametrize("line", DROPPED)
def test_a_line_that_is_not_one_is_not_written(line: str) -> None:
    assert lines(make_event(extensions=[line])) == lines(make_event())


def test_labels_of_other_programs_stand_after_ours() -> None:
    event = make_event(
        categories=[make_category("q", "Beruf, Bildung")],
        extensions=["CATEGORIES:a\\,b,c", "X-FOO:1", "CATEGORIES:d", "CATEGORIES:e\\"],
    )
    assert values(event, "CATEGORIES") == ["CATEGORIES:Beruf\\, Bildung,a\\,b,c,d"]
    assert values(event, "X-FOO") == ["X-FOO:1"]


def test_labels_of_other_programs_stand_alone() -> None:
    assert values(make_event(extensions=["CATEGORIES:a"]), "CATEGORIES") == [
        "CATEGORIES:a"
    ]


def test_an_override_has_lines_of_its_own() -> None:
    event = make_event(
        rrule="FREQ=DAILY",
        extensions=["X-FOO:series", "CATEGORIES:series"],
        overrides=[
            make_override("2021-07-07T09:30"),
            make_override("2021-07-08T09:30", extensions=["X-FOO:one"]),
        ],
    )
    assert values(event, "X-FOO") == ["X-FOO:series", "X-FOO:one"]
    assert values(event, "CATEGORIES") == ["CATEGORIES:series"]


def test_dates_without_a_rule_have_the_lines_of_their_event() -> None:
    event = make_event(
        rdates=["2021-07-08T18:00"],
        extensions=["X-FOO:all"],
        overrides=[make_override("2021-07-10T09:00", extensions=["X-FOO:one"])],
    )
    assert values(event, "X-FOO") == ["X-FOO:all", "X-FOO:all", "X-FOO:one"]


def test_each_session_has_the_lines_of_its_course() -> None:
    sessions = [make_session(f"2021-07-0{day}T09:30", uid=str(day)) for day in (6, 7)]
    event = make_event(sessions=sessions, extensions=["X-FOO:all"])
    assert values(event, "X-FOO") == ["X-FOO:all"] * 2


def test_the_uids_of_a_fragment_are_told_in_order() -> None:
    long = "x" * 120 + "\\,;"
    sessions = [make_session("2021-07-06T09:30", uid=uid) for uid in ("b", long, "a")]
    course = ics.render(make_event(sessions=sessions), make_site())
    assert ics.uids(course) == ["b", long, "a"]
    overrides = [make_override("2021-07-07T09:30")]
    series = make_event(rrule="FREQ=DAILY", overrides=overrides)
    assert ics.uids(ics.render(series, make_site())) == [series.uid]
