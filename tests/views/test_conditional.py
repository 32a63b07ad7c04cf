"""Validators (RFC 9110 §13): what the client has is not sent again."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event

from tests.cast import CHANNEL
from tests.views.documents import known, modified


@pytest.mark.parametrize(
    "form",
    [
        "{0}",
        "W/{0}",
        '"other", {0}',
        "*",
        '"{1}-gzip"',
        'W/"{1}-gzip"',
        '"{1};gzip"',
    ],
)
def test_known_etag_is_304(client: FlaskClient, filled: None, form: str) -> None:
    etag = client.get(f"/{CHANNEL}/events.ics").headers["ETag"]
    header = form.format(etag, etag.strip('"'))
    response = client.get(f"/{CHANNEL}/events.ics", headers={"If-None-Match": header})

    assert response.status_code == 304
    assert response.data == b""
    assert response.headers["ETag"] == etag
    assert {"Last-Modified", "Cache-Control", "Vary"} <= set(response.headers.keys())


def test_unknown_etag_wins_over_a_known_date(client: FlaskClient, filled: None) -> None:
    before = client.get(f"/{CHANNEL}/events.ics")
    headers = known(before) | {"If-None-Match": '"other"'}

    assert client.get(f"/{CHANNEL}/events.ics", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("date", "status"),
    [
        ("same", 304),
        ("later", 304),
        ("earlier", 200),
        ("yesterday or so", 200),
        ("1 Jan 1800", 200),
        ("Fri, 31 Dec 9999 23:59:59 -1200", 304),
        ("Mon, 1 Jan 0001 00:00:00 +1400", 200),
    ],
)
def test_date_alone(client: FlaskClient, filled: None, date: str, status: int) -> None:
    at = modified(client.get(f"/{CHANNEL}/news.rss"))
    shifts = {"same": 0, "later": 60, "earlier": -1}
    if date in shifts:
        moved = at + timedelta(seconds=shifts[date])
        date = moved.strftime("%a, %d %b %Y %H:%M:%S GMT")
    headers = {"If-Modified-Since": date}

    assert client.get(f"/{CHANNEL}/news.rss", headers=headers).status_code == status


def test_304_reads_no_fragment(client: FlaskClient, filled: None, app: Flask) -> None:
    engine = app.extensions["feeds"].store.engine
    before = client.get(f"/{CHANNEL}/events.ics")
    statements: list[str] = []
    sqlalchemy_event.listen(
        engine,
        "before_cursor_execute",
        lambda *args: statements.append(args[2]),
    )
    client.get(f"/{CHANNEL}/events.ics")
    full = [sql for sql in statements if "fragment" in sql]
    statements.clear()
    response = client.get(f"/{CHANNEL}/events.ics", headers=known(before))

    assert full
    assert response.status_code == 304
    assert [sql for sql in statements if "fragment" in sql] == []
