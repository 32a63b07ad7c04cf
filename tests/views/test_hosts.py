"""A request that names another host than ours is refused, whatever it asks."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feeds import create_app
from feeds.store import Store
from tests.cast import settings_for

OURS = ("termine.example", ".b.example", "localhost", "127.0.0.1", "[::1]", "feeds_1")


@pytest.fixture
def client(app: Flask, store: Store, tmp_path: Any) -> FlaskClient:
    settings = settings_for(store, tmp_path, trusted_hosts=OURS)
    return create_app(settings).test_client()


@pytest.mark.parametrize(
    "host",
    [
        *("termine.example", "TERMINE.example:8443", "localhost:8000", "127.0.0.1"),
        *("[::1]", "[::1]:8000", "b.example", "a.b.example", "feeds_1:8000"),
    ],
)
def test_our_own_hosts_are_served(client: FlaskClient, host: str) -> None:
    assert client.get("/familie", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "termine.example.evil.example", "notb.example", "::1", ""),
        *("[::2]", "[", "termine.example:", "termine.example:x", "a b", "localhost."),
    ],
)
@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/familie", "text/html; charset=utf-8"),
        ("/familie/events.ics", "application/problem+json"),
        ("/api/v1/channels", "application/problem+json"),
        ("/nothing/at/all", "text/html; charset=utf-8"),
    ],
)
def test_another_host_is_refused(
    client: FlaskClient, host: str, path: str, media_type: str
) -> None:
    answer = client.get(path, headers={"Host": host})
    assert (answer.status_code, answer.content_type) == (400, media_type)
