from typing import Any

import pytest

from tests.importing.calendars import TIMES, one, opened, vcalendar, vevent

RULE = "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=4"


def test_series_keeps_rule_and_exceptions_in_its_own_zone() -> None:
    item = one(
        "DTSTART;TZID=Europe/Berlin:20210706T093000",
        "SUMMARY:A",
        RULE,
        "EXDATE:20210713T073000Z",
        "RDATE;TZID=Europe/London:20210714T083000,20210715T083000",
    )
    assert (item.raw["rrule"], item.raw["exdates"], item.raw["rdates"]) == (
        "FREQ=WEEKLY;BYDAY=TU;COUNT=4",
        ["2021-07-13T09:30"],
        ["2021-07-14T09:30", "2021-07-15T09:30"],
    )
    assert item.repairs == []


@pytest.mark.parametrize(
    ("line", "rule", "repaired"),
    [
        ("RRULE:FREQ=DAILY;UNTIL=20210710", "FREQ=DAILY;UNTIL=20210710T235959", True),
        ("RRULE:FREQ=DAILY;COUNT=3;", "FREQ=DAILY;COUNT=3", True),
        ("RRULE:FREQ=DAILY;COUNT=3;UNTIL=20210710T000000Z", "FREQ=DAILY;COUNT=3", True),
        ("RRULE:RSCALE=GREGORIAN;FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3", True),
        ("RRULE:freq=daily;count=3", "FREQ=DAILY;COUNT=3", False),
    ],
)
def test_rule_is_tidied_and_that_is_said(line: str, rule: str, repaired: bool) -> None:
    item = one(*TIMES, line)
    said = f"line 9: RRULE '{line.removeprefix('RRULE:')}' read as '{rule}'"
    assert (item.raw["rrule"], item.repairs) == (rule, [said] if repaired else [])


def test_all_day_rule_ends_on_a_date() -> None:
    item = one(
        "DTSTART;VALUE=DATE:20210706",
        "SUMMARY:A",
        "RRULE:FREQ=DAILY;UNTIL=20210710T215959Z",
    )
    assert item.raw["rrule"] == "FREQ=DAILY;UNTIL=20210710"


def test_hourly_rule_becomes_dates() -> None:
    item = one(
        "DTSTART:20211030T230000", "SUMMARY:A", "RRULE:FREQ=HOURLY;COUNT=4;INTERVAL=2"
    )
    # Two hours over the end of summer time: the clock moves one.
    assert ("rrule" in item.raw, item.raw["rdates"]) == (
        False,
        [
            "2021-10-30T23:00",
            "2021-10-31T01:00",
            "2021-10-31T02:00",
            "2021-10-31T04:00",
        ],
    )
    assert item.repairs == [
        "line 9: RRULE 'FREQ=HOURLY;COUNT=4;INTERVAL=2', kept as 4 single dates"
    ]


def test_second_rule_and_exception_rule_become_dates() -> None:
    item = one(
        *TIMES,
        "RRULE:FREQ=DAILY;COUNT=5",
        "RRULE:FREQ=WEEKLY;COUNT=2",
        "EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2",
    )
    assert item.raw["rrule"] == "FREQ=DAILY;COUNT=5"
    assert item.raw["rdates"] == ["2021-07-06T09:30", "2021-07-13T09:30"]
    assert item.raw["exdates"] == ["2021-07-06T09:30", "2021-07-08T09:30"]
    assert item.repairs == [
        "line 10: a second RRULE, kept as 2 single dates",
        "line 11: EXRULE, kept as 2 single dates",
    ]


def test_rule_that_ends_before_it_starts_leaves_one_date() -> None:
    item = one(*TIMES, "RRULE:FREQ=DAILY;UNTIL=20200101T000000Z")
    assert ("rrule" in item.raw, item.repairs) == (
        False,
        ["line 9: RRULE left out: UNTIL=20200101T000000Z is before the start"],
    )


