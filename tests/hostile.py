"""Events that a clever enemy would send: the most work for the least JSON.

Each is a plain event with the members named here. REFUSED says, by the member at
fault, what the answer begins with; what is ANSWERED is taken, and costs little.
"""

import datetime as dt
from typing import Any

Raw = dict[str, Any]

DAY = dt.timedelta(days=1)
FIRST = dt.datetime(1900, 1, 1, 9, 30)  # noqa: DTZ001 -- wall clock
PLAIN: Raw = {"title": "Elterncafé", "start": "2021-07-06T09:30"}
OLD: Raw = {"start": "1900-01-01T09:30"}


def numbers(first: int, last: int) -> str:
    return ",".join(str(n) for n in range(first, last + 1))


def days(count: int, first: dt.datetime = FIRST, step: int = 1) -> list[str]:
    return [f"{first + n * step * DAY:%Y-%m-%dT%H:%M}" for n in range(count)]


def rule(text: str, **more: Any) -> Raw:
    return {"rrule": text, **more}


ALL_DAYS = "MO,TU,WE,TH,FR,SA,SU"
QUARTERS = f"BYHOUR=0,6,12,18;BYMINUTE={numbers(0, 23)}"
FAR = dt.datetime(2199, 1, 1, 9, 30)  # noqa: DTZ001 -- wall clock

REFUSED: dict[str, tuple[Raw, str, str]] = {
    "every second": (rule("FREQ=SECONDLY"), "rrule", "FREQ=SECONDLY is not one of"),
    "every minute": (rule("FREQ=MINUTELY"), "rrule", "FREQ=MINUTELY is not one of"),
    "every hour, thrice": (rule("FREQ=HOURLY;COUNT=3"), "rrule", "FREQ=HOURLY is"),
    "no interval": (rule("FREQ=DAILY;INTERVAL=0"), "rrule", "INTERVAL=0 is not"),
    "backwards": (rule("FREQ=DAILY;INTERVAL=-1"), "rrule", "INTERVAL=-1 is not"),
    "huge interval": (
        rule(f"FREQ=DAILY;INTERVAL={'9' * 900}"),
        "rrule",
        "INTERVAL=999",
    ),
    "huge count": (rule("FREQ=DAILY;COUNT=1000000000"), "rrule", "COUNT=1000000000 is"),
    "count of none": (rule("FREQ=DAILY;COUNT=0"), "rrule", "COUNT=0 is not"),
    "over before it begins": (
        rule("FREQ=DAILY;UNTIL=00010101T000000Z"),
        "rrule",
        "UNTIL=00010101T000000Z is before the start",
    ),
    "day 32 of month 13": (
        rule("FREQ=DAILY;UNTIL=20211332T000000Z"),
        "rrule",
        "UNTIL=20211332T000000Z is not a day of the calendar",
    ),
    "30 February": (
        rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        "rrule",
        "BYMONTHDAY: there is no such day",
    ),
    "31 of short months, from the end": (
        rule("FREQ=MONTHLY;BYMONTH=2,4,6,9,11;BYMONTHDAY=-31"),
        "rrule",
        "BYMONTHDAY: there is no such day",
    ),
    "position in nothing": (
        rule("FREQ=DAILY;BYSETPOS=366"),
        "rrule",
        "BYSETPOS needs another BY part",
    ),
    "each second of each day": (
        rule(
            f"FREQ=DAILY;BYHOUR={numbers(0, 23)};BYMINUTE={numbers(0, 23)}"
            f";BYSECOND={numbers(0, 23)}"
        ),
        "rrule",
        "BYHOUR, BYMINUTE, BYSECOND: over 96 a day",
    ),
    "a minute more than all": (
        rule(f"FREQ=DAILY;BYMINUTE={numbers(0, 59)}"),
        "rrule",
        "BYMINUTE has more than 24 values",
    ),
    "all weekdays, again and again": (
        rule("FREQ=YEARLY;BYDAY=" + ",".join(["MO"] * 200)),
        "rrule",
        "BYDAY has more than 106",
    ),
    "longer than a rule may be": (
        rule("FREQ=DAILY;BYMONTH=" + "1," * 1000),
        "rrule",
        "has 2019 characters",
    ),
    "another calendar's leap months": (
        rule("RSCALE=CHINESE;FREQ=YEARLY;SKIP=FORWARD"),
        "rrule",
        "'RSCALE=CHINESE' is not a part",
    ),
    "year 1": ({"start": "0001-01-01T09:30"}, "start", "'0001-01-01T09:30' is not"),
    "year 1600": ({"start": "1600-01-01"}, "start", "'1600-01-01' is not between"),
    "year 9999": (rule("FREQ=DAILY", start="9999-12-31"), "start", "'9999-12-31' is"),
    "more dates than allowed": (
        rule("FREQ=DAILY", rdates=days(1001)),
        "rdates",
        "has 1001 items",
    ),
    "more exceptions than allowed": (
        rule("FREQ=DAILY", exdates=days(1001)),
        "exdates",
        "has 1001 items",
    ),
    "more changes than allowed": (
        rule("FREQ=DAILY", overrides=[{"recurrence_id": one} for one in days(501)]),
        "overrides",
        "has 501 items",
    ),
    "one instance changed twice": (
        rule("FREQ=DAILY", overrides=[{"recurrence_id": "2021-07-07T09:30"}] * 2),
        "overrides.1.recurrence_id",
        "'2021-07-07T09:30' is given twice",
    ),
    "each instance as long as the rule": (
        rule("FREQ=DAILY", **OLD, end="2199-12-31T09:30"),
        "end",
        "'2199-12-31T09:30': more than 1000 dates",
    ),
    "each instance a century long, 96 a day": (
        rule(f"FREQ=DAILY;{QUARTERS}", **OLD, end="1999-12-31T09:30"),
        "end",
        "'1999-12-31T09:30': more than 1000 dates",
    ),
    "on Mars": (rule("FREQ=DAILY", timezone="Mars/Olympus"), "timezone", "'Mars"),
}

