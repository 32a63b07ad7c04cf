"""News through the API, read back through it."""

from typing import Any
from uuid import UUID

import pytest

from feeds.views.api.examples import EXAMPLES
from tests.cast import BASE_URL, Api, Clock

NEWS = "/channels/familie/news"


def made(owner: Api, **raw: Any) -> dict[str, Any]:
    answer = owner("POST", NEWS, json={"title": "Neues"} | raw)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    shape: dict[str, Any] = answer.get_json()
    return shape


def test_a_title_is_enough(owner: Api) -> None:
    shape = made(owner, id="n-1")
    assert owner("GET", f"{NEWS}/n-1").get_json() == shape
    assert shape == {
        "id": "n-1",
        "slug": "neues",
        "title": "Neues",
        "summary": "",
        "content": "",
        "url": None,
        "author": "",
        "image": None,
        "categories": [],
        "sources": [],
        "attachments": [],
        "event": None,
        "place": None,
        "published_at": "2021-07-06T10:00:00Z",
        "expires_at": None,
        "state": "published",
        "language": "de",
        "minor": False,
        "created_at": "2021-07-06T10:00:00Z",
        "updated_at": "2021-07-06T10:00:00Z",
        "sequence": 0,
        "links": {
            "self": f"{BASE_URL}/api/v1{NEWS}/n-1",
            "html": f"{BASE_URL}/familie/news/neues",
            "json": f"{BASE_URL}/familie/news/neues.json",
        },
    }


def test_without_an_id_it_gets_a_random_one(owner: Api) -> None:
    assert UUID(made(owner)["id"]).version == 4


def test_everything_comes_back_as_written(owner: Api) -> None:
    owner("PUT", "/channels/familie/categories/lesung", json={"title": "L"})
    example = EXAMPLES["news"]
    shape = made(owner, **example)
    sources = [{"url": None} | source for source in example["sources"]]
    moment = {"published_at": "2021-07-06T07:00:00Z", "sources": sources}
    assert {name: shape[name] for name in example} == example | moment


@pytest.mark.parametrize("given", ["fest", "u@example.org"])
def test_an_event_is_named_by_slug_or_uid(owner: Api, given: str) -> None:
    raw = {"uid": "u@example.org", "title": "Fest", "start": "2021-07-20"}
    owner("POST", "/channels/familie/events", json=raw)
    assert made(owner, event=given)["event"] == "fest"


def test_an_event_that_is_not_there_is_named(owner: Api) -> None:
    answer = owner("POST", NEWS, json={"title": "T", "event": "nichts"})
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["event"]


def test_when_it_was_published_stays(owner: Api, clock: Clock) -> None:
    made(owner, id="n")
    clock.forward(days=1 / 2)
    headers = {"If-Match": '"0"'}
    answer = owner("PATCH", f"{NEWS}/n", json={"summary": "S"}, headers=headers)
    assert answer.get_json()["published_at"] == "2021-07-06T10:00:00Z"
    assert answer.get_json()["updated_at"] == "2021-07-06T22:00:00Z"


@pytest.mark.parametrize(
    ("noun", "name"), [("news", "published_at"), ("events", "publish_at")]
)
@pytest.mark.parametrize(
    ("given", "then"),
    [("2021-08-01T00:00Z", "2021-07-06T11:00:00Z"), (None, "2021-07-06T10:00:00Z")],
)
def test_null_announces_what_is_scheduled_and_keeps_what_was_announced(
    owner: Api, clock: Clock, noun: str, name: str, given: str | None, then: str
) -> None:
    path, start = f"/channels/familie/{noun}", {"start": "2021-09-01"}
    raw = {"title": "T", name: given} | (start if noun == "events" else {})
    owner("PUT", f"{path}/n", json=raw)
    clock.forward(hours=1)
    answer = owner("PATCH", f"{path}/n", json={name: None}, headers={"If-Match": "*"})
    announced = "announced_at" if noun == "events" else name
    assert answer.get_json()[announced] == then
    assert owner.client.get(f"/familie/{noun}/t.json").status_code == 200


def test_what_was_read_can_be_put_back(owner: Api) -> None:
    shape = made(owner, id="n", content="<p>Lang</p>", published_at="2021-07-01T00:00")
    answer = owner("PUT", f"{NEWS}/n", json=shape, headers={"If-Match": '"0"'})
    assert (answer.status_code, answer.get_json()) == (200, shape)


@pytest.mark.parametrize("published_at", [None, "2021-07-01T00:00:00.75Z"])
def test_what_was_read_can_be_put_back_within_the_same_second(
    owner: Api, clock: Clock, published_at: str | None
) -> None:
    clock.forward(milliseconds=250)
    shape = made(owner, id="n", published_at=published_at)
    assert owner.client.get("/familie/news/neues.json").status_code == 200
    answer = owner("PUT", f"{NEWS}/n", json=shape, headers={"If-Match": '"0"'})
    assert (answer.status_code, answer.get_json()) == (200, shape)


def test_content_is_cleaned_on_the_way_in(owner: Api) -> None:
    content = '<p onclick="a()">A<script>b()</script><img src=x onerror=c()></p>'
    stored = made(owner, content=content)["content"]
    assert "script" not in stored
    assert "onclick" not in stored
    assert "onerror" not in stored
    assert stored.startswith("<p>A")


@pytest.mark.parametrize("id_", ["a/b", "ä", "a" * 65])
def test_an_id_of_another_shape_is_refused(owner: Api, id_: str) -> None:
    answer = owner("POST", NEWS, json={"title": "T", "id": id_})
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["id"]
