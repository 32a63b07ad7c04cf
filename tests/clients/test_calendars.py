"""The demo's calendar in calendar programs: the same instants of the same UIDs.

Each has its own parser and its own expansion of rules. What they do differently:

* `ical` and recurring-ical-events: nothing.
* vobject expands a rule with its EXDATEs, and leaves overrides to its caller.
* vdirsyncer distrusts the UIDs of an http storage: it writes each item's hash in place
  of its UID, so the files are compared by hash. khal shows those files.
* icalendar has no expansion of its own; it is asked for errors and for the components.

The calendar leaves out what has been cancelled for more than a week; the table of
occurrences, which is also the archive, keeps it.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject  # type: ignore[import-untyped] # has no types
from icalendar import Calendar

from feeds.demo import CHANNEL
from feeds.models import Occurrence
from feeds.question import CANCELLED_FOR
from feeds.store import channels, occurrences
from feeds.store.filters import Filter
from tests.clients.calendars import (
    BERLIN,
    Instant,
    Vdir,
    Window,
    by_ical,
    by_recurring_ical_events,
    by_vobject,
    midnight,
    uids_by_hash,
)
from tests.clients.serving import Service

CALENDAR = f"/{CHANNEL}/events.ics"
WHOLE = f"{CALENDAR}?all=1"
DAY = timedelta(days=1)
TODAY = datetime.now(BERLIN).date()
JULY = Window(date(2021, 7, 1), date(2021, 8, 1))
AROUND = Window(TODAY - 90 * DAY, TODAY + 90 * DAY)
WINDOWS = [pytest.param(JULY, id="july"), pytest.param(AROUND, id="around")]
EXPANDING = [by_ical, by_recurring_ical_events, by_vobject]

Reading = Callable[[bytes, Window], set[Instant]]


@pytest.fixture(scope="module")
def whole(service: Service) -> bytes:
    return service.get(WHOLE).data


@pytest.fixture(scope="module")
def recent(service: Service) -> bytes:
    """Return the calendar as people subscribe to it."""
    return service.get(CALENDAR).data


@pytest.fixture(scope="module")
def vdir(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Vdir:
    made = Vdir(tmp_path_factory.mktemp("vdir"), service.url(WHOLE))
    made.sync()
    return made


def rows(service: Service, window: Window) -> list[Occurrence]:
    """Return the occurrences of the table that the calendar still shows."""
    with service.store() as store, store.reading() as session:
        channel = channels.get_public(session, CHANNEL)
        wanted = Filter(channel.id, datetime.now(UTC))
        found = occurrences.between(session, wanted, *window.moments)
    forgotten = midnight(TODAY) - CANCELLED_FOR
    return [
        row
        for row in found
        if row.event.status != "cancelled" or row.event.last_at > forgotten
    ]


def instant_of(row: Occurrence) -> Instant:
    return row.uid, row.start_local.date() if row.event.all_day else row.start_at


def table(service: Service, window: Window) -> set[Instant]:
    return {instant_of(row) for row in rows(service, window)}


@pytest.mark.parametrize("window", WINDOWS)
def test_the_demo_has_something_to_show(service: Service, window: Window) -> None:
    assert len(table(service, window)) >= 15


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("reading", EXPANDING, ids=lambda reading: reading.__name__)
def test_a_calendar_program_finds_what_the_table_has(
    service: Service, whole: bytes, reading: Reading, window: Window
) -> None:
    assert reading(whole, window) == table(service, window)


@pytest.mark.parametrize("reading", EXPANDING, ids=lambda reading: reading.__name__)
def test_the_default_window_leaves_out_nothing_near(
    service: Service, recent: bytes, reading: Reading
) -> None:
    assert reading(recent, AROUND) == table(service, AROUND)


@pytest.mark.parametrize("path", [CALENDAR, WHOLE, f"{WHOLE}&rich=1"])
def test_icalendar_finds_no_error(service: Service, path: str) -> None:
    calendar = Calendar.from_ical(service.get(path).data)
    assert [error for one in calendar.walk() for error in one.errors] == []
    events = calendar.walk("VEVENT")
    keys = [(one["UID"], one.get("RECURRENCE-ID")) for one in events]
    names = [(uid, moment and moment.to_ical()) for uid, moment in keys]
    assert len(set(names)) == len(names) > 0


@pytest.mark.parametrize("path", [CALENDAR, WHOLE])
def test_vobject_finds_it_valid(service: Service, path: str) -> None:
    calendar = vobject.readOne(service.get(path).data.decode())
    assert calendar.validate(raiseException=True)


def test_vdirsyncer_keeps_one_item_for_each_uid(vdir: Vdir, whole: bytes) -> None:
    uids = {str(one["UID"]) for one in Calendar.from_ical(whole).walk("VEVENT")}
    known = uids_by_hash(whole)
    assert sorted(known.values()) == sorted(uids)
    assert set(vdir.items) == set(known)


def test_vdirsyncer_finds_nothing_new_the_second_time(vdir: Vdir) -> None:
    before = vdir.items
    assert vdir.sync().split() == ["Syncing", "demo"]
    assert vdir.items == before


@pytest.mark.parametrize("window", WINDOWS)
def test_khal_lists_the_right_days(
    service: Service, vdir: Vdir, whole: bytes, window: Window
) -> None:
    uids = uids_by_hash(whole)
    listed = {
        day: {(uids[uid], start) for uid, start in found}
        for day, found in vdir.listing(window).items()
    }
    assert listed == days_of(rows(service, window), window)


def days_of(found: list[Occurrence], window: Window) -> dict[date, set[Instant]]:
    """Lay occurrences out on the days that they touch, in the channel's zone."""
    days: dict[date, set[Instant]] = {}
    for row in found:
        start, end = row.start_at.astimezone(BERLIN), row.end_at.astimezone(BERLIN)
        last = max(start, end - timedelta.resolution).date()
        day = max(start.date(), window.since)
        while day <= min(last, window.until - DAY):
            days.setdefault(day, set()).add(instant_of(row))
            day += DAY
    return days
