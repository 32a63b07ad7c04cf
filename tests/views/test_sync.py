"""Enhanced GET on a calendar: what is offered, preferred, answered and refused."""

import re
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feeds import sync
from feeds.publish import Publisher
from feeds.views.sync import preferences
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.following import DELETED, NAME, VARY, Follower, vevents
from tests.views.documents import ANY, Write

PATH = f"/{CHANNEL}/events.ics"
OFFER = f'<{BASE_URL}{PATH}>; rel="{NAME}"'
TOKEN = re.compile(r'"data:,[0-9a-f]{16}-\d+-\d+(-\d+-\d+-[01]-\d+)?"')


@pytest.fixture
def follower(client: FlaskClient) -> Follower:
    return Follower(client, PATH)


@pytest.fixture
def three(write: Write) -> None:
    for uid in "abc":
        write("events", {"uid": uid, "title": uid, "start": "2021-07-08T09:30"})


def withdraw(publisher: Publisher, clock: Clock, uid: str) -> None:
    publisher.withdraw("events", CHANNEL, uid, now=clock.now, match=ANY)


def amend(publisher: Publisher, clock: Clock, uid: str, **patch: Any) -> None:
    publisher.amend("events", CHANNEL, uid, patch, now=clock.now, match=ANY)


def own(response: TestResponse) -> dict[str, str]:
    """Return the headers that make an enhanced answer, the token apart."""
    names = ("Preference-Applied", "Vary", "Cache-Control", "Link", "ETag")
    names += ("Last-Modified",)
    return {name: response.headers[name] for name in names if name in response.headers}


APPLIED = {
    "Preference-Applied": NAME,
    "Vary": VARY,
    "Cache-Control": "private, no-store",
    "Link": OFFER,
}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_calendar_offers_it(client: FlaskClient, three: None, method: str) -> None:
    plain = client.open(PATH, method=method)
    query = client.open(f"{PATH}?q=a%3E&all=1", method=method)
    known = {"If-None-Match": plain.headers["ETag"]}
    again = client.open(PATH, method=method, headers=known)

    assert plain.headers["Link"] == OFFER
    assert query.headers["Link"] == OFFER.replace(".ics", ".ics?q=a%3E&all=1")
    assert (again.status_code, again.headers["Link"]) == (304, OFFER)
    assert plain.headers["Vary"] == query.headers["Vary"] == VARY
    assert again.headers["Vary"] == VARY
    assert "Sync-Token" not in plain.headers


def test_only_the_calendar_offers_it(client: FlaskClient, three: None) -> None:
    for path in (f"/{CHANNEL}/events.rss", f"/{CHANNEL}/events/a.ics"):
        response = client.get(path, headers={"Prefer": NAME})

        assert NAME not in response.headers.get("Link", "")
        assert response.headers["Vary"] == "Accept-Encoding"
        assert "Sync-Token" not in response.headers


def test_who_does_not_prefer_it_gets_the_whole_calendar(
    client: FlaskClient,
    follower: Follower,
    publisher: Publisher,
    clock: Clock,
    three: None,
) -> None:
    token = str(follower.ask().headers["Sync-Token"])
    withdraw(publisher, clock, "b")
    plain = client.get(PATH)
    others = [
        client.get(PATH, headers={"Sync-Token": token, **headers})
        for headers in ({}, {"Prefer": "return=minimal, limit=1"}, {"Prefer": ""})
    ]

    assert set(vevents(plain.data)) == {"a", "c"}
    assert [one.data for one in others] == [plain.data] * 3
    assert DELETED not in plain.data
    assert plain.headers["ETag"] == others[1].headers["ETag"]


def test_answers_and_their_headers(
    follower: Follower, publisher: Publisher, clock: Clock, three: None
) -> None:
    first = follower.step()
    again = follower.step()
    withdraw(publisher, clock, "b")
    amend(publisher, clock, "c", title="C")
    changed = follower.step()

    answers = [first, again, changed]
    assert [one.status_code for one in answers] == [200, 304, 200]
    assert [own(one) for one in answers] == [APPLIED] * 3
    assert all(TOKEN.fullmatch(one.headers["Sync-Token"]) for one in answers)
    assert again.data == b""
    assert again.headers["Sync-Token"] == first.headers["Sync-Token"]
    assert changed.headers["Sync-Token"] != first.headers["Sync-Token"]
    for one in (first, changed):
        assert one.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert one.headers["Content-Disposition"].startswith("inline; filename=")
    assert set(vevents(changed.data)) == {"b", "c"}


def test_head_and_gzip_are_alike(follower: Follower, three: None) -> None:
    wish = {"Prefer": NAME}
    got = follower.ask()
    head = follower.client.head(PATH, headers=wish)
    zipped = follower.ask(**{"Accept-Encoding": "gzip"})

    assert (head.status_code, head.data) == (200, b"")
    assert dict(head.headers) == dict(got.headers)
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert own(zipped) == own(got)


