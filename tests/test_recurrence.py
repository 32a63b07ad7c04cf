import datetime as dt

import pytest

from feeds import recurrence
from feeds.models.event import CourseSession, Event
from tests.series import DAY, EVER, at, local, make_event, starts, window


def test_single_event_is_one_instance_without_recurrence_id() -> None:
    event = make_event("2021-07-06T09:30", "2021-07-06T11:00")
    assert list(recurrence.occurrences(event, EVER)) == [
        recurrence.Instance(
            recurrence_id=None,
            start=at("2021-07-06T09:30"),
            end=at("2021-07-06T11:00"),
            start_at=at("2021-07-06T07:30+00:00"),
            end_at=at("2021-07-06T09:00+00:00"),
        )
    ]


def test_all_day_instances_are_dates_and_begin_at_local_midnight() -> None:
    event = make_event("2021-03-27", "2021-03-29", rrule="FREQ=DAILY;COUNT=2")
    first = next(recurrence.occurrences(event, EVER))
    assert (first.recurrence_id, first.start) == (dt.date(2021, 3, 27),) * 2
    assert not isinstance(first.start, dt.datetime)
    assert first.end == dt.date(2021, 3, 29)
    assert first.start_at == at("2021-03-26T23:00+00:00")
    assert first.end_at == at("2021-03-28T22:00+00:00")


def test_event_without_end_is_a_moment_or_a_day() -> None:
    moment = next(recurrence.occurrences(make_event("2021-07-06T09:30"), EVER))
    day = next(recurrence.occurrences(make_event("2021-07-06"), EVER))
    assert (moment.end, moment.end_at) == (moment.start, moment.start_at)
    assert day.end == dt.date(2021, 7, 7)


