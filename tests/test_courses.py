"""The dates of a course, each with a life of its own, as a subscriber sees them."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.cast import Api, Clock

EVENTS = "/channels/familie/events"
COURSE = f"{EVENTS}/kurs"
DATES = [{"start": f"2021-09-0{day}T18:00"} for day in (1, 2, 3)]
Stamps = dict[str, tuple[int, str]]


def write(owner: Api, *dates: dict[str, Any], **more: Any) -> None:
    raw = {"uid": "kurs", "title": "Kurs", "sessions": dates or DATES, **more}
    answer = owner("PUT", COURSE, json=raw, headers={"If-Match": "*"})
    if answer.status_code == 412:
        answer = owner("POST", EVENTS, json=raw)
    assert answer.status_code in (200, 201), answer.get_json()


def stamps(client: FlaskClient) -> Stamps:
    """Return sequence and hour of the last change of each date, by its start."""
    data = client.get("/familie/events.ics?all=1").data
    return {
        f"{one['DTSTART'].dt:%d}": (
            int(one["SEQUENCE"]),
            f"{one['LAST-MODIFIED'].dt:%H}",
        )
        for one in Calendar.from_ical(data).walk("VEVENT")
    }


def uids(client: FlaskClient) -> list[str]:
    data = client.get("/familie/events.ics?all=1").data
    return [str(one["UID"]) for one in Calendar.from_ical(data).walk("VEVENT")]


@pytest.fixture
def course(owner: Api, client: FlaskClient, clock: Clock) -> Api:
    """Return who wrote a course of three dates, an hour ago."""
    write(owner)
    assert stamps(client) == {"01": (0, "10"), "02": (0, "10"), "03": (0, "10")}
    clock.forward(hours=1)
    return owner


def test_a_date_that_changes_rises_alone(course: Api, client: FlaskClient) -> None:
    write(course, DATES[0], {**DATES[1], "title": "Anders"}, DATES[2])
    assert stamps(client) == {"01": (0, "10"), "02": (1, "11"), "03": (0, "10")}


def test_a_date_that_moves_keeps_its_uid(course: Api, client: FlaskClient) -> None:
    before = uids(client)
    write(course, DATES[0], DATES[1], {"start": "2021-09-04T18:00"})
    assert uids(client) == before
    assert stamps(client) == {"01": (0, "10"), "02": (0, "10"), "04": (1, "11")}


@pytest.mark.parametrize(
    "more",
    [{"title": "Neu"}, {"description": "Neu"}, {"location": {"name": "Saal"}}],
)
def test_what_all_show_raises_all(
    course: Api, client: FlaskClient, more: dict[str, Any]
) -> None:
    write(course, **more)
    assert stamps(client) == {"01": (1, "11"), "02": (1, "11"), "03": (1, "11")}


def test_one_date_more_numbers_all_anew(course: Api, client: FlaskClient) -> None:
    write(course, *DATES, {"start": "2021-09-04T18:00"})
    assert set(stamps(client).values()) == {(1, "11")}


def test_one_date_more_among_titles_leaves_the_others(
    owner: Api, client: FlaskClient, clock: Clock
) -> None:
    titled = [{**one, "title": "A"} for one in DATES]
    write(owner, *titled)
    clock.forward(hours=1)
    write(owner, *titled, {"start": "2021-09-04T18:00", "title": "B"})
    changed = stamps(client)
    assert changed.pop("04") == (1, "11")
    assert set(changed.values()) == {(0, "10")}


def test_a_category_that_is_renamed_raises_all(
    owner: Api, client: FlaskClient, clock: Clock
) -> None:
    owner("POST", "/channels/familie/categories", json={"title": "A", "slug": "a"})
    write(owner, categories=["a"])
    clock.forward(hours=1)
    path = "/channels/familie/categories/a"
    owner("PATCH", path, json={"title": "B"}, headers={"If-Match": "*"})
    assert set(stamps(client).values()) == {(1, "11")}
    clock.forward(hours=1)
    write(owner, {**DATES[0], "title": "X"}, *DATES[1:], categories=["a"])
    assert stamps(client) == {"01": (2, "12"), "02": (1, "11"), "03": (1, "11")}


def test_nothing_changes_when_it_is_written_again(
    course: Api, client: FlaskClient
) -> None:
    before = client.get("/familie/events.ics?all=1").data
    write(course)
    assert client.get("/familie/events.ics?all=1").data == before


def test_a_new_date_brings_its_uid_and_keeps_it(
    course: Api, client: FlaskClient
) -> None:
    given = {"start": "2021-09-09T18:00", "uid": "von-anderswo"}
    write(course, *DATES, given)
    assert uids(client)[3] == "von-anderswo"
    write(course, *DATES, {**given, "uid": "anders"})
    assert uids(client)[3] == "von-anderswo"
    answer = course("GET", COURSE).get_json()
    assert answer["sessions"][3] == {"start": "2021-09-09T18:00"}


@pytest.mark.parametrize("taken", ["einzeln", "termin"])
def test_a_date_can_not_be_another_event(
    course: Api, client: FlaskClient, taken: str
) -> None:
    single = {"uid": "einzeln", "title": "E", "start": "2021-09-01"}
    other = {"title": "F", "sessions": [{"start": "2021-09-01", "uid": "termin"}]}
    for raw in (single, other):
        assert course("POST", EVENTS, json=raw).status_code == 201
    raw = {"title": "K", "sessions": [{"start": "2021-09-01", "uid": taken}]}
    answer = course("POST", EVENTS, json=raw)
    assert (answer.status_code, answer.get_json()["errors"]) == (
        422,
        {"sessions.0.uid": [f"'{taken}' is another event's"]},
    )


def test_lines_of_others_are_written_kept_and_reset(owner: Api) -> None:
    raw = {"uid": "e", "title": "E", "start": "2021-09-01", "extensions": ["X-FOO:1"]}
    made = owner("POST", EVENTS, json=raw).get_json()
    assert made["extensions"] == ["X-FOO:1"]
    headers = {"If-Match": "*"}
    path = f"{EVENTS}/e"
    kept = owner("PATCH", path, json={"title": "F"}, headers=headers).get_json()
    assert kept["extensions"] == ["X-FOO:1"]
    reset = owner("PATCH", path, json={"extensions": None}, headers=headers)
    assert "extensions" not in reset.get_json()


@pytest.mark.parametrize(
    "line",
    ["FOO:1", "X-FOO", "X-FOO:a\nX-BAR:b", "X-ALT-DESC:a", "X-FEEDS-PART:a", "x-foo:1"],
)
def test_a_line_that_would_not_be_given_back_is_refused(owner: Api, line: str) -> None:
    raw = {"title": "E", "start": "2021-09-01", "extensions": ["X-A:1", line]}
    answer = owner("POST", EVENTS, json=raw)
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["extensions.1"]


def test_categories_keep_their_order(owner: Api, client: FlaskClient) -> None:
    for slug in "abc":
        raw = {"title": slug, "slug": slug}
        owner("POST", "/channels/familie/categories", json=raw)
    raw = {"uid": "e", "title": "E", "start": "2021-09-01", "categories": list("cab")}
    owner("POST", EVENTS, json=raw)
    assert owner("GET", f"{EVENTS}/e").get_json()["categories"] == list("cab")
    changed = {"categories": list("bca")}
    owner("PATCH", f"{EVENTS}/e", json=changed, headers={"If-Match": "*"})
    assert owner("GET", f"{EVENTS}/e").get_json()["categories"] == list("bca")
