"""Many places: what their widget weighs, and how little they ask of the database."""

import gzip
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sql

from feeds.store import Store
from tests.views.documents import Write
from tests.views.reading import page_of
from tests.views.test_places import DORTMUND, MAP, PAGE


def fill(write: Write, number: int) -> None:
    for index in range(number):
        write(
            "places",
            {
                **DORTMUND,
                "slug": f"ort-{index}",
                "title": f"Familienbüro Nummer {index}",
                "latitude": 50.6 + (index * 37 % 101) / 60,
                "longitude": 6.2 + (index * 53 % 97) / 34,
            },
        )


def test_widget_of_sixty_places_is_small(client: FlaskClient, write: Write) -> None:
    write("categories", {"slug": "beratung", "title": "Beratung"})
    fill(write, 60)

    response = client.get(MAP)

    assert len(page_of(response).xpath("//li[@class='place']")) == 60
    assert len(gzip.compress(response.data, 6)) <= 15_000


def statements(store: Store, client: FlaskClient, path: str) -> int:
    """Return how many questions an answer asks of the database."""
    asked: list[Any] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    sql.listen(store.engine, "before_cursor_execute", note)
    assert client.get(path).status_code == 200
    sql.remove(store.engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize("path", [PAGE, MAP, f"{PAGE}.geojson", f"{PAGE}.json"])
def test_many_places_ask_no_more_than_few(
    app: Flask, client: FlaskClient, write: Write, path: str
) -> None:
    store = app.extensions["feeds"].store
    write("categories", {"slug": "beratung", "title": "Beratung"})
    fill(write, 3)
    few = statements(store, client, path)
    for index in range(3, 40):
        write("places", {**DORTMUND, "slug": f"s{index}", "title": f"T{index}"})

    assert statements(store, client, path) == few
