"""Which rules are taken, how they are stored, and why others are refused."""

import datetime as dt

import pytest

from feeds import recurrence, times
from tests.series import BERLIN, at

TIMED, WHOLE_DAY = at("2021-07-06T09:30"), dt.date(2021, 7, 6)


@pytest.mark.parametrize(
    ("text", "start", "stored"),
    [
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=10", TIMED, "FREQ=WEEKLY;BYDAY=TU;COUNT=10"),
        ("byday=tu;freq=weekly", TIMED, "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=MONTHLY;BYDAY=+1MO,-1FR", TIMED, "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=01,1,+2", TIMED, "FREQ=MONTHLY;BYMONTHDAY=1,2"),
        ("FREQ=DAILY;INTERVAL=01", TIMED, "FREQ=DAILY;INTERVAL=1"),
        ("FREQ=DAILY;INTERVAL=1000;COUNT=10000", TIMED, None),
        (
            "FREQ=DAILY;UNTIL=20211231T235959",
            TIMED,
            "FREQ=DAILY;UNTIL=20211231T225959Z",
        ),
        ("FREQ=DAILY;UNTIL=20211231T225959Z;WKST=SU", TIMED, None),
        ("FREQ=DAILY;UNTIL=20211231", WHOLE_DAY, None),
        ("FREQ=DAILY;UNTIL=20210706", WHOLE_DAY, None),
        ("FREQ=YEARLY;BYWEEKNO=20", TIMED, "FREQ=YEARLY;BYWEEKNO=20;BYDAY=TU"),
        ("FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))), TIMED, None),
        ("FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(24))), TIMED, None),
        ("FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=30", TIMED, None),
    ],
)
def test_rule_is_stored_as_authored(
    text: str, start: times.Moment, stored: str | None
) -> None:
    found = recurrence.validate_rule(text, start, times.zone(BERLIN))
    assert found == (stored or text)
    assert recurrence.validate_rule(found, start, times.zone(BERLIN)) == found


@pytest.mark.parametrize(
    ("text", "start", "reason"),
    [
        ("", TIMED, "'' is not a part of a recurrence rule"),
        ("WEEKLY", TIMED, "'WEEKLY' is not a part of a recurrence rule"),
        ("RRULE:FREQ=DAILY", TIMED, "'RRULE:FREQ=DAILY' is not a part"),
        ("FREQ=DAILY;", TIMED, "'' is not a part of a recurrence rule"),
        ("FREQ=DAILY\r\nX=1", TIMED, "FREQ=DAILY\r\nX=1 is not one of DAILY"),
        ("FREQ=DAILY;X-NAME=1", TIMED, "'X-NAME=1' is not a part"),
        ("FREQ=DAILY;RSCALE=CHINESE", TIMED, "'RSCALE=CHINESE' is not a part"),
        ("FREQ=DAILY;BYEASTER=0", TIMED, "'BYEASTER=0' is not a part"),
        ("COUNT=3", TIMED, "FREQ is missing"),
        ("FREQ=DAILY;FREQ=DAILY", TIMED, "FREQ is there twice"),
        ("FREQ=DAILY;COUNT=1;COUNT=2", TIMED, "COUNT is there twice"),
        ("FREQ=SECONDLY", TIMED, "FREQ=SECONDLY is not one of DAILY, WEEKLY"),
        ("FREQ=MINUTELY", TIMED, "FREQ=MINUTELY is not one of"),
        ("FREQ=HOURLY;COUNT=3", TIMED, "FREQ=HOURLY is not one of"),
        ("FREQ=FORTNIGHTLY", TIMED, "FREQ=FORTNIGHTLY is not one of"),
        ("FREQ=", TIMED, "FREQ= is not one of"),
        (
            "FREQ=DAILY;INTERVAL=0",
            TIMED,
            "INTERVAL=0 is not a whole number from 1 to 1000",
        ),
        ("FREQ=DAILY;INTERVAL=-1", TIMED, "INTERVAL=-1 is not a whole number"),
        ("FREQ=DAILY;INTERVAL=1001", TIMED, "INTERVAL=1001 is not a whole number"),
        ("FREQ=DAILY;INTERVAL=1.5", TIMED, "INTERVAL=1.5 is not a whole number"),
        ("FREQ=DAILY;INTERVAL=\u0661", TIMED, "INTERVAL=\u0661 is not a whole number"),
        ("FREQ=DAILY;INTERVAL=" + "9" * 900, TIMED, "INTERVAL=999"),
        ("FREQ=DAILY;COUNT=0", TIMED, "COUNT=0 is not a whole number from 1 to 10000"),
        ("FREQ=DAILY;COUNT=-3", TIMED, "COUNT=-3 is not a whole number"),
        ("FREQ=DAILY;COUNT=10001", TIMED, "COUNT=10001 is not a whole number"),
        ("FREQ=DAILY;COUNT=1000000000", TIMED, "COUNT=1000000000 is not"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20211231T000000Z", TIMED, "COUNT and UNTIL cannot"),
        (
            "FREQ=DAILY;UNTIL=20211231",
            TIMED,
            "UNTIL=20211231 must be a date with a time",
        ),
        (
            "FREQ=DAILY;UNTIL=20211231T000000Z",
            WHOLE_DAY,
            "UNTIL=20211231T000000Z must be",
        ),
        ("FREQ=DAILY;UNTIL=20210231", WHOLE_DAY, "UNTIL=20210231 is not a day of the"),
        ("FREQ=DAILY;UNTIL=tomorrow", TIMED, "UNTIL=TOMORROW is not a date or time"),
        (
            "FREQ=DAILY;UNTIL=20211231Z",
            WHOLE_DAY,
            "UNTIL=20211231Z is not a date or time",
        ),
        ("FREQ=DAILY;UNTIL=20210705", WHOLE_DAY, "UNTIL=20210705 is before the start"),
        (
            "FREQ=DAILY;UNTIL=20210706T072959Z",
            TIMED,
            "UNTIL=20210706T072959Z is before",
        ),
        (
            "FREQ=DAILY;BYMONTH=13",
            TIMED,
            "BYMONTH=13 is not a whole number from 1 to 12",
        ),
        ("FREQ=DAILY;BYMONTH=-1", TIMED, "BYMONTH=-1 is not a whole number"),
        ("FREQ=DAILY;BYMONTH=", TIMED, "BYMONTH= is not a whole number"),
        ("FREQ=DAILY;BYMONTHDAY=32", TIMED, "BYMONTHDAY=32 is not a whole number"),
        ("FREQ=DAILY;BYMONTHDAY=0", TIMED, "BYMONTHDAY=0 is not a whole number"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", TIMED, "BYMONTHDAY cannot stand with FREQ=WEEKLY"),
        ("FREQ=DAILY;BYYEARDAY=1", TIMED, "BYYEARDAY cannot stand with FREQ=DAILY"),
        ("FREQ=YEARLY;BYYEARDAY=367", TIMED, "BYYEARDAY=367 is not a whole number"),
        ("FREQ=MONTHLY;BYWEEKNO=1", TIMED, "BYWEEKNO cannot stand with FREQ=MONTHLY"),
        ("FREQ=YEARLY;BYWEEKNO=54", TIMED, "BYWEEKNO=54 is not a whole number"),
        ("FREQ=WEEKLY;BYDAY=XX", TIMED, "BYDAY=XX is not a day such as MO"),
        ("FREQ=WEEKLY;BYDAY=1MO", TIMED, "BYDAY with a number needs FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYDAY=6MO", TIMED, "BYDAY=6MO is not a day such as MO"),
        ("FREQ=MONTHLY;BYDAY=0MO", TIMED, "BYDAY=0MO is not a day such as MO"),
        ("FREQ=YEARLY;BYDAY=54MO", TIMED, "BYDAY=54MO is not a day such as MO"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", TIMED, "BYDAY with a number needs"),
        ("FREQ=DAILY;BYSETPOS=1", TIMED, "BYSETPOS needs another BY part"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", TIMED, "BYSETPOS=0 is not a whole number"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", TIMED, "BYSETPOS=367 is not a whole"),
        ("FREQ=DAILY;WKST=XX", TIMED, "WKST=XX is not one of MO, TU"),
        ("FREQ=DAILY;BYHOUR=24", TIMED, "BYHOUR=24 is not a whole number from 0 to 23"),
        ("FREQ=DAILY;BYHOUR=9", WHOLE_DAY, "BYHOUR needs a start with a time"),
        ("FREQ=DAILY;BYSECOND=60", TIMED, "BYSECOND=60 is not a whole number"),
        (
            "FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(25))),
            TIMED,
            "BYMINUTE has more than 24 values",
        ),
        (
            "FREQ=YEARLY;BYHOUR=1,2,3,4,5;BYMINUTE=" + ",".join(map(str, range(20))),
            TIMED,
            "BYHOUR, BYMINUTE, BYSECOND: over 96 a day",
        ),
        (
            "FREQ=YEARLY;BYDAY=" + ",".join(["MO"] * 200),
            TIMED,
            "BYDAY has more than 106",
        ),
        ("FREQ=DAILY;BYMONTH=" + "1," * 1000, TIMED, "the rule is longer than 2000"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            TIMED,
            "BYMONTHDAY: there is no such day",
        ),
        ("FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31,-31", TIMED, "BYMONTHDAY: there is no"),
    ],
)
def test_rule_is_refused_with_the_part_that_is_wrong(
    text: str, start: times.Moment, reason: str
) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        recurrence.validate_rule(text, start, times.zone(BERLIN))
    assert str(caught.value).startswith(reason)
