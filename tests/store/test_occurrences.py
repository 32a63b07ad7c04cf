"""Occurrences by window, on both databases."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import text

from feeds.errors import Unavailable
from feeds.models import Channel, Event, Occurrence
from feeds.publish import Match, Publisher, roll
from feeds.store import Store, channels, occurrences
from feeds.store.filters import Filter
from tests.cast import BASE_URL, CHANNEL, make_channel

NOW = datetime(2021, 7, 1, 10, tzinfo=UTC)
JULY = (datetime(2021, 6, 30, 22, tzinfo=UTC), datetime(2021, 7, 31, 22, tzinfo=UTC))


@pytest.fixture
def publisher(each_store: Store) -> Publisher:
    made = Publisher(each_store, BASE_URL)
    make_channel(made, NOW)
    return made


def write(publisher: Publisher, **raw: Any) -> dict[str, Any]:
    return publisher.create("events", CHANNEL, raw, now=NOW)


def found(
    publisher: Publisher,
    since: datetime,
    until: datetime | None,
    now: datetime = NOW,
    **options: Any,
) -> list[Occurrence]:
    with publisher.store.reading() as session:
        home = session.query(Channel).one()
        return occurrences.between(
            session, Filter(home.id, now), since, until, **options
        )


def wall(*parts: int) -> datetime:
    return datetime(*parts)  # noqa: DTZ001 -- wall clock


def titles(rows: list[Occurrence]) -> list[str]:
    return [row.title for row in rows]


@pytest.mark.parametrize(
    ("start", "end", "is_in"),
    [
        ("2021-06-30T22:00", "2021-07-01T00:00", False),
        ("2021-06-30T22:00", "2021-07-01T00:01", True),
        ("2021-07-01T00:00", None, True),
        ("2021-06-30T23:59", None, False),
        ("2021-07-31T23:59", None, True),
        ("2021-08-01T00:00", None, False),
        ("2021-06-30", None, False),
        ("2021-07-31", None, True),
        ("2021-08-01", "2021-08-20", False),
        ("2021-06-25", "2021-07-02", True),
        ("2021-05-01", "2021-07-02", True),
        ("2020-03-01", "2021-09-01", True),
        ("1995-01-01", "2090-01-01", True),
    ],
)
def test_window_takes_what_touches_it(
    publisher: Publisher, start: str, end: str | None, is_in: bool
) -> None:
    write(publisher, title="x", start=start, end=end)

    assert titles(found(publisher, *JULY)) == ["x"] * is_in


def test_a_session_is_called_as_in_the_calendar(publisher: Publisher) -> None:
    named = {"start": "2021-07-09T10:00", "title": "Abschluss"}
    sessions = [{"start": "2021-07-02T10:00"}, named]
    write(publisher, title="Kurs", sessions=sessions)

    assert titles(found(publisher, *JULY)) == ["Kurs (1/2)", "Kurs: Abschluss"]


def test_occurrences_come_in_order_with_their_labels(publisher: Publisher) -> None:
    publisher.create("categories", CHANNEL, {"title": "Kurse"}, now=NOW)
    write(publisher, title="late", start="2021-07-09T10:00", categories=["kurse"])
    write(publisher, title="early", start="2021-07-02T10:00")
    write(publisher, title="long", start="2021-06-02", end="2021-07-20")
    rows = found(publisher, *JULY)

    assert titles(rows) == ["long", "early", "late"]
    assert [[one.slug for one in row.event.categories] for row in rows] == [
        [],
        [],
        ["kurse"],
    ]


def test_pages_of_a_window_hold_each_occurrence_once(publisher: Publisher) -> None:
    write(publisher, title="long", start="2021-06-02", end="2021-07-20")
    write(
        publisher,
        title="daily",
        start="2021-07-02T10:00",
        rrule="FREQ=DAILY;COUNT=9",
    )
    whole = found(publisher, *JULY)
    pages = [
        found(publisher, *JULY, limit=4, offset=offset) for offset in range(0, 12, 4)
    ]

    assert [row.start_at for page in pages for row in page] == [
        row.start_at for row in whole
    ]
    assert len(whole) == 10


def test_series_is_right_beyond_its_stored_horizon(publisher: Publisher) -> None:
    write(
        publisher,
        title="weekly",
        start="2021-07-06T09:30",
        end="2021-07-06T11:00",
        rrule="FREQ=WEEKLY",
        exdates=["2050-07-12T09:30"],
    )
    rows = found(
        publisher,
        datetime(2050, 6, 30, 22, tzinfo=UTC),
        datetime(2050, 7, 31, 22, tzinfo=UTC),
    )

    assert [row.start_local for row in rows] == [
        wall(2050, 7, 5, 9, 30),
        wall(2050, 7, 19, 9, 30),
        wall(2050, 7, 26, 9, 30),
    ]


def test_series_goes_on_long_after_it_was_written(publisher: Publisher) -> None:
    write(publisher, title="weekly", start="2021-07-06T09:30", rrule="FREQ=WEEKLY")
    much_later = datetime(2031, 7, 1, 10, tzinfo=UTC)
    rows = found(publisher, much_later, None, now=much_later, limit=3)

    assert [row.start_local for row in rows] == [
        wall(2031, 7, day, 9, 30) for day in (8, 15, 22)
    ]


def test_edge_of_the_horizon_shows_each_instance_once(publisher: Publisher) -> None:
    write(publisher, title="daily", start="2021-07-02T10:00", rrule="FREQ=DAILY")
    edge = NOW + occurrences.HORIZON
    rows = found(publisher, edge - timedelta(days=5), edge + timedelta(days=5))
    days = [row.start_local.date() for row in rows]

    assert len(days) == len(set(days)) == 10
    assert days == sorted(days)


def test_dates_of_a_course_far_ahead_are_there(publisher: Publisher) -> None:
    sessions = [{"start": "2021-07-06T09:00"}, {"start": "2029-07-06T09:00"}]
    write(publisher, title="course", sessions=sessions)
    write(publisher, title="dates", start="2021-07-06", rdates=["2029-07-09"])
    rows = found(
        publisher,
        datetime(2029, 7, 1, tzinfo=UTC),
        datetime(2029, 8, 1, tzinfo=UTC),
    )

    assert [row.start_local for row in rows] == [wall(2029, 7, 6, 9), wall(2029, 7, 9)]


def test_horizon_rolls_on_and_nothing_changes(publisher: Publisher) -> None:
    write(publisher, title="weekly", start="2021-07-06T09:30", rrule="FREQ=WEEKLY")
    later = NOW + occurrences.HORIZON * 0.75
    window = (later + timedelta(days=100), later + timedelta(days=400))
    before = [row.start_at for row in found(publisher, *window)]
    with publisher.store.writing() as session:
        occurrences.roll(session, later)
        stored = session.query(Occurrence).count()
    after = [row.start_at for row in found(publisher, *window)]

    assert after == before
    first = datetime(2021, 7, 6, 7, 30, tzinfo=UTC)
    assert stored == 1 + (later + occurrences.HORIZON - first) // timedelta(days=7)


def test_horizon_waits_for_no_writer(publisher: Publisher) -> None:
    write(publisher, title="weekly", start="2021-07-06T09:30", rrule="FREQ=WEEKLY")
    store, later = publisher.store, NOW + occurrences.HORIZON
    is_refused = pytest.raises(Unavailable) if store.is_sqlite else nullcontext()
    with store.writing() as session:
        channels.get(session, CHANNEL, lock=True)
        with is_refused:
            assert roll(store, later, patience=0) is None
    with store.reading() as session:
        assert session.query(Event).one().expanded_until == later

    assert roll(store, later, patience=0) is not None
    with store.reading() as session:
        event = session.query(Event).one()
        assert event.expanded_until == later + occurrences.HORIZON


def test_changed_series_leaves_no_old_occurrence(publisher: Publisher) -> None:
    shape = write(
        publisher, title="x", start="2021-07-02T10:00", rrule="FREQ=DAILY;COUNT=9"
    )
    patch = {"rrule": None, "start": "2021-07-05T10:00"}
    match = Match(any=True)
    publisher.amend("events", CHANNEL, shape["uid"], patch, now=NOW, match=match)

    assert [row.start_local for row in found(publisher, *JULY)] == [
        wall(2021, 7, 5, 10)
    ]


def test_month_is_asked_for_by_the_time_of_occurrences(store: Store) -> None:
    """A plan that begins with the channel's events grows with its archive."""
    publisher = Publisher(store, BASE_URL)
    make_channel(publisher, NOW)
    write(publisher, title="x", start="2021-07-02")
    asked: list[tuple[str, Any]] = []
    sqlalchemy_event.listen(
        store.engine,
        "before_cursor_execute",
        lambda *args: asked.append((args[2], args[3])),
    )
    found(publisher, *JULY)
    plans = []
    with store.engine.connect() as connection:
        for sql, values in [one for one in asked if "FROM occurrence" in one[0]]:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
            plans.append(" ".join(row[3] for row in plan))

    assert len(plans) == 2
    for plan in plans:
        assert "SEARCH occurrence USING INDEX ix_occurrence_channel_id" in plan
        assert "SEARCH event USING INTEGER PRIMARY KEY" in plan


def test_asking_for_a_month_takes_four_statements(each_store: Store) -> None:
    publisher = Publisher(each_store, BASE_URL)
    make_channel(publisher, NOW)
    counts = []
    for number in (1, 3):
        for at in range(number):
            write(publisher, title=f"{number}.{at}", start="2021-07-02")
        statements: list[str] = []

        def note(*args: Any, into: list[str] = statements) -> None:
            into.append(args[2])

        sqlalchemy_event.listen(each_store.engine, "before_cursor_execute", note)
        found(publisher, *JULY)
        sqlalchemy_event.remove(each_store.engine, "before_cursor_execute", note)
        counts.append(len([sql for sql in statements if sql.startswith("SELECT")]))

    assert counts == [5, 5]


def test_store_speaks_in_utc(each_store: Store) -> None:
    publisher = Publisher(each_store, BASE_URL)
    make_channel(publisher, NOW)
    write(publisher, title="x", start="2021-07-02T10:00")
    with each_store.reading() as session:
        stored = session.execute(text("SELECT start_at FROM occurrence")).scalar_one()

    assert str(stored).startswith("2021-07-02 08:00:00")
