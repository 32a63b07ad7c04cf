"""A herald, a channel to tell of, and what the hub has yet to hear."""

from collections.abc import Callable
from typing import Any

from feeds.hub import PAUSE, Herald, topics
from feeds.models import Ping
from feeds.store import Store
from tests.cast import BASE_URL, CHANNEL, Clock

Write = Callable[..., dict[str, Any]]
HOME = f"{BASE_URL}/{CHANNEL}"
NEWS = sorted(f"{HOME}/{one}" for one in topics("news"))
EVENTS = sorted(f"{HOME}/{one}" for one in topics("events"))


def another(herald: Herald) -> Herald:
    """Return the herald of another process, or of this one after a restart."""
    return Herald(herald.store, herald.base_url, herald.hub, herald.clock)


def look(herald: Herald, clock: Clock, times: int = 2) -> None:
    """Look as often as that; twice is what it takes to see that all is quiet."""
    for _ in range(times):
        clock.forward(seconds=PAUSE)
        herald.look()


def states(store: Store) -> list[tuple[list[str], Any]]:
    with store.reading() as session:
        rows = session.query(Ping).order_by(Ping.channel_id)
        return [(row.topics, row.due_at) for row in rows]
