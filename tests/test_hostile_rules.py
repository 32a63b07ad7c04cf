"""Hostile events: refused by name, or taken and answered with bounded work.

Work is counted in calls of functions, which a busy machine can't change; what it comes
to in time is in `make bench`.
"""

import itertools
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import pytest
from werkzeug.test import TestResponse

from feeds import create_app
from feeds.publish import Publisher
from feeds.store import Store
from tests.cast import Api, Clock, make_channel, make_token, publisher_of, settings_for
from tests.counts import count
from tests.hostile import ANSWERED, PLAIN, REFUSED, Raw
from tests.importing.calendars import vcalendar, vevent

# A quarter of a second on a machine that makes twelve calls in a microsecond.
MOST = 3_000_000
# An import ends in the same door; a few of those that are taken say so.
IMPORTED = {name: over for name, (over, _, _) in REFUSED.items()} | dict(
    islice(ANSWERED.items(), 0, None, count(4, 1))
)
QUESTIONS = (
    ("/embed/", "/month?month=2021-07"),
    ("/embed/", "/month?month=2099-07"),
    ("/", "/events.ics?all=1"),
    ("/", "/events?from=2021-07-06"),
    ("/", "/occurrences.json?from=1900-01-01&to=1900-02-01"),
    ("/", "/occurrences.json?from=2150-01-01&to=2150-02-01"),
    ("/", "/occurrences.json?from=2200-12-01&to=2200-12-31"),
)
T = TypeVar("T")


def counting(action: Callable[[], T]) -> tuple[T, int]:
    """Run it and count the calls of functions, of Python and of C."""
    calls = 0

    def note(_frame: FrameType, kind: str, _: object) -> None:
        nonlocal calls
        calls += kind in ("call", "c_call")

    sys.setprofile(note)
    try:
        return action(), calls
    finally:
        sys.setprofile(None)


@dataclass
class Service:
    """A service with a channel for each case, whose templates are all compiled."""

    api: Api
    publisher: Publisher
    now: datetime

    def channel(self) -> str:
        """Return an empty channel."""
        slug = f"c{next(NUMBERS)}"
        make_channel(self.publisher, self.now, slug=slug)
        return slug

    def write(self, method: str, path: str, **options: Any) -> tuple[TestResponse, int]:
        return counting(lambda: self.api(method, f"/channels/{path}", **options))

    def check(self, channel: str, questions: Iterable[tuple[str, str]]) -> None:
        """Ask the questions: each is answered with bounded work."""
        for before, after in questions:
            path = f"{before}{channel}{after}"
            answer, calls = counting(partial(self.api.client.get, path))
            assert (answer.status_code, calls < MOST) == (200, True), (path, calls)


NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def service(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("hostile")
    path = shutil.copy(sqlite_template, folder / "feeds.sqlite3")
    store, clock = Store(f"sqlite:///{path}"), Clock()
    app = create_app(settings_for(store, folder), clock=clock)
    client = app.test_client(use_cookies=False)
    api = Api(client, make_token(store, "admin", None, clock.now))
    made = Service(api, publisher_of(app), clock.now)
    slug = made.channel()
    for before, after in QUESTIONS:
        assert client.get(f"{before}{slug}{after}").status_code == 200
    yield made
    store.close()


def test_there_are_enough_cases() -> None:
    assert len(REFUSED) + len(ANSWERED) >= 40


@pytest.mark.parametrize(("over", "path", "reason"), REFUSED.values(), ids=REFUSED)
def test_hostile_event_is_refused_by_name(
    service: Service, over: Raw, path: str, reason: str
) -> None:
    channel = service.channel()
    answer, calls = service.write("POST", f"{channel}/events", json=PLAIN | over)
    assert (answer.status_code, calls < MOST) == (422, True), calls
    errors = answer.get_json()["errors"]
    assert list(errors) == [path]
    assert reason in errors[path][0]


@pytest.mark.parametrize("over", ANSWERED.values(), ids=ANSWERED)
def test_hostile_event_is_taken_and_answered(service: Service, over: Raw) -> None:
    channel = service.channel()
    answer, calls = service.write("POST", f"{channel}/events", json=PLAIN | over)
    assert (answer.status_code, calls < MOST) == (201, True), calls
    service.check(channel, QUESTIONS)


@pytest.mark.counted
@pytest.mark.parametrize("over", IMPORTED.values(), ids=IMPORTED)
def test_hostile_calendar_is_taken_in_or_refused(service: Service, over: Raw) -> None:
    channel = service.channel()
    data = vcalendar(*as_lines(PLAIN | over))
    answer, calls = service.write(
        "PUT", f"{channel}/events.ics", data=data, content_type="text/calendar"
    )
    assert (answer.status_code, calls < MOST) == (200, True), calls
    report = answer.get_json()
    assert report["created"] or report["refused"]
    assert all(one["reason"] for one in report["refused"])
    if report["created"]:
        service.check(channel, QUESTIONS[2:3])


def as_lines(raw: Raw) -> Iterator[str]:
    """Write an event as VEVENTs, as its author's program would."""
    zone = raw.get("timezone", "Europe/Berlin")

    def dated(name: str, text: str) -> str:
        clock = text.replace("-", "").replace(":", "")
        if "T" not in clock:
            return f"{name};VALUE=DATE:{clock}"
        return f"{name};TZID={zone}:{clock}00"

    def component(uid: str, part: Raw, *lines: str) -> list[str]:
        ends = [dated("DTEND", part["end"])] if "end" in part else []
        start = part.get("start") or part["recurrence_id"]
        return vevent(dated("DTSTART", start), *ends, *lines, "SUMMARY:x", uid=uid)

    for number, session in enumerate(raw.get("sessions", [])):
        yield from component(f"s{number}", session)
    if "sessions" not in raw:
        repeats = [f"RRULE:{raw['rrule']}"] if "rrule" in raw else []
        for name in ("rdates", "exdates"):
            repeats += [dated(name[:-1].upper(), text) for text in raw.get(name, [])]
        yield from component("e", raw, *repeats)
    for override in raw.get("overrides", []):
        named = dated("RECURRENCE-ID", override["recurrence_id"])
        yield from component("e", override, named)