def test_start_outside_the_rule_counts_as_the_first() -> None:
    event = make_event("2021-07-07T09:30", rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    assert starts(recurrence.occurrences(event, EVER)) == [
        "2021-07-07T09:30",
        "2021-07-13T09:30",
        "2021-07-20T09:30",
    ]


def test_day_with_and_without_number_are_united() -> None:
    event = make_event("2021-06-01T09:30", rrule="FREQ=MONTHLY;BYDAY=1TU,FR")
    found = recurrence.occurrences(event, window("2021-06-01", "2021-06-30"))
    days = [each[8:10] for each in starts(found)]
    assert days == ["01", "04", "11", "18", "25"]


def test_end_in_the_gap_never_lies_before_its_start() -> None:
    event = make_event("2021-03-28T02:30", "2021-03-28T03:15")
    only = next(recurrence.occurrences(event, EVER))
    assert only.start_at == at("2021-03-28T01:30+00:00")
    assert only.end_at == at("2021-03-28T02:15+00:00")


def test_override_keeps_its_recurrence_id_and_inherits_what_it_leaves_out() -> None:
    event = make_event(
        "2021-07-06T09:30",
        "2021-07-06T11:00",
        rrule="FREQ=WEEKLY;COUNT=3",
        changes=[
            ("2021-07-13T09:30", "2021-07-12T18:00", None),
            ("2021-07-20T09:30", None, None, "cancelled"),
        ],
    )
    first, moved, cancelled = recurrence.occurrences(event, EVER)
    assert (first.override, first.recurrence_id) == (None, at("2021-07-06T09:30"))
    assert moved.recurrence_id == at("2021-07-13T09:30")
    assert (moved.start, moved.end) == (at("2021-07-12T18:00"), at("2021-07-12T19:30"))
    assert cancelled.override is event.overrides[1]
    assert cancelled.override.status == "cancelled"
    assert cancelled.start == at("2021-07-20T09:30")


def test_override_moved_into_or_out_of_the_window() -> None:
    event = make_event(
        "2021-07-06T09:30",
        rrule="FREQ=WEEKLY;COUNT=10",
        changes=[
            ("2021-07-13T09:30", "2021-12-01T10:00", None),
            ("2021-08-03T09:30", "2021-07-14T08:00", None),
        ],
    )
    july = recurrence.occurrences(event, window("2021-07-10", "2021-07-25"))
    december = recurrence.occurrences(event, window("2021-12-01", "2021-12-02"))
    assert starts(july) == ["2021-07-14T08:00", "2021-07-20T09:30"]
    assert starts(december) == ["2021-12-01T10:00"]


def test_sessions_are_instances_in_order_whatever_their_position() -> None:
    event = make_event("2021-07-06T09:30")
    event.sessions = [
        CourseSession(position=0, uid="b", start_local=local("2021-09-02T18:00")),
        CourseSession(
            position=1,
            uid="a",
            start_local=local("2021-08-02T18:00"),
            end_local=local("2021-08-02T20:00"),
        ),
    ]
    event.start_local = None
    found = list(recurrence.occurrences(event, EVER))
    assert [each.session and each.session.uid for each in found] == ["a", "b"]
    assert [each.recurrence_id for each in found] == [None, None]
    assert recurrence.bounds(event) == (
        at("2021-08-02T16:00+00:00"),
        at("2021-09-02T16:00+00:00"),
    )


def test_limit_takes_the_first_of_an_endless_event() -> None:
    event = make_event("2021-07-06T09:30", rrule="FREQ=WEEKLY")
    low = at("2090-01-01T00:00+00:00")
    assert starts(recurrence.occurrences(event, (low, None), 2)) == [
        "2090-01-03T09:30",
        "2090-01-10T09:30",
    ]


def test_window_is_half_open() -> None:
    event = make_event("2021-07-06T10:00", "2021-07-06T11:00", timezone="UTC")
    moment = make_event("2021-07-06T10:00", timezone="UTC")
    ten, eleven = at("2021-07-06T10:00+00:00"), at("2021-07-06T11:00+00:00")
    before = (ten - DAY, ten)
    after = (eleven, eleven + DAY)
    assert [len(list(recurrence.occurrences(event, w))) for w in (before, after)] == [
        0,
        0,
    ]
    assert len(list(recurrence.occurrences(event, (eleven - DAY / 1440, None)))) == 1
    assert len(list(recurrence.occurrences(moment, (ten, ten + DAY)))) == 1
    assert len(list(recurrence.occurrences(moment, before))) == 0


def test_order_is_that_of_instants_across_a_clock_change() -> None:
    event = make_event(
        "2021-03-27T02:30", rrule="FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30;COUNT=9"
    )
    found = [each.start_at for each in recurrence.occurrences(event, EVER)]
    assert found == sorted(found)
    assert len(found) == 9


@pytest.mark.parametrize(
    ("event", "bounds"),
    [
        (make_event("2021-07-06T09:30"), ("2021-07-06T07:30", "2021-07-06T07:30")),
        (make_event("2021-07-06"), ("2021-07-05T22:00", "2021-07-06T22:00")),
        (
            make_event("2021-07-06T09:30", rrule="FREQ=WEEKLY"),
            ("2021-07-06T07:30", None),
        ),
        (
            make_event("2021-07-06T09:30", rrule="FREQ=WEEKLY;UNTIL=99991231T000000Z"),
            ("2021-07-06T07:30", None),
        ),
        (
            make_event("2021-07-06T09:30", rrule="FREQ=WEEKLY;COUNT=3"),
            ("2021-07-06T07:30", "2021-07-20T07:30"),
        ),
        (
            make_event(
                "1921-07-06T09:30",
                "1921-07-06T10:30",
                rrule="FREQ=DAILY;UNTIL=21990101T000000Z",
            ),
            ("1921-07-06T08:30", "2198-12-31T09:30"),
        ),
        (
            make_event("2021-07-06", rrule="FREQ=YEARLY;INTERVAL=100;UNTIL=21900101"),
            ("2021-07-05T22:00", "2121-07-06T22:00"),
        ),
        (
            make_event(
                "2021-07-06T09:30",
                rrule="FREQ=WEEKLY;COUNT=3",
                rdates=["2021-06-01T09:30"],
                changes=[("2021-07-13T09:30", "2022-01-01T00:00", None)],
            ),
            ("2021-06-01T07:30", "2021-12-31T23:00"),
        ),
        (
            make_event(
                "2021-07-06T09:30",
                rrule="FREQ=WEEKLY;COUNT=2",
                exdates=["2021-07-06T09:30", "2021-07-13T09:30"],
            ),
            ("2021-07-06T07:30", "2021-07-06T07:30"),
        ),
    ],
)
def test_bounds(event: Event, bounds: tuple[str, str | None]) -> None:
    first, last = bounds
    assert recurrence.bounds(event) == (
        at(first + "+00:00"),
        at(last + "+00:00") if last else None,
    )
    assert recurrence.is_endless(event) is (last is None)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY", [15]),
        ("FREQ=WEEKLY;COUNT=2", [15, 20]),
        ("FREQ=WEEKLY;UNTIL=20210713T073000Z", [15, 20]),
        ("FREQ=DAILY;INTERVAL=1000", [13, 15, 20]),
    ],
)
def test_added_dates_are_those_that_the_rule_lacks(rule: str, days: list[int]) -> None:
    rdates = [f"2021-07-{day:02}T09:30" for day in (6, 13, 15, 20)]
    event = make_event("2021-07-06T09:30", rrule=rule, rdates=rdates)

    assert recurrence.added(event) == [f"2021-07-{day:02}T09:30" for day in days]
