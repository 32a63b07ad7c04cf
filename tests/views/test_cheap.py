"""What an unchanged feed costs: nothing is built, and no fragment is read."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import feedgen
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from feeds import renderers
from feeds.publish import Publisher
from feeds.shelf import Shelf
from tests.cast import CHANNEL, Clock
from tests.views.documents import ANY, EVENT, NEWS, known

FEEDS = [
    f"{noun}.{suffix}"
    for noun in ("events", "news")
    for suffix in ("rss", "atom", "json")
]
FEEDGEN = Path(feedgen.__file__ or "").parent
OURS = Path(renderers.__file__).parent


class Counter:
    """Counts what is built: by feedgen, by a renderer, out of the store."""

    def __init__(self) -> None:
        self.reads = self.feedgen = self.items = 0

    def call(self, frame: FrameType, happening: str, _value: Any) -> None:
        if happening != "call":
            return
        path = Path(frame.f_code.co_filename)
        self.feedgen += FEEDGEN in path.parents
        self.items += path == OURS / "item.py"

    def statement(self, *given: Any) -> None:
        self.reads += "fragment" in given[2]

    @property
    def built(self) -> tuple[int, int, int]:
        return self.reads, self.feedgen, self.items


@pytest.fixture
def counting(app: Flask) -> Callable[[], Any]:
    engine = app.extensions["feeds"].store.engine

    @contextmanager
    def count() -> Iterator[Counter]:
        counter = Counter()
        event.listen(engine, "before_cursor_execute", counter.statement)
        sys.setprofile(counter.call)
        try:
            yield counter
        finally:
            sys.setprofile(None)
            event.remove(engine, "before_cursor_execute", counter.statement)

    return count


@pytest.mark.parametrize("path", FEEDS)
def test_what_is_made_is_not_made_again(
    client: FlaskClient,
    publisher: Publisher,
    clock: Clock,
    filled: None,
    counting: Callable[[], Any],
    path: str,
) -> None:
    def asked(**headers: str) -> tuple[TestResponse, Counter]:
        with counting() as counter:
            return client.get(f"/{CHANNEL}/{path}", headers=headers), counter

    first, cold = asked()
    again, warm = asked()
    fresh, idle = asked(**known(first))
    noun, key = ("events", EVENT["uid"]) if "events" in path else ("news", NEWS["id"])
    publisher.amend(noun, CHANNEL, key, {"title": "Neu"}, now=clock.now, match=ANY)
    changed, made = asked(**known(first))

    assert cold.reads == made.reads == 1
    assert (cold.feedgen > 0) == (made.feedgen > 0) == (not path.endswith("json"))
    assert cold.items == made.items == 0  # rendered when they were written
    assert (again.status_code, warm.built) == (200, (0, 0, 0))
    assert (fresh.status_code, idle.built) == (304, (0, 0, 0))
    assert (again.data, dict(again.headers)) == (first.data, dict(first.headers))
    assert "Neu" in changed.text


def test_shelf_keeps_what_was_asked_for_last() -> None:
    shelf = Shelf[str](room=10)
    for name in "abc":
        shelf.put(name, name.upper(), 4)
        shelf.find("a")
    assert [shelf.find(name) for name in "abc"] == ["A", None, "C"]
    shelf.put("c", "D", 6)
    assert [shelf.find(name) for name in "abc"] == ["A", None, "D"]
    shelf.put("e", "E", 11)
    assert [shelf.find(name) for name in "abce"] == [None] * 4
    shelf.put("f", "F", 10)
    assert shelf.find("f") == "F"
