"""Who may do what: the owner, a reader, a stranger, and nobody."""

import pytest
from flask.testing import FlaskClient

from feeds.store import Store
from tests.cast import CHANNEL, Api, Clock, make_token

LEAST = {
    "events": {"title": "T", "start": "2021-07-20"},
    "news": {"title": "T"},
    "places": {"title": "T"},
    "categories": {"title": "T"},
}
KEYS = {"events": "u", "news": "u", "places": "u", "categories": "t"}
NOUNS = list(LEAST)
WRITES = [("POST", ""), ("PUT", "/key"), ("PATCH", "/key"), ("DELETE", "/key")]
READS = [("GET", ""), ("GET", "/key")]


def path_of(noun: str, rest: str) -> str:
    return f"/channels/{CHANNEL}/{noun}{rest.replace('key', KEYS[noun])}"


def filled(owner: Api, noun: str) -> None:
    answer = owner("PUT", path_of(noun, "/key"), json=LEAST[noun])
    assert answer.status_code == 201


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(("method", "rest"), READS + WRITES)
@pytest.mark.parametrize("token", [None, "feeds_unknown"])
def test_without_a_good_token_nothing_goes(
    client: FlaskClient, method: str, rest: str, noun: str, token: str | None
) -> None:
    answer = Api(client, token)(method, path_of(noun, rest), data="no JSON")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="feeds"'
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    "header", ["Basic dXNlcjpwYXNz", "Bearer", "Token abc", "feeds_abc"]
)
def test_other_kinds_of_authentication_are_refused(
    client: FlaskClient, header: str
) -> None:
    answer = client.get("/api/v1/channels", headers={"Authorization": header})
    assert answer.status_code == 401


def test_a_token_in_the_address_is_refused(client: FlaskClient, owner: Api) -> None:
    answer = client.get(f"/api/v1/channels?access_token={owner.token}")
    assert answer.status_code == 401


def test_a_token_expires(owner: Api, clock: Clock) -> None:
    clock.forward(days=1)
    answer = owner("GET", "/channels")
    assert answer.status_code == 401
    assert answer.get_json()["detail"] == "This token has expired."


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(("method", "rest"), READS)
def test_a_reader_reads(
    owner: Api, reader: Api, method: str, rest: str, noun: str
) -> None:
    filled(owner, noun)
    assert reader(method, path_of(noun, rest)).status_code == 200


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(("method", "rest"), WRITES)
def test_a_reader_does_not_write(
    owner: Api, reader: Api, method: str, rest: str, noun: str
) -> None:
    filled(owner, noun)
    answer = reader(method, path_of(noun, rest), json={}, headers={"If-Match": "*"})
    assert answer.status_code == 403
    assert answer.get_json()["title"] == "Not allowed"


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(("method", "rest"), READS + WRITES)
def test_a_stranger_finds_nothing(
    owner: Api, stranger: Api, method: str, rest: str, noun: str
) -> None:
    filled(owner, noun)
    answer = stranger(method, path_of(noun, rest), json={}, headers={"If-Match": "*"})
    assert answer.status_code == 404
    nowhere = path_of(noun, rest).replace(CHANNEL, "nowhere")
    other = stranger(method, nowhere, json={}, headers={"If-Match": "*"})
    assert other.get_json() == answer.get_json() | {
        "detail": "There is no channel 'nowhere'."
    }


@pytest.mark.parametrize(
    ("method", "rest"), [("GET", ""), ("PUT", ""), ("PATCH", ""), ("DELETE", "")]
)
def test_a_stranger_does_not_find_the_channel(
    stranger: Api, method: str, rest: str
) -> None:
    path = f"/channels/{CHANNEL}{rest}"
    answer = stranger(method, path, json={}, headers={"If-Match": "*"})
    assert answer.status_code == 404


def test_a_reader_sees_drafts(owner: Api, reader: Api) -> None:
    raw = LEAST["news"] | {"state": "draft"}
    owner("PUT", path_of("news", "/key"), json=raw)
    assert reader("GET", path_of("news", "/key")).get_json()["state"] == "draft"


def test_a_token_of_no_channel_opens_them_all(
    client: FlaskClient, store: Store, owner: Api, stranger: Api, clock: Clock
) -> None:
    filled(owner, "news")
    anywhere = Api(client, make_token(store, "read", None, clock.now))
    assert anywhere("GET", path_of("news", "/key")).status_code == 200
    assert anywhere("GET", "/channels/other/news").status_code == 200


@pytest.mark.parametrize(
    ("noun", "key"), [("events", ".."), ("events", "a/../b"), ("news", "..")]
)
def test_key_that_clients_would_take_for_a_step_up_is_refused(
    owner: Api, noun: str, key: str
) -> None:
    name = "uid" if noun == "events" else "id"
    start = {"start": "2021-07-08"} if noun == "events" else {}
    raw = {name: key, "title": "T", **start}
    answer = owner("POST", f"/channels/familie/{noun}", json=raw)

    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [name]
