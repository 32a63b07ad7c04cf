"""Random events, written through the door of imports, read by four programs.

All four find the same properties in each VEVENT, and these say what was authored; none
refuses a calendar. What a program does in its own way is in `peculiarities`.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from feeds import create_app, intake, schemas
from feeds.importing import Item
from feeds.store import Store
from tests.cast import Clock, make_channel, publisher_of, settings_for
from tests.counts import count, tries
from tests.javascript import Ask
from tests.renderers import anything, peculiarities, readers
from tests.renderers.authored import Entry, shown_by, words

# Cancelled events stay for a week after their end: here all of them are to come.
LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
EACH = 10
# A test has its time, which 10,000 events go beyond.
PARTS = 20
# A batch takes a quarter of a second: what differs is named instead of made smaller.
UNSHRUNK = (Phase.generate,)
LARGE = (HealthCheck.too_slow, HealthCheck.data_too_large)
DEFAULTS = schemas.Defaults("Europe/Berlin", "de", None)

Raw = dict[str, Any]


@st.composite
def batches(draw: st.DrawFn) -> dict[str, list[Raw]]:
    """Draw the entries of a channel, which events name by their slugs."""
    titles = draw(st.lists(anything.TITLES, max_size=3))
    places = draw(st.lists(anything.PLACES, max_size=2))
    one = anything.events(len(titles), len(places))
    events = draw(st.lists(one, min_size=EACH, max_size=EACH))
    return {
        "categories": [{"title": t, "slug": f"c{n}"} for n, t in enumerate(titles)],
        "places": [{**place, "slug": f"p{n}"} for n, place in enumerate(places)],
        "events": [
            {"uid": f"{n}{draw(anything.UIDS)}", **event}
            for n, event in enumerate(events)
        ],
    }


@pytest.fixture
def published(store: Store, tmp_path: Path) -> Callable[[dict[str, list[Raw]]], bytes]:
    """Return what writes a batch into a channel of its own and gets its calendar."""
    app = create_app(settings_for(store, tmp_path), clock=Clock(LONG_AGO))
    numbers = iter(range(1_000_000))
    return lambda batch: calendar_of(app, f"b{next(numbers)}", batch)


def calendar_of(app: Flask, channel: str, batch: dict[str, list[Raw]]) -> bytes:
    publisher = publisher_of(app)
    make_channel(publisher, LONG_AGO, slug=channel)
    for noun in ("categories", "places"):
        for raw in batch[noun]:
            publisher.create(noun, channel, raw, now=LONG_AGO)
    items = [Item(raw, line=n) for n, raw in enumerate(batch["events"])]
    report = intake.take_in(publisher, "events", channel, items, now=LONG_AGO)
    assert (report.refused, report.created) == ([], EACH)
    answer = app.test_client().get(f"/{channel}/events.ics?all=1")
    assert answer.status_code == 200
    calendar: bytes = answer.data
    return calendar


@pytest.mark.counted
@pytest.mark.node
@pytest.mark.parametrize("part", range(count(1, PARTS)))
def test_four_programs_read_what_was_authored(
    published: Callable[[dict[str, list[Raw]]], bytes],
    node: Ask,
    record_property: Callable[[str, object], None],
    part: int,
) -> None:
    counts: Counter[str] = Counter()

    @settings(tries(30, 1000 // PARTS), phases=UNSHRUNK, suppress_health_check=LARGE)
    @given(batches())
    def check(batch: dict[str, list[Raw]]) -> None:
        calendar = published(batch)
        programs = {
            "icalendar": readers.by_icalendar(calendar),
            "ical": readers.by_ical(calendar),
            "vobject": readers.by_vobject(calendar),
            "ical.js": readers.by_ical_js(calendar, node),
        }
        for program, read in programs.items():
            wanted = peculiarities.expected(calendar, program)
            assert_same(program, read, wanted)
        standard = peculiarities.expected(calendar, "standard")
        assert_authored(standard, batch)
        counts["events"] += len(batch["events"])
        counts["vevents"] += len(standard)
        counts["properties"] += sum(map(len, standard))

    check()
    record_property(
        "counted",
        f"part {part + 1}: {counts['events']} random events,"
        f" {counts['vevents']} VEVENTs, {counts['properties']} properties:"
        " equal in 4 programs",
    )


def assert_same(program: str, read: readers.Read, wanted: readers.Read) -> None:
    assert len(read) == len(wanted), program
    for ours, theirs in zip(map(Counter, wanted), map(Counter, read), strict=True):
        assert (ours - theirs, theirs - ours) == (Counter(), Counter()), program


def assert_authored(read: readers.Read, batch: dict[str, list[Raw]]) -> None:
    wanted = [shown for entry in entries(batch) for shown in entry.vevents()]
    assert len(read) == len(wanted)
    found = {
        key(shown): (shown, event) for event in read for shown in [shown_by(event)]
    }
    for shown in wanted:
        summary, html = shown.pop("DESCRIPTION")
        ours, event = found[key(shown)]
        assert ours == shown
        texts = {one.name: one.value for one in event}
        begins = words(summary, html, texts["URL"])
        assert texts["DESCRIPTION"].startswith(begins)


def key(shown: dict[str, Any]) -> tuple[str, str]:
    return shown["UID"], shown.get("RECURRENCE-ID", "")


def entries(batch: dict[str, list[Raw]]) -> list[Entry]:
    categories, places = (
        {raw["slug"]: schemas.load(noun, raw, DEFAULTS) for raw in batch[noun]}
        for noun in ("categories", "places")
    )
    loaded = [schemas.load("events", raw, DEFAULTS) for raw in batch["events"]]
    return [
        Entry(
            values,
            [categories[slug]["title"] for slug in values["categories"]],
            places.get(values["place"]),
        )
        for values in loaded
    ]
