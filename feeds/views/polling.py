"""How often one address may ask for a feed without a validator: `FEEDS_READ_RATE`.

Who sends one is never counted: such a question costs next to nothing. Neither are
addresses that are not of the public internet, for a proxy beside the service has the
same for all its readers. Each process counts for itself, in memory, and forgets.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from threading import Lock

from flask import request

from feeds.errors import TooMany
from feeds.views.context import kit, now
from feeds.views.rate import SECONDS

# Programs ask two or three times while somebody adds a feed.
FIRST = 3
# What is more than that in a window is not counted.
MOST = 10_000
CONDITIONS = ("If-None-Match", "If-Modified-Since")


@dataclass
class Polls:
    """The questions of the window that runs, by address and feed."""

    window: int = 0
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def spend(self, rate: str, who: str, what: int, at: datetime) -> None:
        """Count one question; raises TooMany when the window is full."""
        most, _, unit = rate.partition("/")
        window, elapsed = divmod(int(at.timestamp()), SECONDS[unit])
        with self.lock:
            if window != self.window:
                self.window, self.counts = window, Counter()
            if len(self.counts) < MOST or (who, what) in self.counts:
                self.counts[who, what] += 1
            count = self.counts[who, what]
        if count > max(FIRST, int(most)):
            wait = SECONDS[unit] - elapsed
            raise TooMany(
                f"Asked for more than {most} times in a {unit} without If-None-Match"
                f" or If-Modified-Since: wait {wait} seconds, and send one of them.",
                wait,
            )


def check(polls: Polls) -> None:
    """Count the question that is being answered. Raises TooMany."""
    rate, who = kit().settings.read_rate, request.remote_addr
    if not rate or any(name in request.headers for name in CONDITIONS):
        return
    if who and ip_address(who.partition("%")[0]).is_global:
        polls.spend(rate, who, hash(request.full_path), now())
