"""The horizon of endless series moves on while the service runs, without a restart."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from flask import Flask, Response

from feeds.errors import FeedsError
from feeds.publish import roll
from feeds.store import Store
from feeds.views.context import EXTENSION, now

log = logging.getLogger(__name__)


@dataclass
class Rolling:
    """What this process did of a day's work: a few series after an answer.

    `after` is the last series done, None when none is left for the day. The reader has
    the answer by then, and no writer is waited for: what can't be done today can be
    tomorrow, a year before it is missed.
    """

    store: Store
    day: date
    after: int | None = None
    lock: Lock = field(default_factory=Lock)

    def step(self, now: datetime) -> None:
        if not self.lock.acquire(blocking=False):
            return
        try:
            start = 0 if now.date() != self.day else self.after
            self.day, self.after = now.date(), None
            if start is not None:
                self.after = roll(self.store, now, start, patience=0)
        except FeedsError as error:
            log.info("the horizon stays where it is today: %s", error)
        finally:
            self.lock.release()


def register(app: Flask) -> None:
    kit = app.extensions[EXTENSION]
    # `run` moved it at the start; under another server it can wait for midnight.
    rolling = Rolling(kit.store, kit.clock().date())

    @app.after_request
    def after_answer(response: Response) -> Response:
        at = now()
        if rolling.after is not None or rolling.day != at.date():
            response.call_on_close(lambda: rolling.step(at))
        return response