@pytest.mark.parametrize(
    ("line", "exdates"),
    [
        ("EXDATE;VALUE=DATE:20210713", ["2021-07-13T09:30"]),
        (
            "EXDATE:20210713T093000,20210720T093000",
            ["2021-07-13T09:30", "2021-07-20T09:30"],
        ),
    ],
)
def test_exceptions_take_the_kind_of_the_start(line: str, exdates: list[str]) -> None:
    assert one(*TIMES, RULE, line).raw["exdates"] == exdates


def test_exceptions_of_what_does_not_repeat_are_dropped() -> None:
    item = one(*TIMES, "EXDATE:20210713T093000")
    assert ("exdates" in item.raw, item.refused) == (False, "")


def overrides(*lines: str, series: tuple[str, ...] = (*TIMES, RULE)) -> Any:
    """Return what a changed instance makes of a series, given after it."""
    data = vcalendar(*vevent(*series, "DTEND:20210706T110000"), *vevent(*lines))
    (item,), _ = opened(data)
    assert item.refused == ""
    return item.raw["overrides"]


def test_changed_instance_holds_only_what_differs() -> None:
    assert overrides(
        "RECURRENCE-ID:20210713T093000",
        "DTSTART:20210713T140000",
        "DTEND:20210713T153000",
        "SUMMARY:Elterncafé",
        "LOCATION:Garten",
        "STATUS:CANCELLED",
    ) == [
        {
            "recurrence_id": "2021-07-13T09:30",
            "start": "2021-07-13T14:00",
            "end": "2021-07-13T15:30",
            "location": {"name": "Garten"},
            "status": "cancelled",
        }
    ]


def test_changed_instance_is_read_in_the_zone_of_its_series() -> None:
    assert overrides(
        "RECURRENCE-ID:20210713T073000Z",
        "DTSTART;TZID=Europe/London:20210713T083000",
        "DTEND;TZID=Europe/London:20210713T100000",
        "SUMMARY:Anders",
    ) == [{"recurrence_id": "2021-07-13T09:30", "title": "Anders"}]


def test_changed_instance_may_come_first_and_the_last_one_counts() -> None:
    change = ("RECURRENCE-ID:20210713T093000", "DTSTART:20210713T093000")
    data = vcalendar(
        *vevent(*change, "SUMMARY:B"),
        *vevent(*TIMES, RULE),
        *vevent(*change, "SUMMARY:C"),
    )
    (item,), _ = opened(data)
    assert (item.line, item.raw["overrides"]) == (
        11,
        [{"recurrence_id": "2021-07-13T09:30", "title": "C"}],
    )
    assert item.repairs == ["line 18: changes an instance again, the last counts"]


def test_instance_without_its_series_stands_alone() -> None:
    change = ("RECURRENCE-ID:20210713T093000", "DTSTART:20210713T093000", "SUMMARY:B")
    (item,), _ = opened(vcalendar(*vevent(*change)))
    assert ("overrides" in item.raw, item.raw["start"]) == (False, "2021-07-13T09:30")
    assert item.repairs == [
        "line 4: its series is not in the file, kept as an event of its own"
    ]
    assert item.uid != "a-1"


def test_refused_change_leaves_its_series() -> None:
    change = ("RECURRENCE-ID:20210713T093000", "SUMMARY:B")
    items, _ = opened(vcalendar(*vevent(*TIMES, RULE), *vevent(*change)))
    assert [(item.line, item.uid, item.refused) for item in items] == [
        (11, "a-1", "it has no DTSTART"),
        (4, "a-1", ""),
    ]


def test_changes_of_a_refused_series_are_refused_with_it() -> None:
    change = ("RECURRENCE-ID:20210713T093000", *TIMES)
    series = ("SUMMARY:A", "DTSTART:never", "RRULE:FREQ=DAILY")
    items, _ = opened(vcalendar(*vevent(*series), *vevent(*change)))
    assert [(item.line, bool(item.refused)) for item in items] == [
        (4, True),
        (11, True),
    ]
