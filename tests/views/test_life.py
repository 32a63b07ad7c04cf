"""The life of an event, as somebody who subscribed to the calendar sees it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar, Component

from feeds.publish import Publisher
from tests.cast import CHANNEL, Clock
from tests.views.documents import ANY, EVENT, Write

FEED = f"/{CHANNEL}/events.ics"
UID = str(EVENT["uid"])
WEEKLY = "FREQ=WEEKLY;COUNT=4"

Amend = Callable[..., dict[str, Any]]


class Seen(NamedTuple):
    """What one VEVENT shows; `stamps` are DTSTAMP and LAST-MODIFIED."""

    title: str
    status: str
    start: str
    sequence: int
    stamps: tuple[str, str]


@pytest.fixture
def amend(publisher: Publisher, clock: Clock) -> Amend:
    """Return the changing of an entry, an hour after what was before."""

    def change(patch: dict[str, Any], noun: str = "events", key: str = UID) -> Any:
        clock.forward(hours=1)
        return publisher.amend(noun, CHANNEL, key, patch, now=clock.now, match=ANY)

    return change


def subscribed(client: FlaskClient) -> dict[tuple[str, str], Seen]:
    """Return what the feed shows by UID and RECURRENCE-ID, each of them once."""
    calendar = Calendar.from_ical(client.get(FEED).data)
    found: dict[tuple[str, str], Seen] = {}
    for one in calendar.walk("VEVENT"):
        key = str(one["UID"]), written(one, "RECURRENCE-ID")
        assert key not in found
        found[key] = Seen(
            str(one["SUMMARY"]),
            str(one["STATUS"]),
            written(one, "DTSTART"),
            int(written(one, "SEQUENCE")),
            (written(one, "DTSTAMP"), written(one, "LAST-MODIFIED")),
        )
    return found


def written(component: Component, name: str) -> str:
    """Return a property's value as the feed writes it, or ""."""
    value: Any = component.get(name)
    return str(value.to_ical().decode()) if value is not None else ""


def single(client: FlaskClient) -> Seen:
    return subscribed(client)[UID, ""]


