import pytest

from tests.importing.calendars import one, opened, vcalendar, vevent

DATES = ("DTSTART;VALUE=DATE:20210329",)


def times(*lines: str, **settings: str) -> tuple[object, ...]:
    raw = one("SUMMARY:A", *lines, **settings).raw
    return raw["start"], raw.get("end"), raw.get("timezone")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART:20210706T093000",), ("2021-07-06T09:30", None, "Europe/Berlin")),
        (("DTSTART:20210706T073000Z",), ("2021-07-06T09:30", None, "Europe/Berlin")),
        (
            ("DTSTART;TZID=America/New_York:20210706T093015",),
            ("2021-07-06T09:30:15", None, "America/New_York"),
        ),
        (
            ("DTSTART;TZID=Europe/Berlin:20210706T093000", "DTEND:20210706T083000Z"),
            ("2021-07-06T09:30", "2021-07-06T10:30", "Europe/Berlin"),
        ),
        (
            ("DTSTART:20210706T093000", "DURATION:PT1H30M"),
            ("2021-07-06T09:30", "2021-07-06T11:00", "Europe/Berlin"),
        ),
        (
            ("DTSTART:20210327T093000", "DURATION:P1D"),
            ("2021-03-27T09:30", "2021-03-28T09:30", "Europe/Berlin"),
        ),
        (
            ("DTSTART:20210327T093000", "DURATION:PT24H"),
            ("2021-03-27T09:30", "2021-03-28T10:30", "Europe/Berlin"),
        ),
        ((*DATES, "DURATION:P1W"), ("2021-03-29", "2021-04-05", None)),
        ((*DATES, "DURATION:P1D"), ("2021-03-29", None, None)),
        ((*DATES, "DTEND;VALUE=DATE:20210330"), ("2021-03-29", "2021-03-30", None)),
        # The repeated hour has no wall clock of its own: the event stays in UTC.
        (
            ("DTSTART:20211031T013000Z", "DTEND:20211031T020000Z"),
            ("2021-10-31T01:30", "2021-10-31T02:00", "UTC"),
        ),
        # A series in UTC would move with the summer time elsewhere.
        (
            ("DTSTART:20210706T073000Z", "RRULE:FREQ=DAILY;COUNT=3"),
            ("2021-07-06T07:30", None, "UTC"),
        ),
        (
            ("DTSTART:20210706T240000",),
            ("2021-07-07T00:00", None, "Europe/Berlin"),
        ),
        (
            ("DTSTART:2021-07-06T09:30:00+02:00",),
            ("2021-07-06T09:30", None, "Europe/Berlin"),
        ),
    ],
)
def test_times_are_read(lines: tuple[str, ...], expected: tuple[object, ...]) -> None:
    assert times(*lines) == expected


def test_calendar_zone_counts_for_times_without_one() -> None:
    events = vevent("SUMMARY:A", "DTSTART:20210706T093000")
    (item,), notes = opened(vcalendar("X-WR-TIMEZONE:Europe/London", *events))
    assert (item.raw["timezone"], notes) == ("Europe/London", [])


def test_unknown_calendar_zone_is_reported() -> None:
    events = vevent("SUMMARY:A", "DTSTART:20210706T093000")
    (item,), notes = opened(vcalendar("X-WR-TIMEZONE:Mars", *events))
    assert item.raw["timezone"] == "Europe/Berlin"
    assert notes == [
        "line 4: X-WR-TIMEZONE 'Mars' is no time zone, read as Europe/Berlin"
    ]


@pytest.mark.parametrize(
    ("ends", "last", "expected"),
    [
        ("exclusive", "20210410", "2021-04-10"),
        ("exclusive", "20210329", None),
        ("inclusive", "20210410", "2021-04-11"),
        ("inclusive", "20210330", "2021-03-31"),
        ("inclusive", "20210329", None),
    ],
)
def test_all_day_ends_are_read_as_told(
    ends: str, last: str, expected: str | None
) -> None:
    read = times(*DATES, f"DTEND;VALUE=DATE:{last}", ends=ends)
    assert read == ("2021-03-29", expected, None)


@pytest.mark.parametrize(
    ("lines", "repairs"),
    [
        (
            ("DTSTART:20210329", "DTEND:20210329"),
            [
                "line 8: DTSTART is a date without VALUE=DATE, read as one",
                "line 9: DTEND is a date without VALUE=DATE, read as one",
                "line 9: end equals start, read as one day",
            ],
        ),
        (
            ("DTSTART:20210706T093000", "DTEND:20210706T093000"),
            ["line 9: end equals start, read as a moment"],
        ),
        (
            ("DTSTART:20210706T093000", "DTEND;VALUE=DATE:20210707"),
            ["line 9: the end is a date, the start has a time; read as midnight"],
        ),
        (
            (*DATES, "DTEND:20210330T120000"),
            ["line 9: the end has a time, the start has none"],
        ),
        (
            (*DATES, "DURATION:PT36H"),
            ["line 9: DURATION rounded up to whole days"],
        ),
    ],
)
def test_ends_are_repaired_and_reported(
    lines: tuple[str, ...], repairs: list[str]
) -> None:
    item = one("SUMMARY:A", *lines)
    assert (item.refused, item.repairs) == ("", repairs)


def notes(*spans: tuple[str, str], ends: str = "exclusive") -> list[str]:
    events = [
        line
        for number, (first, last) in enumerate(spans)
        for line in vevent(
            "SUMMARY:A",
            f"DTSTART;VALUE=DATE:{first}",
            f"DTEND;VALUE=DATE:{last}",
            uid=str(number),
        )
    ]
    return opened(vcalendar(*events), ends=ends)[1]


HINT = (
    "2 all-day ends were read as exclusive, and they look inclusive: if so, import"
    " again with --ends inclusive"
)


def test_ends_that_look_inclusive_are_reported() -> None:
    assert notes(("20210329", "20210410"), ("20211011", "20211023")) == [HINT]
    assert notes(("20210329", "20210412"), ("20210525", "20210525")) == [HINT]


def test_ends_that_look_exclusive_are_no_matter() -> None:
    assert notes(("20210329", "20210412"), ("20211011", "20211025")) == []


def test_ends_read_as_inclusive_are_counted() -> None:
    assert notes(("20210329", "20210410"), ends="inclusive") == [
        "1 all-day ends were read as inclusive"
    ]
