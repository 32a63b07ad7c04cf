"""What only others understand: kept, given back, and never a reason for a change."""

from datetime import UTC, datetime, timedelta

import pytest

from feeds.importing.ics import foreign
from feeds.importing.ics.parts import LAST_SEQUENCE
from feeds.publish import Match
from feeds.schemas import event
from feeds.store import Store
from tests.importing.calendars import TIMES, one, opened, vcalendar, vevent
from tests.importing.houses import House

NOW = datetime(2021, 7, 6, 10, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def house(store: Store) -> House:
    made = House(store)
    made.open("stadt")
    return made


def lines(house: House, now: datetime = LATER) -> list[str]:
    return house.export("stadt", now)[0].decode().replace("\r\n ", "").split("\r\n")


def values(house: House, name: str, now: datetime = LATER) -> list[str]:
    found = (row.partition(":") for row in lines(house, now))
    inside = [after for before, _, after in found if before.split(";")[0] == name]
    return inside[1:] if name == "LAST-MODIFIED" else inside  # the calendar's own


def test_bounds_are_those_of_the_api() -> None:
    assert event.Extension.longest == foreign.LONGEST
    assert foreign.MOST == event.MOST_EXTENSIONS


@pytest.mark.parametrize(
    "line",
    [
        "X-FOO:bar",
        'X-FOO;P=1;Q="a;b:c":\\,;:"x" ',
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "X-LONG:" + "ä€😀" * 60,
    ],
)
def test_a_line_of_others_comes_back_byte_by_byte(house: House, line: str) -> None:
    folded = line[:40] + "\r\n " + line[40:]
    house.take("stadt", vcalendar(*vevent(*TIMES, folded)), NOW)
    assert line in lines(house)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("X-ENTOURAGE_UUID:1", "it is not well-formed"),
        ("X-FOO;P:bar", "it is not well-formed"),
        ("X-FOO:" + "a" * 2000, "it is longer than 2000 characters"),
        ("X-MS-OLK-SENDER;CN=A:mailto:a@example.org", "it holds somebody's address"),
    ],
)
def test_a_line_that_cannot_be_kept_is_named(line: str, reason: str) -> None:
    item = one(*TIMES, line)
    name = line.split(":")[0].split(";")[0]
    assert item.repairs == [f"line 9: {name} left out: {reason}"]
    assert "extensions" not in item.raw


def test_there_is_room_for_so_many_lines() -> None:
    item = one(*TIMES, *(f"X-N-{n}:1" for n in range(60)), "CATEGORIES:Sport")
    assert len(item.raw["extensions"]) == foreign.MOST
    assert (item.raw["extensions"][-1], len(item.repairs)) == ("CATEGORIES:Sport", 11)


@pytest.mark.parametrize(
    "line",
    [
        "X-WR-CALNAME:a",
        "X-MOZ-GENERATION:7",
        "X-MOZ-LASTACK:20210101T000000Z",
        "X-LIC-ERROR:a",
        "X-FEEDS-PART:1",
        "X-GOOGLE-ETAG:1",
        "X-PUBLISHED-TTL:PT1H",
    ],
)
def test_lines_that_are_ours_or_change_by_themselves_go(line: str) -> None:
    item = one(*TIMES, line)
    assert ("extensions" in item.raw, item.repairs) == (False, [])


def test_an_alarm_keeps_its_lines_to_itself() -> None:
    item = one(*TIMES, "BEGIN:VALARM", "X-FOO:1", "END:VALARM")
    assert "extensions" not in item.raw


def test_unknown_categories_come_back_as_they_were(house: House) -> None:
    words = "CATEGORIES:a\\,b,日本,Kurse,Kurse,c\\\\"
    house.take("stadt", vcalendar(*vevent(*TIMES, words)), NOW)
    assert words in lines(house)


def test_an_instance_has_lines_of_its_own(house: House) -> None:
    series = vevent(*TIMES, "RRULE:FREQ=DAILY;COUNT=3", "X-FOO:all")
    change = ("RECURRENCE-ID:20210707T093000", "DTSTART:20210707T100000", "X-FOO:one")
    house.take("stadt", vcalendar(*series, *vevent(*change)), NOW)
    assert values(house, "X-FOO") == ["all", "one"]


