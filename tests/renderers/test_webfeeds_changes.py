"""Dates of a series that are cancelled or moved, named in the body of its item."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from feeds.models import Event, Override
from tests.renderers.cast import local, make_event, make_override
from tests.renderers.webfeeds import SUFFIXES, written

CANCELLED = {"status": "cancelled"}


def series(*overrides: Override, **over: Any) -> Event:
    rule = {"rrule": "FREQ=WEEKLY", "overrides": list(overrides)}
    return make_event(**rule | over)


def rows(event: Event) -> list[str]:
    """Return the list that follows when and where."""
    content = json.loads(written("json", event))["items"][0]["content_html"]
    _, _, listed = content.split("\n")[0].partition("<ul><li>")
    return listed.removesuffix("</li></ul>").split("</li><li>") if listed else []


def test_cancelled_and_moved_dates_are_named_in_order() -> None:
    event = series(
        make_override("2021-07-20T09:30", **CANCELLED),
        make_override("2021-07-13T09:30", start_local=local("2021-07-14T14:00")),
        make_override("2021-07-27T09:30", title="Mit Gast"),
        make_override("2021-08-03T09:30", start_local=local("2021-08-03T09:30")),
    )
    assert rows(event) == [
        "Verlegt: statt Di., 13. Juli 2021, 09:30 jetzt Mi., 14. Juli 2021, 14:00",
        "Abgesagt: Di., 20. Juli 2021, 09:30",
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_names_them(suffix: str) -> None:
    event = series(make_override("2021-07-20T09:30", **CANCELLED), language="en")
    assert b"Cancelled: Tue, 20 Jul 2021, 09:30" in written(suffix, event)


def test_a_whole_day_has_no_time() -> None:
    event = series(
        make_override("2021-07-13T00:00", start_local=local("2021-07-15T00:00")),
        make_override("2021-07-20T00:00", **CANCELLED),
        all_day=True,
        start_local=local("2021-07-06T00:00"),
        end_local=None,
    )
    assert rows(event) == [
        "Verlegt: statt Di., 13. Juli 2021 jetzt Do., 15. Juli 2021",
        "Abgesagt: Di., 20. Juli 2021",
    ]


def test_only_the_first_ten_are_named_and_the_others_counted() -> None:
    starts = [local("2021-07-13T09:30") + n * timedelta(days=7) for n in range(13)]
    event = series(*(make_override(f"{one}", **CANCELLED) for one in starts))
    found = rows(event)
    assert len(found) == 11
    assert found[-1] == "weitere Änderungen: 3"
    assert len(rows(series(*event.overrides[:10]))) == 10


def test_what_was_over_when_the_event_was_written_is_not_named() -> None:
    event = series(
        make_override("2021-06-29T09:30", **CANCELLED),
        make_override("2021-06-30T09:30", start_local=local("2021-07-06T09:30")),
        make_override("2021-07-06T00:10", **CANCELLED),
        updated_at=datetime(2021, 7, 5, 22, 30, tzinfo=UTC),
    )
    assert rows(event) == [
        "Verlegt: statt Mi., 30. Juni 2021, 09:30 jetzt Di., 6. Juli 2021, 09:30",
        "Abgesagt: Di., 6. Juli 2021, 00:10",
    ]


@pytest.mark.parametrize(
    "over",
    [
        {"status": "cancelled"},
        {"exdates": ["2021-07-20T09:30"]},
    ],
    ids=["all is cancelled", "left out"],
)
def test_nothing_is_named(over: dict[str, Any]) -> None:
    given = make_override("2021-07-20T09:30", **CANCELLED)
    assert rows(series(given, **over)) == []
