"""The horizon moves on while the service runs."""

import threading

import pytest
from flask.testing import FlaskClient

from feeds.models import Event, Occurrence
from feeds.store import Store, occurrences
from feeds.views.rolling import NAME
from tests.cast import CHANNEL, Clock
from tests.views.documents import Write, known

WEEKLY = {"start": "2021-07-01T09:00", "rrule": "FREQ=WEEKLY"}
PATH = f"/{CHANNEL}/occurrences.json?from=2024-06-01&to=2025-09-01&limit=1000"


@pytest.fixture(autouse=True)
def series(write: Write) -> None:
    for number in range(12):
        write("events", {"title": f"{number}", **WEEKLY})


def ask(client: FlaskClient, path: str = PATH, method: str = "GET") -> int:
    """Take an answer to its end as a server does; return how many threads it left."""
    client.open(path, method=method).close()
    left = [one for one in threading.enumerate() if one.name == NAME]
    for one in left:
        one.join()
    return len(left)


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
    before, count = client.get(PATH), len(stored(store))
    clock.forward(days=730)
    ask(client)
    after = client.get(PATH)

    assert horizons(store) == {clock.now + occurrences.HORIZON}
    assert len(stored(store)) == count + 12 * 104
    assert (after.data, known(after)) == (before.data, known(before))
    assert before.text.count('"uid"') == 12 * 65


def test_list_without_an_end_is_the_same_before_and_after(
    client: FlaskClient, store: Store, clock: Clock, write: Write
) -> None:
    write("events", {"title": "Jubiläum", "start": "2030-01-01"})
    clock.forward(days=500)
    # The thread begins after this answer, so it has what was stored before.
    pages = [f"/{CHANNEL}/events?limit=200&page={page}" for page in (3, 4)]
    before = [client.get(page) for page in pages]
    ask(client)
    after = [client.get(page) for page in pages]

    assert horizons(store) >= {clock.now + occurrences.HORIZON}
    assert [one.data for one in after] == [one.data for one in before]
    assert [known(one) for one in after] == [known(one) for one in before]
    assert "Jubiläum" in before[1].text


def test_series_out_of_date_for_years_are_stored_again(
    client: FlaskClient, store: Store, clock: Clock
) -> None:
    clock.forward(days=4000)
    ask(client)

    assert horizons(store) == {clock.now + occurrences.HORIZON}


@pytest.mark.parametrize(
    ("path", "method"), [(PATH, "HEAD"), ("/healthz", "GET"), ("/nothing", "GET")]
)
def test_any_answer_moves_it_once_a_day(
    client: FlaskClient, store: Store, clock: Clock, path: str, method: str
) -> None:
    clock.forward(days=700)

    assert [ask(client, path, method), ask(client), ask(client)] == [1, 0, 0]
    assert horizons(store) == {clock.now + occurrences.HORIZON}


def test_nothing_is_stored_again_before_it_is_due(
    client: FlaskClient, store: Store, clock: Clock
) -> None:
    before = stored(store)
    for _ in range(3):
        clock.forward(days=1)
        assert ask(client) == 1

    assert stored(store) == before


def test_series_as_long_as_may_be_is_left_as_it_is(
    client: FlaskClient, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occurrences, "MAX_STORED", len(stored(store)) // 12)
    before = stored(store)
    clock.forward(days=700)
    ask(client)

    assert stored(store) == before


def test_writer_goes_first_and_the_next_day_makes_up_for_it(
    client: FlaskClient,
    store: Store,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = horizons(store)
    clock.forward(days=700)
    with store.writing():
        ask(client)
    ask(client)

    assert horizons(store) == before
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    clock.forward(days=1)
    ask(client)
    assert horizons(store) == {clock.now + occurrences.HORIZON}
