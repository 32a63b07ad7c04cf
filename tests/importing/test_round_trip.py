"""Our own calendar, taken in again: here nothing changes, elsewhere it is the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from feeds import intake
from feeds.importing import Item, ics
from feeds.publish import Publisher
from feeds.selection import Selection
from feeds.store import Store
from feeds.syndicate import Syndicate
from tests.cast import BASE_URL, make_channel
from tests.counts import tries
from tests.renderers.test_ics_random import batches

# Cancelled events stay for a week after their end: here all of them are to come.
LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
LATER = LONG_AGO + timedelta(hours=9)
LARGE = (HealthCheck.too_slow, HealthCheck.data_too_large)
OTHERS = [
    "X-FOO:bar",
    'X-FOO;P=1;Q="a;b:c":\\,;:"x"',
    "X-LONG:" + "ä€😀" * 60,
    "X-EMPTY:",
    "CATEGORIES:a\\,b,c\\\\",
]

Raw = dict[str, Any]


class House:
    """An installation, and the calendar that it gives to everybody."""

    def __init__(self, store: Store) -> None:
        self.publisher = Publisher(store, BASE_URL)
        self.syndicate = Syndicate(store, BASE_URL, 900)

    def open(self, slug: str) -> None:
        make_channel(self.publisher, LONG_AGO, slug=slug)

    def write(self, slug: str, noun: str, raws: list[Raw], now: datetime) -> None:
        items = [Item(raw, number) for number, raw in enumerate(raws)]
        report = intake.take_in(self.publisher, noun, slug, items, now=now)
        assert report.refused == []

    def take(self, slug: str, data: bytes, **more: str) -> intake.Report:
        calendar = ics.read(data, timezone="Europe/Berlin", language="de", **more)
        items = calendar.items()
        return intake.take_in(self.publisher, "events", slug, items, now=LATER)

    def export(self, slug: str) -> tuple[bytes, str]:
        found = self.syndicate.feed(
            "events",
            "ics",
            slug,
            Selection(all=True),
            now=LATER,
            is_fresh=lambda _: False,
        )
        return found.body or b"", found.validators.etag


@pytest.fixture
def houses(store: Store, copied: Callable[[], Store]) -> tuple[House, House]:
    """Return two installations with the same address."""
    return House(store), House(copied())


def differences(ours: bytes, theirs: bytes) -> list[str]:
    """Return the first lines, unfolded, that two calendars don't share."""
    before, after = (
        data.decode().replace("\r\n ", "").split("\r\n") for data in (ours, theirs)
    )
    found = list(unified_diff(before, after, lineterm="", n=6))[:60]
    assert bool(found) == (ours != theirs)
    return found


def tried(houses: tuple[House, House], slug: str, batch: dict[str, list[Raw]]) -> int:
    """Take a calendar around once; return how many events it has."""
    here, there = houses
    for house in houses:
        house.open(slug)
    for noun in ("categories", "places"):
        for raw in batch[noun]:
            here.publisher.create(noun, slug, raw, now=LONG_AGO)
    for hour, raw in enumerate(batch["events"]):
        here.write(slug, "events", [raw], LONG_AGO + timedelta(hours=hour % 9))
    here.write(slug, "events", [{"uid": "last", **LAST}], LATER)
    data, etag = here.export(slug)
    count = len(batch["events"]) + 1
    report = there.take(slug, data)
    assert (report.created, report.refused) == (count, [])
    assert differences(data, there.export(slug)[0]) == []
    report = here.take(slug, data)
    assert (report.unchanged, report.changed, report.created) == (count, 0, 0)
    assert here.export(slug) == (data, etag)
    return count


EDITED = {"title": "Anders", "online_url": "https://ex.org/x", "status": "cancelled"}
LAST = {"title": "Zuletzt", "start": "2050-01-01"}


@st.composite
def peculiar(draw: st.DrawFn, raw: Raw) -> None:
    """Give an event lines of others, and a first date that is moved or left out."""
    raw["extensions"] = draw(st.lists(st.sampled_from(OTHERS), max_size=3))
    for override in raw.get("overrides", []):
        override["extensions"] = raw["extensions"][1:]
    is_scattered = "rdates" in raw and "rrule" not in raw
    if not is_scattered or set(raw["rdates"]) <= set(raw["exdates"]):
        return
    if draw(st.booleans()):
        raw["exdates"] = [*raw["exdates"], raw["start"]]
    elif draw(st.booleans()):
        moved = {"recurrence_id": raw["start"], "start": raw["rdates"][0], **EDITED}
        raw["overrides"] = [*raw["overrides"], moved]


@pytest.mark.counted
def test_a_calendar_of_ours_comes_back_whole(
    houses: tuple[House, House], record_property: Callable[[str, object], None]
) -> None:
    counted, numbers = 0, iter(range(1_000_000))

    @settings(
        tries(12, 600),
        suppress_health_check=LARGE,
        phases=(Phase.generate,),
        report_multiple_bugs=False,
    )
    @given(batches(), st.data())
    def again(batch: dict[str, list[Raw]], data: st.DataObject) -> None:
        nonlocal counted
        for raw in batch["events"]:
            data.draw(peculiar(raw))
        counted += tried(houses, f"b{next(numbers)}", batch)

    again()
    record_property("counted", f"{counted} events of ours taken in again")
