"""What a view may reach: the running application's settings, store and corridor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from feeds.boundaries import Boundaries
from feeds.config import Settings
from feeds.publish import Publisher
from feeds.store import Store
from feeds.syndicate import Syndicate

EXTENSION = "feeds"


@dataclass(frozen=True)
class Kit:
    """`clock` returns the present instant, aware UTC: tests give their own."""

    settings: Settings
    store: Store
    publisher: Publisher
    syndicate: Syndicate
    boundaries: Boundaries
    clock: Callable[[], datetime]


def kit() -> Kit:
    """Return the kit of the running application."""
    found: Kit = current_app.extensions[EXTENSION]
    return found


def now() -> datetime:
    """Return the present instant, as the application's clock has it."""
    return kit().clock()
