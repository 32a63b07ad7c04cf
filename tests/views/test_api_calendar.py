"""A whole calendar through the API: merged or replaced, and reported."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.cast import Api

CALENDAR = "/channels/familie/events.ics"
EVENTS = "/channels/familie/events"


def calendar(*uids: str, start: str = "20210706T133000Z") -> str:
    events = (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20210701T100000Z\r\n"
        f"DTSTART:{start}\r\nSUMMARY:{uid.title()}\r\nEND:VEVENT\r\n"
        for uid in uids
    )
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\n"
    return f"{head}{''.join(events)}END:VCALENDAR\r\n"


def put(owner: Api, data: str | bytes, query: str = "", **headers: str) -> TestResponse:
    given = {"Content-Type": "text/calendar; charset=utf-8"} | headers
    return owner("PUT", CALENDAR + query, data=data, headers=given)


def uids(owner: Api) -> list[str]:
    return [one["uid"] for one in owner("GET", EVENTS).get_json()["items"]]


def told(**counts: int) -> dict[str, Any]:
    none: dict[str, Any] = {"refused": [], "repairs": []}
    return (
        none | dict.fromkeys(("created", "changed", "unchanged", "removed"), 0) | counts
    )


def test_a_calendar_is_taken_in_by_uid(owner: Api) -> None:
    answer = put(owner, calendar("a", "b"))
    assert (answer.status_code, answer.get_json()) == (200, told(created=2))
    assert put(owner, calendar("a", "b")).get_json() == told(unchanged=2)
    moved = calendar("b", start="20210707T133000Z")
    assert put(owner, moved, "?mode=merge").get_json() == told(changed=1)
    assert uids(owner) == ["a", "b"]


def test_replace_removes_what_the_calendar_lacks(owner: Api) -> None:
    put(owner, calendar("a", "b"))
    answer = put(owner, calendar("b", "c"), "?mode=replace")
    assert answer.get_json() == told(created=1, unchanged=1, removed=1)
    assert uids(owner) == ["b", "c"]


def test_merge_leaves_out_what_it_refuses_and_says_where(owner: Api) -> None:
    answer = put(owner, calendar("a") + calendar("b", start="never"))
    assert answer.status_code == 200
    report = answer.get_json()
    assert [one["line"] for one in report["refused"]] == [14]
    assert (report["created"], uids(owner)) == (1, ["a"])


def test_replace_is_all_or_nothing(owner: Api) -> None:
    put(owner, calendar("old"))
    broken = calendar("a") + calendar("b", start="never")
    answer = put(owner, broken, "?mode=replace")
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["line 14"]
    assert uids(owner) == ["old"]


def test_inclusive_ends_are_read_so_when_said(owner: Api) -> None:
    text = calendar("a", start="20210706\r\nDTEND:20210708")
    put(owner, text, "?ends=inclusive")
    assert owner("GET", f"{EVENTS}/a").get_json()["end"] == "2021-07-09"


@pytest.mark.parametrize(
    ("data", "query", "media_type", "status"),
    [
        ("", "", "text/calendar", 400),
        ("hello", "", "text/calendar", 400),
        (calendar("a"), "?mode=add", "text/calendar", 400),
        (calendar("a"), "?dry=1", "text/calendar", 400),
        (calendar("a"), "", "application/json", 415),
        (calendar("a"), "", "text/calendar; charset=latin-1", 415),
        (b"x" * (5 * 1024 * 1024 + 1), "", "text/calendar", 413),
    ],
)
def test_what_is_no_calendar_is_refused(
    owner: Api, data: str | bytes, query: str, media_type: str, status: int
) -> None:
    answer = put(owner, data, query, **{"Content-Type": media_type})
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert uids(owner) == []


def test_only_who_may_write_takes_in(reader: Api, owner: Api) -> None:
    assert put(reader, calendar("a")).status_code == 403
    assert put(Api(owner.client, None), calendar("a")).status_code == 401
    assert owner("GET", CALENDAR).status_code == 405
