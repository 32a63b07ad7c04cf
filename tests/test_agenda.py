import datetime as dt
from typing import Any

import pytest

from feeds import agenda, times

TODAY = dt.date(2021, 7, 6)


def make_entry(
    title: str, start: str, end: str | None = None, **over: Any
) -> agenda.Entry:
    moment = times.parse_moment(start)
    all_day = not isinstance(moment, dt.datetime)
    implied = moment + dt.timedelta(days=1) if all_day else moment
    return agenda.Entry(
        title=title,
        slug=title.lower(),
        uid=over.pop("uid", title),
        recurrence_id="",
        start=moment,
        end=times.parse_moment(end) if end else implied,
        all_day=all_day,
        **over,
    )


def make_month(
    *entries: agenda.Entry, year: int = 2021, month: int = 7, **over: Any
) -> agenda.Month:
    return agenda.month(year, month, entries, today=TODAY, **over)


def shown(month: agenda.Month) -> dict[str, list[tuple[str, int, int]]]:
    """Return titles, day and days by date, for the days that have any."""
    return {
        day.date.isoformat(): [(i.entry.title, i.day, i.days) for i in day.entries]
        for week in month.weeks
        for day in week.days
        if day.entries
    }


def grid(month: agenda.Month) -> list[tuple[int, list[int]]]:
    return [(week.number, [day.date.day for day in week.days]) for week in month.weeks]


def test_july_2021_has_the_rows_26_to_30() -> None:
    assert grid(make_month()) == [
        (26, [28, 29, 30, 1, 2, 3, 4]),
        (27, [5, 6, 7, 8, 9, 10, 11]),
        (28, [12, 13, 14, 15, 16, 17, 18]),
        (29, [19, 20, 21, 22, 23, 24, 25]),
        (30, [26, 27, 28, 29, 30, 31, 1]),
    ]


def test_july_2021_in_weeks_from_sunday_counts_by_their_thursday() -> None:
    assert grid(make_month(week_start=6)) == [
        (26, [27, 28, 29, 30, 1, 2, 3]),
        (27, [4, 5, 6, 7, 8, 9, 10]),
        (28, [11, 12, 13, 14, 15, 16, 17]),
        (29, [18, 19, 20, 21, 22, 23, 24]),
        (30, [25, 26, 27, 28, 29, 30, 31]),
    ]


@pytest.mark.parametrize(
    ("year", "month", "numbers"),
    [
        (2021, 1, [53, 1, 2, 3, 4]),
        (2021, 2, [5, 6, 7, 8]),  # four whole weeks
        (2020, 12, [49, 50, 51, 52, 53]),
        (2024, 12, [48, 49, 50, 51, 52, 1]),
        (2023, 5, [18, 19, 20, 21, 22]),
        (1970, 1, [1, 2, 3, 4, 5]),
        (2100, 12, [48, 49, 50, 51, 52]),
    ],
)
def test_week_numbers_are_iso(year: int, month: int, numbers: list[int]) -> None:
    found = make_month(year=year, month=month)
    assert [week.number for week in found.weeks] == numbers


@pytest.mark.parametrize("week_start", range(7))
def test_every_month_is_covered_by_whole_weeks(week_start: int) -> None:
    for year in (1970, 2021, 2024, 2100):
        for month in range(1, 13):
            first, last = agenda.window(year, month, week_start)
            found = agenda.month(year, month, [], today=TODAY, week_start=week_start)
            days = [day for week in found.weeks for day in week.days]
            span = (last - first).days
            assert [d.date for d in days] == [
                first + dt.timedelta(days=n) for n in range(span)
            ]
            assert first.weekday() == last.weekday() == week_start
            inside = [day.date.day for day in days if day.in_month]
            following = dt.date(year + month // 12, month % 12 + 1, 1)
            length = (following - dt.date(year, month, 1)).days
            assert inside == list(range(1, length + 1))
            assert span - length < 14


def test_today_is_marked_once() -> None:
    days = [day for week in make_month().weeks for day in week.days]
    assert [day.date for day in days if day.is_today] == [TODAY]


@pytest.mark.parametrize(
    ("year", "month", "previous", "following"),
    [
        (1970, 1, None, (1970, 2)),
        (2021, 1, (2020, 12), (2021, 2)),
        (2021, 12, (2021, 11), (2022, 1)),
        (2100, 12, (2100, 11), None),
    ],
)
def test_neighbours_end_at_the_bounds(
    year: int,
    month: int,
    previous: tuple[int, int] | None,
    following: tuple[int, int] | None,
) -> None:
    found = make_month(year=year, month=month)
    assert (found.previous, found.next) == (previous, following)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2021-07-06T09:30", "2021-07-06T11:00", ["06"]),
        ("2021-07-06T09:30", None, ["06"]),
        ("2021-07-06T00:00", None, ["06"]),
        ("2021-07-06T20:00", "2021-07-07T00:00", ["06"]),
        ("2021-07-06T20:00", "2021-07-07T00:01", ["06", "07"]),
        ("2021-07-06T20:00", "2021-07-08T00:00", ["06", "07"]),
        ("2021-07-06", None, ["06"]),
        ("2021-07-06", "2021-07-09", ["06", "07", "08"]),
    ],
)
def test_entry_lies_on_the_days_it_touches(
    start: str, end: str | None, days: list[str]
) -> None:
    size = len(days)
    assert shown(make_month(make_entry("A", start, end))) == {
        f"2021-07-{day}": [("A", n, size)] for n, day in enumerate(days, start=1)
    }


