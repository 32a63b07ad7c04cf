"""A hub, and a herald who tells it, on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest

from feeds.hub import Herald
from feeds.publish import Publisher
from feeds.store import Store
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel
from tests.hub.heralds import EVENTS, NEWS, Write, look
from tests.websub import Hub, hub_served


@pytest.fixture
def hub() -> Iterator[Hub]:
    with hub_served() as made:
        yield made


@pytest.fixture
def publisher(each_store: Store) -> Publisher:
    return Publisher(each_store, BASE_URL)


@pytest.fixture
def write(publisher: Publisher, clock: Clock) -> Write:
    def write_one(noun: str, **raw: Any) -> dict[str, Any]:
        if noun == "events":
            raw = {"start": "2021-08-01"} | raw
        raw = {"title": "Neu"} | raw
        return publisher.create(noun, CHANNEL, raw, now=clock.now)

    return write_one


@pytest.fixture
def herald(publisher: Publisher, clock: Clock, hub: Hub) -> Herald:
    """Return a herald who has told the hub of a channel with nothing in it."""
    made = Herald(publisher.store, BASE_URL, f"{hub.url}/", clock)
    make_channel(publisher, clock.now)
    look(made, clock)
    assert hub.take() == EVENTS + NEWS
    return made
