"""The horizon moves on while the service runs."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from feeds.models import Event, Occurrence
from feeds.store import Store, occurrences
from tests.cast import CHANNEL, Clock
from tests.views.documents import Write, known

WEEKLY = {"start": "2021-07-01T09:00", "rrule": "FREQ=WEEKLY"}
PATH = f"/{CHANNEL}/occurrences.json?from=2024-06-01&to=2025-09-01&limit=1000"


@pytest.fixture(autouse=True)
def series(write: Write) -> None:
    for number in range(12):
        write("events", {"title": f"{number}", **WEEKLY})


def ask(client: FlaskClient, path: str = PATH, **options: object) -> None:
    """Ask, and take the answer to its end, as a server does."""
    client.get(path, **options).close()


def horizons(store: Store) -> set[object]:
    with store.reading() as session:
        return {event.expanded_until for event in session.query(Event)}


def stored(store: Store) -> list[object]:
    with store.reading() as session:
        found = session.query(Occurrence).order_by(Occurrence.id)
        return [(row.id, row.start_at) for row in found]


def test_table_moves_on_without_a_restart_and_no_byte_changes(
    client: FlaskClient, store: Store, clock: Clock
) -> None:
    first = clock.now
    before = client.get(PATH)
    clock.forward(days=730)
    # As many steps as the series take, and as often as anybody asks.
    for _ in range(4):
        ask(client)
    after = client.get(PATH)

    assert horizons(store) == {first + timedelta(days=730) + occurrences.HORIZON}
    assert (after.data, known(after)) == (before.data, known(before))
    assert before.text.count('"uid"') == 12 * 65


def test_series_out_of_date_for_years_are_stored_again(
    client: FlaskClient, store: Store, clock: Clock
) -> None:
    clock.forward(days=4000)
    for _ in range(3):
        ask(client)

    assert horizons(store) == {clock.now + occurrences.HORIZON}


def test_answer_carries_a_few_series_only(
    client: FlaskClient, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occurrences, "ROLLED_AT_ONCE", 5)
    first = clock.now
    clock.forward(days=700)
    ask(client)
    with store.reading() as session:
        moved = session.query(Event).filter(
            Event.expanded_until > clock.now + timedelta(400)
        )

        assert moved.count() == 5
    assert first + occurrences.HORIZON in horizons(store)


def test_nothing_is_stored_again_before_it_is_due(
    client: FlaskClient, store: Store, clock: Clock
) -> None:
    before = stored(store)
    for _ in range(3):
        clock.forward(days=1)
        ask(client)

    assert stored(store) == before


def test_series_as_long_as_may_be_is_left_as_it_is(
    client: FlaskClient, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occurrences, "MAX_STORED", len(stored(store)) // 12)
    before = stored(store)
    clock.forward(days=700)
    ask(client)

    assert stored(store) == before


def test_reader_and_writer_go_first(
    client: FlaskClient, store: Store, clock: Clock
) -> None:
    before = horizons(store)
    clock.forward(days=700)
    with store.writing():
        ask(client)
    assert horizons(store) == before

    ask(client)
    assert horizons(store) == before
    clock.forward(days=1)
    ask(client)
    ask(client)
    assert horizons(store) == {clock.now + occurrences.HORIZON}


def test_answer_without_a_body_moves_it_too(
    client: FlaskClient, store: Store, clock: Clock
) -> None:
    clock.forward(days=700)
    ask(client, method="HEAD")
    ask(client, "/healthz")

    assert horizons(store) == {clock.now + occurrences.HORIZON}
