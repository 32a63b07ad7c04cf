"""ETags: nobody overwrites what they have not read."""

from threading import Barrier, Thread

import pytest
from flask import Flask

from tests.cast import Api

PLACES = "/channels/familie/places"
PLACE = f"{PLACES}/p"


@pytest.fixture(autouse=True)
def a_place_changed_twice(owner: Api) -> None:
    owner("PUT", PLACE, json={"title": "Haus"})
    owner("PUT", PLACE, json={"title": "Hof"}, headers={"If-Match": '"0"'})
    owner("PUT", PLACE, json={"title": "Halle"}, headers={"If-Match": '"1"'})


def change(owner: Api, condition: str | None, method: str = "PATCH") -> int:
    headers = {} if condition is None else {"If-Match": condition}
    return owner(method, PLACE, json={"title": "Neu"}, headers=headers).status_code


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_change_needs_a_condition(owner: Api, method: str) -> None:
    assert change(owner, None, method) == 428
    assert owner("GET", PLACE).get_json()["title"] == "Halle"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("condition", ['"1"', 'W/"1"', '"0", "1"', '"2x"', '"", "3"'])
def test_a_stale_etag_is_refused(owner: Api, method: str, condition: str) -> None:
    assert change(owner, condition, method) == 412
    assert owner("GET", PLACE).get_json()["title"] == "Halle"


@pytest.mark.parametrize(
    "condition", ['"2"', 'W/"2"', '"1", "2"', 'W/"1", W/"2"', "*", '"2-gzip"']
)
def test_the_present_etag_is_taken(owner: Api, condition: str) -> None:
    assert change(owner, condition) == 200
    assert owner("GET", PLACE).get_json()["sequence"] == 3


@pytest.mark.parametrize(
    "condition", ["", " ", ",", "2", '"2', '"2" "3"', '*, "2"', "W/2"]
)
def test_what_is_no_list_of_etags_is_malformed(owner: Api, condition: str) -> None:
    assert change(owner, condition) == 400


def test_a_condition_on_what_is_not_there_fails(owner: Api) -> None:
    headers = {"If-Match": "*"}
    new = owner("PUT", f"{PLACES}/new", json={"title": "Neu"}, headers=headers)
    assert new.status_code == 412
    for method in ("PATCH", "DELETE"):
        answer = owner(method, f"{PLACES}/new", json={}, headers=headers)
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("known", "status"),
    [('"2"', 304), ('W/"2"', 304), ('"1", "2"', 304), ("*", 304), ('"1"', 200)],
)
def test_a_get_of_what_is_known_has_no_body(
    owner: Api, known: str, status: int
) -> None:
    answer = owner("GET", PLACE, headers={"If-None-Match": known})
    assert answer.status_code == status
    assert answer.headers["ETag"] == '"2"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert bool(answer.data) == (status == 200)


@pytest.mark.parametrize(("known", "status"), [('"2"', 304), ('"1"', 200)])
def test_head_answers_as_get_without_a_body(
    owner: Api, known: str, status: int
) -> None:
    answer = owner("HEAD", PLACE, headers={"If-None-Match": known})
    assert (answer.status_code, answer.headers["ETag"]) == (status, '"2"')
    assert answer.data == b""


def test_the_etag_of_an_answer_is_that_of_the_next_get(owner: Api) -> None:
    headers = {"If-Match": '"2"'}
    answer = owner("PATCH", PLACE, json={"city": "Ort"}, headers=headers)
    assert answer.headers["ETag"] == owner("GET", PLACE).headers["ETag"] == '"3"'


def test_of_two_writers_with_one_etag_one_wins(app: Flask, owner: Api) -> None:
    start, answers = Barrier(2), []

    def write(title: str) -> None:
        writer = Api(app.test_client(use_cookies=False), owner.token)
        start.wait()
        headers = {"If-Match": '"2"'}
        answer = writer("PATCH", PLACE, json={"title": title}, headers=headers)
        answers.append((answer.status_code, title))

    threads = [Thread(target=write, args=(title,)) for title in ("Eins", "Zwei")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (first, winner), (second, _) = sorted(answers)
    assert (first, second) == (200, 412)
    shape = owner("GET", PLACE).get_json()
    assert (shape["title"], shape["sequence"]) == (winner, 3)