def test_long_entry_is_cut_to_the_grid_and_counts_from_its_first_day() -> None:
    found = shown(make_month(make_entry("A", "2021-06-01", "2021-09-01")))
    assert len(found) == 35
    assert found["2021-06-28"] == [("A", 28, 92)]
    assert found["2021-08-01"] == [("A", 62, 92)]


def test_day_is_ordered_all_day_and_ongoing_first_then_by_time_and_title() -> None:
    found = make_month(
        make_entry("Late", "2021-07-06T20:00", "2021-07-06T21:00"),
        make_entry("beta", "2021-07-06T09:00", "2021-07-06T10:00"),
        make_entry("Alpha", "2021-07-06T09:00", "2021-07-06T10:00"),
        make_entry("Night", "2021-07-06T22:00", "2021-07-07T02:00"),
        make_entry("Party", "2021-07-05T22:00", "2021-07-06T02:00"),
        make_entry("Holiday", "2021-07-06"),
        make_entry("Fair", "2021-07-04", "2021-07-08"),
        per_day=9,
    )
    titles = [title for title, _, _ in shown(found)["2021-07-06"]]
    assert titles == [
        "Fair", "Party", "Holiday", "Alpha", "beta", "Late", "Night"
    ]  # fmt: skip


def test_order_does_not_depend_on_the_order_given() -> None:
    twins = [make_entry("A", "2021-07-06T09:00", uid=uid) for uid in "cab"]
    one = make_month(*twins)
    assert one == make_month(*reversed(twins))
    day = one.weeks[1].days[1]
    assert [item.entry.uid for item in day.entries] == ["a", "b", "c"]


def test_day_shows_three_and_counts_the_rest() -> None:
    entries = [make_entry(f"E{n}", f"2021-07-06T1{n}:00") for n in range(5)]
    day = make_month(*entries).weeks[1].days[1]
    assert [item.entry.title for item in day.entries] == ["E0", "E1", "E2"]
    assert day.more == 2
    assert make_month(*entries, per_day=5).weeks[1].days[1].more == 0


def test_total_counts_each_entry_of_the_month_once() -> None:
    found = make_month(
        make_entry("June", "2021-06-28"),
        make_entry("Over", "2021-06-29", "2021-07-02"),
        make_entry("Within", "2021-07-06", "2021-07-09"),
        make_entry("August", "2021-08-01"),
    )
    assert found.total == 2
    assert [title for title, _, _ in shown(found)["2021-08-01"]] == ["August"]


def test_days_lists_each_entry_once_by_day() -> None:
    found = agenda.days(
        [
            make_entry("B", "2021-07-09T10:00", "2021-07-09T11:00"),
            make_entry("Fair", "2021-07-07", "2021-07-10"),
            make_entry("A", "2021-07-07T09:00", "2021-07-07T10:00"),
        ],
        start=TODAY,
        end=dt.date(2021, 8, 1),
        today=dt.date(2021, 7, 9),
    )
    assert [
        (
            day.date.day,
            day.is_today,
            [(i.entry.title, i.day, i.days) for i in day.entries],
        )
        for day in found
    ] == [
        (7, False, [("Fair", 1, 3), ("A", 1, 1)]),
        (9, True, [("B", 1, 1)]),
    ]


def test_days_counts_what_is_more_than_a_day_may_show() -> None:
    entries = [make_entry(f"E{n}", f"2021-07-06T{n:02}:00") for n in range(5)]
    (day,) = agenda.days(entries, start=None, end=None, per_day=3)
    assert [item.entry.title for item in day.entries] == ["E0", "E1", "E2"]
    assert day.more == 2


def test_days_shows_what_is_under_way_on_the_first_day_of_the_window() -> None:
    found = agenda.days(
        [
            make_entry("Fair", "2021-07-01", "2021-07-10"),
            make_entry("Over", "2021-07-01", "2021-07-06"),
            make_entry("Later", "2021-08-01"),
        ],
        start=TODAY,
        end=dt.date(2021, 8, 1),
    )
    assert [
        (day.date, [(i.entry.title, i.day) for i in day.entries]) for day in found
    ] == [(TODAY, [("Fair", 6)])]


def test_days_without_bounds_lists_everything() -> None:
    entries = [make_entry("B", "2021-08-01"), make_entry("A", "2021-07-01T10:00")]
    found = agenda.days(entries, start=None, end=None)
    assert [(day.date.isoformat(), day.more) for day in found] == [
        ("2021-07-01", 0),
        ("2021-08-01", 0),
    ]
