"""Occurrences page by page, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sqlalchemy_event

from feeds import recurrence, times
from feeds.models import Channel, Event, Occurrence
from feeds.publish import Publisher
from feeds.store import Session, Store, entries, occurrences
from feeds.store.filters import Filter
from feeds.store.walking import BEGINNING, Position, Window, position_of, walk
from tests.cast import BASE_URL, make_channel
from tests.counts import tries

NOW = datetime(2021, 7, 1, 10, tzinfo=UTC)
NUMBERS = count()
ALL = 10_000

RULES = [
    None,
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;COUNT=9",
    "FREQ=WEEKLY;UNTIL=20300101",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=YEARLY",
]
HOUR = timedelta(hours=1)
STARTS = ["2021-03-27", "2021-07-01", "2021-07-02", "2023-07-30"]
CLOCKS = ["00:00", "02:30", "09:00"]
LENGTHS = [0, 1, 3, 40]
ZONES = ["Europe/Berlin", "America/New_York", "Pacific/Apia"]
FIRST_DAYS = [(2021, 3, 28), (2021, 7, 2), (2023, 7, 28), (2029, 12, 20)]


@st.composite
def raws(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an event as the API takes it: once, by a rule with changes, or a course."""
    day, clock = draw(st.sampled_from(STARTS)), draw(st.sampled_from(CLOCKS))
    all_day, length = draw(st.booleans()), draw(st.sampled_from(LENGTHS))
    start = times.parse_moment(day if all_day else f"{day}T{clock}")
    end = start + timedelta(days=length) if all_day else start + length * HOUR
    raw = {"title": "x", "timezone": draw(st.sampled_from(ZONES))}
    text = times.format_moment(start)
    if draw(st.integers(0, 4)) == 0:
        later = times.format_moment(start + timedelta(days=draw(st.integers(0, 900))))
        return raw | {"sessions": [{"start": later}, {"start": text}, {"start": text}]}
    raw |= {"start": text, "end": times.format_moment(end) if length else None}
    rule = draw(st.sampled_from(RULES))
    if rule is None:
        return raw
    if not all_day:
        rule = rule.replace("UNTIL=20300101", "UNTIL=20300101T000000Z")
    changed = [
        times.format_moment(start + timedelta(days=days))
        for days in draw(st.sets(st.sampled_from([0, 3, 7, 1000]), max_size=3))
    ]
    moved = [{"recurrence_id": name, "start": text} for name in sorted(changed)]
    return raw | {"rrule": rule, "overrides": moved}


@pytest.fixture
def publisher(each_store: Store) -> Publisher:
    return Publisher(each_store, BASE_URL)


def fill(publisher: Publisher, raws: list[dict[str, Any]]) -> Filter:
    """Write events to a channel of their own, and ask for all of it."""
    slug = f"c{next(NUMBERS)}"
    make_channel(publisher, NOW, slug=slug)
    for raw in raws:
        publisher.create("events", slug, raw, now=NOW)
    with publisher.store.reading() as session:
        return Filter(session.query(Channel).filter_by(slug=slug).one().id, NOW)


def pages(
    session: Session, wanted: Filter, window: Window, limit: int
) -> Iterator[list[Occurrence]]:
    after = BEGINNING
    while page := walk(session, wanted, window, after, limit):
        yield page
        after = position_of(page, after)


def shape(row: Occurrence) -> tuple[Any, ...]:
    return row.start_at, row.end_at, row.uid, row.recurrence_id


def expected(session: Session, wanted: Filter, window: Window) -> list[Any]:
    found = []
    for event in entries.latest(session, Event, wanted, limit=None):
        for one in recurrence.occurrences(event, window):
            name = one.recurrence_id.isoformat() if one.recurrence_id else ""
            uid = one.session.uid if one.session else event.uid
            found.append((one.start_at, event.id, one.end_at, uid, name))
    found.sort(key=lambda each: each[:2])
    return [(each[0], *each[2:]) for each in found]


