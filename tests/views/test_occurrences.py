"""`occurrences.json`: one row an occurrence, page by page."""

import pytest
from flask.testing import FlaskClient

from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import EVENT, Write
from tests.views.instances import PATH, WEEKLY, rows, starts


def test_empty_channel_has_no_rows(client: FlaskClient) -> None:
    assert client.get(PATH).get_json() == {"occurrences": [], "next": None}


def test_row_of_a_single_event(client: FlaskClient, filled: None) -> None:
    assert rows(client) == [
        {
            "uid": EVENT["uid"],
            "recurrence_id": None,
            "title": "Elterncafé",
            "status": "confirmed",
            "all_day": False,
            "start": "2021-07-08T09:30",
            "end": "2021-07-08T11:00",
            "timezone": "Europe/Berlin",
            "start_utc": "2021-07-08T07:30:00Z",
            "end_utc": "2021-07-08T09:00:00Z",
            "url": f"{BASE_URL}/{CHANNEL}/events/elterncafe",
        }
    ]


@pytest.mark.parametrize(
    ("raw", "span"),
    [
        ({"start": "2021-07-08T09:30"}, ["2021-07-08T09:30", "2021-07-08T09:30"]),
        ({"start": "2021-07-08"}, ["2021-07-08", "2021-07-09"]),
        (
            {"start": "2021-07-08", "end": "2021-07-11"},
            ["2021-07-08", "2021-07-11"],
        ),
        (
            {"start": "2021-07-08T09:30:15", "timezone": "America/New_York"},
            ["2021-07-08T09:30:15", "2021-07-08T09:30:15"],
        ),
    ],
)
def test_span_is_written_as_the_api_writes_it(
    client: FlaskClient, write: Write, raw: dict[str, str], span: list[str]
) -> None:
    write("events", {"title": "x", **raw})
    (row,) = rows(client)

    assert [row["start"], row["end"]] == span
    assert row["all_day"] == ("T" not in raw["start"])
    assert row["timezone"] == raw.get("timezone", "Europe/Berlin")


def test_series_with_a_moved_and_a_cancelled_date(
    client: FlaskClient, write: Write
) -> None:
    moved = {
        "recurrence_id": "2021-07-13T19:30",
        "start": "2021-07-14T18:00",
        "title": "Probe",
    }
    off = {"recurrence_id": "2021-07-20T19:30", "status": "cancelled"}
    write("events", WEEKLY, overrides=[moved, off], exdates=["2021-07-27T19:30"])
    found = [
        (row["recurrence_id"], row["start"], row["title"], row["status"])
        for row in rows(client, "to=2021-08-04")
    ]

    assert found == [
        ("2021-07-06T19:30", "2021-07-06T19:30", "Chor", "confirmed"),
        ("2021-07-13T19:30", "2021-07-14T18:00", "Probe", "confirmed"),
        ("2021-07-20T19:30", "2021-07-20T19:30", "Chor", "cancelled"),
        ("2021-08-03T19:30", "2021-08-03T19:30", "Chor", "confirmed"),
    ]


def test_dates_of_a_series_of_whole_days_are_named_by_date(
    client: FlaskClient, write: Write
) -> None:
    write("events", {"title": "x", "start": "2021-07-08", "rrule": "FREQ=DAILY"})

    assert [row["recurrence_id"] for row in rows(client, "to=2021-07-10")] == [
        "2021-07-08",
        "2021-07-09",
    ]


def test_sessions_of_a_course_have_uids_of_their_own(
    client: FlaskClient, write: Write
) -> None:
    sessions = [{"start": "2021-07-08T10:00"}, {"start": "2021-07-09T10:00"}]
    made = write("events", {"title": "Kurs", "sessions": sessions})
    found = rows(client)

    assert [row["title"] for row in found] == ["Kurs (1/2)", "Kurs (2/2)"]
    assert len({row["uid"] for row in found} | {made["uid"]}) == 3
    assert {row["recurrence_id"] for row in found} == {None}


def test_window_is_from_today_for_twelve_months(
    client: FlaskClient, write: Write
) -> None:
    for start in ("2021-07-05", "2021-07-06", "2022-07-05", "2022-07-06"):
        write("events", {"title": "x", "start": start})

    assert starts(client) == ["2021-07-06", "2022-07-05"]
    assert starts(client, "from=2021-07-05")[0] == "2021-07-05"
    assert starts(client, "from=2022-07-06") == ["2022-07-06"]
    assert starts(client, "to=2021-07-06") == ["2021-07-05"]