def test_tombstone_is_a_valid_component_and_comes_once(
    follower: Follower, publisher: Publisher, clock: Clock, three: None
) -> None:
    follower.finish()
    clock.forward(minutes=5)
    withdraw(publisher, clock, "b")
    answer = follower.step()

    assert follower.told["b"].decode().split("\r\n") == [
        "BEGIN:VEVENT",
        "UID:b",
        "DTSTAMP:20210706T100500Z",
        "DTSTART:20210706T100500Z",
        "STATUS:DELETED",
        "END:VEVENT",
        "",
    ]
    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert (event["UID"], event["STATUS"]) == ("b", "DELETED")
    assert follower.finish() == 304
    assert follower.gone == ["b"]


@pytest.mark.parametrize("name", ["If-None-Match", "If-Modified-Since"])
def test_validators_of_the_whole_calendar_hold_nothing_back(
    client: FlaskClient, follower: Follower, three: None, name: str
) -> None:
    plain = client.get(PATH)
    known = {
        "If-None-Match": plain.headers["ETag"],
        "If-Modified-Since": plain.headers["Last-Modified"],
    }

    assert follower.ask(**{name: known[name]}).status_code == 200
    assert follower.ask(**{"If-None-Match": "*"}).status_code == 200


def test_page_names_its_limit_and_the_last_one_none(
    follower: Follower, three: None
) -> None:
    follower.limit = 2
    first, second = follower.step(), follower.step()

    assert first.headers["Preference-Applied"] == f"{NAME}, limit=2"
    assert second.headers["Preference-Applied"] == NAME
    assert [len(vevents(one.data)) for one in (first, second)] == [2, 1]
    assert follower.finish() == 304


@pytest.mark.parametrize(("name", "most"), [("MOST", 2), ("MOST_BYTES", 500)])
def test_pages_have_bounds_of_their_own(
    follower: Follower,
    three: None,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    most: int,
) -> None:
    monkeypatch.setattr(sync, name, most)
    follower.limit = 100
    first = follower.step()

    assert (
        first.headers["Preference-Applied"]
        == f"{NAME}, limit={2 if name == 'MOST' else 1}"
    )
    assert follower.finish() == 304
    assert set(follower.kept) == {"a", "b", "c"}


def test_change_between_two_pages_comes_at_the_end(
    client: FlaskClient,
    follower: Follower,
    publisher: Publisher,
    clock: Clock,
    three: None,
) -> None:
    follower.limit = 1
    follower.step()
    amend(publisher, clock, "a", title="A")
    withdraw(publisher, clock, "c")
    follower.step()
    publisher.create(
        "events", CHANNEL, {"uid": "d", "title": "d", "start": "2021-08-01"},
        now=clock.now,
    )  # fmt: skip

    assert follower.finish() == 304
    assert follower.kept == vevents(client.get(PATH).data)
    assert set(follower.kept) == {"a", "b", "d"}


def test_pages_lead_to_the_day_of_the_first(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    for rule in ("FREQ=WEEKLY", "FREQ=DAILY", "FREQ=DAILY"):
        write("events", {"title": rule, "start": "2021-07-06T18:00", "rrule": rule})
    follower = Follower(client, f"{PATH}?from=today&to=%2B1d", limit=1)
    follower.step()
    clock.forward(days=1)
    follower.finish()

    assert follower.kept == vevents(client.get(follower.path).data)
    assert len(follower.kept) == 2
    assert len(follower.gone) == 1


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (NAME, {NAME: ""}),
        ("Subscribe-Enhanced-GET", {NAME: ""}),
        (f"{NAME}, limit=5", {NAME: "", "limit": "5"}),
        (f"{NAME};limit=5", {NAME: "", "limit": "5"}),
        (f'{NAME} ; LIMIT = "5"', {NAME: "", "limit": "5"}),
        (f"limit=5,,{NAME}, limit=6", {NAME: "", "limit": "5"}),
        (f"return=minimal; {NAME}", {"return": "minimal"}),
        ('x="a, b", wait=3', {"x": "a, b", "wait": "3"}),
        ("", {}),
    ],
)
def test_preferences(header: str, expected: dict[str, str]) -> None:
    assert preferences(header) == expected


@pytest.mark.parametrize("limit", ["0", "-1", "x", "", "1.5", "9" * 30])
def test_limit_that_is_none_is_not_applied(
    client: FlaskClient, three: None, limit: str
) -> None:
    response = client.get(PATH, headers={"Prefer": f"{NAME}, limit={limit}"})

    assert (response.status_code, own(response)) == (200, APPLIED)


def test_preferences_in_several_headers(client: FlaskClient, three: None) -> None:
    headers = [("Prefer", "limit=1"), ("Prefer", f"wait=2, {NAME}")]
    response = client.get(PATH, headers=headers)

    assert response.headers["Preference-Applied"] == f"{NAME}, limit=1"
