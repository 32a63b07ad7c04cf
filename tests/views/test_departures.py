"""Who leaves the calendar: noted when it was public, forgotten when it is back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event

from feeds import intake, sync
from feeds.importing import Item
from feeds.publish import Publisher, roll
from feeds.store import Store, departures
from tests.cast import CHANNEL, Clock
from tests.following import Follower, vevents
from tests.views.departing import PATH, amend, departed, withdraw
from tests.views.documents import Write

COURSE = {
    "uid": "course",
    "title": "Kurs",
    "sessions": [{"start": "2021-07-08T09:30"}, {"start": "2021-07-09T09:30"}],
}


def test_departures_outlive_every_token(
    store: Store, publisher: Publisher, clock: Clock, token: str
) -> None:
    withdraw(publisher, clock, "a")
    assert sync.LIFE < departures.KEPT
    clock.now += departures.KEPT
    roll(store, clock.now)
    assert departed(store) == {"a"}

    roll(store, clock.now + timedelta(seconds=1))
    assert departed(store) == set()


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        ({"state": "draft"}, set()),
        ({"state": "draft", "publish_at": "2021-07-01T00:00:00Z"}, set()),
        ({"publish_at": "2021-08-01T00:00:00Z"}, set()),
        ({"expires_at": "2021-07-01T00:00:00Z"}, set()),
        ({}, {"secret"}),
    ],
)
def test_who_was_never_public_leaves_no_tombstone(
    follower: Follower,
    publisher: Publisher,
    clock: Clock,
    write: Write,
    store: Store,
    token: str,
    hidden: dict[str, Any],
    told: set[str],
) -> None:
    write("events", {"uid": "secret", "title": "s", "start": "2021-07-08", **hidden})
    clock.forward(hours=1)
    amend(publisher, clock, "secret", title="t")
    clock.forward(hours=1)
    withdraw(publisher, clock, "secret")
    follower.finish()

    assert set(follower.gone) == departed(store) == told


def test_what_nobody_sees_changes_nothing(
    follower: Follower, write: Write, token: str
) -> None:
    write("events", {"title": "s", "start": "2021-07-08", "state": "draft"})
    write("news", {"title": "s"})
    answer = follower.ask()

    assert answer.status_code == 304
    assert answer.headers["Sync-Token"] == f'"{token}"'


def test_public_event_that_is_hidden_is_gone(
    follower: Follower, publisher: Publisher, clock: Clock, token: str
) -> None:
    clock.forward(hours=1)
    amend(publisher, clock, "a", state="draft")
    amend(publisher, clock, "b", publish_at="2021-08-01T00:00:00Z")
    amend(publisher, clock, "c", expires_at="2021-07-06T12:00:00Z")
    follower.finish()
    assert set(follower.kept) == {"c"}

    clock.forward(hours=1)
    follower.finish()
    assert set(follower.kept) == set()

    clock.forward(days=40)
    follower.finish()
    assert set(follower.kept) == {"b"}


def test_course_that_becomes_events_of_its_dates_leaves_nothing_behind(
    follower: Follower, publisher: Publisher, clock: Clock, write: Write, store: Store
) -> None:
    write("events", COURSE)
    follower.finish()
    dates = set(follower.kept)
    items = [
        Item({"uid": uid, "title": "Termin", "start": "2021-07-08T09:30"}, line=1)
        for uid in sorted(dates)
    ]
    intake.take_in(publisher, "events", CHANNEL, items, mode="replace", now=clock.now)
    follower.finish()

    assert departed(store) == set()
    assert follower.kept == vevents(follower.client.get(PATH).data)
    assert set(follower.kept) == dates


def test_dates_leave_with_their_course(
    follower: Follower, publisher: Publisher, clock: Clock, write: Write
) -> None:
    write("events", COURSE)
    follower.finish()
    first, second = follower.kept
    amend(publisher, clock, "course", sessions=COURSE["sessions"][1:])
    follower.finish()
    assert follower.gone == [first]

    single = {"sessions": [], "start": "2021-07-08T09:30", "rrule": "FREQ=DAILY"}
    amend(publisher, clock, "course", **single)
    follower.finish()
    assert follower.gone == [first, second]
    assert set(follower.kept) == {"course"}


def test_uid_that_comes_back_has_not_left(
    follower: Follower,
    publisher: Publisher,
    clock: Clock,
    write: Write,
    store: Store,
    token: str,
) -> None:
    withdraw(publisher, clock, "a")
    write("events", {"uid": "a", "title": "a", "start": "2021-07-09", "state": "draft"})
    assert departed(store) == {"a"}

    amend(publisher, clock, "a", state="published")
    follower.finish()
    assert departed(store) == set()
    assert (follower.gone, set(follower.kept)) == ([], {"a", "b", "c"})


@pytest.mark.parametrize(("limit", "gone"), [(1, ["a"]), (None, [])])
def test_event_put_off_until_it_is_due_is_there(
    follower: Follower,
    publisher: Publisher,
    clock: Clock,
    token: str,
    limit: int | None,
    gone: list[str],
) -> None:
    clock.forward(hours=1)
    amend(publisher, clock, "a", publish_at="2021-07-06T12:00:00Z")
    clock.forward(hours=1)
    follower.limit = limit
    follower.finish()

    assert follower.gone == gone
    assert set(follower.kept) == {"a", "b", "c"}


def test_file_of_new_events_costs_no_query_each(
    publisher: Publisher, clock: Clock
) -> None:
    seen: list[str] = []

    def note(*given: Any) -> None:
        seen.append(given[2])

    sqlalchemy_event.listen(publisher.store.engine, "before_cursor_execute", note)
    items = [
        Item({"uid": str(n), "title": "e", "start": "2021-07-08"}, line=n)
        for n in range(2 * intake.CHUNK)
    ]
    intake.take_in(publisher, "events", CHANNEL, items, now=clock.now)
    sqlalchemy_event.remove(publisher.store.engine, "before_cursor_execute", note)

    assert sum("departure" in one for one in seen) == 2
    assert sum("UPDATE event SET revision" in one for one in seen) == 2
