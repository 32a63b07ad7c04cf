"""Our own calendar, taken in again: here nothing changes, elsewhere it is the same."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from feeds.store import Store
from tests.counts import tries
from tests.importing.houses import LATER, LONG_AGO, House, Raw, differences
from tests.renderers.test_ics_random import batches

LARGE = (HealthCheck.too_slow, HealthCheck.data_too_large)
OTHERS = [
    "X-FOO:bar",
    'X-FOO;P=1;Q="a;b:c":\\,;:"x"',
    "X-LONG:" + "ä€😀" * 60,
    "X-EMPTY:",
    "CATEGORIES:a\\,b,c\\\\",
]


@pytest.fixture
def houses(store: Store, copied: Callable[[], Store]) -> tuple[House, House]:
    """Return two installations with the same address."""
    return House(store), House(copied())


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
