"""Lists: order, pages and the parameters they take."""

import pytest

from tests.cast import BASE_URL, Api

NEWS = "/channels/familie/news"


def fill(owner: Api, count: int) -> None:
    for number in range(count):
        raw = {"id": f"n{number}", "title": f"Titel {9 - number}"}
        assert owner("POST", NEWS, json=raw).status_code == 201


def test_an_empty_list_has_no_next(owner: Api) -> None:
    answer = owner("GET", NEWS)
    assert answer.get_json() == {"items": [], "next": None}
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_items_are_the_shapes_in_order_of_creation(owner: Api) -> None:
    fill(owner, 3)
    listed = owner("GET", NEWS).get_json()
    assert [item["id"] for item in listed["items"]] == ["n0", "n1", "n2"]
    assert listed["items"][1] == owner("GET", f"{NEWS}/n1").get_json()
    assert listed["next"] is None


def test_next_leads_through_all_pages(owner: Api) -> None:
    fill(owner, 5)
    pages, address = [], f"{NEWS}?limit=2"
    while address:
        page = owner("GET", address).get_json()
        pages.append([item["id"] for item in page["items"]])
        address = (page["next"] or "").removeprefix(f"{BASE_URL}/api/v1")
    assert pages == [["n0", "n1"], ["n2", "n3"], ["n4"]]


def test_a_full_last_page_has_no_next(owner: Api) -> None:
    fill(owner, 2)
    assert owner("GET", f"{NEWS}?limit=2").get_json()["next"] is None


def test_pages_hold_still_while_entries_come_and_go(owner: Api) -> None:
    fill(owner, 4)
    first = owner("GET", f"{NEWS}?limit=2").get_json()
    owner("DELETE", f"{NEWS}/n0", headers={"If-Match": "*"})
    owner("POST", NEWS, json={"id": "new", "title": "Neu"})
    rest = owner("GET", first["next"].removeprefix(f"{BASE_URL}/api/v1")).get_json()
    assert [item["id"] for item in rest["items"]] == ["n2", "n3"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=", "limit"),
        ("limit=1&limit=2", "limit"),
        ("after=12", "after"),
        ("after=%00", "after"),
        ("page=2", "page"),
        ("state=draft", "state"),
        ("utm_source=x", "utm_source"),
    ],
)
def test_a_wrong_parameter_is_named(owner: Api, query: str, name: str) -> None:
    answer = owner("GET", f"{NEWS}?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert list(answer.get_json()["errors"]) == [name]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", NEWS),
        ("GET", f"{NEWS}/n0"),
        ("PUT", f"{NEWS}/n0"),
        ("PATCH", f"{NEWS}/n0"),
        ("DELETE", f"{NEWS}/n0"),
    ],
)
def test_nothing_else_takes_parameters(owner: Api, method: str, path: str) -> None:
    fill(owner, 1)
    answer = owner(method, f"{path}?limit=1", json={}, headers={"If-Match": "*"})
    assert answer.status_code == 400
    assert list(answer.get_json()["errors"]) == ["limit"]


def test_a_limit_of_200_is_taken(owner: Api) -> None:
    assert owner("GET", f"{NEWS}?limit=200").status_code == 200


def test_a_token_of_one_channel_lists_that_one(
    owner: Api, stranger: Api, admin: Api
) -> None:
    def slugs(client: Api) -> list[str]:
        items = client("GET", "/channels").get_json()["items"]
        return [item["slug"] for item in items]

    assert slugs(owner) == ["familie"]
    assert slugs(stranger) == ["other"]
    assert slugs(admin) == ["familie", "other"]