def test_a_new_event_keeps_its_revision(house: House) -> None:
    stamps = (
        "SEQUENCE:7",
        "CREATED:20200101T000000Z",
        "LAST-MODIFIED:20200202T000000Z",
    )
    house.take("stadt", vcalendar(*vevent(*TIMES, *stamps)), NOW)
    assert values(house, "SEQUENCE") == ["7"]
    assert values(house, "CREATED") == ["20200101T000000Z"]
    assert values(house, "LAST-MODIFIED") == ["20200202T000000Z"]
    shown = house.publisher.read("events", "stadt", "a-1")
    assert shown["announced_at"] == "2021-07-06T10:00:00Z"


@pytest.mark.parametrize(
    ("stamps", "sequence", "created", "updated"),
    [
        ((), "0", "20210101T000000Z", "20210101T000000Z"),  # DTSTAMP stands for it
        (("LAST-MODIFIED:20990101T000000Z",), "0", None, None),
        (("CREATED:20990101T000000Z",), "0", "20210101T000000Z", "20210101T000000Z"),
        (("SEQUENCE:-1",), "0", "20210101T000000Z", "20210101T000000Z"),
        (("SEQUENCE:99999999999",), "0", "20210101T000000Z", "20210101T000000Z"),
        (
            (f"SEQUENCE:{LAST_SEQUENCE}", "CREATED:never"),
            str(LAST_SEQUENCE),
            "20210101T000000Z",
            "20210101T000000Z",
        ),
    ],
)
def test_a_revision_that_cannot_be_is_left(
    house: House,
    stamps: tuple[str, ...],
    sequence: str,
    created: str | None,
    updated: str | None,
) -> None:
    house.take("stadt", vcalendar(*vevent(*TIMES, *stamps)), NOW)
    now = "20210706T100000Z"
    assert values(house, "SEQUENCE") == [sequence]
    assert values(house, "CREATED") == [created or now]
    assert values(house, "LAST-MODIFIED") == [updated or now]


def test_a_change_rises_above_both(house: House) -> None:
    def take(title: str, sequence: int, now: datetime) -> tuple[int, list[str]]:
        times = (TIMES[0], f"SUMMARY:{title}", f"SEQUENCE:{sequence}")
        report = house.take("stadt", vcalendar(*vevent(*times)), now)
        return report.changed, values(house, "SEQUENCE")

    assert take("A", 3, NOW) == (0, ["3"])
    assert take("A", 9, NOW) == (0, ["3"])
    assert take("B", 9, NOW) == (1, ["9"])
    assert take("C", 2, LATER) == (1, ["10"])
    assert values(house, "LAST-MODIFIED") == ["20210706T110000Z"]


def test_what_comes_again_rises_above_what_it_was(house: House) -> None:
    data = vcalendar(*vevent(*TIMES, "SEQUENCE:5"))
    house.take("stadt", data, NOW)
    house.publisher.withdraw("events", "stadt", "a-1", now=NOW, match=_any())
    house.take("stadt", data, NOW)
    assert values(house, "SEQUENCE") == ["6"]


def _any() -> Match:
    return Match(any=True)


def test_new_stamps_alone_change_nothing(house: House) -> None:
    house.take("stadt", vcalendar(*vevent(*TIMES)), NOW)
    before = house.export("stadt", LATER)
    stamps = ("SEQUENCE:8", "LAST-MODIFIED:20210301T000000Z", "X-MOZ-GENERATION:3")
    report = house.take("stadt", vcalendar(*vevent(*TIMES, *stamps)), LATER)
    assert (report.unchanged, house.export("stadt", LATER)) == (1, before)


def test_our_own_organizer_is_taken_and_nobody_elses() -> None:
    line = "ORGANIZER;CN=\"Das ^'Amt^'; ^^\":mailto:amt@example.org"
    ours = vcalendar(*vevent(*TIMES, line)).replace(
        b"-//example//test//EN", b"-//feeds//feeds//EN"
    )
    (item,), notes = opened(ours)
    assert item.raw["organizer"] == {"name": 'Das "Amt"; ^', "email": "amt@example.org"}
    assert (notes, "organizer" in one(*TIMES, line).raw) == ([], False)
