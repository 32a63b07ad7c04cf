"""An entry that can't be rendered is left out and logged; the others are served."""

import logging

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from feeds.publish import Publisher
from feeds.store import Store
from tests.cast import CHANNEL, Clock
from tests.views.documents import ANY, FEEDS, Write

WEB = [path for path in FEEDS if not path.endswith(("ics", "jcal"))]
TITLES = ["Eins", "Zwei", "Drei", "Vier"]


def spoil(store: Store, title: str) -> None:
    """Give entries what no door takes, as if an older version had let it in."""
    with store.writing() as session:
        for question in (
            "UPDATE news SET attachments = '[{}]' WHERE title = :title",
            "UPDATE event SET location = '[1]' WHERE title = :title",
            "DELETE FROM fragment",
        ):
            names = {"title": title} if ":title" in question else {}
            session.execute(text(question), names)


@pytest.fixture
def spoiled(write: Write, clock: Clock, store: Store) -> str:
    """Write four events and news, of which nobody can render the second."""
    for title in TITLES:
        start = {"start": "2021-08-01T10:00", "end": "2021-08-01T11:00"}
        write("events", {"uid": f"{title}-event", "title": title, **start})
        write("news", {"id": f"{title}-news", "title": title})
        clock.forward(minutes=1)
    spoil(store, "Zwei")
    return "Zwei"


def shown(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(f"/{CHANNEL}/{path}")
    assert answer.status_code == 200
    assert answer.content_length in (None, len(answer.data))
    assert ",," not in answer.text
    assert ",\n,\n" not in answer.text
    return [title for title in TITLES if title in answer.text]


@pytest.mark.parametrize("path", FEEDS)
def test_others_are_served(
    client: FlaskClient, spoiled: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    assert shown(client, path) == ["Eins", "Drei", "Vier"]
    noun, _, name = path.partition(".")
    key = "Zwei-event" if noun == "events" else "Zwei-news"
    told = [  # a calendar is measured in the form of iCalendar, too
        f"{noun} '{key}' of '{CHANNEL}' can't be rendered as {one} and is left out"
        for one in ([name, "ics"] if name == "jcal" else [name])
    ]
    assert sorted(caplog.messages) == sorted(told)
    assert all(record.exc_info for record in caplog.records)
    assert shown(client, path) == ["Eins", "Drei", "Vier"]
    assert len(caplog.records) == len(told)


@pytest.mark.parametrize("path", FEEDS)
def test_reader_who_can_keep_nothing_is_served(
    client: FlaskClient, store: Store, spoiled: str, path: str
) -> None:
    with store.writing():
        assert shown(client, path) == ["Eins", "Drei", "Vier"]


@pytest.mark.parametrize("path", WEB)
def test_page_with_a_gap_goes_on_where_it_ends(
    client: FlaskClient, spoiled: str, path: str
) -> None:
    pages = [shown(client, f"{path}?limit=2&page={number}") for number in (1, 2, 3)]
    assert pages == [["Drei", "Vier"], ["Eins"], []]


def test_entry_that_is_mended_comes_back(
    client: FlaskClient, publisher: Publisher, clock: Clock, spoiled: str
) -> None:
    assert shown(client, "news.atom") == ["Eins", "Drei", "Vier"]
    change = {"attachments": [], "title": "Zwei!"}
    publisher.amend("news", CHANNEL, "Zwei-news", change, now=clock.now, match=ANY)
    assert shown(client, "news.atom") == TITLES
