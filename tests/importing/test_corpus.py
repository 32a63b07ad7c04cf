"""The calendars that icalendar and recurring-ical-events bring for their tests."""

import re
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events

from feeds import times
from feeds.store import Store
from tests.importing.houses import House, differences

PACKAGES = (icalendar, recurring_ical_events)
CORPUS = sorted(
    path
    for package in PACKAGES
    for path in Path(str(package.__file__)).parent.rglob("*.ics")
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BERLIN = times.zone("Europe/Berlin")
WINDOW = timedelta(days=400)
# What of a file nobody but recurring-ical-events can tell: it gives up.
GIVES_UP = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)


@pytest.fixture
def houses(store: Store, copied: Callable[[], Store]) -> tuple[House, House]:
    return House(store), House(copied())


def test_every_file_is_taken_in_or_refused_with_line_and_reason(
    houses: tuple[House, House],
    record_property: Callable[[str, object], None],
) -> None:
    """Twice changes nothing, and elsewhere our export of it is the same."""
    here, there = houses
    counts: Counter[str] = Counter()
    for number, path in enumerate(CORPUS):
        slug, data = f"c{number}", path.read_bytes()
        for house in houses:
            house.open(slug, NOW - timedelta(days=1))
        began = time.process_time()
        first = here.take(slug, data, NOW)
        assert time.process_time() - began < 2, path.name
        assert all(line >= 1 and reason for line, _, reason in first.refused)
        named = [said for said in first.repairs if not said.startswith("line ")]
        assert named == [], path.name
        again = here.take(slug, data, NOW)
        assert (again.created, again.changed) == (0, 0), path.name
        assert again.refused == first.refused
        exported, etag = here.export(slug, NOW)
        icalendar.Calendar.from_ical(exported)
        assert there.take(slug, exported, NOW).refused == [], path.name
        if b"BEGIN:VEVENT" in exported:
            assert differences(exported, there.export(slug, NOW)[0]) == [], path.name
        assert here.take(slug, exported, NOW).changed == 0, path.name
        assert here.export(slug, NOW) == (exported, etag)
        counts.update(files=1, events=first.created, refused=len(first.refused))
        counts.update(repairs=len(first.repairs))
    assert counts["files"] > 200
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    record_property("counted", f"calendars of other programs: {said}")


def begins(data: bytes, window: tuple[date, date]) -> Counter[str] | None:
    """Return when what recurring-ical-events sees begins, None where it can't."""
    try:
        with warnings.catch_warnings(action="ignore"):
            found = recurring_ical_events.of(
                icalendar.Calendar.from_ical(data), components=["VEVENT"]
            ).between(*window)
        return Counter(instant(one["DTSTART"].dt) for one in found)
    except GIVES_UP:
        return None


def instant(moment: date) -> str:
    if not isinstance(moment, datetime):
        return f"{moment}"
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=BERLIN)
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def first_day(data: bytes) -> date | None:
    """Return the earliest day on which something in a file begins."""
    found = re.findall(rb"^DTSTART[^:\n]*:(\d{8})", data, re.M)
    days = [one.decode() for one in found if b"19710101" < one < b"20900101"]
    return datetime.strptime(min(days), "%Y%m%d").date() if days else None  # noqa: DTZ007


def test_what_is_given_back_takes_place_when_it_did(
    store: Store, record_property: Callable[[str, object], None]
) -> None:
    """For files in which nothing had to be refused or repaired."""
    house, counts, odd = House(store), Counter[str](), list[str]()
    for number, path in enumerate(CORPUS):
        slug, data = f"c{number}", path.read_bytes()
        house.open(slug, NOW - timedelta(days=1))
        report = house.take(slug, data, NOW)
        first = first_day(data)
        if first is None or report.refused or report.repairs:
            continue
        window = (first - timedelta(days=2), first + WINDOW)
        wanted = begins(data, window)
        if wanted is None:
            continue
        found = begins(house.export(slug, NOW)[0], window)
        if found != wanted:
            odd.append(path.name)
        counts.update(files=1, occurrences=wanted.total())
    assert odd == []
    assert counts["files"] > 90
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    record_property("counted", f"given back at the same times: {said}")