def test_new_event_begins_at_zero(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    write("events", EVENT)

    stamp = f"{clock.now:%Y%m%dT%H%M%SZ}"
    assert subscribed(client) == {
        (UID, ""): Seen("Elterncafé", "CONFIRMED", "20210708T093000", 0, (stamp, stamp))
    }


@pytest.mark.parametrize(
    ("patch", "shown"),
    [
        ({"title": "Familiencafé"}, {"title": "Familiencafé"}),
        (
            {"start": "2021-07-09T10:00", "end": "2021-07-09T12:00"},
            {"start": "20210709T100000"},
        ),
        ({"status": "tentative"}, {"status": "TENTATIVE"}),
        (
            {"status": "cancelled"},
            {"status": "CANCELLED", "title": "Abgesagt: Elterncafé"},
        ),
        ({"location": {"name": "Rathaus"}}, {}),
        ({"image": {"url": "https://bild.example/1.png", "alt": "Ein Bild"}}, {}),
        ({"description": "<p>Neu</p>"}, {}),
        ({"organizer": {"name": "Stadt", "email": "stadt@example.org"}}, {}),
        ({"minor": True, "summary": "Ein Wort berichtigt."}, {}),
    ],
)
def test_every_visible_change_is_dated_and_counted(
    client: FlaskClient,
    write: Write,
    amend: Amend,
    patch: dict[str, Any],
    shown: dict[str, Any],
) -> None:
    write("events", EVENT)
    write("events", EVENT, uid="other", title="Ein anderes")
    before = subscribed(client)
    amend(patch)
    after = subscribed(client)

    assert after.keys() == before.keys()
    assert after["other", ""] == before["other", ""]
    seen = after[UID, ""]
    assert seen == before[UID, ""]._replace(
        sequence=1, stamps=("20210706T110000Z", "20210706T110000Z"), **shown
    )


@pytest.mark.parametrize(
    ("patch", "changed"),
    [
        ({"exdates": ["2021-07-15T09:30"]}, {}),
        (
            {
                "overrides": [
                    {"recurrence_id": "2021-07-15T09:30", "status": "cancelled"}
                ]
            },
            {"20210715T093000": ("Abgesagt: Elterncafé", "CANCELLED")},
        ),
        (
            {
                "overrides": [
                    {"recurrence_id": "2021-07-15T09:30", "start": "2021-07-16T10:00"}
                ]
            },
            {"20210715T093000": ("Elterncafé", "CONFIRMED")},
        ),
    ],
)
def test_change_of_one_date_is_a_change_of_its_series(
    client: FlaskClient,
    write: Write,
    amend: Amend,
    patch: dict[str, Any],
    changed: dict[str, tuple[str, str]],
) -> None:
    write("events", EVENT, rrule=WEEKLY)
    amend(patch)
    found = subscribed(client)

    assert {one.sequence for one in found.values()} == {1}
    assert {
        moment: (one.title, one.status)
        for (uid, moment), one in found.items()
        if uid == UID and moment
    } == changed


def test_cancelled_event_stays_until_a_week_after_its_end(
    client: FlaskClient, write: Write, amend: Amend, clock: Clock
) -> None:
    write("events", EVENT)
    amend({"status": "cancelled"})
    held = subscribed(client)
    clock.forward(days=9)
    after_a_week = subscribed(client)
    clock.forward(days=1)

    assert held == after_a_week
    assert held[UID, ""].status == "CANCELLED"
    assert subscribed(client) == {}
    assert client.get(f"/{CHANNEL}/events/elterncafe.ics").status_code == 200


def test_event_that_takes_place_after_all_is_confirmed_again(
    client: FlaskClient, write: Write, amend: Amend
) -> None:
    write("events", EVENT)
    amend({"status": "cancelled"})
    amend({"status": "confirmed"})

    seen = single(client)
    assert (seen.title, seen.status, seen.sequence) == ("Elterncafé", "CONFIRMED", 2)


def test_deleted_event_is_gone_at_once_and_comes_back_counted_on(
    client: FlaskClient, write: Write, publisher: Publisher, amend: Amend, clock: Clock
) -> None:
    write("events", EVENT)
    amend({"title": "Familiencafé"})
    publisher.withdraw("events", CHANNEL, UID, now=clock.now, match=ANY)
    gone = subscribed(client)
    clock.forward(hours=1)
    write("events", EVENT)

    assert gone == {}
    assert single(client).sequence == 2


def test_renamed_category_and_place_touch_only_what_shows_them(
    client: FlaskClient, write: Write, amend: Amend
) -> None:
    write("categories", {"slug": "kurs", "title": "Kurs"})
    place = write("places", {"slug": "rathaus", "title": "Rathaus"})
    write("events", EVENT, uid="course", categories=["kurs"])
    write("events", EVENT, uid="there", place="rathaus")
    write("events", EVENT, uid="neither")
    amend({"title": "Lehrgang"}, noun="categories", key="kurs")
    amend({"title": "Altes Rathaus"}, noun="places", key=place["id"])
    found = subscribed(client)

    assert {uid: one.sequence for (uid, _), one in found.items()} == {
        "course": 1,
        "there": 1,
        "neither": 0,
    }
    assert found["course", ""].stamps != found["there", ""].stamps


def test_scheduled_event_appears_by_itself_and_expires_by_itself(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    begins, ends = clock.now + timedelta(hours=2), clock.now + timedelta(hours=4)
    write("events", EVENT, publish_at=begins.isoformat(), expires_at=ends.isoformat())
    seen = []
    for _ in range(3):
        seen.append(len(subscribed(client)))
        clock.forward(hours=2)

    assert seen == [0, 1, 0]
