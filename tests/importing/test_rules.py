"""Rules that can't be kept: their dates are, as far as there may be any."""

import time
from datetime import timedelta
from itertools import pairwise

import pytest

from feeds import times
from feeds.importing.ics.spelled import MOST, dates
from tests.importing.calendars import TIMES, one

START = times.parse_moment("2021-07-06T09:30")
BERLIN = times.zone("Europe/Berlin")
HOSTILE = [
    "FREQ=SECONDLY",
    "FREQ=SECONDLY;INTERVAL=1000000",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=SECONDLY;BYHOUR=8;BYMINUTE=0;BYSECOND=0",
    "FREQ=SECONDLY;BYDAY=MO;BYSETPOS=7",
    "FREQ=SECONDLY;COUNT=1000000000",
    "FREQ=MINUTELY",
    "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MINUTELY;INTERVAL=7;BYHOUR=3;BYMINUTE=11",
    "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=HOURLY;BYMINUTE=" + ",".join(map(str, range(60))),
    "FREQ=HOURLY;UNTIL=99991231T235959Z",
    "FREQ=DAILY;BYHOUR="
    + ",".join(map(str, range(24)))
    + ";BYMINUTE="
    + ",".join(map(str, range(60)))
    + ";BYSECOND="
    + ",".join(map(str, range(60))),
    "FREQ=YEARLY;BYHOUR="
    + ",".join(map(str, range(24)))
    + ";BYMINUTE="
    + ",".join(map(str, range(60))),
    "FREQ=DAILY;INTERVAL=1001",
    "FREQ=DAILY;INTERVAL=1000000",
    "FREQ=DAILY;COUNT=1000000000",
    "FREQ=WEEKLY;BYMONTHDAY=31;BYMONTH=2",
    "FREQ=WEEKLY;BYWEEKNO=53;BYMONTH=6",
    "FREQ=MONTHLY;BYYEARDAY=366;BYMONTH=1",
    "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2",
    "FREQ=YEARLY;BYDAY=99MO",
    "FREQ=DAILY;" + "BYMONTHDAY=" + ",".join(["1"] * 900),
]


@pytest.mark.parametrize("rule", HOSTILE, ids=lambda rule: rule[:40])
def test_a_hostile_rule_is_answered_at_once(rule: str) -> None:
    began = time.process_time()
    item = one(*TIMES, f"RRULE:{rule}")
    assert time.process_time() - began < 0.25
    assert (item.refused, len(item.repairs)) == ("", 1)
    assert len(item.raw.get("rdates", [])) <= MOST


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=HOURLY;INTERVAL=6;COUNT=3", ["06T09:30", "06T15:30", "06T21:30"]),
        ("FREQ=HOURLY;BYMINUTE=0,45;UNTIL=20210706T103000", ["06T09:30", "06T09:45"]),
        ("FREQ=MINUTELY;INTERVAL=90;BYHOUR=9,12", ["06T09:30", "06T12:30", "07T09:30"]),
        ("FREQ=HOURLY;BYDAY=TH;BYHOUR=8,9", ["06T09:30", "08T08:30", "08T09:30"]),
        ("FREQ=SECONDLY;BYHOUR=9;BYMINUTE=31;BYSECOND=0", ["06T09:30", "06T09:31"]),
        ("FREQ=DAILY;INTERVAL=2;BYHOUR=9,18;BYMINUTE=0", ["06T09:30", "06T18:00"]),
        ("FREQ=WEEKLY;BYMONTHDAY=13,15", ["06T09:30", "13T09:30", "15T09:30"]),
        ("FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=-1", ["06T09:30", "06T09:40"]),
    ],
)
def test_a_rule_is_spelled_out(rule: str, found: list[str]) -> None:
    read, _ = dates(rule, START, BERLIN)
    shown = [times.format_moment(one) for one in read[: len(found)]]
    assert shown == [f"2021-07-{day}" for day in found]


def test_an_hour_that_comes_twice_is_one_and_all_others_are_apart() -> None:
    night = times.parse_moment("2021-10-31T00:30")
    read, is_whole = dates("FREQ=HOURLY;COUNT=5", night, BERLIN)
    shown = [times.format_moment(one)[11:] for one in read]
    assert (shown, is_whole) == (["00:30", "01:30", "02:30", "03:30", "04:30"], True)


def test_an_endless_rule_keeps_a_thousand_dates_and_names_the_last() -> None:
    item = one(*TIMES, "RRULE:FREQ=HOURLY;INTERVAL=12")
    starts = [times.wall_clock(times.parse_moment(d)) for d in item.raw["rdates"]]
    assert len(starts) == MOST
    assert {later - before for before, later in pairwise(starts[:200])} == {
        timedelta(hours=12)
    }
    assert item.repairs == [
        "line 9: RRULE 'FREQ=HOURLY;INTERVAL=12', kept as 1000 single dates, the last"
        f" of them {item.raw['rdates'][-1]}: what comes later is not"
    ]


@pytest.mark.parametrize(
    ("line", "repair"),
    [
        ("RRULE:FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is no count of something"),
        ("RRULE:FREQ=LUNARLY", "FREQ=LUNARLY is no frequency"),
        ("RRULE:COUNT=3", "FREQ= is no frequency"),
        ("RRULE:FREQ=DAILY;BYDAY=XX", "BYDAY=XX is no list of days"),
        ("RRULE:FREQ=DAILY;UNTIL=soon", "UNTIL=SOON is no date"),
        ("RRULE:RSCALE=CHINESE;FREQ=YEARLY", "it counts in CHINESE"),
    ],
)
def test_a_rule_without_meaning_leaves_the_first_date(line: str, repair: str) -> None:
    item = one(*TIMES, line)
    said = line.removeprefix("RRULE:").upper()
    assert item.repairs == [f"line 9: RRULE '{said}' left out: {repair}"]
    assert (item.refused, item.raw["start"]) == ("", "2021-07-06T09:30")
    assert item.raw.keys().isdisjoint(("rrule", "rdates"))


def test_what_an_exception_rule_does_not_name_stays() -> None:
    item = one(
        *TIMES, "RRULE:FREQ=DAILY;COUNT=9", "EXRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2"
    )
    assert item.raw["exdates"] == ["2021-07-08T09:30", "2021-07-15T09:30"]


def test_more_dates_than_an_event_has_are_named() -> None:
    days = ",".join(
        f"{2022 + n // 336}{n // 28 % 12 + 1:02}{n % 28 + 1:02}T080000"
        for n in range(MOST + 5)
    )
    item = one(*TIMES, f"RDATE:{days}")
    assert len(item.raw["rdates"]) == MOST
    assert item.repairs == [
        f"line 9: 1005 dates, the last to be kept is {item.raw['rdates'][-1]}"
    ]
