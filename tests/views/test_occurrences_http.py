"""How `occurrences.json` behaves over HTTP: validators, refusals, what has moved."""

import base64
import gzip
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from feeds import tenancy
from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import ANY, EVENT, Write, known, modified
from tests.views.instances import PATH, WEEKLY


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("nonsense=1", "nonsense"),
        ("page=2", "page"),
        ("limit=1001", "limit"),
        ("order=published", "order"),
        ("order=title", "order"),
        ("from=2021-07-06&to=2021-07-06", "to"),
        ("utm_source=x", "utm_source"),
        ("after=", "after"),
        ("after=abc", "after"),
        ("after=a", "after"),
        (f"after={cursor('0 9 1 1')}", "after"),
        (f"after={cursor('0 9 99999999999 1 1')}", "after"),
        (f"after={cursor('0 9 1 1 99999')}", "after"),
        (f"after={cursor('0 9 1 1 -1')}", "after"),
        (f"after={cursor('0 9 1 x 1')}", "after"),
        (f"after={cursor('0 9 1 1 1')}&from=today", "from"),
        (f"after={cursor('0 9 1 1 1')}&to=%2B1d", "to"),
    ],
)
def test_bad_query_is_400_and_names_it(
    client: FlaskClient, filled: None, query: str, named: str
) -> None:
    response = client.get(f"{PATH}?{query}")

    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert list(response.get_json()["errors"]) == [named]


@pytest.mark.parametrize(
    "text",
    [
        "-9999999999 9999999999 -9999999999 999999999999999999 9999",
        "9999999999 -9999999999 0 0 0",
        "0 0 9999999999 0 0",
    ],
)
def test_cursor_nobody_gave_does_no_harm(
    client: FlaskClient, write: Write, text: str
) -> None:
    write("events", WEEKLY, rrule="FREQ=DAILY")

    assert client.get(f"{PATH}?after={cursor(text)}").status_code == 200


def test_headers_are_those_of_the_feeds(client: FlaskClient, filled: None) -> None:
    got = client.get(PATH)
    head = client.head(PATH)
    zipped = client.get(PATH, headers={"Accept-Encoding": "gzip"})
    headers = got.headers

    assert headers["Content-Type"] == "application/json"
    assert headers["ETag"].startswith('"')
    assert headers["Content-Length"] == str(len(got.data))
    assert headers["Cache-Control"].startswith("public, max-age=900")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in headers
    assert (head.data, dict(head.headers)) == (b"", dict(headers))
    assert zipped.headers["ETag"] == f"W/{headers['ETag']}"
    assert gzip.decompress(zipped.data) == got.data
    assert client.put(PATH).status_code == 405


def test_unchanged_is_304(client: FlaskClient, filled: None, clock: Clock) -> None:
    first = client.get(PATH)
    clock.forward(hours=1)
    again = client.get(PATH, headers=known(first))

    assert (again.status_code, again.data) == (304, b"")
    assert known(again) == known(first)


def test_change_changes_both_validators(
    client: FlaskClient, publisher: Publisher, filled: None, clock: Clock
) -> None:
    before = client.get(PATH)
    publisher.amend(
        "events", CHANNEL, EVENT["uid"], {"title": "Neu"}, now=clock.now, match=ANY
    )
    after = client.get(PATH, headers=known(before))

    assert [row["title"] for row in after.get_json()["occurrences"]] == ["Neu"]
    assert after.headers["ETag"] != before.headers["ETag"]
    assert modified(after) > modified(before)


@pytest.mark.parametrize("query", ["", "from=2021-07-06", "to=2022-07-01"])
def test_window_that_rolls_changes_both_validators(
    client: FlaskClient, write: Write, clock: Clock, query: str
) -> None:
    clock.now = datetime(2021, 7, 6, 21, 59, 59, tzinfo=UTC)
    before = client.get(f"{PATH}?{query}")
    clock.forward(seconds=1)
    after = client.get(f"{PATH}?{query}", headers=known(before))

    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert modified(after) == clock.now


def test_window_of_two_dates_outlasts_midnight(
    client: FlaskClient, filled: None, clock: Clock
) -> None:
    path = f"{PATH}?from=2021-07-06&to=2021-08-01"
    before = client.get(path)
    clock.forward(days=9)

    assert client.get(path, headers=known(before)).status_code == 304


def test_what_is_gone_has_moved_or_never_was(
    client: FlaskClient, publisher: Publisher, write: Write, clock: Clock
) -> None:
    write("categories", {"slug": "alt", "title": "Alt"})
    write("events", WEEKLY, categories=["alt"])
    url = client.get(f"{PATH}?category=alt&limit=1").get_json()["next"]
    publisher.amend(
        "categories", CHANNEL, "alt", {"slug": "neu"}, now=clock.now, match=ANY
    )
    moved = client.get(url.removeprefix(BASE_URL))
    there = client.get(moved.headers["Location"].removeprefix(BASE_URL))
    tenancy.amend(publisher, CHANNEL, {"slug": "anders"}, now=clock.now, match=ANY)
    renamed = client.get(f"{PATH}?limit=2")
    tenancy.withdraw(publisher, "anders", now=clock.now, match=ANY)

    assert moved.status_code == 308
    assert [row["start"] for row in there.get_json()["occurrences"]] == [
        "2021-07-13T19:30"
    ]
    assert renamed.status_code == 308
    assert renamed.headers["Location"] == f"{BASE_URL}/anders/occurrences.json?limit=2"
    assert client.get("/anders/occurrences.json").status_code == 410
    assert client.get("/never/occurrences.json").status_code == 404
