import datetime as dt
import random
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

import pytest

from feeds import expansion, rules, times
from feeds.renderers import tzif
from feeds.renderers.vtimezone import _each_year, vtimezone
from tests.renderers.zones import EPOCH, NAIVE, changes_of

FOREVER = NAIVE.replace(year=2101)

Component = list[dict[str, str]]


def observances(component: bytes) -> Component:
    """Read the observances of a component, without a word of the code under test."""
    found: Component = []
    for row in component.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = row.partition(":")
        if row in ("BEGIN:STANDARD", "BEGIN:DAYLIGHT"):
            found.append({"KIND": value})
        elif found and name != "END":
            found[-1][name] = value
    return found


def seconds(text: str) -> int:
    hours, minutes, rest = int(text[1:3]), int(text[3:5]), int(text[5:7] or 0)
    return (hours * 3600 + minutes * 60 + rest) * (-1 if text[0] == "-" else 1)


@lru_cache(maxsize=4096)
def onsets(start: str, rule: str | None) -> list[float]:
    """Return the local times of an observance as if they were Unix times."""
    first = dt.datetime.fromisoformat(start)
    if rule is None:
        return [(first - NAIVE).total_seconds()]
    read = rules.parse(rule, first, times.UTC)
    found = list(expansion.candidates(read, first, first, FOREVER))
    assert found[0] == first, "the rule must give its own start"
    return [(each - NAIVE).total_seconds() for each in found]


def timeline(component: bytes) -> list[tuple[float, int]]:
    """Return all changes as Unix time and the offset that applies from there."""
    found = []
    for each in observances(component):
        before, after = seconds(each["TZOFFSETFROM"]), seconds(each["TZOFFSETTO"])
        for onset in onsets(each["DTSTART"], each.get("RRULE")):
            found.append((onset - before, after))
    return sorted(found)


@pytest.mark.parametrize("since", [1970, 2021, 2026])
def test_every_zone_is_right_at_every_change_and_at_random_instants(since: int) -> None:
    begin = int((dt.datetime(since, 1, 1, tzinfo=times.UTC) - EPOCH).total_seconds())
    end = int((dt.datetime(2100, 12, 31, tzinfo=times.UTC) - EPOCH).total_seconds())
    chance = random.Random(since)
    wrong = []
    for name in sorted(times.zone_names()):
        zone = times.zone(name)
        changes = timeline(vtimezone(name, since))
        points = [p for t in changes_of(name) for p in (t - 1, t, t + 1)]
        points += [chance.randint(begin, end) for _ in range(30)] + [begin]
        for point in points:
            if not begin - 14 * 3600 <= point <= end:
                continue
            place = bisect_right(changes, (point, 10**6)) - 1
            instant = EPOCH + dt.timedelta(seconds=point)
            offset = instant.astimezone(zone).utcoffset()
            if place < 0 or dt.timedelta(seconds=changes[place][1]) != offset:
                wrong.append((name, instant.isoformat()))
    assert wrong == []


def test_every_change_begins_from_the_offset_before_it() -> None:
    broken = []
    for name in sorted(times.zone_names()):
        rows = []
        for each in observances(vtimezone(name, 2000)):
            before, after = seconds(each["TZOFFSETFROM"]), seconds(each["TZOFFSETTO"])
            for onset in onsets(each["DTSTART"], each.get("RRULE")):
                rows.append((onset - before, before, after))
        rows.sort()
        broken += [
            name for (_, _, after), (_, before, _) in pairwise(rows) if after != before
        ]
    assert broken == []


def test_berlin_is_short_and_exactly_this() -> None:
    assert vtimezone("Europe/Berlin", 2021).decode().split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:STANDARD",
        "DTSTART:20201231T010000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20210328T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20211031T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]
    assert len(vtimezone("Europe/Berlin", 1997)) <= 600


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (  # the day after the last Thursday may be in November
            "Africa/Cairo",
            [
                "FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR",
                "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR",
                "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1;BYDAY=FR",
            ],
        ),
        (  # 24:00 of the first Saturday
            "America/Santiago",
            [
                "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU",
                "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU",
            ],
        ),
        (  # an hour before the last Sunday
            "America/Nuuk",
            [
                "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA",
                "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            ],
        ),
        ("Asia/Kolkata", []),
        ("UTC", []),
    ],
)
def test_yearly_changes_are_rules(name: str, found: list[str]) -> None:
    written = [each.get("RRULE") for each in observances(vtimezone(name, 2026))]
    assert (
        sorted(filter(None, written), key=lambda rule: int(rule[20:22].strip(";")))
        == found
    )


def test_offsets_may_have_seconds() -> None:
    found = observances(vtimezone("Africa/Monrovia", 1971))
    assert [each["TZOFFSETTO"] for each in found] == ["-004430", "+0000"]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        (
            "Europe/Berlin",
            [("STANDARD", "CET"), ("DAYLIGHT", "CEST"), ("STANDARD", "CET")],
        ),
        (
            "Europe/Dublin",
            [("STANDARD", "GMT"), ("DAYLIGHT", "IST"), ("STANDARD", "GMT")],
        ),
        (
            "Australia/Sydney",
            [("DAYLIGHT", "AEDT"), ("STANDARD", "AEST"), ("DAYLIGHT", "AEDT")],
        ),
        ("Asia/Tokyo", [("STANDARD", "JST")]),
    ],
)
def test_time_that_is_ahead_is_daylight(
    name: str, kinds: list[tuple[str, str]]
) -> None:
    found = observances(vtimezone(name, 2026))
    assert [(each["KIND"], each["TZNAME"]) for each in found] == kinds


def test_rule_that_depends_on_the_end_of_february_is_listed() -> None:
    spring, _ = tzif.footer("AAA0BBB,M2.5.0/24,M10.5.0")
    assert [spring.onset(year).isoformat() for year in (2023, 2024, 2026)] == [
        "2023-02-27T00:00:00",
        "2024-02-26T00:00:00",
        "2026-02-23T00:00:00",
    ]
    # no zone has such a rule today, so a part of the writer is asked directly
    begin = int((dt.datetime(2047, 1, 1, tzinfo=times.UTC) - EPOCH).total_seconds())
    listed = b"".join(_each_year(spring, begin))
    assert [each["DTSTART"] for each in observances(listed)] == [
        "20470225T000000",
        "20480224T000000",
        "20490301T000000",
        "20500228T000000",
    ]


def test_lines_are_crlf_and_short_in_every_zone() -> None:
    for name in times.zone_names():
        rows = vtimezone(name, 2021).split(b"\r\n")
        assert rows[-1] == b""
        assert max(len(row) for row in rows) <= 75
        assert not any(b"\n" in row or b"\r" in row for row in rows)


@pytest.mark.parametrize("name", ["", "Europe/Nowhere", "../zones", "CEST"])
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone"):
        vtimezone(name)


def test_data_of_an_old_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 2"):
        tzif.parse(b"TZif" + bytes(40))


@pytest.mark.parametrize("text", ["", "CET-1CEST,J60,J300", "CET-1CEST"])
def test_footer_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a rule of the kind"):
        tzif.footer(text)
