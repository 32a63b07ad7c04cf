"""Categories and places through the API, and what uses them."""

import pytest

from feeds.views.api.examples import EXAMPLES
from tests.cast import BASE_URL, Api

ROOT = "/channels/familie"
STAMPS = {
    "created_at": "2021-07-06T10:00:00Z",
    "updated_at": "2021-07-06T10:00:00Z",
    "sequence": 0,
}
EVENT = {"title": "T", "start": "2021-07-20", "categories": ["lesung"]}


@pytest.mark.parametrize("noun", ["categories", "places"])
def test_an_entry_is_made_and_read(owner: Api, noun: str) -> None:
    example = EXAMPLES[noun]
    answer = owner("POST", f"{ROOT}/{noun}", json=example)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"0"')
    shape = answer.get_json()
    assert {name: shape[name] for name in example} == example
    assert {name: shape[name] for name in STAMPS} == STAMPS
    address = shape["links"]["self"]
    assert address == answer.headers["Location"]
    read = owner("GET", address.removeprefix(f"{BASE_URL}/api/v1"))
    assert read.get_json() == shape


@pytest.mark.parametrize("noun", ["categories", "places"])
def test_an_entry_is_changed_and_removed(owner: Api, noun: str) -> None:
    path = f"{ROOT}/{noun}/eins"
    assert owner("PUT", path, json={"title": "Eins"}).status_code == 201
    patch = {"description": "Neu"}
    answer = owner("PATCH", path, json=patch, headers={"If-Match": '"0"'})
    assert answer.get_json()["description"] == "Neu"
    answer = owner("PUT", path, json={"title": "Zwei"}, headers={"If-Match": '"1"'})
    assert (answer.get_json()["title"], answer.get_json()["description"]) == (
        "Zwei",
        "",
    )
    assert owner("DELETE", path, headers={"If-Match": '"2"'}).status_code == 204
    assert owner("GET", path).status_code == 404


def test_a_category_is_known_by_its_slug(owner: Api) -> None:
    answer = owner("PUT", f"{ROOT}/categories/lesung", json={"title": "Abende"})
    assert answer.get_json()["slug"] == "lesung"
    again = owner("POST", f"{ROOT}/categories", json={"slug": "lesung", "title": "L"})
    assert again.status_code == 409


def test_a_place_has_a_category(owner: Api) -> None:
    raw = {"title": "Haus", "category": "treff"}
    answer = owner("POST", f"{ROOT}/places", json=raw)
    assert list(answer.get_json()["errors"]) == ["category"]
    owner("PUT", f"{ROOT}/categories/treff", json={"title": "Treff"})
    answer = owner("POST", f"{ROOT}/places", json=raw)
    assert answer.get_json()["category"] == "treff"


def test_a_category_in_use_stays(owner: Api) -> None:
    owner("PUT", f"{ROOT}/categories/lesung", json={"title": "L"})
    for uid in ("a", "b"):
        owner("PUT", f"{ROOT}/events/{uid}", json=EVENT)
    answer = owner("DELETE", f"{ROOT}/categories/lesung", headers={"If-Match": "*"})
    assert answer.status_code == 409
    assert answer.get_json()["detail"] == "'lesung' is still used by 2 entries."
    assert owner("GET", f"{ROOT}/categories/lesung").status_code == 200


def test_a_place_in_use_stays(owner: Api) -> None:
    owner("POST", f"{ROOT}/places", json={"id": "p", "title": "Haus"})
    raw = {"title": "T", "start": "2021-07-20", "place": "haus"}
    event = owner("POST", f"{ROOT}/events", json=raw)
    assert event.get_json()["place"] == "haus"
    place = f"{ROOT}/places/p"
    answer = owner("DELETE", place, headers={"If-Match": "*"})
    assert answer.status_code == 409
    assert answer.get_json()["detail"] == "'haus' is still used by 1 entry."
    path = event.get_json()["links"]["self"].removeprefix(f"{BASE_URL}/api/v1")
    owner("DELETE", path, headers={"If-Match": "*"})
    assert owner("DELETE", place, headers={"If-Match": "*"}).status_code == 204


def test_categories_keep_the_order_of_the_author(owner: Api) -> None:
    for slug in ("eins", "zwei", "drei"):
        owner("PUT", f"{ROOT}/categories/{slug}", json={"title": slug})
    order = ["drei", "eins", "zwei"]
    event = owner("POST", f"{ROOT}/events", json=EVENT | {"categories": order})
    assert event.get_json()["categories"] == order
