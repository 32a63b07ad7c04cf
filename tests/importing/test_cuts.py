"""RANGE=THISANDFUTURE: a series that ends, and another that begins."""

import warnings
from datetime import date, datetime
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from feeds.store import Store
from tests.importing.calendars import opened, vcalendar, vevent
from tests.importing.houses import LATER, House

TZ = "TZID=Europe/Berlin"
FIRST = (f"DTSTART;{TZ}:20210706T093000", f"DTEND;{TZ}:20210706T110000", "SUMMARY:A")


def cut(at: str, to: str, *lines: str) -> list[str]:
    named = f"RECURRENCE-ID;RANGE=THISANDFUTURE;{TZ}:{at}"
    return vevent(named, f"DTSTART;{TZ}:{to}", *lines)


def read(*lines: str) -> list[dict[str, Any]]:
    items, _ = opened(vcalendar(*lines))
    assert [item.refused for item in items] == [""] * len(items)
    return [item.raw for item in items]


def test_a_series_ends_where_another_begins() -> None:
    change = cut("20210720T093000", "20210721T100000", "SUMMARY:B", "LOCATION:Saal")
    items, _ = opened(vcalendar(*vevent(*FIRST, "RRULE:FREQ=WEEKLY;COUNT=6"), *change))
    before, after = (item.raw for item in items)
    assert (before["uid"], before["rrule"]) == ("a-1", "FREQ=WEEKLY;COUNT=2")
    assert after == {
        "uid": after["uid"],
        "title": "B",
        "location": {"name": "Saal"},
        "start": "2021-07-21T10:00",
        "timezone": "Europe/Berlin",
        "categories": [],
        "rrule": "FREQ=WEEKLY;COUNT=4;WKST=TU",
    }
    assert items[1].repairs == [f"line 12: goes on as the event '{after['uid']}'"]


@pytest.mark.parametrize(
    ("rule", "to", "before", "after"),
    [
        (
            "FREQ=DAILY",
            "20210720T100000",
            "FREQ=DAILY;UNTIL=20210720T072959Z",
            "FREQ=DAILY",
        ),
        (
            "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20210901T000000Z",
            "20210719T093000",
            "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20210720T072959Z",
            "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20210831T000000Z;WKST=SU",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=6,20;COUNT=6",
            "20210721T093000",
            "FREQ=MONTHLY;BYMONTHDAY=6,20;COUNT=1",
            "FREQ=MONTHLY;BYMONTHDAY=7,21;COUNT=5",
        ),
    ],
)
def test_a_rule_moves_along(rule: str, to: str, before: str, after: str) -> None:
    change = cut("20210720T093000", to, "SUMMARY:A")
    raws = read(*vevent(*FIRST, f"RRULE:{rule}"), *change)
    assert [raw["rrule"] for raw in raws] == [before, after]


def test_what_no_rule_says_is_spelled_out() -> None:
    series = vevent(*FIRST, "RRULE:FREQ=MONTHLY;BYDAY=1TU")
    change = cut("20210803T093000", "20210804T093000", "SUMMARY:A")
    items, _ = opened(vcalendar(*series, *change))
    dates = items[1].raw["rdates"]
    assert (len(dates), dates[:2]) == (1000, ["2021-09-08T09:30", "2021-10-06T09:30"])
    assert items[1].repairs[1:] == [
        f"line 12: kept as 1000 dates, the last of them {dates[-1]}"
    ]


def test_a_change_of_all_dates_is_the_series_itself() -> None:
    change = cut("20210706T093000", "20210706T100000", "SUMMARY:B")
    (raw,) = read(*vevent(*FIRST, "RRULE:FREQ=WEEKLY;COUNT=6"), *change)
    assert (raw["uid"], raw["title"], raw["start"]) == ("a-1", "B", "2021-07-06T10:00")
    assert raw["rrule"] == "FREQ=WEEKLY;COUNT=6"


SERIES = [
    ("RRULE:FREQ=WEEKLY;COUNT=12",),
    ("RRULE:FREQ=WEEKLY;BYDAY=TU,TH;INTERVAL=2;COUNT=15",),
    ("RRULE:FREQ=DAILY;UNTIL=20211230T000000Z", f"EXDATE;{TZ}:20210812T093000"),
    ("RRULE:FREQ=MONTHLY;BYDAY=1TU,3TU;COUNT=12", f"RDATE;{TZ}:20210901T093000"),
]


@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("moved", [0, 1, -2])
def test_several_cuts_give_the_dates_that_they_mean(
    store: Store, series: tuple[str, ...], moved: int
) -> None:
    house = House(store)
    house.open("stadt")
    data = vcalendar(
        *vevent(*FIRST, *series),
        *cut("20210720T093000", f"202107{20 + moved}T100000", "SUMMARY:B"),
        *cut("20210817T093000", f"202108{17 - moved}T083000", "SUMMARY:C"),
    )
    report = house.take("stadt", data)
    assert (report.created, report.refused) == (3, [])
    assert house.take("stadt", data).unchanged == 3
    assert begins(house.export("stadt", LATER)[0]) == begins(data)


def begins(data: bytes) -> list[tuple[datetime, str]]:
    with warnings.catch_warnings(action="ignore"):
        calendar = icalendar.Calendar.from_ical(data)
        found = recurring_ical_events.of(calendar).between(
            date(2021, 7, 1), date(2022, 3, 1)
        )
    return sorted((one["DTSTART"].dt, str(one["SUMMARY"])) for one in found)