ANSWERED: dict[str, Raw] = {
    "daily since 1900": rule("FREQ=DAILY", **OLD),
    "daily since 1900, ten thousand times": rule("FREQ=DAILY;COUNT=10000", **OLD),
    "until the year 9999": rule("FREQ=DAILY;UNTIL=99991231T235959Z", **OLD),
    "until a day nobody counts": rule(
        "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2;UNTIL=22001231T000000Z", **OLD
    ),
    "every thousandth day": rule("FREQ=DAILY;INTERVAL=1000;COUNT=10000", **OLD),
    "every thousandth year": rule("FREQ=YEARLY;INTERVAL=1000;COUNT=10000", **OLD),
    "96 a day": rule(f"FREQ=DAILY;{QUARTERS}", **OLD),
    "96 a day, ten thousand times": rule(f"FREQ=DAILY;{QUARTERS};COUNT=10000", **OLD),
    "96 a day, the last of each year": rule(
        f"FREQ=YEARLY;BYDAY={ALL_DAYS};{QUARTERS};BYSETPOS=-1", **OLD
    ),
    "96 a day, 366 of each year": rule(
        f"FREQ=YEARLY;BYDAY={ALL_DAYS};{QUARTERS};BYSETPOS={numbers(1, 366)}", **OLD
    ),
    "all days of the year by number": rule(
        f"FREQ=YEARLY;BYYEARDAY={numbers(1, 366)}", **OLD
    ),
    "the 366th day from the end, ever": rule(
        "FREQ=YEARLY;BYYEARDAY=-366;INTERVAL=999;COUNT=10000", **OLD
    ),
    "week 53 in June": rule("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6", **OLD),
    "week 53 in June, ten thousand times": rule(
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6;COUNT=10000", **OLD
    ),
    "all weeks by number": rule(
        f"FREQ=YEARLY;BYWEEKNO={numbers(1, 53)};BYDAY={ALL_DAYS}", **OLD
    ),
    "position 366 of a week": rule(f"FREQ=WEEKLY;BYDAY={ALL_DAYS};BYSETPOS=366", **OLD),
    "the 31st from the end": rule(
        f"FREQ=MONTHLY;BYMONTHDAY=-31,{numbers(-30, -1)};BYSETPOS=-31", **OLD
    ),
    "a fifth Monday on the 1st": rule(
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1;COUNT=10000", **OLD
    ),
    "the 53rd Monday on the 1st": rule("FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1", **OLD),
    "366th day on a 30th": rule(
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTHDAY=30;COUNT=10000", **OLD
    ),
    "leap days, every hundred years": rule(
        "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29;COUNT=10000",
        start="1904-02-29T09:30",
    ),
    "leap days, every thousand years": rule(
        "FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29", start="1904-02-29T09:30"
    ),
    "always on a day it never is": rule("FREQ=DAILY;INTERVAL=7;BYDAY=WE", **OLD),
    "every 52 weeks in January": rule("FREQ=WEEKLY;INTERVAL=52;BYMONTH=7", **OLD),
    "all parts at once": rule(
        "FREQ=YEARLY;INTERVAL=1;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12"
        f";BYMONTHDAY={numbers(1, 31)};BYYEARDAY={numbers(1, 366)}"
        f";BYDAY={ALL_DAYS};BYHOUR=0,6,12,18;BYSETPOS=-1,1;WKST=SU",
        **OLD,
    ),
    "a thousand instances at once": rule("FREQ=DAILY", **OLD, end="1902-09-28T09:30"),
    "96 a day, each of them ten days long": rule(
        f"FREQ=DAILY;{QUARTERS}", **OLD, end="1900-01-11T09:30"
    ),
    "never again, and as long as the rule": rule(
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTHDAY=30", **OLD, end="2199-12-31T09:30"
    ),
    "on the last day there is": rule("FREQ=DAILY", start="2200-12-31T09:30"),
    "a thousand dates, all excluded": rule(
        "FREQ=WEEKLY", **OLD, rdates=days(1000), exdates=days(1000)
    ),
    "a thousand dates, all excluded, without a rule": {
        **OLD,
        "rdates": days(1000),
        "exdates": days(1000),
    },
    "all of it excluded": rule("FREQ=DAILY;COUNT=1000", **OLD, exdates=days(1000)),
    "500 changes far outside": rule(
        "FREQ=DAILY;COUNT=2",
        overrides=[{"recurrence_id": one, "title": "x"} for one in days(500, FAR)],
    ),
    "500 changes moved across two centuries": rule(
        "FREQ=DAILY",
        **OLD,
        overrides=[
            {"recurrence_id": one, "start": other}
            for one, other in zip(days(500), days(500, FAR), strict=True)
        ],
    ),
    "500 dates of a course, one a year": {
        "sessions": [{"start": one} for one in days(500, FIRST, 200)]
    },
    "500 dates of a course, all at once": {
        "sessions": [{"start": "2021-07-06T09:30"}] * 500
    },
    "where a day was skipped": rule(
        "FREQ=DAILY", start="1980-12-30T00:00", timezone="Pacific/Apia"
    ),
    "where summer is half an hour": rule(
        f"FREQ=DAILY;{QUARTERS}", **OLD, timezone="Australia/Lord_Howe"
    ),
    "where summer pauses for Ramadan": rule(
        "FREQ=DAILY;BYHOUR=2;BYMINUTE=30", **OLD, timezone="Africa/Casablanca"
    ),
    "where midnight is in a gap": rule(
        "FREQ=DAILY;BYHOUR=0", **OLD, timezone="Asia/Gaza"
    ),
    "where winter is summer": rule("FREQ=DAILY", **OLD, timezone="Europe/Dublin"),
    "where two hours come twice": rule(
        f"FREQ=DAILY;{QUARTERS}", **OLD, timezone="Antarctica/Troll"
    ),
}
