"""Many dates of one event as search engines read them: series and courses."""

from flask.testing import FlaskClient

from tests.cast import BASE_URL
from tests.views.documents import EVENT, Write
from tests.views.reading import page_of
from tests.views.test_event_page import SERIES
from tests.views.test_structured import HALL, HOME, ROOM, SCHEMA, data_of


def test_series_has_its_dates_as_parts(client: FlaskClient, write: Write) -> None:
    write("events", SERIES, location=HALL)

    found = data_of(client, f"{HOME}/events/elterncafe")

    url = f"{BASE_URL}{HOME}/events/elterncafe"
    assert (found["@type"], found["startDate"], found["endDate"]) == (
        "Event",
        "2021-07-06T09:30:00+02:00",
        "2021-07-27T11:00:00+02:00",
    )
    parts = found["subEvent"]
    # 20 July is left out.
    assert [
        (one["url"], one["startDate"], one["eventStatus"].rpartition("/")[2])
        for one in parts
    ] == [
        (f"{url}#2021-07-06T09:30:00", "2021-07-06T09:30:00+02:00", "EventScheduled"),
        (f"{url}#2021-07-13T09:30:00", "2021-07-13T14:00:00+02:00", "EventRescheduled"),
        (f"{url}#2021-07-27T09:30:00", "2021-07-27T09:30:00+02:00", "EventCancelled"),
    ]
    assert [one.get("previousStartDate") for one in parts] == [
        None,
        "2021-07-13T09:30:00+02:00",
        None,
    ]
    assert [one["location"] for one in parts] == [found["location"]] * 3
    ids = page_of(client.get(f"{HOME}/events/elterncafe")).xpath("//@id")
    assert {one["url"].partition("#")[2] for one in parts} - set(ids) == set()


def test_series_over_the_change_of_clocks_has_both_offsets(
    client: FlaskClient, write: Write
) -> None:
    write(
        "events",
        SERIES,
        start="2021-10-26T09:30",
        end="2021-10-26T11:00",
        exdates=[],
        overrides=[],
    )

    found = data_of(client, f"{HOME}/events/elterncafe")

    assert [one["startDate"] for one in found["subEvent"]] == [
        "2021-10-26T09:30:00+02:00",
        "2021-11-02T09:30:00+01:00",
        "2021-11-09T09:30:00+01:00",
        "2021-11-16T09:30:00+01:00",
    ]
    assert found["endDate"] == "2021-11-16T11:00:00+01:00"


def test_moved_date_has_its_own_place_and_title(
    client: FlaskClient, write: Write
) -> None:
    over = SERIES["overrides"][0] | {
        "title": "Picknick",
        "location": {"name": "Park"},
        "online_url": ROOM["url"],
    }
    write("events", SERIES, location=HALL, overrides=[over])

    part = data_of(client, f"{HOME}/events/elterncafe")["subEvent"][1]

    assert part["name"] == "Picknick"
    assert part["location"] == [{"@type": "Place", "name": "Park"}, ROOM]
    assert part["eventAttendanceMode"] == f"{SCHEMA}/MixedEventAttendanceMode"


def test_endless_series_has_no_end_and_its_next_dates(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT, rrule="FREQ=DAILY", start="2020-01-01", end=None)

    found = data_of(client, f"{HOME}/events/elterncafe")

    assert (found["startDate"], found.get("endDate")) == ("2020-01-01", None)
    assert [one["startDate"] for one in found["subEvent"]] == [
        f"2021-07-{day:02}" for day in range(6, 18)
    ]


def test_course_has_its_sessions_as_parts(client: FlaskClient, write: Write) -> None:
    sessions = [
        {"start": "2021-09-01T18:00", "end": "2021-09-01T20:00", "title": "Beginn"},
        {"start": "2021-11-05T18:00", "end": "2021-11-05T20:00"},
    ]
    write("events", {"title": "Kurs", "sessions": sessions})

    found = data_of(client, f"{HOME}/events/kurs")

    assert (found["startDate"], found["endDate"]) == (
        "2021-09-01T18:00:00+02:00",
        "2021-11-05T20:00:00+01:00",
    )
    assert [
        (one["name"], one["startDate"], one["endDate"]) for one in found["subEvent"]
    ] == [
        ("Kurs: Beginn", "2021-09-01T18:00:00+02:00", "2021-09-01T20:00:00+02:00"),
        ("Kurs", "2021-11-05T18:00:00+01:00", "2021-11-05T20:00:00+01:00"),
    ]
