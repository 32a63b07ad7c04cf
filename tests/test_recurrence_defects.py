"""What other programs get wrong of a calendar, each shown beside what RFC 5545 says.

These are the reasons in recurrence_defects.json. A program that is put right makes its
row fail here and its cases in the matrix: then both go.
"""

from typing import Any

import pytest

from tests import engines
from tests.engines import Shown
from tests.javascript import Ask
from tests.series import at, make_event
from tests.test_recurrence_matrix import DEFECTS

WINDOW = (at("2020-01-01T00:00+00:00"), at("2026-01-01T00:00+00:00"))

Case = tuple[str, dict[str, Any]]
# reason: the series, what the program shows, what is right; hours are UTC
Row = tuple[Case, list[str], list[str]]

OUT_OF_STEP: Case = ("2021-07-07T09:30", {"rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=2"})

# §3.8.5.3 leaves it undefined; that the start counts as the first is our decision.
UNDEFINED = "a start that the rule does not give"

ICAL_JS: dict[str, Row] = {
    # §3.3.5: the offset before the gap
    "a time that the clock skips": (
        ("2021-03-28T02:30", {}),
        ["2021-03-28T00:30"],
        ["2021-03-28T01:30"],
    ),
    # §3.3.5: the first of the two
    "a time that comes twice": (
        ("2021-10-31T02:30", {}),
        ["2021-10-31T01:30"],
        ["2021-10-31T00:30"],
    ),
    # §3.3.10: a date that is not there is left out
    "29 February": (
        ("2020-02-29T10:00", {"rrule": "FREQ=YEARLY;COUNT=2"}),
        ["2020-02-29T09:00", "2021-03-01T09:00"],
        ["2020-02-29T09:00", "2024-02-29T09:00"],
    ),
    # §3.3.10: the weeks are numbered, and no others meant
    "BYWEEKNO": (
        ("2021-05-17T10:00", {"rrule": "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=2"}),
        ["2021-05-24T08:00", "2021-05-31T08:00"],
        ["2021-05-17T08:00", "2022-05-16T08:00"],
    ),
    # §3.3.10: the twentieth Monday of the year
    "a weekday counted through the year": (
        ("2021-05-17T10:00", {"rrule": "FREQ=YEARLY;BYDAY=20MO;COUNT=2"}),
        ["2021-05-17T08:00", "2021-05-24T08:00"],
        ["2021-05-17T08:00", "2022-05-16T08:00"],
    ),
    # §3.3.10: one of each week
    "BYSETPOS": (
        ("2021-07-06T08:00", {"rrule": "FREQ=WEEKLY;BYDAY=TU,FR;BYSETPOS=1;COUNT=2"}),
        ["2021-07-06T06:00", "2021-07-09T06:00"],
        ["2021-07-06T06:00", "2021-07-13T06:00"],
    ),
    # §3.3.10: in a year BYMONTHDAY adds days, in every month
    "days of the month in a yearly rule": (
        ("2021-03-01T10:00", {"rrule": "FREQ=YEARLY;BYMONTHDAY=1;COUNT=2"}),
        ["2021-03-01T09:00", "2022-03-01T09:00"],
        ["2021-03-01T09:00", "2021-04-01T08:00"],
    ),
    # §3.3.10: -1 is the last day
    "days counted from the end of the month in a daily rule": (
        ("2021-01-31T10:00", {"rrule": "FREQ=DAILY;BYMONTHDAY=-1,31;COUNT=2"}),
        ["2021-01-31T09:00", "2021-03-31T08:00"],
        ["2021-01-31T09:00", "2021-02-28T09:00"],
    ),
    # §3.8.5.3: duplicates count once
    UNDEFINED: (
        OUT_OF_STEP,
        ["2021-07-13T07:30", "2021-07-20T07:30"],
        ["2021-07-07T07:30", "2021-07-13T07:30"],
    ),
}
ICAL: dict[str, Row] = {
    # §3.8.4.4: a RECURRENCE-ID of the same instant replaces it
    "an override of a series in UTC": (
        (
            "2021-07-06T09:30",
            {
                "rrule": "FREQ=WEEKLY;COUNT=2",
                "timezone": "UTC",
                "changes": [("2021-07-13T09:30", "2021-07-14T09:30", None)],
            },
        ),
        ["2021-07-06T09:30", "2021-07-13T09:30", "2021-07-14T09:30"],
        ["2021-07-06T09:30", "2021-07-14T09:30"],
    ),
    UNDEFINED: (
        OUT_OF_STEP,
        ["2021-07-13T07:30", "2021-07-20T07:30"],
        ["2021-07-07T07:30", "2021-07-13T07:30"],
    ),
}
RECURRING: dict[str, Row] = {
    # §3.3.5: UTC is UTC; X-WR-TIMEZONE (ours is Berlin's) is no part of any standard
    "UTC is moved by X-WR-TIMEZONE": (
        ("2021-03-23T09:30", {"rrule": "FREQ=WEEKLY;COUNT=2", "timezone": "UTC"}),
        ["2021-03-23T09:30", "2021-03-30T08:30"],
        ["2021-03-23T09:30", "2021-03-30T09:30"],
    ),
    # three of two
    UNDEFINED: (
        ("2021-07-07T09:30", {"rrule": "FREQ=MONTHLY;BYDAY=1MO;COUNT=2"}),
        ["2021-07-07T07:30", "2021-08-02T07:30", "2021-09-06T07:30"],
        ["2021-07-07T07:30", "2021-08-02T07:30"],
    ),
}
# A row of its own below: the starts are right, the end is not.
LENGTH = "the length of what a change of the clock falls into"


