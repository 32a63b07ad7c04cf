"""Entries to ask for."""

from typing import Any

import pytest

from feeds.publish import Publisher
from tests.cast import CHANNEL, Clock
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
