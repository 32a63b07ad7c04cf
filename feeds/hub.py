"""WebSub, the publisher's side: a hub is told which feeds have changed.

Nobody who writes has to queue anything. What has to be told is the difference between a
channel and what the hub was last told of it: a write costs nothing, and no crash can
lose a ping. See docs/adr/0009.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from feeds.errors import Conflict, FeedsError
from feeds.importing.fetch import Guard, post
from feeds.models import Channel, Ping
from feeds.selection import VIEWS
from feeds.store import Session, Store, pings
from feeds.store.entries import MODELS

# Seconds between two looks. What has changed from one to the next is not quiet yet.
PAUSE = 3
# Seconds for which shared caches may keep a feed: a hub that comes when it is told of a
# change gets none of their copies from before.
SHARED = PAUSE - 1
LONGEST = timedelta(seconds=30)
# The operator has chosen the hub: it may be a neighbour.
GUARD = Guard(allow_private=True, total_seconds=10)
# Longer than telling of all the feeds of a channel can take.
HELD = timedelta(minutes=3)
SOONEST, LATEST = timedelta(seconds=10), timedelta(hours=1)
GIVEN_UP = timedelta(days=3)
PASSING = (408, 425, 429)
SUFFIXES = (".rss", ".atom", ".json")

log = logging.getLogger(__name__)


class Round(NamedTuple):
    """The feeds of a channel to tell of, which are ours until a moment."""

    channel_id: int
    slug: str
    topics: list[str]
    until: datetime
    failing_since: datetime | None


@dataclass
class Herald:
    """One process's part in telling a hub; several share the work.

    `clock` returns the present instant. `seen` are, by channel, the revision at the
    last look and since when the channel has been changing.
    """

    store: Store
    base_url: str
    hub: str
    clock: Callable[[], datetime]
    seen: dict[int, tuple[int, datetime]] = field(default_factory=dict)

    def look(self) -> None:
        """Tell of what has changed and is quiet, until the hub fails."""
        with self.store.reading() as session:
            stale = pings.stale(session, self.clock())
        for channel_id in self._quiet(stale):
            del self.seen[channel_id]
            held = self._hold(channel_id)
            if held is not None and not self._told(held):
                break

    def _quiet(self, stale: dict[int, int]) -> list[int]:
        now, before = self.clock(), self.seen
        self.seen = {
            one: (revision, before[one][1] if one in before else now)
            for one, revision in stale.items()
        }
        return [
            one
            for one, (revision, since) in self.seen.items()
            if one in before and (before[one][0] == revision or now - since >= LONGEST)
        ]

    def _hold(self, channel_id: int) -> Round | None:
        """Take a channel, and find out which of its feeds have changed, if any."""
        now = self.clock()
        until = now + HELD
        try:
            with self.store.writing() as session:
                held = pings.hold(session, channel_id, now, until)
                if held is None:
                    return None
                channel, ping = held
                _look_at(session, channel, ping, now)
                if not ping.topics:
                    ping.due_at = None
                    return None
                topics, since = list(ping.topics), ping.failing_since
                return Round(channel_id, channel.slug, topics, until, since)
        except Conflict:
            return None  # another process does it

    def _told(self, held: Round) -> bool:
        """Tell of each feed and record how that went; say whether the hub heard all."""
        home = f"{self.base_url}/{held.slug}"
        left = [one for one in held.topics if not self._tell(f"{home}/{one}")]
        with self.store.writing() as session:
            changes = self._outcome(held, left)
            pings.release(session, held.channel_id, held.until, changes)
        return not left

    def _tell(self, topic: str) -> bool:
        """Tell of one feed; say whether that is settled, if only because it is refused.

        `hub.topic` is for hubs that read the name of the subscriber's side.
        """
        form = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
        try:
            status = post(self.hub, form, GUARD)
        except FeedsError as error:
            log.warning("the hub can't be told of %s: %s", topic, error)
            return False
        if status >= 500 or status in PASSING:
            log.warning("the hub answers %d to the ping for %s", status, topic)
            return False
        if status >= 300:
            log.error("the hub refuses the ping for %s: %d", topic, status)
        return True

    def _outcome(self, held: Round, left: list[str]) -> dict[str, Any]:
        """Return what to keep: a pause as long as the failure has lasted so far."""
        if not left:
            return {"topics": [], "due_at": None, "failing_since": None}
        now = self.clock()
        since = held.failing_since or now
        if now - since >= GIVEN_UP:
            log.error("the hub has failed since %s: no more pings for %s", since, left)
            return self._outcome(held, [])
        pause = min(max(now - since, SOONEST), LATEST)
        return {"topics": left, "due_at": now + pause, "failing_since": since}


def topics(noun: str) -> Iterator[str]:
    """Yield the feeds of a noun that a hub knows: "news.rss" and its siblings."""
    return (f"{noun}{suffix}" for suffix in SUFFIXES)


def _look_at(session: Session, channel: Channel, ping: Ping, now: datetime) -> None:
    """Add the feeds that show something else than when they were last looked at."""
    shown = {noun: _shown(session, channel, noun, now) for noun in MODELS}
    changed = [noun for noun, name in shown.items() if ping.shown.get(noun) != name]
    fresh = {topic for noun in changed for topic in topics(noun)}
    ping.topics = sorted(fresh.union(ping.topics))
    ping.shown, ping.revision, ping.looked_at = shown, channel.revision, now


def _shown(session: Session, channel: Channel, noun: str, now: datetime) -> str:
    """Name what the feeds of a noun show: hex SHA-256."""
    limit = VIEWS[f"{noun}.feed"].limit or 0
    rows = pings.newest(session, MODELS[noun], channel.id, now, limit)
    parts = [channel.sequence, *(tuple(row) for row in rows)]
    return sha256(repr(parts).encode()).hexdigest()
