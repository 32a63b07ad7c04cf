"""The rule's dates against those of dateutil, and what they cost."""

import datetime as dt
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from feeds import expansion, recurrence, rules, times
from tests.counts import tries
from tests.series import DAY, EVER, at, make_event, window


def numbers(low: int, high: int, *, signed: bool = False) -> st.SearchStrategy[str]:
    one = st.integers(low, high)
    either = one | one.map(lambda n: -n) if signed else one
    return st.lists(either.map(str), min_size=1, max_size=3).map(",".join)


WEEKDAY = st.sampled_from(rules.WEEKDAYS)
PLAIN_DAYS = st.lists(WEEKDAY, min_size=1, max_size=3).map(",".join)
NTH_DAYS = st.builds("{}{}".format, st.sampled_from([1, 2, 5, -1, -2]), WEEKDAY)
COMMON = {
    "INTERVAL": st.sampled_from(["2", "3", "5", "12"]),
    "BYMONTH": numbers(1, 12),
    "BYHOUR": numbers(0, 23),
    "BYSETPOS": numbers(1, 4, signed=True),
    "WKST": WEEKDAY,
}
DAYS_OF_MONTH = {"BYMONTHDAY": numbers(1, 31, signed=True)}
PARTS = {
    "DAILY": COMMON | DAYS_OF_MONTH | {"BYDAY": PLAIN_DAYS},
    # dateutil chooses a position from what the start leaves of its week
    "WEEKLY": {k: v for k, v in COMMON.items() if k != "BYSETPOS"}
    | {"BYDAY": PLAIN_DAYS},
    "MONTHLY": COMMON | DAYS_OF_MONTH | {"BYDAY": PLAIN_DAYS | NTH_DAYS},
    "YEARLY": COMMON
    | DAYS_OF_MONTH
    | {"BYDAY": PLAIN_DAYS | NTH_DAYS, "BYYEARDAY": numbers(1, 366, signed=True)},
    # dateutil calls 2 January 2022 a day of week 53
    "YEARLY;": COMMON | {"BYDAY": PLAIN_DAYS, "BYWEEKNO": numbers(2, 51)},
}


@st.composite
def rule_texts(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(sorted(PARTS)))
    names = draw(
        st.lists(st.sampled_from(sorted(PARTS[freq])), unique=True, max_size=4)
    )
    chosen = {name: draw(PARTS[freq][name]) for name in names}
    if freq.endswith(";"):
        chosen |= {"BYWEEKNO": draw(PARTS[freq]["BYWEEKNO"]), "BYDAY": draw(PLAIN_DAYS)}
    return ";".join(
        [f"FREQ={freq.strip(';')}", *(f"{k}={v}" for k, v in chosen.items())]
    )


@pytest.mark.counted
@tries(150, 5000)
@given(
    rule_texts(),
    st.datetimes(min_value=at("1990-01-01"), max_value=at("2020-12-31")),
    st.integers(0, 2000),
)
def test_candidates_equal_those_of_dateutil_from_any_point(
    text: str, start: dt.datetime, skip: int
) -> None:
    start = start.replace(microsecond=0, fold=0)
    try:
        rule = rules.parse(text, start, times.UTC)
    except ValueError:
        return
    low, high = start + skip * DAY, start + (skip + 1500) * DAY
    ours = list(expansion.candidates(rule, start, low, high))
    if not ours:  # dateutil would look for a first one until the year 9999
        return
    until = f";UNTIL={high:%Y%m%dT%H%M%S}"
    theirs = rrulestr(text + until, dtstart=start)
    assert ours == [each for each in theirs if low <= each < high]


@pytest.mark.parametrize("week", [1, 52, 53, -1, -53])
def test_week_numbers_are_those_of_iso_8601(week: int) -> None:
    start = at("1900-01-01T10:00")
    text = f"FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO,TU,WE,TH,FR,SA,SU"
    rule = rules.parse(text, start, times.UTC)
    found = expansion.candidates(rule, start, start, at("2100-01-01T00:00"))
    assert [each.date() for each in found] == [
        day
        for day in (start.date() + n * DAY for n in range(73049))
        if day.isocalendar().week in (week, week + weeks_of(day.isocalendar().year) + 1)
    ]


def weeks_of(year: int) -> int:
    return dt.date(year, 12, 28).isocalendar().week


def test_leap_days_are_found_over_the_century_without_one() -> None:
    start = at("2000-02-29T10:00")
    rule = rules.parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", start, times.UTC)
    found = expansion.candidates(rule, start, start, at("2110-01-01T00:00"))
    years = [each.year for each in found]
    assert years == [*range(2000, 2100, 4), 2104, 2108]


# Rules that pass, and give next to nothing, or as much as a rule can.
HOSTILE = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=1000",
    "FREQ=YEARLY;INTERVAL=1000",
    "FREQ=DAILY;COUNT=10000;INTERVAL=1000",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,29",
    "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
    "FREQ=DAILY;INTERVAL=7;BYDAY=WE;COUNT=10000",
    "FREQ=WEEKLY;INTERVAL=52;BYMONTH=1",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
    "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
    "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2",
    "FREQ=YEARLY;BYYEARDAY=366;BYMONTHDAY=30",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6",
    "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1;COUNT=10000",
    "FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=" + ",".join(map(str, range(24))),
    "FREQ=YEARLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10;BYSECOND=0,1,2,3",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_rule_costs_no_more_looks_than_its_window_has_days(text: str) -> None:
    event = make_event("1970-07-07T09:30", rrule=text)
    far = window("2090-07-01", "2090-08-01")
    found, looks = counting_looks(lambda: list(recurrence.occurrences(event, far)))
    from_start = "COUNT" in text
    assert looks <= (366 * 121 if from_start else 366 * 2)
    assert len(found) <= 31 * rules.MAX_TIMES_A_DAY


def counting_looks(action: Callable[[], Any]) -> tuple[Any, int]:
    """Run it and count at how many days the expansion looked."""
    looks = 0

    def count(frame: FrameType, kind: str, _: object) -> None:
        nonlocal looks
        looks += kind == "call" and frame.f_code is expansion._matches.__code__

    sys.setprofile(count)
    try:
        result = action()
    finally:
        sys.setprofile(None)
    return result, looks


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_rule_has_bounds(text: str) -> None:
    event = make_event("1970-07-07T09:30", rrule=text)
    first, _ = recurrence.bounds(event)
    assert first <= at("1970-07-07T08:30+00:00")


def test_no_question_gets_more_than_the_cap() -> None:
    event = make_event(
        "1970-07-07T09:30",
        rrule="FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=" + ",".join(map(str, range(24))),
    )
    cap = recurrence.MAX_INSTANCES
    assert sum(1 for _ in recurrence.occurrences(event, EVER)) == cap
