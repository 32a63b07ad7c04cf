"""Events through the API, read back through it."""

from typing import Any
from uuid import UUID

import pytest

from feeds.views.api.examples import EXAMPLES
from tests.cast import BASE_URL, Api, Clock

EVENTS = "/channels/familie/events"
LEAST = {"title": "Elterncafé", "start": "2021-07-20T09:30"}


def made(owner: Api, **raw: Any) -> dict[str, Any]:
    """Return the shape of a new event."""
    answer = owner("POST", EVENTS, json=LEAST | raw)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    shape: dict[str, Any] = answer.get_json()
    return shape


def test_a_new_event_answers_with_itself(owner: Api) -> None:
    answer = owner("POST", EVENTS, json=LEAST | {"uid": "a@example.org"})
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"0"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "application/json"
    assert "Access-Control-Allow-Origin" not in answer.headers
    address = f"{BASE_URL}/api/v1{EVENTS}/a%40example.org"
    assert answer.headers["Location"] == address
    assert answer.get_json() == {
        "uid": "a@example.org",
        "slug": "elterncafe",
        "title": "Elterncafé",
        "summary": "",
        "description": "",
        "start": "2021-07-20T09:30",
        "end": None,
        "timezone": "Europe/Berlin",
        "rrule": None,
        "rdates": [],
        "exdates": [],
        "overrides": [],
        "sessions": [],
        "location": None,
        "place": None,
        "online_url": None,
        "url": None,
        "organizer": None,
        "image": None,
        "categories": [],
        "status": "confirmed",
        "state": "published",
        "publish_at": None,
        "expires_at": None,
        "language": "de",
        "minor": False,
        "price": "",
        "registration": None,
        "accessibility": [],
        "plain_language": "",
        "sources": [],
        "created_at": "2021-07-06T10:00:00Z",
        "updated_at": "2021-07-06T10:00:00Z",
        "announced_at": "2021-07-06T10:00:00Z",
        "sequence": 0,
        "links": {
            "self": address,
            "html": f"{BASE_URL}/familie/events/elterncafe",
            "ics": f"{BASE_URL}/familie/events/elterncafe.ics",
            "json": f"{BASE_URL}/familie/events/elterncafe.json",
        },
    }


def test_what_was_made_can_be_read(owner: Api) -> None:
    shape = made(owner, uid="u")
    answer = owner("GET", f"{EVENTS}/u")
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"0"'
    assert answer.get_json() == shape


def test_without_a_uid_it_gets_a_random_one(owner: Api) -> None:
    assert UUID(made(owner)["uid"]).version == 4


@pytest.mark.parametrize(
    ("uid", "path"),
    [
        ("a/b", "a/b"),
        ("a/b", "a%2Fb"),
        ("a//b/", "a//b/"),
        ("a//b/", "a%2F%2Fb%2F"),
        ("/a", "%2Fa"),
        ("ä ?#%&+", "%C3%A4%20%3F%23%25%26%2B"),
        ("x.json", "x.json"),
    ],
)
def test_a_uid_may_hold_anything_printable(owner: Api, uid: str, path: str) -> None:
    answer = owner("PUT", f"{EVENTS}/{path}", json=LEAST)
    assert answer.status_code == 201
    assert answer.get_json()["uid"] == uid
    address = answer.headers["Location"].removeprefix(f"{BASE_URL}/api/v1")
    assert owner("GET", address).get_json() == answer.get_json()


def test_an_existing_uid_is_a_conflict(owner: Api) -> None:
    made(owner, uid="u")
    answer = owner("POST", EVENTS, json=LEAST | {"uid": "u"})
    assert answer.status_code == 409
    assert list(answer.get_json()["errors"]) == ["uid"]


def test_slugs_come_from_the_title_and_stay_apart(owner: Api) -> None:
    title = "Größe & Maß: Übung 1"
    slugs = [made(owner, title=title)["slug"] for _ in range(3)]
    assert slugs == [f"groesse-mass-uebung-1{end}" for end in ("", "-2", "-3")]


def test_everything_comes_back_as_written(owner: Api) -> None:
    owner("POST", "/channels/familie/categories", json={"title": "Lesung"})
    example = EXAMPLES["events"]
    shape = made(owner, **example)
    assert {name: shape[name] for name in example} == example


def test_what_was_read_can_be_put_back(owner: Api) -> None:
    owner("POST", "/channels/familie/categories", json={"title": "Lesung"})
    shape = made(owner, **EXAMPLES["events"], uid="u")
    headers = {"If-Match": '"0"'}
    answer = owner("PUT", f"{EVENTS}/u", json=shape, headers=headers)
    assert answer.status_code == 200
    assert answer.get_json() == shape


