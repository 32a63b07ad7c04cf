"""The times of an event: kinds, ends, rules, courses."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest

from tests.schemas.refusals import refused, taken

START = "2021-07-06T09:30"
wall = datetime.fromisoformat
event = partial(taken, "events")
wrong = partial(refused, "events")
repeated = partial(event, start=START, rrule="FREQ=DAILY;COUNT=5")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (START, START),
        (START, "2021-07-06T09:29:59"),
        ("2021-07-06", "2021-07-06"),
        ("2021-07-06", "2021-07-05"),
    ],
)
def test_an_end_not_after_its_start_is_refused(start: str, end: str) -> None:
    told = [f"'{end}' is not after the start '{start}'; an end is exclusive"]
    assert wrong(start=start, end=end) == {"end": told}


def test_the_ends_of_sessions_and_overrides_are_checked_too() -> None:
    assert list(
        wrong(
            start=START,
            rrule="FREQ=DAILY",
            overrides=[
                {"recurrence_id": START, "end": "2021-07-06T10:00"},
                {"recurrence_id": "2021-07-07T09:30", "end": "2021-07-07T09:30"},
            ],
        )
    ) == ["overrides.1.end"]
    assert list(wrong(sessions=[{"start": START, "end": START}])) == ["sessions.0.end"]


def test_an_end_in_the_gap_of_a_clock_change_is_taken() -> None:
    values = event(start="2021-03-28T02:30", end="2021-03-28T03:00")
    assert values["end_local"] == wall("2021-03-28T03:00")


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("end", {"end": "2021-07-08"}),
        ("rdates.1", {"rdates": ["2021-07-07T09:30", "2021-07-08"]}),
        ("exdates.0", {"rrule": "FREQ=DAILY", "exdates": ["2021-07-08"]}),
        (
            "overrides.0.recurrence_id",
            {"rrule": "FREQ=DAILY", "overrides": [{"recurrence_id": "2021-07-08"}]},
        ),
        (
            "overrides.0.start",
            {
                "rrule": "FREQ=DAILY",
                "overrides": [
                    {"recurrence_id": "2021-07-08T09:30", "start": "2021-07-09"}
                ],
            },
        ),
    ],
)
def test_dates_among_times_are_refused(path: str, raw: dict[str, Any]) -> None:
    assert list(wrong(start=START, **raw)) == [path]


def test_times_among_dates_are_refused() -> None:
    assert wrong(start="2021-07-06", end="2021-07-06T11:00") == {
        "end": [
            "'2021-07-06T11:00' has a time of day, unlike start: an event has dates or"
            " times throughout"
        ]
    }
    assert list(wrong(sessions=[{"start": "2021-07-06"}, {"start": START}])) == [
        "sessions.1.start"
    ]


def test_all_day_events_stand_at_midnight() -> None:
    values = event(start="2021-07-06", end="2021-07-08")
    assert values["all_day"] is True
    assert values["start_local"] == wall("2021-07-06T00:00")
    assert values["end_local"] == wall("2021-07-08T00:00")


def test_a_course_needs_no_start() -> None:
    values = event(sessions=[{"start": START}, {"start": "2021-07-09T10:00"}])
    assert values["start_local"] is None
    assert values["sessions"] == [
        {
            "uid": None,
            "start_local": wall("2021-07-06T09:30"),
            "end_local": None,
            "title": None,
        },
        {
            "uid": None,
            "start_local": wall("2021-07-09T10:00"),
            "end_local": None,
            "title": None,
        },
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rrule", "FREQ=DAILY"),
        ("rdates", [START]),
        ("exdates", [START]),
        ("overrides", [{"recurrence_id": START}]),
    ],
)
def test_a_course_does_not_recur(name: str, value: Any) -> None:
    told = wrong(start=START, sessions=[{"start": START}], **{name: value})
    assert told == {name: [f"sessions and {name} exclude each other"]}


@pytest.mark.parametrize(
    ("name", "value"), [("exdates", [START]), ("overrides", [{"recurrence_id": START}])]
)
def test_exceptions_need_something_that_recurs(name: str, value: Any) -> None:
    assert wrong(start=START, **{name: value}) == {
        name: [f"{name} need an rrule or rdates"]
    }
    event(start=START, rdates=["2021-07-08T09:30"], **{name: value})


def test_the_rule_is_checked_and_kept_in_one_form() -> None:
    assert repeated()["rrule"] == "FREQ=DAILY;COUNT=5"
    values = event(start=START, rrule="freq=weekly;until=20210801T093000")
    assert values["rrule"] == "FREQ=WEEKLY;UNTIL=20210801T073000Z"
    assert wrong(start=START, rrule="FREQ=SECONDLY") == {
        "rrule": ["FREQ=SECONDLY is not one of DAILY, WEEKLY, MONTHLY, YEARLY"]
    }


def test_dates_of_a_series_are_in_order_and_once() -> None:
    days = ["2021-07-09T09:30", "2021-07-08T09:30:00", "2021-07-09T09:30:00"]
    assert repeated(exdates=days)["exdates"] == ["2021-07-08T09:30", "2021-07-09T09:30"]


def test_two_overrides_of_one_instance_are_refused() -> None:
    twice = [{"recurrence_id": START}, {"recurrence_id": f"{START}:00"}]
    assert wrong(start=START, rrule="FREQ=DAILY", overrides=twice) == {
        "overrides.1.recurrence_id": [f"'{START}' is given twice"]
    }


def test_an_empty_location_of_an_override_inherits() -> None:
    values = repeated(overrides=[{"recurrence_id": START, "location": {}}])
    assert values["overrides"][0]["location"] is None
