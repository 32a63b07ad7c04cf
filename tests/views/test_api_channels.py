"""Channels through the API: founding, changing and closing them."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from feeds.store import Store
from feeds.views.api.examples import EXAMPLES
from tests.cast import BASE_URL, Api, Clock, make_token

NEW = {"slug": "neu", "title": "Neu"}


def test_an_admin_founds_a_channel(admin: Api) -> None:
    example = EXAMPLES["channels"]
    answer = admin("POST", "/channels", json=example)
    assert answer.status_code == 201
    address = f"{BASE_URL}/api/v1/channels/stadtbibliothek"
    assert (answer.headers["ETag"], answer.headers["Location"]) == ('"0"', address)
    assert answer.get_json() == example | {
        "created_at": "2021-07-06T10:00:00Z",
        "updated_at": "2021-07-06T10:00:00Z",
        "sequence": 0,
        "links": {"self": address, "html": f"{BASE_URL}/stadtbibliothek"},
    }
    read = admin("GET", "/channels/stadtbibliothek")
    assert read.get_json() == answer.get_json()


def test_the_slug_comes_from_the_title(admin: Api) -> None:
    answer = admin("POST", "/channels", json={"title": "Haus für alle"})
    assert answer.get_json()["slug"] == "haus-fuer-alle"


@pytest.mark.parametrize(
    ("title", "slug"), [("Familie", "familie-2"), ("Admin", "admin-2")]
)
def test_the_slug_from_a_title_is_numbered_when_it_is_taken(
    admin: Api, title: str, slug: str
) -> None:
    answer = admin("POST", "/channels", json={"title": title})
    assert (answer.status_code, answer.get_json()["slug"]) == (201, slug)


def test_the_slug_from_a_title_is_never_one_that_leads_elsewhere(admin: Api) -> None:
    for _ in range(2):
        admin("POST", "/channels", json={"title": "Alt"})
    admin("DELETE", "/channels/alt", headers={"If-Match": "*"})
    admin("PATCH", "/channels/alt-2", json={"slug": "neu"}, headers={"If-Match": "*"})
    answer = admin("POST", "/channels", json={"title": "Alt"})
    assert answer.get_json()["slug"] == "alt-3"


def test_a_taken_slug_is_a_conflict(admin: Api) -> None:
    answer = admin("POST", "/channels", json={"slug": "familie", "title": "T"})
    assert answer.status_code == 409
    assert answer.get_json()["errors"] == {"slug": ["'familie' is taken"]}


def test_an_address_of_the_service_is_no_slug(admin: Api) -> None:
    answer = admin("POST", "/channels", json={"slug": "embed", "title": "T"})
    assert answer.status_code == 422
    assert admin("PUT", "/channels/embed", json={"title": "T"}).status_code == 422


@pytest.mark.parametrize("slug", ["%C2%A3", "Neu", "a--b", "a" * 81])
def test_an_address_that_is_no_slug_is_refused(admin: Api, slug: str) -> None:
    answer = admin("PUT", f"/channels/{slug}", json={"title": "T"})
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["slug"]
    assert len(admin("GET", "/channels").get_json()["items"]) == 1


def test_put_founds_too(admin: Api) -> None:
    answer = admin("PUT", "/channels/neu", json={"title": "Neu"})
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"0"')
    assert answer.get_json()["slug"] == "neu"


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/channels"), ("PUT", "/channels/neu")]
)
@pytest.mark.parametrize("scope", ["read", "write"])
def test_only_an_admin_founds(
    client: FlaskClient, store: Store, clock: Clock, method: str, path: str, scope: str
) -> None:
    someone = Api(client, make_token(store, scope, None, clock.now))
    assert someone(method, path, json=NEW).status_code == 403


def test_an_admin_of_one_channel_founds_no_other(
    client: FlaskClient, store: Store, clock: Clock, admin: Api
) -> None:
    local = Api(client, make_token(store, "admin", "familie", clock.now))
    assert local("POST", "/channels", json=NEW).status_code == 403
    assert local("PUT", "/channels/neu", json=NEW).status_code == 404
    assert admin("GET", "/channels/neu").status_code == 404


def test_the_owner_changes_the_channel(owner: Api) -> None:
    headers = {"If-Match": '"0"'}
    answer = owner(
        "PATCH", "/channels/familie", json={"colour": "#1D6B3F"}, headers=headers
    )
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    assert owner("GET", "/channels/familie").get_json()["colour"] == "#1d6b3f"
    put = owner("PUT", "/channels/familie", json={"title": "F"}, headers=headers)
    assert put.status_code == 412


def test_a_reader_changes_nothing(reader: Api) -> None:
    for method in ("PUT", "PATCH", "DELETE"):
        headers = {"If-Match": "*"}
        answer = reader(method, "/channels/familie", json=NEW, headers=headers)
        assert answer.status_code == 403


def test_the_owner_does_not_close_the_channel(owner: Api) -> None:
    headers = {"If-Match": "*"}
    assert owner("DELETE", "/channels/familie", headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("GET", "/channels/familie", {}),
        ("PUT", "/channels/familie", {"json": {"title": "T"}}),
        ("PATCH", "/channels/familie", {"json": {}}),
        ("DELETE", "/channels/familie", {}),
        ("GET", "/channels/familie/events", {}),
        ("POST", "/channels/familie/news", {"json": {"title": "T"}}),
        ("GET", "/channels/familie/places/p", {}),
    ],
)
def test_a_closed_channel_is_gone(
    admin: Api, method: str, path: str, options: dict[str, Any]
) -> None:
    headers = {"If-Match": '"0"'}
    closed = admin("DELETE", "/channels/familie", headers=headers)
    assert (closed.status_code, closed.data) == (204, b"")
    answer = admin(method, path, headers={"If-Match": "*"}, **options)
    assert answer.status_code == 410
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_closed_channel_keeps_its_slug(admin: Api) -> None:
    admin("DELETE", "/channels/familie", headers={"If-Match": "*"})
    raw = {"slug": "familie", "title": "T"}
    assert admin("POST", "/channels", json=raw).status_code == 409
    assert admin("GET", "/channels").get_json()["items"] == []


def test_a_patch_of_a_channel_that_never_was_is_not_found(admin: Api) -> None:
    answer = admin("PATCH", "/channels/neu", json={}, headers={"If-Match": "*"})
    assert answer.status_code == 404