def test_put_replaces_all_of_it(owner: Api, clock: Clock) -> None:
    before = made(owner, uid="u", summary="Weg", price="5 €")
    clock.forward(hours=1)
    headers = {"If-Match": '"0"'}
    answer = owner("PUT", f"{EVENTS}/u", json=LEAST, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"1"'
    assert answer.get_json() == before | {
        "summary": "",
        "price": "",
        "sequence": 1,
        "updated_at": "2021-07-06T11:00:00Z",
    }


def test_put_makes_what_is_not_there(owner: Api) -> None:
    answer = owner("PUT", f"{EVENTS}/u", json=LEAST)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"0"')
    assert answer.headers["Location"] == f"{BASE_URL}/api/v1{EVENTS}/u"
    assert answer.get_json()["uid"] == "u"


@pytest.mark.parametrize("uid", ["a%09b", "a" * 256, "%20a", "%EF%BF%BE"])
def test_an_address_that_is_no_uid_is_refused(owner: Api, uid: str) -> None:
    answer = owner("PUT", f"{EVENTS}/{uid}", json=LEAST)
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["uid"]


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_nothing_is_called_nul(owner: Api, method: str) -> None:
    answer = owner(method, f"{EVENTS}/a%00b", json=LEAST, headers={"If-Match": "*"})
    assert answer.status_code == 404


def test_another_uid_than_that_of_the_address_is_refused(owner: Api) -> None:
    answer = owner("PUT", f"{EVENTS}/u", json=LEAST | {"uid": "v"})
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["uid"]


@pytest.mark.parametrize(
    "media_type", ["application/merge-patch+json", "application/json"]
)
def test_a_merge_patch_changes_only_what_it_names(owner: Api, media_type: str) -> None:
    location = {"name": "Haus", "city": "Ort"}
    before = made(owner, uid="u", price="5 €", summary="S", location=location)
    answer = owner(
        "PATCH",
        f"{EVENTS}/u",
        data='{"price": null, "location": {"name": "Hof", "city": null}}',
        content_type=media_type,
        headers={"If-Match": '"0"'},
    )
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"1"'
    assert answer.get_json() == before | {
        "price": "",
        "location": {"name": "Hof"},
        "sequence": 1,
    }


def test_a_merge_patch_replaces_lists_whole(owner: Api) -> None:
    made(owner, uid="u", rrule="FREQ=DAILY", exdates=["2021-07-21T09:30"])
    answer = owner(
        "PATCH",
        f"{EVENTS}/u",
        json={"exdates": ["2021-07-22T09:30"]},
        headers={"If-Match": '"0"'},
    )
    assert answer.get_json()["exdates"] == ["2021-07-22T09:30"]


def test_the_result_of_a_patch_is_checked_in_full(owner: Api) -> None:
    made(owner, uid="u", end="2021-07-20T11:00")
    headers = {"If-Match": "*"}
    answer = owner(
        "PATCH", f"{EVENTS}/u", json={"start": "2021-07-20T12:00"}, headers=headers
    )
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["end"]
    assert owner("GET", f"{EVENTS}/u").get_json()["start"] == LEAST["start"]


def test_a_required_member_cannot_be_reset(owner: Api) -> None:
    made(owner, uid="u")
    headers = {"If-Match": "*"}
    answer = owner("PATCH", f"{EVENTS}/u", json={"title": None}, headers=headers)
    assert answer.get_json()["errors"] == {"title": ["is required"]}


def test_what_is_deleted_is_gone(owner: Api) -> None:
    made(owner, uid="u")
    answer = owner("DELETE", f"{EVENTS}/u", headers={"If-Match": '"0"'})
    assert (answer.status_code, answer.data) == (204, b"")
    assert owner("GET", f"{EVENTS}/u").status_code == 404
    assert owner("GET", EVENTS).get_json()["items"] == []


def test_a_uid_that_comes_back_goes_on_counting(owner: Api) -> None:
    made(owner, uid="u")
    owner("DELETE", f"{EVENTS}/u", headers={"If-Match": "*"})
    assert owner("PUT", f"{EVENTS}/u", json=LEAST).headers["ETag"] == '"1"'


def test_all_problems_are_told_at_once(owner: Api) -> None:
    wrong = {"start": "x", "sessions": [{"start": "2021-07-06"}, {"start": 1}], "a": 1}
    answer = owner("POST", EVENTS, json=wrong)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.get_json() == {
        "type": f"{BASE_URL}/api/docs#invalid-value",
        "title": "Invalid value",
        "status": 422,
        "detail": answer.get_json()["detail"],
        "errors": {
            "title": ["is required"],
            "start": [
                "'x' is not a date (2021-07-06) or a local time without an offset"
                " (2021-07-06T09:30)"
            ],
            "sessions.1.start": ["1 is not a text"],
            "a": ["'a' is unknown here"],
        },
    }
    assert owner("GET", EVENTS).get_json()["items"] == []


@pytest.mark.parametrize("name", ["categories.0", "place"])
def test_a_reference_to_nothing_is_named(owner: Api, name: str) -> None:
    raw = {"categories": ["nichts"]} if name == "categories.0" else {"place": "nichts"}
    answer = owner("POST", EVENTS, json=LEAST | raw)
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [name]


def test_a_scheduled_event_is_announced_then(owner: Api) -> None:
    shape = made(owner, publish_at="2021-08-01T12:00")
    assert shape["publish_at"] == "2021-08-01T10:00:00Z"
    assert shape["announced_at"] == "2021-08-01T10:00:00Z"
    assert made(owner, state="draft")["announced_at"] is None


def test_nothing_changed_is_no_change(owner: Api, clock: Clock) -> None:
    shape = made(owner, uid="u")
    clock.forward(hours=1)
    headers = {"If-Match": '"0"'}
    answer = owner("PATCH", f"{EVENTS}/u", json={"price": ""}, headers=headers)
    assert (answer.status_code, answer.get_json()) == (200, shape)
