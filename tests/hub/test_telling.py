"""What a hub is told of, and when."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from feeds import tenancy
from feeds.hub import LONGEST, Herald
from feeds.publish import Match, Publisher
from tests.cast import CHANNEL, Clock
from tests.hub.heralds import EVENTS, NEWS, Write, look, states
from tests.websub import Hub

ANY = Match(any=True)


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


def test_renamed_channel_is_told_of_under_its_new_name(
    herald: Herald, hub: Hub, clock: Clock, publisher: Publisher
) -> None:
    tenancy.amend(publisher, CHANNEL, {"slug": "jugend"}, now=clock.now, match=ANY)
    look(herald, clock)
    expected = [topic.replace(CHANNEL, "jugend") for topic in EVENTS + NEWS]
    assert hub.take() == expected