def test_each_reason_is_shown() -> None:
    assert {name: sorted(reasons) for name, reasons in DEFECTS.items()} == {
        "ical.js": sorted([*ICAL_JS, LENGTH]),
        "ical": sorted(ICAL),
        "recurring-ical-events": sorted(RECURRING),
    }


@pytest.mark.node
@pytest.mark.parametrize("reason", ICAL_JS)
def test_ical_js_differs(node: Ask, reason: str) -> None:
    (start, over), wrong, right = ICAL_JS[reason]
    event = make_event(start, **over)
    (found,) = engines.ical_js(node, [(event, WINDOW)])
    assert (starts(found)[: len(wrong)], starts(engines.ours(event, WINDOW))) == (
        wrong,
        right,
    )


@pytest.mark.parametrize("reason", ICAL)
def test_ical_differs(reason: str) -> None:
    (start, over), wrong, right = ICAL[reason]
    event = make_event(start, **over)
    found = engines.ical(event, WINDOW)
    assert (starts(found), starts(engines.ours(event, WINDOW))) == (wrong, right)


@pytest.mark.parametrize("reason", RECURRING)
def test_recurring_ical_events_differs(reason: str) -> None:
    (start, over), wrong, right = RECURRING[reason]
    event = make_event(start, **over)
    found = engines.recurring(event, WINDOW)
    assert (starts(found), starts(engines.ours(event, WINDOW))) == (wrong, right)


@pytest.mark.node
def test_ical_js_takes_the_exact_length_for_one_on_the_clock(node: Ask) -> None:
    event = make_event("2021-10-30T22:00", "2021-10-31T06:00")
    (found,) = engines.ical_js(node, [(event, WINDOW)])
    begin, end = at("2021-10-30T20:00+00:00"), at("2021-10-31T05:00+00:00")
    assert engines.ours(event, WINDOW) == [(begin, end)]
    assert found == [(begin, at("2021-10-31T06:00+00:00"))]


def starts(spans: Shown) -> list[str]:
    assert not isinstance(spans, str), spans
    return [each[0].strftime("%Y-%m-%dT%H:%M") for each in spans]
