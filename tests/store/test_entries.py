"""Entries by selection, on both databases: one answer for feeds and for pages."""

from datetime import UTC, datetime
from typing import Any

import pytest

from feeds.models import Channel, Event
from feeds.publish import Publisher
from feeds.store import Session, Store, fragments, occurrences
from feeds.store.filters import Filter
from tests.cast import BASE_URL, CHANNEL, make_channel

NOW = datetime(2021, 7, 1, 10, tzinfo=UTC)


@pytest.fixture
def publisher(each_store: Store) -> Publisher:
    made = Publisher(each_store, BASE_URL)
    make_channel(made, NOW)
    return made


def write(publisher: Publisher, **raw: Any) -> dict[str, Any]:
    return publisher.create("events", CHANNEL, raw, now=NOW)


def in_feed(session: Session, wanted: Filter) -> set[int]:
    return set(fragments.ids(session, wanted))


def on_page(session: Session, wanted: Filter) -> set[int]:
    assert wanted.since
    rows = occurrences.between(session, wanted, wanted.since, wanted.until)
    return {row.event.id for row in rows}


@pytest.mark.parametrize(
    ("since", "until", "is_in"),
    [
        ((2028, 2, 28), (2028, 3, 2), True),
        ((2029, 2, 28), (2029, 3, 2), False),
        ((2052, 2, 28), (2052, 3, 2), True),
        ((2053, 2, 28), (2053, 3, 2), False),
    ],
)
def test_series_is_listed_where_it_has_a_date_however_far(
    publisher: Publisher,
    since: tuple[int, int, int],
    until: tuple[int, int, int],
    is_in: bool,
) -> None:
    write(publisher, title="leap", start="2020-02-29", rrule="FREQ=YEARLY")
    with publisher.store.reading() as session:
        wanted = Filter(
            session.query(Channel).one().id,
            NOW,
            since=datetime(*since, tzinfo=UTC),
            until=datetime(*until, tzinfo=UTC),
        )

        assert len(in_feed(session, wanted)) == is_in
        assert len(on_page(session, wanted)) == is_in


@pytest.mark.parametrize(
    ("status", "titles"),
    [("confirmed", {"series"}), ("cancelled", {"off"}), ("tentative", set())],
)
def test_status_is_the_event_s_own_in_feeds_and_on_pages(
    publisher: Publisher, status: str, titles: set[str]
) -> None:
    cancelled = {"recurrence_id": "2021-07-13T09:00", "status": "cancelled"}
    write(
        publisher,
        title="series",
        start="2021-07-06T09:00",
        rrule="FREQ=WEEKLY;COUNT=3",
        overrides=[cancelled],
    )
    write(publisher, title="off", start="2021-07-13T10:00", status="cancelled")
    with publisher.store.reading() as session:
        wanted = Filter(
            session.query(Channel).one().id,
            NOW,
            since=datetime(2021, 7, 13, tzinfo=UTC),
            until=datetime(2021, 7, 14, tzinfo=UTC),
            status=status,
        )
        ids = {row.id: row.title for row in session.query(Event)}

        assert {ids[one] for one in in_feed(session, wanted)} == titles
        assert {ids[one] for one in on_page(session, wanted)} == titles
