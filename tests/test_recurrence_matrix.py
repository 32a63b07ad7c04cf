"""The calendars that we publish, read by other programs: the same instances as ours.

The cases are in recurrence_cases.json: a name, start, end and what make_event takes
besides. What a program gets wrong is in recurrence_defects.json, by program and reason;
test_recurrence_defects.py shows each of these. A case that stands there has to differ.
"""

import datetime as dt
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from feeds import recurrence, times
from feeds.models import Event
from tests import engines
from tests.engines import Shown, Span
from tests.javascript import Ask
from tests.series import DAY, local, make_event

HERE = Path(__file__).parent
CASES: list[tuple[str, str, str | None, dict[str, Any]]] = json.loads(
    (HERE / "recurrence_cases.json").read_text("utf-8")
)
DEFECTS: dict[str, dict[str, list[str]]] = json.loads(
    (HERE / "recurrence_defects.json").read_text("utf-8")
)
# How far a case is looked at, in days.
REACH = {"MONTHLY": 5 * 366, "YEARLY": 30 * 366}

Record = Callable[[str, object], None]


@lru_cache(maxsize=1)
def asked() -> dict[str, tuple[Event, Span]]:
    """Return each case's event, and the window in which it is looked at."""
    found = {}
    for name, start, end, over in CASES:
        origin = local(start).replace(tzinfo=times.UTC)
        rule = over.get("rrule", "FREQ=")[len("FREQ=") :]
        days = REACH.get(rule.partition(";")[0], 3 * 366)
        window = (origin - 200 * DAY, origin + days * DAY)
        found[name] = (make_event(start, end, **over), window)
    return found


@lru_cache(maxsize=1)
def ours() -> dict[str, list[Span]]:
    return {name: engines.ours(*each) for name, each in asked().items()}


def test_there_are_enough_cases_and_each_has_its_name() -> None:
    assert len(CASES) == len(asked()) >= 300


@pytest.mark.counted
def test_recurring_ical_events_shows_the_same(record_property: Record) -> None:
    found = {name: engines.recurring(*each) for name, each in asked().items()}
    compare("recurring-ical-events", found, record_property)


@pytest.mark.counted
def test_ical_shows_the_same(record_property: Record) -> None:
    found = {name: engines.ical(*each) for name, each in asked().items()}
    compare("ical", found, record_property)


@pytest.mark.node
@pytest.mark.counted
def test_ical_js_shows_the_same(node: Ask, record_property: Record) -> None:
    found = engines.ical_js(node, asked().values())
    compare("ical.js", dict(zip(asked(), found, strict=True)), record_property)


def compare(engine: str, found: dict[str, Shown], record_property: Record) -> None:
    known = {name for names in DEFECTS[engine].values() for name in names}
    differing = {
        name: unlike(found[name], spans)
        for name, spans in ours().items()
        if found[name] != spans
    }
    instances = sum(len(spans) for spans in ours().values())
    record_property(
        "counted",
        f"{engine}: {len(found)} series, {instances} instances, {len(known)} known to"
        f" differ, {len(differing.keys() - known)} others differ",
    )
    assert {k: v for k, v in differing.items() if k not in known} == {}
    assert known - differing.keys() == set()  # nothing is listed for longer than true


def unlike(theirs: Shown, ours: list[Span]) -> object:
    """Return what only one of both shows, and no more of it than one can read."""
    if isinstance(theirs, str):
        return theirs
    return [sorted({*theirs} - {*ours})[:5], sorted({*ours} - {*theirs})[:5]]


def test_each_defect_is_listed_once() -> None:
    for reasons in DEFECTS.values():
        names = [name for listed in reasons.values() for name in listed]
        assert sorted(set(names)) == sorted(names)
        assert set(names) - asked().keys() == set()


def test_each_case_is_shown_as_ours_by_some_program() -> None:
    listed = [
        {name for names in reasons.values() for name in names}
        for reasons in DEFECTS.values()
    ]
    # RFC 5545 §3.8.5.3 leaves open what a start is that its rule does not give.
    assert sorted(set.intersection(*listed)) == [
        "out-of-step monthly-byday-1mo-count-5",
        "out-of-step yearly-bymonth-1-bymonthday-6-count-3",
    ]


@pytest.mark.parametrize(("low", "days"), [(-3, 400), (0, 1), (14, 30), (110, 7)])
def test_a_window_shows_its_part_of_the_whole(low: int, days: int) -> None:
    for name, (event, (begin, _)) in asked().items():
        start = begin + (200 + low) * DAY
        window = (start, start + days * DAY)
        part = [each for each in ours()[name] if overlaps(each, window)]
        assert engines.ours(event, window) == part, name


def overlaps(span: Span, window: Span) -> bool:
    return span[0] < window[1] and (span[1] > window[0] or span[0] >= window[0])


def test_a_query_beyond_every_horizon_is_right() -> None:
    event = make_event("2021-07-06T09:30", "2021-07-06T11:00", rrule="FREQ=WEEKLY")
    window = tuple(dt.datetime(2150, month, 1, tzinfo=times.UTC) for month in (3, 5))
    found = recurrence.occurrences(event, window)
    assert [str(each.start_at)[:16] for each in found] == [
        f"2150-{day} {hour}:30"
        for day, hour in [
            ("03-03", "08"),
            ("03-10", "08"),
            ("03-17", "08"),
            ("03-24", "08"),
            ("03-31", "07"),
            ("04-07", "07"),
            ("04-14", "07"),
            ("04-21", "07"),
            ("04-28", "07"),
        ]
    ]