def test_window_takes_what_touches_it(client: FlaskClient, write: Write) -> None:
    write("events", {"title": "x", "start": "2021-07-01", "end": "2021-07-08"})
    write("events", {"title": "x", "start": "2021-07-07T23:59"})
    write("events", {"title": "x", "start": "2021-07-08T00:00"})

    assert starts(client, "from=2021-07-07&to=2021-07-08") == [
        "2021-07-01",
        "2021-07-07T23:59",
    ]


def test_pages_hold_each_row_once_beyond_the_stored_horizon(
    client: FlaskClient, write: Write
) -> None:
    write("events", WEEKLY)
    write("events", WEEKLY, uid="other", overrides=[])
    write("events", {"title": "x", "start": "2023-05-01", "end": "2024-01-01"})
    query = "from=2023-06-01&to=2031-01-01"
    whole = rows(client, f"{query}&limit=1000")

    assert rows(client, f"{query}&limit=7") == whole
    assert whole[0]["start"] == "2023-05-01"
    assert whole[-1]["start"] == "2030-12-31T19:30"
    assert len(whole) == 1 + 2 * 396


def test_page_after_midnight_goes_on_with_the_window_of_the_first(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    for day in ("2021-07-06", "2021-07-07", "2022-07-05", "2022-07-06"):
        write("events", {"title": "x", "start": day})
    first = client.get(f"{PATH}?limit=1").get_json()
    clock.forward(days=3)
    rest = rows(client, first["next"].partition("?")[2].replace("limit=1", "limit=9"))

    assert [row["start"] for row in rest] == ["2021-07-07", "2022-07-05"]


def test_next_is_absolute_and_keeps_the_filters(
    client: FlaskClient, write: Write
) -> None:
    write("events", WEEKLY)
    headers = {"Host": "localhost", "X-Forwarded-Host": "evil.example"}
    answer = client.get(f"{PATH}?q=chor&from=today&limit=2", headers=headers)
    following = answer.get_json()["next"]

    assert following.startswith(f"{BASE_URL}{PATH}?q=chor&limit=2&after=")
    assert "localhost" not in answer.text


def test_limit_is_200_unless_told(client: FlaskClient, write: Write) -> None:
    write("events", WEEKLY, rrule="FREQ=DAILY")

    assert len(client.get(PATH).get_json()["occurrences"]) == 200
    found = client.get(f"{PATH}?limit=1000&to=2030-01-01").get_json()
    assert len(found["occurrences"]) == 1000


def test_order_by_start_can_be_asked_for(client: FlaskClient, filled: None) -> None:
    assert starts(client, "order=start") == ["2021-07-08T09:30"]


def test_same_selection_same_events_as_the_feeds(
    client: FlaskClient, write: Write
) -> None:
    write("categories", {"slug": "kurse", "title": "Kurse"})
    write("places", {"slug": "haus", "title": "Haus"})
    write("events", EVENT, uid="a", categories=["kurse"], language="en")
    write("events", EVENT, uid="b", place="haus", title="Straßenfest")
    write("events", EVENT, uid="c", status="cancelled")
    write("events", WEEKLY, uid="d")
    for query in (
        "from=2021-07-01&to=2022-01-01",
        "category=kurse",
        "category=kurse&match=all",
        "exclude=kurse",
        "place=haus",
        "language=en",
        "status=cancelled",
        "status=confirmed",
        "q=strasse",
        "from=2021-07-07&to=2021-07-09",
    ):
        listed = client.get(f"/{CHANNEL}/events.json?{query}").get_json()["items"]
        titles = {item["_event"]["uid"] for item in listed}
        assert {row["uid"] for row in rows(client, query)} == titles, query


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "draft"},
        {"publish_at": "2021-07-07T09:00"},
        {"expires_at": "2021-07-05T09:00"},
    ],
)
def test_what_is_not_public_is_not_there(
    client: FlaskClient, write: Write, hidden: dict[str, str]
) -> None:
    write("events", WEEKLY, **hidden)

    assert rows(client, "to=2030-01-01") == []
