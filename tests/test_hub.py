"""What a hub is told, and when; the queue on both databases."""

import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from feeds import hub as hubs
from feeds import tenancy
from feeds.hub import GIVEN_UP, HELD, LATEST, LONGEST, PAUSE, SOONEST, Herald, topics
from feeds.importing.fetch import Guard
from feeds.models import Ping
from feeds.publish import Match, Publisher
from feeds.store import Store, pings
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel
from tests.websub import Hub, hub_served

Write = Callable[..., dict[str, Any]]
HOME = f"{BASE_URL}/{CHANNEL}"
NEWS = sorted(f"{HOME}/{one}" for one in topics("news"))
EVENTS = sorted(f"{HOME}/{one}" for one in topics("events"))
ANY = Match(any=True)


@pytest.fixture
def hub() -> Iterator[Hub]:
    with hub_served() as made:
        yield made


@pytest.fixture
def publisher(each_store: Store) -> Publisher:
    return Publisher(each_store, BASE_URL)


@pytest.fixture
def write(publisher: Publisher, clock: Clock) -> Write:
    def write_one(noun: str, **raw: Any) -> dict[str, Any]:
        if noun == "events":
            raw = {"start": "2021-08-01"} | raw
        raw = {"title": "Neu"} | raw
        return publisher.create(noun, CHANNEL, raw, now=clock.now)

    return write_one


def another(herald: Herald) -> Herald:
    """Return the herald of another process, or of this one after a restart."""
    return Herald(herald.store, herald.base_url, herald.hub, herald.clock)


@pytest.fixture
def herald(publisher: Publisher, clock: Clock, hub: Hub) -> Herald:
    """Return a herald who has told the hub of a channel with nothing in it."""
    made = Herald(publisher.store, BASE_URL, f"{hub.url}/", clock)
    make_channel(publisher, clock.now)
    look(made, clock)
    assert hub.take() == EVENTS + NEWS
    return made


def look(herald: Herald, clock: Clock, times: int = 2) -> None:
    """Look as often as that; twice is what it takes to see that all is quiet."""
    for _ in range(times):
        clock.forward(seconds=PAUSE)
        herald.look()


def states(store: Store) -> list[tuple[list[str], Any]]:
    with store.reading() as session:
        rows = session.query(Ping).order_by(Ping.channel_id)
        return [(row.topics, row.due_at) for row in rows]


@pytest.mark.parametrize(("noun", "expected"), [("news", NEWS), ("events", EVENTS)])
def test_hub_is_told_once_of_the_feeds_that_changed(
    herald: Herald, hub: Hub, clock: Clock, write: Write, noun: str, expected: list[str]
) -> None:
    write(noun)
    look(herald, clock, 5)
    pinged = hub.forms[-3:]

    assert hub.take() == expected
    assert sorted(form["hub.url"] for form in pinged) == expected
    assert {form["hub.mode"] for form in pinged} == {"publish"}
    assert all(form["hub.topic"] == form["hub.url"] for form in pinged)
    assert states(herald.store) == [([], None)]


def test_burst_is_one_round(
    herald: Herald, hub: Hub, clock: Clock, write: Write
) -> None:
    for number in range(50):
        write("news", title=f"{number}")
        if number % 10 == 0:
            look(herald, clock, 1)
    assert hub.take() == []
    look(herald, clock, 3)
    assert hub.take() == NEWS


def test_endless_burst_is_told_within_a_minute(
    herald: Herald, hub: Hub, clock: Clock, write: Write
) -> None:
    began = clock.now
    while not hub.pinged:
        write("news")
        look(herald, clock, 1)
    assert LONGEST <= clock.now - began < timedelta(seconds=40)
    write("news")
    look(herald, clock, 1)
    assert hub.take() == NEWS


def change_title(publisher: Publisher, clock: Clock) -> None:
    patch = {"title": "Anders"}
    tenancy.amend(publisher, CHANNEL, patch, now=clock.now, match=ANY)


def change_nothing_shown(publisher: Publisher, clock: Clock) -> None:
    for noun, raw in (
        ("news", {"title": "Entwurf", "state": "draft"}),
        ("places", {"title": "Rathaus"}),
        ("categories", {"title": "Kurse"}),
    ):
        publisher.create(noun, CHANNEL, raw, now=clock.now)


@pytest.mark.parametrize(
    ("change", "expected"),
    [(change_title, EVENTS + NEWS), (change_nothing_shown, [])],
)
def test_hub_is_told_of_what_feeds_show_and_of_nothing_else(
    herald: Herald,
    hub: Hub,
    clock: Clock,
    publisher: Publisher,
    change: Callable[[Publisher, Clock], None],
    expected: list[str],
) -> None:
    change(publisher, clock)
    look(herald, clock, 4)
    assert hub.take() == expected


def test_edit_and_removal_are_told(
    herald: Herald, hub: Hub, clock: Clock, publisher: Publisher, write: Write
) -> None:
    key = write("news")["id"]
    look(herald, clock)
    hub.take()
    patch = {"content": "<p>Mehr</p>", "minor": True}
    publisher.amend("news", CHANNEL, key, patch, now=clock.now, match=ANY)
    look(herald, clock)
    assert hub.take() == NEWS
    publisher.withdraw("news", CHANNEL, key, now=clock.now, match=ANY)
    look(herald, clock)
    assert hub.take() == NEWS


def test_entry_is_told_when_it_appears_and_when_it_expires(
    herald: Herald, hub: Hub, clock: Clock, write: Write
) -> None:
    write(
        "events",
        publish_at="2021-07-06T12:00:00Z",
        expires_at="2021-07-06T14:00:00Z",
    )
    look(herald, clock, 4)
    assert hub.take() == []
    for _ in range(2):
        clock.forward(hours=2)
        look(herald, clock, 4)
        assert hub.take() == EVENTS


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_channel_that_nobody_sees_is_not_told_of(
    herald: Herald,
    hub: Hub,
    clock: Clock,
    publisher: Publisher,
    write: Write,
    state: str,
) -> None:
    hub.answers = [503] * 3
    write("news")
    look(herald, clock)
    assert hub.take() == NEWS
    if state == "draft":
        patch = {"state": "draft"}
        tenancy.amend(publisher, CHANNEL, patch, now=clock.now, match=ANY)
        write("news")
    else:
        tenancy.withdraw(publisher, CHANNEL, now=clock.now, match=ANY)
    clock.forward(hours=1)
    look(herald, clock, 4)
    assert hub.take() == []


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


def test_renamed_channel_is_told_of_under_its_new_name(
    herald: Herald, hub: Hub, clock: Clock, publisher: Publisher
) -> None:
    tenancy.amend(publisher, CHANNEL, {"slug": "jugend"}, now=clock.now, match=ANY)
    look(herald, clock)
    expected = [topic.replace(CHANNEL, "jugend") for topic in EVENTS + NEWS]
    assert hub.take() == expected
