"""Clock changes, met at every angle, as other programs read our calendar of them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import times
from tests import engines
from tests.counts import tries
from tests.series import BERLIN, DAY, at, local, make_event

CLOCK_CHANGES = [
    (BERLIN, "2024-03-31T02:30"),
    (BERLIN, "2024-10-27T02:30"),
    ("America/New_York", "2030-03-10T02:15"),
    ("America/New_York", "2030-11-03T01:15"),
    ("Australia/Lord_Howe", "2024-10-06T02:15"),
    ("Australia/Lord_Howe", "2024-04-07T01:45"),
    ("Africa/Casablanca", "2026-03-22T02:30"),
    ("Asia/Beirut", "2025-03-30T00:00"),
    ("America/Havana", "2025-03-09T00:30"),
    ("Antarctica/Troll", "2026-03-29T01:30"),
]


@pytest.mark.counted
@tries(60, 3000)
@given(
    st.sampled_from(CLOCK_CHANGES),
    st.integers(0, 9),
    st.integers(-120, 120),
    st.integers(1, 300),
    st.sampled_from(["FREQ=DAILY;COUNT=15", "FREQ=WEEKLY;INTERVAL=1;COUNT=3"]),
)
def test_every_clock_change_is_read_as_others_do(
    change: tuple[str, str], before: int, shift: int, length: int, rule: str
) -> None:
    name, moment = change
    minute = dt.timedelta(minutes=1)
    start = local(moment) + shift * minute - before * DAY
    end = start + length * minute
    event = make_event(
        times.format_moment(start),
        times.format_moment(end),
        rrule=rule,
        timezone=name,
    )
    span = (at(moment + "+00:00") - 40 * DAY, at(moment + "+00:00") + 40 * DAY)
    ours = engines.ours(event, span)
    assert engines.recurring(event, span) == ours
    assert engines.ical(event, span) == ours
