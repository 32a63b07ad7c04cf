"""Series, courses and scattered dates: what other programs make of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
import recurring_ical_events
from icalendar import Calendar

from feeds import recurrence, times
from tests.renderers.calendars import read, values, written
from tests.renderers.cast import (
    UID,
    local,
    make_event,
    make_override,
    make_place,
    make_session,
)


def test_a_series_is_a_master_and_its_overrides() -> None:
    event = make_event(
        rrule="FREQ=WEEKLY;COUNT=5",
        rdates=["2021-07-08T18:00"],
        exdates=["2021-07-20T09:30", "2021-07-27T09:30"],
        overrides=[
            make_override(
                "2021-07-13T09:30",
                start_local=local("2021-07-13T14:00"),
                title="Café im Park",
                location={"name": "Park"},
            ),
            make_override("2021-07-20T09:30", title="Ausgenommen"),
            make_override("2021-08-03T09:30", status="cancelled"),
        ],
        place=make_place(),
    )
    master, moved, cancelled = read(event)
    assert [one["UID"] for one in (master, moved, cancelled)] == [UID] * 3
    assert {one["SEQUENCE"] for one in (master, moved, cancelled)} == {3}
    assert values(event, "RRULE") == ["RRULE:FREQ=WEEKLY;COUNT=5"]
    assert values(event, "RDATE") == ["RDATE;TZID=Europe/Berlin:20210708T180000"]
    assert values(event, "EXDATE") == [
        "EXDATE;TZID=Europe/Berlin:20210720T093000",
        "EXDATE;TZID=Europe/Berlin:20210727T093000",
    ]
    assert values(event, "RECURRENCE-ID") == [
        "RECURRENCE-ID;TZID=Europe/Berlin:20210713T093000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20210803T093000",
    ]
    assert (moved["SUMMARY"], moved["LOCATION"]) == ("Café im Park", "Park")
    assert moved.end - moved.start == timedelta(minutes=90)
    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["SUMMARY"] == "Abgesagt: Elterncafé"
    assert cancelled["LOCATION"] == master["LOCATION"]


def test_all_of_a_cancelled_series_is_cancelled() -> None:
    overrides = [make_override("2021-07-13T09:30", title="Anders", status="confirmed")]
    event = make_event(rrule="FREQ=WEEKLY", overrides=overrides, status="cancelled")
    assert [(one["SUMMARY"], one["STATUS"]) for one in read(event)] == [
        ("Abgesagt: Elterncafé", "CANCELLED"),
        ("Abgesagt: Anders", "CANCELLED"),
    ]


def test_a_course_is_one_event_for_each_session() -> None:
    event = make_event(
        start_local=None,
        end_local=None,
        sessions=[
            make_session("2021-07-06T09:30", "2021-07-06T11:00", uid="a"),
            make_session("2021-07-09T18:00", None, uid="b", title="Praxis"),
        ],
    )
    first, second = read(event)
    assert [(one["UID"], one["SUMMARY"]) for one in (first, second)] == [
        ("a", "Elterncafé (1/2)"),
        ("b", "Elterncafé: Praxis"),
    ]
    assert values(event, "RELATED-TO") == [f"RELATED-TO:{UID}"] * 2
    assert values(event, "X-FEEDS-PART") == [
        'X-FEEDS-PART;X-TITLE="Elterncafé":20210706T093000',
        'X-FEEDS-PART;X-TITLE="Elterncafé":20210709T180000',
    ]
    assert values(event, "RRULE") == values(event, "RECURRENCE-ID") == []
    assert "DTEND" not in second


@pytest.mark.parametrize(
    ("uid", "space"), [(UID, UUID(UID)), ("a/b", uuid5(NAMESPACE_URL, "a/b"))]
)
def test_dates_without_a_rule_are_events_of_their_own(uid: str, space: UUID) -> None:
    event = make_event(
        uid=uid,
        rdates=["2021-07-08T18:00", "2021-07-10T09:00", "2021-07-12T09:00"],
        exdates=["2021-07-10T09:00"],
        overrides=[make_override("2021-07-12T09:00", title="Zum Schluss")],
    )
    assert [(one["UID"], one["SUMMARY"], one.start.day) for one in read(event)] == [
        (uid, "Elterncafé", 6),
        (str(uuid5(space, "2021-07-08T18:00")), "Elterncafé", 8),
        (str(uuid5(space, "2021-07-12T09:00")), "Zum Schluss", 12),
    ]
    assert values(event, "RDATE") == values(event, "RECURRENCE-ID") == []


def test_a_date_of_its_own_says_which_it_is() -> None:
    moved = make_override("2021-07-12T09:00", start_local=local("2021-07-13T10:00"))
    event = make_event(rdates=["2021-07-08T18:00"], overrides=[moved])
    assert values(event, "X-FEEDS-PART") == [
        "X-FEEDS-PART:20210708T180000",
        "X-FEEDS-PART:20210712T090000",
    ]
    start = local("2021-07-06")
    days = make_event(all_day=True, start_local=start, rdates=["2021-07-08"])
    assert values(days, "X-FEEDS-PART") == ["X-FEEDS-PART:20210708"]


def test_a_session_is_stamped_with_its_own_last_change() -> None:
    changed = datetime(2021, 6, 5, 12, 0, tzinfo=UTC)
    event = make_event(
        sessions=[
            make_session("2021-07-06T09:30", uid="a", sequence=0, updated_at=changed),
            make_session("2021-07-09T18:00", uid="b"),
        ]
    )
    assert values(event, "SEQUENCE") == ["SEQUENCE:0", "SEQUENCE:3"]
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert values(event, name) == [
            f"{name}:20210605T120000Z",
            f"{name}:20210602T093000Z",
        ]
    assert values(event, "CREATED") == ["CREATED:20210601T080000Z"] * 2


SERIES: dict[str, dict[str, Any]] = {
    "across a clock change": {
        "rrule": "FREQ=DAILY;COUNT=10",
        "start_local": local("2021-03-24T02:30"),
        "end_local": local("2021-03-24T04:30"),
    },
    "until": {"rrule": "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20210731T215959Z"},
    "all day": {
        "all_day": True,
        "start_local": local("2021-07-06"),
        "end_local": local("2021-07-08"),
        "rrule": "FREQ=MONTHLY;BYMONTHDAY=6;COUNT=4",
        "exdates": ["2021-08-06"],
        "overrides": [make_override("2021-09-06", start_local=local("2021-09-07"))],
    },
    "last weekday": {
        "start_local": local("2021-07-30T18:00"),
        "end_local": local("2021-07-30T19:00"),
        "rrule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=6",
    },
    "leap day": {
        "start_local": local("2020-02-29T12:00"),
        "end_local": local("2020-02-29T13:00"),
        "rrule": "FREQ=YEARLY;COUNT=3",
    },
    "exceptions": {
        "rrule": "FREQ=WEEKLY;COUNT=8",
        "rdates": ["2021-07-08T18:00"],
        "exdates": ["2021-07-20T09:30"],
        "overrides": [
            make_override(
                "2021-07-13T09:30",
                start_local=local("2021-11-13T14:00"),
                end_local=local("2021-11-13T15:00"),
            )
        ],
    },
    "in UTC": {"timezone": "UTC", "rrule": "FREQ=DAILY;COUNT=3"},
    "far away": {
        "timezone": "America/New_York",
        "start_local": local("2021-10-30T22:00"),
        "end_local": local("2021-10-31T02:00"),
        "rrule": "FREQ=WEEKLY;COUNT=4",
    },
    "dates alone": {"rdates": ["2021-08-08T18:00"], "exdates": ["2021-07-06T09:30"]},
    "single": {},
}


@pytest.mark.parametrize("over", SERIES.values(), ids=SERIES)
def test_another_program_finds_the_same_instances(over: dict[str, Any]) -> None:
    event = make_event(**over)
    calendar = Calendar.from_ical(written(event, since_year=2020))
    found = recurring_ical_events.of(calendar).between(
        date(2020, 1, 1), date(2035, 1, 1)
    )
    window = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC))
    assert sorted(map(instants, found)) == [
        (each.start_at, each.end_at) for each in recurrence.occurrences(event, window)
    ]


def instants(found: Any) -> tuple[datetime, datetime]:
    """Return the span of an instance; days as the midnights of Berlin."""
    berlin = times.zone("Europe/Berlin")
    start, end = (
        value if isinstance(value, datetime) else times.midnight(value, berlin)
        for value in (found.start, found.end)
    )
    return start.astimezone(UTC), end.astimezone(UTC)
