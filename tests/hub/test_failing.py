"""A hub that fails or refuses, and processes that share the work or are killed."""

import itertools
import threading
from datetime import timedelta

import pytest

from feeds import hub as hubs
from feeds.hub import GIVEN_UP, HELD, LATEST, SOONEST, Herald, topics
from feeds.importing.fetch import Guard
from feeds.store import pings
from tests.cast import BASE_URL, Clock
from tests.hub.heralds import EVENTS, NEWS, Write, another, look, states
from tests.websub import Hub


def attempts(herald: Herald, hub: Hub, clock: Clock, until: timedelta) -> list[int]:
    """Return after how many seconds the hub was asked, looking when it is due."""
    began, found = clock.now, []
    while clock.now - began < until:
        ((_, due_at),) = states(herald.store)
        clock.now = max(due_at or began + until, clock.now)
        herald.look()
        herald.look()
        if hub.take():
            found.append(round((clock.now - began).total_seconds()))
    return found


def test_failing_hub_is_tried_less_and_less_often_and_given_up(
    herald: Herald,
    hub: Hub,
    clock: Clock,
    write: Write,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub.answers = [503] * 1000
    write("news")
    look(herald, clock)
    assert hub.take() == NEWS
    found = attempts(herald, hub, clock, GIVEN_UP + 2 * LATEST)
    pauses = [b - a for a, b in itertools.pairwise([0, *found])]

    first, hour = int(SOONEST.total_seconds()), int(LATEST.total_seconds())
    doubled = [first * 2**n for n in range(9)]
    assert pauses[:10] == [first, *doubled]
    assert set(pauses[10:]) == {hour}
    assert states(herald.store) == [([], None)]
    assert [one.levelname for one in caplog.records].count("ERROR") == 1
    assert caplog.messages[-1].startswith("the hub has failed since 2021-07-06")

    hub.answers = []
    write("news")
    look(herald, clock)
    assert hub.take() == NEWS


@pytest.mark.parametrize("status", [408, 429, 500, 502])
def test_only_what_failed_is_told_again(
    herald: Herald, hub: Hub, clock: Clock, write: Write, status: int
) -> None:
    hub.answers = [202, status, 204]
    write("news")
    look(herald, clock)
    assert hub.take() == NEWS
    look(herald, clock, 5)
    assert hub.take() == NEWS[1:2]
    assert states(herald.store) == [([], None)]


@pytest.mark.parametrize("status", [302, 307, 308, 400, 404, 410])
def test_refusal_is_logged_and_final(
    herald: Herald,
    hub: Hub,
    clock: Clock,
    write: Write,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub.answers, hub.headers = [status] * 3, {"Location": f"{hub.url}/elsewhere"}
    write("news")
    look(herald, clock, 6)
    assert (hub.take(), set(hub.asked)) == (NEWS, {"/"})
    assert caplog.messages == [
        f"the hub refuses the ping for {topic}: {status}" for topic in NEWS
    ]


def test_change_while_the_hub_fails_waits_for_the_next_attempt(
    herald: Herald, hub: Hub, clock: Clock, write: Write
) -> None:
    hub.answers = [503] * 3
    write("news")
    look(herald, clock)
    hub.take()
    write("events")
    look(herald, clock, 1)
    assert hub.take() == []
    look(herald, clock, 4)
    assert hub.take() == EVENTS + NEWS


def test_hub_that_does_not_answer_is_cut_off_and_holds_nobody_up(
    herald: Herald,
    hub: Hub,
    clock: Clock,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hubs, "GUARD", Guard(allow_private=True, total_seconds=0.2))
    hub.gate.clear()
    write("news")
    telling = threading.Thread(target=look, args=(herald, clock))
    telling.start()
    hub.wait(lambda: bool(hub.pinged))
    write("events")
    telling.join()
    hub.gate.set()
    assert [names for names, _ in states(herald.store)] == [sorted(topics("news"))]


def test_hub_that_is_not_there_is_tried_again(
    herald: Herald, hub: Hub, clock: Clock, write: Write
) -> None:
    gone = Herald(herald.store, BASE_URL, "http://127.0.0.1:9/", clock)
    write("news")
    look(gone, clock)
    assert [names for names, _ in states(herald.store)] == [sorted(topics("news"))]
    look(another(herald), clock, 5)
    assert hub.take() == NEWS


def test_long_answer_is_not_read(
    herald: Herald, hub: Hub, clock: Clock, write: Write
) -> None:
    hub.body = bytes(50_000_000)
    write("news")
    look(herald, clock)
    assert hub.take() == NEWS
    assert states(herald.store) == [([], None)]


def test_one_process_tells_while_others_look(
    herald: Herald, hub: Hub, clock: Clock, write: Write
) -> None:
    other = another(herald)
    write("news")
    for one in (herald, other):
        look(one, clock, 1)
    hub.gate.clear()
    telling = threading.Thread(target=herald.look)
    telling.start()
    hub.wait(lambda: bool(hub.pinged))
    other.look()
    hub.gate.set()
    telling.join()
    look(other, clock, 3)
    assert hub.take() == NEWS


def test_restart_forgets_nothing_and_repeats_nothing(
    herald: Herald, hub: Hub, clock: Clock, write: Write
) -> None:
    write("news")
    look(herald, clock, 1)
    look(another(herald), clock)
    assert hub.take() == NEWS
    look(another(herald), clock, 4)
    assert hub.take() == []


def test_what_a_killed_process_held_is_told_by_another(
    herald: Herald, hub: Hub, clock: Clock, write: Write
) -> None:
    write("news")
    with herald.store.reading() as session:
        ((channel_id, _),) = pings.stale(session, clock.now).items()
    assert herald._hold(channel_id) is not None
    other = another(herald)
    look(other, clock, 4)
    assert hub.take() == []
    clock.forward(seconds=HELD.total_seconds())
    look(other, clock)
    assert hub.take() == NEWS
