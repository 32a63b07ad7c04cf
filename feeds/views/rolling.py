"""The horizon of endless series moves on while the service runs, without a restart."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock, Thread
from time import sleep

from flask import Flask, Response

from feeds.errors import FeedsError
from feeds.publish import roll
from feeds.store import Store
from feeds.views.context import EXTENSION

NAME = "rolling"
# Seconds between two writes, so that others get their turn, and to wait for one's own.
PAUSE = 0.05
PATIENCE = 1.0

log = logging.getLogger(__name__)


@dataclass
class Rolling:
    """One process's part: on the first answer of a day a thread moves the horizon.

    Nobody waits for it. What can't be done today can be tomorrow, or by another
    process, a year before it is missed.
    """

    store: Store
    clock: Callable[[], datetime]
    day: date
    lock: Lock = field(default_factory=Lock)

    def look(self) -> None:
        now = self.clock()
        with self.lock:
            is_new, self.day = now.date() != self.day, now.date()
        if is_new:
            Thread(target=self.run, args=(now,), name=NAME, daemon=True).start()

    def run(self, now: datetime) -> None:
        after: int | None = 0
        try:
            while after is not None:
                after = roll(self.store, now, after, PATIENCE)
                sleep(PAUSE)
        except FeedsError as error:
            log.warning("the horizon of series stays where it is today: %s", error)


def register(app: Flask) -> None:
    kit = app.extensions[EXTENSION]
    # `run` moved it at the start; under another server it can wait for midnight.
    rolling = Rolling(kit.store, kit.clock, kit.clock().date())

    @app.after_request
    def once_sent(response: Response) -> Response:
        response.call_on_close(rolling.look)
        return response
