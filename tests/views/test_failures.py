"""Errors as pages: the right status, the right language, and what to do."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from feeds.publish import Match, Publisher
from feeds.store import Store
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel
from tests.views.documents import ANY, EVENT, Write
from tests.views.reading import hrefs, page_of, texts, words

HOME = f"/{CHANNEL}"


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (f"{HOME}/events?foo=1", "foo"),
        (f"{HOME}/events?from=morgen", "from"),
        (f"{HOME}?month=2021-13", "month"),
        (f"{HOME}/news?page=0", "page"),
        (f"{HOME}/events?lang=nl", "lang"),
        (f"/embed{HOME}/month?week=tu", "week"),
    ],
)
def test_wrong_parameter_is_named(client: FlaskClient, path: str, named: str) -> None:
    response = client.get(path)

    page = page_of(response)
    assert response.status_code == 400
    assert response.content_type == "text/html; charset=utf-8"
    assert texts(page, "//h1") == ["Diese Adresse stimmt nicht ganz"]
    assert texts(page, "//ul[@class='why']/li")[0].startswith(f"{named}: ")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "from=morgen&x=1",
            ["from: „morgen“ passt hier nicht", "x: „1“ passt hier nicht"],
        ),
        ("page=1&page=2", ["page: „1, 2“ passt hier nicht"]),
        (
            "from=2021-07-06&to=2021-07-06",
            ["to: „Bis“ muss nach „Von“ liegen"],
        ),
        (
            "from=2021-07-06&to=6.7.2021",
            ["to: „6.7.2021“ passt hier nicht"],
        ),
        (
            "from=2021-07-06&to=2021-07-06&lang=en",
            ["to: “Until” must be after “From”"],
        ),
        ("page=x&lang=en", ["page: “x” does not fit here"]),
    ],
)
def test_wrong_value_is_told_in_the_language_of_the_page(
    client: FlaskClient, query: str, expected: list[str]
) -> None:
    page = page_of(client.get(f"{HOME}/events?{query}"))

    assert texts(page, "//ul[@class='why']/li") == expected


@pytest.mark.parametrize(
    "path",
    [
        "/nirgends",
        f"{HOME}/nirgends",
        f"{HOME}/events/nirgends",
        f"{HOME}/news/nichts",
        f"{HOME}/events?category=nichts",
        "/embed/nirgends/month",
    ],
)
def test_what_never_was_is_404(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert texts(page_of(response), "//h1") == ["Diese Seite gibt es nicht"]


@pytest.mark.parametrize(
    "path", [f"{HOME}/events/nirgends", f"{HOME}/events?category=nichts"]
)
def test_what_never_was_is_not_unmodified(client: FlaskClient, path: str) -> None:
    headers = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}

    assert client.get(path, headers=headers).status_code == 404


def test_error_page_is_in_the_language_asked_for(client: FlaskClient) -> None:
    page = page_of(client.get(f"{HOME}/events/nirgends?lang=en"))

    assert page.get("lang") == "en"
    assert texts(page, "//h1") == ["There is no such page"]
    assert hrefs(page, "//main//a") == [f"{HOME}/events?lang=en", "/?lang=en"]


def test_error_page_is_in_the_channel_s_language(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    make_channel(publisher, clock.now, slug="town", title="Town", language="en")

    assert page_of(client.get("/town/events/none")).get("lang") == "en"


def test_what_was_withdrawn_is_410(
    client: FlaskClient, publisher: Publisher, clock: Clock, write: Write
) -> None:
    made = write("events", EVENT)
    publisher.withdraw("events", CHANNEL, made["uid"], now=clock.now, match=ANY)

    response = client.get(f"{HOME}/events/elterncafe")

    assert response.status_code == 410
    assert texts(page_of(response), "//h1") == ["Das gibt es nicht mehr"]


def test_what_moved_is_308_with_its_query(
    client: FlaskClient, publisher: Publisher, clock: Clock, write: Write
) -> None:
    made = write("events", EVENT)
    publisher.amend(
        "events",
        CHANNEL,
        made["uid"],
        {"slug": "neu"},
        now=clock.now,
        match=Match(any=True),
    )

    response = client.get(f"{HOME}/events/elterncafe?lang=en")

    assert response.status_code == 308
    assert response.headers["Location"] == f"{BASE_URL}{HOME}/events/neu?lang=en"


def test_other_methods_are_told_which_are_allowed(client: FlaskClient) -> None:
    response = client.post(HOME)

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert texts(page_of(response), "//h1") == ["Das geht an dieser Adresse nicht"]


def test_missing_database_is_503_without_detail(
    app: Flask, client: FlaskClient, store: Store
) -> None:
    with store.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE channel")

    response = client.get(HOME)

    assert response.status_code == 503
    assert "channel" not in words(page_of(response).xpath("//main")[0])


def test_fault_of_ours_is_500_without_detail(app: Flask) -> None:
    @app.get("/-/fault")
    def fault() -> str:
        raise RuntimeError("secret")

    response = app.test_client().get("/-/fault")

    assert response.status_code == 500
    assert texts(page_of(response), "//h1") == ["Da ist etwas schiefgegangen"]
    assert "secret" not in response.text


def test_database_that_fails_is_503_and_logged_once(
    client: FlaskClient, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    store: Store = app.extensions["feeds"].store
    with store.connection() as connection:
        connection.execute(text("DROP TABLE channel"))
    page = client.get(f"/{CHANNEL}")
    feed = client.get(f"/{CHANNEL}/events.ics")

    assert (page.status_code, feed.status_code) == (503, 503)
    assert feed.content_type == "application/problem+json"
    assert "no such table" not in page.text
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
