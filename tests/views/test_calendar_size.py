"""Calendars that are large: within the budget, and never all in memory."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as database
from sqlalchemy import text

from feeds import calendars
from feeds.renderers.contentline import unfolded
from feeds.store import Store
from feeds.syndicate import Syndicate
from feeds.views import http
from tests.cast import BASE_URL, CHANNEL
from tests.views.documents import Write

PATH = f"/{CHANNEL}/events.ics"
FILLER = "<p>" + "Wort " * 300 + "</p>"
LONG_AGO, YESTERDAY, TODAY, TOMORROW, NEXT_YEAR = (
    "2021-02-01T10:00",
    "2021-07-05T10:00",
    "2021-07-06T08:00",
    "2021-07-07T10:00",
    "2022-07-06T10:00",
)


def titles(body: str) -> list[str]:
    rows = unfolded(body.encode())
    return [row.removeprefix("SUMMARY:") for row in rows if row.startswith("SUMMARY:")]


@pytest.fixture
def spread(write: Write) -> None:
    """Write five events and an old series, a good 2 kB each, out of order."""
    for start in (NEXT_YEAR, YESTERDAY, TODAY, LONG_AGO, TOMORROW):
        raw = {"title": start, "start": start, "description": FILLER}
        write("events", raw)
    series = {"title": "series", "start": "2015-01-01T10:00", "rrule": "FREQ=DAILY"}
    write("events", {**series, "description": FILLER})


@pytest.fixture
def budget(app: Flask, store: Store) -> Iterator[Any]:
    """Give the running service another budget."""
    kit = app.extensions["feeds"]
    kept = kit.syndicate

    def give(count: int) -> None:
        made = Syndicate(store, BASE_URL, 900, count)
        object.__setattr__(kit, "syndicate", made)

    yield give
    object.__setattr__(kit, "syndicate", kept)


ALL = [TODAY, "series", TOMORROW, NEXT_YEAR, YESTERDAY, LONG_AGO]


@pytest.mark.parametrize("count", range(1, 6))
def test_what_comes_next_stays_longest(
    client: FlaskClient, spread: None, budget: Any, count: int
) -> None:
    whole = client.get(PATH)
    assert sorted(titles(whole.text)) == sorted(ALL)
    assert "Feeds-Left-Out" not in whole.headers
    each = (len(whole.data) - 1500) // 6
    budget(1900 + each * count + each // 3)

    response = client.get(PATH)

    kept = titles(response.text)
    assert sorted(kept) == sorted(ALL[: len(kept)])
    assert count - 1 <= len(kept) <= count
    assert len(response.data) <= 1900 + each * count + each // 3
    left = len(ALL) - len(kept)
    assert response.headers["Feeds-Left-Out"] == str(left)
    (description,) = (
        row for row in unfolded(response.data) if row.startswith("X-WR-CALDESC:")
    )
    assert f"{left} von 6 Terminen fehlen" in description
    assert f"{BASE_URL}{PATH}?all=1" in description
    assert response.headers["Content-Length"] == str(len(response.data))


@pytest.mark.parametrize("query", ["all=1", "from=2010-01-01", "to=2030-01-01"])
def test_who_says_what_he_wants_gets_it(
    client: FlaskClient, spread: None, budget: Any, query: str
) -> None:
    whole = client.get(f"{PATH}?{query}").data
    budget(6000)
    response = client.get(f"{PATH}?{query}")
    assert response.data == whole
    assert "Feeds-Left-Out" not in response.headers


def test_within_the_budget_nothing_changes(
    client: FlaskClient, spread: None, budget: Any
) -> None:
    whole = client.get(PATH).data
    budget(len(whole))
    assert client.get(PATH).data == whole
    budget(len(whole) - 1)
    assert "Feeds-Left-Out" in client.get(PATH).headers


@pytest.mark.parametrize("form", ["events.jcal", "events.ics?rich=1"])
def test_all_forms_hold_the_same_events(
    client: FlaskClient, spread: None, budget: Any, form: str
) -> None:
    budget(8000)
    left_out = client.get(PATH).headers["Feeds-Left-Out"]
    response = client.get(f"/{CHANNEL}/{form}")
    assert response.headers["Feeds-Left-Out"] == left_out
    assert response.text.count("T080000") + response.text.count("T08:00:00") > 0
    assert client.head(f"/{CHANNEL}/{form}").headers["Content-Length"] == str(
        len(response.data)
    )


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every calendar be a large one."""
    monkeypatch.setattr(http, "JOINED", 0)
    monkeypatch.setattr(calendars, "BATCH", 2)
    monkeypatch.setattr(calendars, "MANY", 0)


@pytest.mark.parametrize("path", ["events.ics", "events.jcal", "events.ics?rich=1"])
def test_large_calendar_is_the_same_in_pieces(
    client: FlaskClient,
    spread: None,
    path: str,
    request: pytest.FixtureRequest,
) -> None:
    address = f"/{CHANNEL}/{path}"
    joined = client.get(address)
    request.getfixturevalue("streamed")

    response = client.get(address)
    zipped = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert response.data == joined.data
    assert dict(response.headers) == dict(joined.headers)
    assert gzip.decompress(zipped.data) == joined.data
    assert dict(client.head(address).headers) == dict(joined.headers)
    old = client.get(address, environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"})
    assert old.data == joined.data


def test_head_reads_no_fragment(
    client: FlaskClient, store: Store, app: Flask, spread: None
) -> None:
    client.get(PATH)
    engine, seen = app.extensions["feeds"].store.engine, list[str]()

    def note(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    database.listen(engine, "before_cursor_execute", note)
    client.head(PATH)
    database.remove(engine, "before_cursor_execute", note)
    assert seen
    assert not [one for one in seen if "fragment.body" in one]


def test_what_no_longer_fits_is_kept_before_the_first_byte(
    client: FlaskClient, store: Store, spread: None, streamed: None
) -> None:
    whole = client.get(PATH).data
    with store.writing() as session:
        session.execute(text("UPDATE fragment SET digest = 'old', body = 'x'"))
    response = client.get(PATH)
    assert response.data == whole
    assert response.headers["Content-Length"] == str(len(whole))
    with store.reading() as session:
        question = "SELECT count(*) FROM fragment WHERE digest='old' AND format='ics'"
        assert session.scalar(text(question)) == 0


def test_what_no_longer_fits_is_made_in_passing_while_somebody_writes(
    client: FlaskClient, store: Store, spread: None, streamed: None
) -> None:
    whole = client.get(PATH).data
    with store.writing() as session:
        session.execute(text("UPDATE fragment SET digest = 'old', body = 'x'"))
    with store.writing():
        response = client.get(PATH)
    assert response.data == whole


def test_reader_who_goes_away_ends_the_transaction(
    client: FlaskClient,
    app: Flask,
    spread: None,
    streamed: None,
) -> None:
    pool = app.extensions["feeds"].store.engine.pool
    response = client.get(PATH, buffered=False)
    assert next(response.iter_encoded()).startswith(b"BEGIN:VCALENDAR")
    assert pool.checkedout() == 1
    response.close()
    assert pool.checkedout() == 0
