"""What lies beyond the stored horizon, however far a reader looks."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import event as sqlalchemy_event

from feeds.models import Channel, Event, Occurrence
from feeds.publish import Publisher
from feeds.store import Session, Store, entries, occurrences
from feeds.store.filters import Filter
from tests.cast import BASE_URL, CHANNEL, make_channel

NOW = datetime(2021, 7, 1, 10, tzinfo=UTC)
SINCE, UNTIL = datetime(2030, 1, 1, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC)


@pytest.fixture
def session(each_store: Store) -> Iterator[Session]:
    """Yield a session that reads a channel with three endless series."""
    publisher = Publisher(each_store, BASE_URL)
    make_channel(publisher, NOW)
    for title in ("a", "b", "c"):
        raw = {"title": title, "start": "2021-07-01T09:00", "rrule": "FREQ=DAILY"}
        publisher.create("events", CHANNEL, raw, now=NOW)
    with each_store.reading() as session:
        yield session


@pytest.fixture
def made() -> Iterator[list[object]]:
    """Yield what is noted of each occurrence that is made."""
    notes: list[object] = []

    def note(target: object, *_: object) -> None:
        notes.append(target)

    sqlalchemy_event.listen(Occurrence, "init", note)
    yield notes
    sqlalchemy_event.remove(Occurrence, "init", note)


@pytest.fixture
def wanted(session: Session) -> Filter:
    return Filter(session.query(Channel).one().id, NOW, since=SINCE, until=UNTIL)


def test_page_expands_no_more_than_it_shows(
    session: Session, wanted: Filter, made: list[object]
) -> None:
    page = occurrences.between(session, wanted, SINCE, UNTIL, limit=3, offset=3)

    day = datetime(2030, 1, 2, 9)  # noqa: DTZ001 -- wall clock
    expected = [(day, title) for title in ("a", "b", "c")]
    assert [(row.start_local, row.title) for row in page] == expected
    assert len(made) < 20


def test_all_is_expanded_to_a_bound(
    session: Session, wanted: Filter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occurrences, "MAX_EXPANDED", 10)
    count = len(occurrences.between(session, wanted, SINCE, UNTIL))
    page = occurrences.between(session, wanted, SINCE, UNTIL, limit=50, offset=5)

    assert count == 10
    assert len(page) == 5


def test_feed_asks_for_the_first_date_only(
    session: Session, wanted: Filter, made: list[object]
) -> None:
    found = entries.latest(session, Event, wanted, limit=10)

    assert [event.title for event in found] == ["c", "b", "a"]
    assert len(made) < 20
