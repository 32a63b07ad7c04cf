"""Taking in a whole file: all the good ones, or all or nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from feeds import intake
from feeds.importing import Item
from feeds.models import Event, Occurrence
from feeds.publish import Publisher
from feeds.store import Store
from tests.cast import BASE_URL, CHANNEL, make_channel

NOW = datetime(2021, 7, 1, 10, tzinfo=UTC)
COUNT = 450


@pytest.fixture
def publisher(each_store: Store) -> Publisher:
    made = Publisher(each_store, BASE_URL)
    make_channel(made, NOW)
    return made


def items(count: int = COUNT, *, bad: int | None = None) -> Iterator[Item]:
    for number in range(count):
        day = datetime(2021, 7, 1, tzinfo=UTC) + timedelta(days=number)
        raw = {"uid": f"e{number}", "title": f"E {number}", "start": f"{day:%Y-%m-%d}"}
        if number == bad:
            raw["start"] = "never"
        yield Item(raw, line=10 * number + 1)


def uids(publisher: Publisher) -> set[str]:
    with publisher.store.reading() as session:
        assert session.query(Occurrence).count() == session.query(Event).count()
        return {row.uid for row in session.query(Event.uid)}


def test_good_ones_are_kept_and_the_bad_one_is_named(publisher: Publisher) -> None:
    report = intake.take_in(publisher, "events", CHANNEL, items(bad=300), now=NOW)

    assert (report.created, report.is_applied) == (COUNT - 1, True)
    assert [(line, uid) for line, uid, _ in report.refused] == [(3001, "e300")]
    assert "never" in report.refused[0][2]
    assert uids(publisher) == {f"e{n}" for n in range(COUNT) if n != 300}


def test_one_bad_one_leaves_nothing_when_all_is_replaced(publisher: Publisher) -> None:
    intake.take_in(publisher, "events", CHANNEL, items(3), now=NOW)
    report = intake.take_in(
        publisher, "events", CHANNEL, items(bad=300), mode="replace", now=NOW
    )

    assert not report.is_applied
    assert uids(publisher) == {"e0", "e1", "e2"}


def test_replacing_removes_what_the_file_has_not(publisher: Publisher) -> None:
    intake.take_in(publisher, "events", CHANNEL, items(7), now=NOW)
    report = intake.take_in(
        publisher, "events", CHANNEL, items(5), mode="replace", now=NOW
    )

    assert (report.removed, report.unchanged, report.created) == (2, 5, 0)
    assert uids(publisher) == {f"e{n}" for n in range(5)}


def test_same_file_twice_touches_nothing(publisher: Publisher) -> None:
    intake.take_in(publisher, "events", CHANNEL, items(250), now=NOW)
    with publisher.store.reading() as session:
        before = session.query(Event.uid, Event.sequence, Event.updated_at).all()
    later = NOW + timedelta(days=1)
    report = intake.take_in(publisher, "events", CHANNEL, items(250), now=later)
    with publisher.store.reading() as session:
        after = session.query(Event.uid, Event.sequence, Event.updated_at).all()

    assert (report.unchanged, report.changed, report.created) == (250, 0, 0)
    assert after == before


def test_dry_run_says_what_would_happen_and_does_nothing(publisher: Publisher) -> None:
    report = intake.take_in(
        publisher, "events", CHANNEL, items(5), now=NOW, dry_run=True
    )

    assert (report.created, report.is_applied) == (5, False)
    assert uids(publisher) == set()


def test_same_uid_twice_in_a_file_is_one_event(publisher: Publisher) -> None:
    twice = [*items(2), Item({"uid": "e1", "title": "new", "start": "2021-07-09"}, 99)]
    report = intake.take_in(publisher, "events", CHANNEL, twice, now=NOW)

    assert (report.created, report.changed) == (2, 1)
    assert publisher.read("events", CHANNEL, "e1")["title"] == "new"


def test_file_that_breaks_off_leaves_nothing(publisher: Publisher) -> None:
    def broken() -> Iterator[Item]:
        yield from items(300)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        intake.take_in(publisher, "events", CHANNEL, broken(), now=NOW)

    assert uids(publisher) == set()


def test_progress_counts_every_item(publisher: Publisher) -> None:
    told: list[int] = []
    intake.take_in(
        publisher, "events", CHANNEL, items(bad=3), now=NOW, progress=told.append
    )

    assert sum(told) == COUNT
