"""Entries to ask for."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from feeds.publish import Publisher
from tests.cast import CHANNEL, Clock
from tests.following import Follower
from tests.views.departing import PATH
from tests.views.documents import EVENT, NEWS, Write


@pytest.fixture
def write(publisher: Publisher, clock: Clock) -> Write:
    def create(noun: str, raw: dict[str, Any], **over: Any) -> dict[str, Any]:
        return publisher.create(noun, CHANNEL, {**raw, **over}, now=clock.now)

    return create


@pytest.fixture
def filled(write: Write) -> None:
    write("categories", {"slug": "qualifizierung", "title": "Qualifizierung"})
    write("events", EVENT)
    write("news", NEWS)


@pytest.fixture
def follower(client: FlaskClient) -> Follower:
    return Follower(client, PATH)


@pytest.fixture
def token(follower: Follower, write: Write) -> str:
    """Return the token of who has read a calendar of three."""
    write("categories", {"slug": "kurse", "title": "Kurse"})
    for uid in "abc":
        write("events", {"uid": uid, "title": uid, "start": "2021-07-08T09:30"})
    follower.finish()
    return str(follower.token).strip('"')
