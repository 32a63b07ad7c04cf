"""What is done to the events that somebody follows."""

from typing import Any

from feeds.models import Departure
from feeds.publish import Publisher
from feeds.store import Store
from tests.cast import CHANNEL, Clock
from tests.views.documents import ANY

PATH = f"/{CHANNEL}/events.ics"


def amend(publisher: Publisher, clock: Clock, uid: str, **patch: Any) -> None:
    publisher.amend("events", CHANNEL, uid, patch, now=clock.now, match=ANY)


def withdraw(publisher: Publisher, clock: Clock, uid: str) -> None:
    publisher.withdraw("events", CHANNEL, uid, now=clock.now, match=ANY)


def departed(store: Store) -> set[str]:
    with store.reading() as session:
        return {row.uid for row in session.query(Departure)}
