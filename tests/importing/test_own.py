"""What a VEVENT of ours can't say of its event, put together again."""

from datetime import timedelta

import pytest

from feeds.importing import Item
from feeds.store import Store
from tests.importing.calendars import opened, vcalendar, vevent
from tests.importing.houses import LATER, LONG_AGO, House, Raw

OURS = b"-//feeds//feeds//EN"
NEXT = LATER + timedelta(hours=1)


@pytest.fixture
def house(store: Store) -> House:
    made = House(store)
    made.open("stadt")
    return made


def taken(house: House, raw: Raw) -> Item:
    """Return what an import makes of the calendar with one event."""
    house.write("stadt", "events", [{"uid": "e", **raw}], LONG_AGO)
    (item,), _ = opened(house.export("stadt")[0], language="de")
    assert (item.refused, item.repairs) == ("", [])
    return item


def test_a_course_is_one_event_again(house: House) -> None:
    dates = [
        {"start": "2021-07-06T09:30", "end": "2021-07-06T11:00", "title": "Theorie"},
        {"start": "2021-07-05T09:30"},
    ]
    found = taken(house, {"title": "Kurs: A", "sessions": dates})
    first, second = found.raw["sessions"]
    assert (found.raw["title"], found.slug, found.uid) == ("Kurs: A", "kurs-a", "e")
    assert (first.pop("uid"), second.pop("uid")) == tuple(
        one.uid for one in sessions(house)
    )
    assert [first, second] == dates
    assert "start" not in found.raw


def sessions(house: House) -> list[Item]:
    """Return the dates of the course as somebody else reads them."""
    data = house.export("stadt")[0].replace(OURS, b"-//other//EN")
    return opened(data)[0]


@pytest.mark.parametrize("status", ["confirmed", "cancelled"])
def test_a_course_that_is_cancelled_keeps_its_titles(house: House, status: str) -> None:
    dates = [{"start": "2021-07-06", "title": "A"}, {"start": "2021-07-07"}]
    found = taken(house, {"title": "Kurs", "sessions": dates, "status": status}).raw
    assert [one.get("title") for one in found["sessions"]] == ["A", None]
    assert (found["title"], found["status"]) == ("Kurs", status)


SCATTERED = {
    "title": "A",
    "start": "2021-07-06T09:30",
    "end": "2021-07-06T10:30",
    "rdates": ["2021-07-08T18:00", "2021-07-10T18:00"],
}


def test_further_dates_are_those_of_one_event_again(house: House) -> None:
    changed = {"recurrence_id": "2021-07-08T18:00", "start": "2021-07-09T18:00"}
    found = taken(house, SCATTERED | {"overrides": [{**changed, "title": "B"}]}).raw
    assert {name: found[name] for name in SCATTERED} == SCATTERED
    assert found["overrides"] == [{**changed, "end": "2021-07-09T19:00", "title": "B"}]


def test_a_first_date_that_was_left_out_stays_out(house: House) -> None:
    found = taken(house, SCATTERED | {"exdates": ["2021-07-06T09:30"]}).raw
    assert found["rdates"] == SCATTERED["rdates"]
    assert found["exdates"] == [found["start"]]


def test_a_first_date_that_was_moved_stays_first(house: House) -> None:
    moved = {"recurrence_id": "2021-07-06T09:30", "start": "2021-07-30T09:30"}
    found = taken(house, SCATTERED | {"overrides": [moved]}).raw
    assert (found["start"] < found["rdates"][0], len(found["overrides"])) == (True, 1)
    assert found["overrides"][0]["start"] == "2021-07-30T09:30"


@pytest.mark.parametrize(
    ("raw", "name", "value"),
    [
        ({"start": "2021-07-06T09:30", "timezone": "UTC"}, "timezone", "UTC"),
        ({"start": "2021-07-06", "language": "en"}, "language", "en"),
        ({"start": "2021-07-06", "language": "de-AT"}, "language", "de"),
        (
            {"start": "2021-07-06", "location": {"name": "https://example.org"}},
            "location",
            {"name": "https://example.org"},
        ),
        (
            {"start": "2021-07-06", "organizer": {"name": "A", "email": "a@b.org"}},
            "organizer",
            {"name": "A", "email": "a@b.org"},
        ),
    ],
)
def test_we_are_taken_at_our_word(
    house: House, raw: Raw, name: str, value: object
) -> None:
    assert taken(house, {"title": "A", **raw}).raw[name] == value


def test_the_page_of_an_event_is_not_its_website(house: House) -> None:
    assert "url" not in taken(house, {"title": "A", "start": "2021-07-06"}).raw


@pytest.mark.parametrize("rich", [False, True])
def test_what_a_calendar_lacks_is_not_lost_when_it_comes_back(
    house: House, rich: bool
) -> None:
    more = {"price": "5 €", "summary": "Kurz", "sources": [{"text": "Amt"}]}
    more |= {"url": "https://amt.example", "location": {"name": "Rathaus"}}
    house.write("stadt", "events", [{"uid": "e", **SCATTERED, **more}], LONG_AGO)
    data, etag = house.export("stadt", NEXT, rich=rich)
    before = house.publisher.read("events", "stadt", "e")
    assert house.take("stadt", data, NEXT).unchanged == 1
    assert house.publisher.read("events", "stadt", "e") == before
    assert house.export("stadt", NEXT, rich=rich) == (data, etag)


def test_what_is_changed_in_our_calendar_is_changed(house: House) -> None:
    house.write("stadt", "events", [{"uid": "e", **SCATTERED}], LONG_AGO)
    data = house.export("stadt", NEXT)[0].replace(b"SUMMARY:A\r", b"SUMMARY:B\r")
    assert house.take("stadt", data, NEXT).changed == 1
    found = house.publisher.read("events", "stadt", "e")
    assert (found["title"], found["sequence"], found["slug"]) == ("B", 1, "a")
    assert found["rdates"] == SCATTERED["rdates"]


def test_a_slug_that_is_taken_gets_a_number(house: House) -> None:
    house.write("stadt", "events", [{"uid": "e", **SCATTERED}], LONG_AGO)
    data = house.export("stadt")[0]
    house.open("dorf")
    house.write("dorf", "events", [{"uid": "f", **SCATTERED}], LONG_AGO)
    assert house.take("dorf", data).created == 1
    assert house.publisher.read("events", "dorf", "e")["slug"] == "a-2"


def test_marks_of_ours_in_a_calendar_of_others_mean_nothing() -> None:
    part = ("RELATED-TO:e", "X-FEEDS-PART:20210706T093000")
    times = ("DTSTART:20210706T093000", "SUMMARY:A")
    items, _ = opened(
        vcalendar(*vevent(*times, *part), *vevent(*times, *part, uid="b"))
    )
    assert [item.uid for item in items] == ["a-1", "b"]
