import time

import pytest

from feeds.importing.ics.zones import named
from tests.importing.calendars import one, opened, vcalendar, vevent

BERLIN = """BEGIN:VTIMEZONE
TZID:Zuhause
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()


@pytest.mark.parametrize(
    ("tzid", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("/example.org/20070129_1/Europe/Berlin", "Europe/Berlin"),
        (
            "/example.org/Tzfile/America/Argentina/Buenos_Aires",
            "America/Argentina/Buenos_Aires",
        ),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("Z", "UTC"),
        ("GMT+0100", "Etc/GMT-1"),
        ("UTC-3", "Etc/GMT+3"),
        ("GMT+05:30", None),
        ("Romulus", None),
        ("", None),
        ("/", None),
    ],
)
def test_names_of_zones_are_understood(tzid: str, name: str | None) -> None:
    assert named(tzid) == name


def zone_of(tzid: str, *zone: str, channel: str = "Europe/Berlin") -> tuple[str, str]:
    lines = ("SUMMARY:A", f"DTSTART;TZID={tzid}:20210706T093000")
    (item,), _ = opened(vcalendar(*zone, *vevent(*lines)), timezone=channel)
    return item.raw.get("timezone", ""), item.refused


def test_rules_of_the_file_name_its_own_zone() -> None:
    assert zone_of("Zuhause", *BERLIN) == ("Europe/Berlin", "")


def test_zone_of_the_channel_is_tried_first() -> None:
    assert zone_of("Zuhause", *BERLIN, channel="Europe/Vienna") == ("Europe/Vienna", "")


def test_hint_of_the_zone_counts() -> None:
    hinted = [BERLIN[0], "TZID:Zuhause", "X-LIC-LOCATION:Europe/Rome", *BERLIN[2:]]
    assert zone_of("Zuhause", *hinted) == ("Europe/Rome", "")


ODD = [line.replace("+0200", "+0217") for line in BERLIN]


def test_rules_that_no_zone_has_still_give_the_instant() -> None:
    lines = ("SUMMARY:A", "DTSTART;TZID=Zuhause:20210706T093000")
    (item,), _ = opened(vcalendar(*ODD, *vevent(*lines)))
    assert (item.raw["start"], item.raw["timezone"]) == (
        "2021-07-06T09:13",
        "Europe/Berlin",
    )
    assert item.repairs == [
        "line 23: DTSTART: 'Zuhause' fits no known time zone, brought to UTC by the"
        " rules in the file"
    ]


def test_series_in_a_zone_that_nobody_has_is_refused() -> None:
    lines = ("SUMMARY:A", "DTSTART;TZID=Zuhause:20210706T093000", "RRULE:FREQ=DAILY")
    (item,), _ = opened(vcalendar(*ODD, *vevent(*lines)))
    assert item.refused == (
        "line 23: DTSTART: 'Zuhause' fits no known time zone, and a series needs one"
    )


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=YEARLY;INTERVAL=0", "FREQ=HOURLY;COUNT=99999999"]
)
def test_trap_in_a_zone_is_refused_at_once(rule: str) -> None:
    trap = [f"RRULE:{rule}" if "RRULE" in line else line for line in BERLIN]
    began = time.process_time()
    assert zone_of("Zuhause", *trap)[0] == ""
    assert time.process_time() - began < 1


def test_many_odd_zones_take_no_time() -> None:
    lines = []
    for number in range(500):
        lines += [line.replace("Zuhause", f"Z{number}") for line in ODD]
        times = ("SUMMARY:A", f"DTSTART;TZID=Z{number}:20210706T093000")
        lines += vevent(*times, uid=str(number))
    began = time.process_time()
    assert len(opened(vcalendar(*lines))[0]) == 500
    assert time.process_time() - began < 5


def test_name_without_quotes_may_hold_a_colon() -> None:
    line = "DTSTART;TZID=UTC+02:00:20210706T093000"
    assert one("SUMMARY:A", line).raw["timezone"] == "Etc/GMT-2"
