"""Events that are hard to place, and windows that just miss or just touch them.

Every format, page and widget agrees on them. Left out on purpose: whole days in another
zone than the channel's.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clients.serving import Service
from tests.clients.test_grammar import (
    EVERYTHING,
    FEEDS,
    ask,
    in_calendar,
    in_json,
    in_list,
    in_month,
)
from tests.counts import tries

CHANNEL = "grenzfaelle"
DAY = timedelta(days=1)
LONG = "longer-than-its-week"
MARCH = (date(2026, 2, 23), date(2026, 4, 6))
SERIES = {"start": "2026-03-02T10:00", "end": "2026-03-02T11:00"}
EVENTS: dict[str, dict[str, Any]] = {
    "one-date-cancelled": SERIES
    | {
        "rrule": "FREQ=WEEKLY;COUNT=6",
        "overrides": [{"recurrence_id": "2026-03-09T10:00", "status": "cancelled"}],
    },
    "moved-far": SERIES
    | {
        "rrule": "FREQ=DAILY;COUNT=2",
        "overrides": [
            {
                "recurrence_id": "2026-03-03T10:00",
                "start": "2026-03-26T10:00",
                "end": "2026-03-26T11:00",
            }
        ],
    },
    "moved-before-its-start": {
        "start": "2026-03-12T10:00",
        "rrule": "FREQ=DAILY;COUNT=2",
        "overrides": [
            {"recurrence_id": "2026-03-13T10:00", "start": "2026-02-24T10:00"}
        ],
    },
    "over-the-clock-change": {
        "start": "2026-03-27T02:30",
        "end": "2026-03-27T03:30",
        "rrule": "FREQ=DAILY;COUNT=4",
    },
    "endless": {"start": "2020-01-01T08:00", "rrule": "FREQ=WEEKLY;BYDAY=WE"},
    "for-years-every-day": {"start": "2015-01-01", "rrule": "FREQ=DAILY"},
    "all-day": {"start": "2026-03-16"},
    "evening-in-new-york": {
        "start": "2026-03-17T20:00",
        "end": "2026-03-17T23:00",
        "timezone": "America/New_York",
    },
    "moment-at-midnight": {"start": "2026-03-20T00:00"},
    "until-midnight": {"start": "2026-03-20T22:00", "end": "2026-03-21T00:00"},
    "two-years": {"start": "2025-01-01", "end": "2027-01-01"},
    "more-dates": SERIES | {"rdates": ["2026-03-24T10:00", "2026-04-05T10:00"]},
    "first-date-excluded": SERIES
    | {"rdates": ["2026-03-25T10:00"], "exdates": ["2026-03-02T10:00"]},
    "course": {
        "sessions": [
            {"start": "2026-03-07T10:00", "end": "2026-03-07T11:00"},
            {"start": "2026-03-31T10:00", "end": "2026-03-31T11:00"},
        ]
    },
    LONG: {
        "start": "2026-02-20",
        "end": "2026-03-02",
        "rrule": "FREQ=WEEKLY;COUNT=3",
    },
}


@pytest.fixture(scope="module")
def placed(service: Service, admin: str) -> Service:
    """Return the service with a channel of such events."""
    raw = {"slug": CHANNEL, "title": "Grenzfälle", "timezone": "Europe/Berlin"}
    assert service.send("POST", "/channels", admin, raw).status == 201
    for slug, facts in EVENTS.items():
        raw = {"slug": slug, "title": slug, **facts}
        made = service.send("POST", f"/channels/{CHANNEL}/events", admin, raw)
        assert made.status == 201, made.data
    return service


@st.composite
def windows(draw: st.DrawFn) -> tuple[date, date]:
    """Return days of March 2026, mostly few."""
    first, last = MARCH
    since = draw(st.dates(first, last - DAY))
    length = draw(st.one_of(st.integers(1, 3), st.integers(1, 42)))
    return since, min(since + length * DAY, last)


def everywhere(
    service: Service, since: date, until: date, status: list[tuple[str, str]]
) -> dict[str, set[str]]:
    """Return the slugs that each format, page and widget selects."""
    path = f"/{CHANNEL}/events"
    query = [("from", str(since)), ("to", str(until)), *status]
    longer, monthly = [*query, EVERYTHING], [*query, ("month", "2026-03")]
    found = {
        suffix: read(ask(service, f"{path}.{suffix}", longer))
        for suffix, read in FEEDS.items()
    }
    page = ask(service, path, longer)
    widget = ask(service, f"/embed/{CHANNEL}/month", monthly)
    return found | {
        "ics": in_calendar(ask(service, f"{path}.ics", query)),
        "page": in_list(page, "//ol[@class='days']", "events"),
        "month": in_month(service, widget),
    }


@given(windows(), st.sampled_from([[], [("status", "confirmed")]]))
@pytest.mark.counted
@tries(60, 1000)
def test_a_window_has_the_same_events_everywhere(
    placed: Service, window: tuple[date, date], status: list[tuple[str, str]]
) -> None:
    found = everywhere(placed, *window, status)
    assert found == dict.fromkeys(found, found["json"])


@pytest.mark.parametrize(
    ("since", "until", "touched"),
    [
        ("2026-03-20", "2026-03-21", {"moment-at-midnight", "until-midnight"}),
        ("2026-03-21", "2026-03-22", set()),
        ("2026-03-15", "2026-03-16", {LONG}),
        ("2026-03-16", "2026-03-17", {"all-day", "one-date-cancelled"}),
        ("2026-03-18", "2026-03-19", {"evening-in-new-york", "endless"}),
        ("2026-03-03", "2026-03-04", {LONG}),
        ("2026-02-24", "2026-02-25", {"moved-before-its-start", LONG}),
        ("2026-03-13", "2026-03-14", {LONG}),
    ],
)
def test_a_day_has_what_touches_it(
    placed: Service, since: str, until: str, touched: set[str]
) -> None:
    response = ask(
        placed, f"/{CHANNEL}/events.json", [("from", since), ("to", until), EVERYTHING]
    )
    assert in_json(response) == touched | {"two-years", "for-years-every-day"}
