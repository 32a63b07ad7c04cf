"""Sync tokens: what they hold for, when they are refused, and what none can open."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from feeds import create_app, sync, tenancy
from feeds.publish import Publisher
from feeds.store import Store
from feeds.times import format_instant
from tests.cast import CHANNEL, Clock, make_channel, settings_for
from tests.counts import tries
from tests.following import DELETED, NAME, VARY, Follower, vevents
from tests.views.departing import PATH, departed, withdraw
from tests.views.documents import ANY, Write

OTHERS = ("?all=1", "?category=kurse", "?q=a", "?lang=en", "?from=today")


@pytest.mark.parametrize(
    "form",
    [
        "nonsense",
        "",
        "data:,",
        "data:,{0}",
        "data:,{0}-{1}",
        "data:,{0}-{1}-{2}-",
        "data:,{0}-{1}-{2}-1",
        "data:,{0}-{1}-{2}-{2}-1-2-1",
        "data:,{0}-{1}-{2}-{2}-999999999-1-1",
        "data:,0000000000000000-{1}-{2}",
        "data:,{0}-999999999-{2}",
        "data:,{0}-99999999999999999999-{2}",
        "data:,{0}-{1}-9999999999999999",
        "data:,{0}-{1}-1",
        "data:,{0}-{1}-{2}-9999999999999999-0-1-1",
        "data:,{0}-{1}-{2}-1-0-1-1",
        "data:,{0}-{1}-{2}\u0661",
        "DATA:,{0}-{1}-{2}",
    ],
)
def test_forged_token_is_a_conflict(follower: Follower, token: str, form: str) -> None:
    forged = form.format(*token.removeprefix("data:,").split("-"))
    quoted = f'"{forged}"'.encode().decode("latin-1")
    answer = follower.ask(quoted)

    assert answer.status_code == 409
    assert answer.headers["Preference-Applied"] == NAME
    assert answer.headers["Vary"] == VARY
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json["detail"].startswith("Sync-Token: ")


@pytest.mark.parametrize("query", OTHERS)
def test_token_holds_for_one_question(
    client: FlaskClient, token: str, query: str
) -> None:
    other = Follower(client, PATH + query)
    mine = other.ask().headers["Sync-Token"]

    assert other.ask(f'"{token}"').status_code == 409
    assert other.ask(mine).status_code == 304
    assert Follower(client, PATH).ask(mine).status_code == 409


def test_token_holds_in_one_channel(
    client: FlaskClient, publisher: Publisher, clock: Clock, token: str
) -> None:
    make_channel(publisher, clock.now, slug="andere", title="Andere")

    assert Follower(client, "/andere/events.ics").ask(token).status_code == 409


def test_equal_questions_share_their_tokens(client: FlaskClient, token: str) -> None:
    one = Follower(client, f"{PATH}?q=a&category=kurse")
    other = Follower(client, f"{PATH}?category=kurse&q=a")

    assert other.ask(one.ask().headers["Sync-Token"]).status_code == 304


def test_settings_of_the_channel_end_a_token(
    follower: Follower, publisher: Publisher, clock: Clock, token: str
) -> None:
    patch = {"colour": "#a00000"}
    tenancy.amend(publisher, CHANNEL, patch, now=clock.now, match=ANY)

    assert [follower.step().status_code for _ in range(3)] == [409, 200, 304]


def test_another_base_url_ends_a_token(
    store: Store, tmp_path: Path, clock: Clock, token: str, client: FlaskClient
) -> None:
    changes = {"base_url": "https://neu.example", "trusted_hosts": ("localhost",)}
    moved = create_app(settings_for(store, tmp_path, **changes), clock=clock)
    follower = Follower(moved.test_client(), PATH)

    assert follower.ask(token).status_code == 409
    assert follower.finish() == 304
    assert all(b"URL:https://neu.example/" in one for one in follower.kept.values())
    assert follower.kept == vevents(moved.test_client().get(PATH).data)


def test_token_holds_for_a_year(follower: Follower, clock: Clock, token: str) -> None:
    clock.forward(days=sync.LIFE.days)
    within = follower.ask().status_code
    clock.forward(seconds=1)

    assert (within, follower.ask().status_code) == (200, 409)


@pytest.mark.parametrize(
    ("query", "status"),
    [("?category=nie", 404), ("?colour=red", 400), ("?category=alt", 308)],
)
def test_wrong_questions_are_answered_as_without_it(
    client: FlaskClient, publisher: Publisher, clock: Clock, query: str, status: int
) -> None:
    raw = {"slug": "alt", "title": "Alt"}
    publisher.create("categories", CHANNEL, raw, now=clock.now)
    patch = {"slug": "neu"}
    publisher.amend("categories", CHANNEL, "alt", patch, now=clock.now, match=ANY)
    plain = client.get(PATH + query)
    answer = Follower(client, PATH + query).ask()

    assert (plain.status_code, answer.status_code) == (status, status)
    assert plain.headers.get("Location") == answer.headers.get("Location")
    assert plain.data == answer.data


def test_withdrawn_channel_is_gone(
    follower: Follower, publisher: Publisher, clock: Clock, store: Store, token: str
) -> None:
    withdraw(publisher, clock, "a")
    tenancy.withdraw(publisher, CHANNEL, now=clock.now, match=ANY)

    assert follower.ask().status_code == 410
    assert departed(store) == set()


@pytest.mark.counted
def test_no_forged_token_opens_what_is_not_public(
    follower: Follower, clock: Clock, write: Write, token: str
) -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    for uid, hidden in {
        "draft": {"state": "draft", "publish_at": format_instant(clock.now - day)},
        "scheduled": {"publish_at": format_instant(clock.now + hour)},
        "never": {"expires_at": format_instant(clock.now - day)},
        "expired": {"expires_at": format_instant(clock.now + hour / 2)},
    }.items():
        write("events", {"uid": uid, "title": uid, "start": "2021-07-08", **hidden})
    binding, _, base = token.removeprefix("data:,").split("-")
    clock.forward(minutes=45)
    late = int(base) + 45 * 60 * 10**6
    instants = st.one_of(st.sampled_from([0, 1, int(base), late]), st.integers(0))
    numbers = st.integers(0, 12) | st.integers(0, 10**10)

    @tries(200, 5000)
    @given(st.tuples(numbers, instants, instants, numbers, st.integers(0, 2), numbers))
    def check(parts: tuple[int, ...]) -> None:
        for some in (parts[:2], parts):
            forged = "-".join(map(str, (binding, *some)))
            answer = follower.ask(f'"data:,{forged}"')
            assert answer.status_code in (200, 304, 409)
            told = vevents(answer.data) if answer.status_code == 200 else {}
            shown = {uid for uid, body in told.items() if DELETED not in body}
            assert shown <= {"a", "b", "c"}
            assert set(told) <= {"a", "b", "c", "expired"}

    check()