@pytest.mark.counted
@settings(tries(40, 1500), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(raws(), max_size=4),
    st.sampled_from(FIRST_DAYS),
    st.sampled_from([1, 5, 40]),
    st.integers(1, 7),
    st.sampled_from([4, occurrences.MAX_STORED]),
)
def test_pages_hold_what_the_events_have_each_once(
    publisher: Publisher,
    raws: list[dict[str, Any]],
    first: tuple[int, int, int],
    days: int,
    limit: int,
    most: int,
) -> None:
    since = datetime(*first, tzinfo=UTC)
    window = since, since + timedelta(days=days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "MAX_STORED", most)
        wanted = fill(publisher, raws)
    with publisher.store.reading() as session:
        walked = [
            shape(row) for page in pages(session, wanted, window, limit) for row in page
        ]
        whole = [shape(row) for row in walk(session, wanted, window, BEGINNING, ALL)]

        assert walked == whole
        assert whole == expected(session, wanted, window)


def test_many_at_one_start_come_once(publisher: Publisher) -> None:
    wanted = fill(
        publisher, [{"title": f"{n}", "start": "2021-07-02"} for n in range(23)]
    )
    window = NOW, NOW + timedelta(days=5)
    with publisher.store.reading() as session:
        sizes = [len(page) for page in pages(session, wanted, window, 5)]
        rows = [
            row.event_id for page in pages(session, wanted, window, 5) for row in page
        ]

    assert sizes == [5, 5, 5, 5, 3]
    assert rows == sorted(set(rows))


def test_what_began_before_comes_first_and_once(publisher: Publisher) -> None:
    begun = {"start": "2021-06-20", "end": "2021-08-01"}
    raws = [{"title": f"{n}", **begun} for n in range(5)]
    wanted = fill(publisher, [{"title": "new", "start": "2021-07-02"}, *raws])
    window = NOW, NOW + timedelta(days=5)
    with publisher.store.reading() as session:
        titles = [
            [row.title for row in page] for page in pages(session, wanted, window, 2)
        ]

    assert titles == [["0", "1"], ["2", "3"], ["4", "new"]]


def test_place_in_the_order_outlasts_a_roll(publisher: Publisher) -> None:
    weekly = {"title": "x", "start": "2021-07-02T09:00", "rrule": "FREQ=WEEKLY"}
    wanted = fill(publisher, [weekly, weekly])
    window = NOW + timedelta(days=500), NOW + timedelta(days=900)
    with publisher.store.reading() as session:
        whole = [shape(row) for row in walk(session, wanted, window, BEGINNING, ALL)]
        first = walk(session, wanted, window, BEGINNING, 51)
    with publisher.store.writing() as session:
        assert occurrences.roll(session, NOW + timedelta(days=450)) is not None
    with publisher.store.reading() as session:
        after = position_of(first, BEGINNING)
        rest = walk(session, wanted, window, after, ALL)

    assert [shape(row) for row in (*first, *rest)] == whole
    assert len(whole) == 2 * 57


def test_page_deep_in_the_window_reads_no_more_than_it_shows(store: Store) -> None:
    publisher = Publisher(store, BASE_URL)
    raws = [
        {"title": "x", "start": "2021-07-02T09:00", "rrule": "FREQ=DAILY;COUNT=700"},
        {"title": "y", "start": "2021-07-02T09:00", "rrule": "FREQ=DAILY;COUNT=700"},
    ]
    wanted = fill(publisher, raws)
    window = NOW, NOW + timedelta(days=700)
    deep = Position(NOW + timedelta(days=600), 0, 0)
    asked: list[tuple[str, Any]] = []
    sqlalchemy_event.listen(
        store.engine,
        "before_cursor_execute",
        lambda *args: asked.append((args[2], args[3])),
    )
    with store.reading() as session:
        page = walk(session, wanted, window, deep, 3)
    ((sql, values),) = (one for one in asked if "FROM occurrence" in one[0])
    with store.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        steps = " ".join(row[3] for row in plan)

    assert [row.start_at.isoformat() for row in page] == [
        "2023-02-22T08:00:00+00:00",
        "2023-02-22T08:00:00+00:00",
        "2023-02-23T08:00:00+00:00",
    ]
    assert "(channel_id=? AND start_at>? AND start_at<?)" in steps
    assert "SEARCH event USING INTEGER PRIMARY KEY" in steps


def test_position_that_an_edit_took_away_skips_nothing(publisher: Publisher) -> None:
    wanted = fill(
        publisher, [{"title": f"{n}", "start": "2021-07-02"} for n in range(3)]
    )
    window = NOW, NOW + timedelta(days=5)
    gone = Position(NOW, 1, 900)
    with publisher.store.reading() as session:
        assert len(walk(session, wanted, window, gone, ALL)) == 3
