"""The demo channel: whole, deterministic, and alive on whatever day it is loaded."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from feeds import agenda, demo, tenancy, times
from feeds.browse.entries import entries_of
from feeds.errors import Gone
from feeds.models import Event, NewsItem
from feeds.publish import Match, Publisher
from feeds.store import Store, channels, entries, occurrences
from feeds.store.filters import Filter

BERLIN = times.zone("Europe/Berlin")
NOUNS = ("categories", "places", "events", "news")
CATEGORIES = [
    "qualifizierung",
    "familienmanager",
    "audit-familiengerechte-kommune",
    "lokale-buendnisse",
    "gesundheitliche-chancengleichheit",
]
NOWS = (
    datetime(2024, 2, 29, 0, 0, tzinfo=UTC),
    datetime(2025, 7, 13, 21, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 30, 12, 345, tzinfo=UTC),
)
COURSE = "lehrgang-familienmanagement-2021"
CAFE = "elterncafe-im-sommer"
JULY = {
    1: [COURSE, "buendnistreffen-ostwestfalen"],
    3: ["familienfest-am-markt"],
    6: [CAFE, "sprechstunde-dortmund", "infoabend-audit-2021"],
    **{day: ["familienwochenende"] for day in (9, 10, 11)},
    14: ["fachtag-2021", CAFE],
    15: [COURSE],
    17: ["parkspiele"],
    21: ["stadtteilspaziergang"],
    22: ["netzwerkfruehstueck-2021"],
    **{day: ["sternwanderung"] for day in (24, 25)},
    27: [CAFE],
    28: ["zertifikat-minden"],
    30: ["spielplaetze"],
    31: ["mitmachtage"],
}

Raw = dict[str, Any]


def opened(path: Path, template: Path) -> Publisher:
    """Return a publisher on a fresh store."""
    return Publisher(
        Store(f"sqlite:///{shutil.copy(template, path)}"), "https://feeds.example.org"
    )


def everything(publisher: Publisher) -> dict[str, list[Raw]]:
    return {
        noun: publisher.listing(noun, "familie-nrw", limit=200)[0] for noun in NOUNS
    }


@pytest.fixture(scope="module", params=NOWS, ids=str)
def now(request: pytest.FixtureRequest) -> datetime:
    """Return the moment of loading: a leap day, a Sunday's last minute, a new year."""
    moment: datetime = request.param
    return moment


@pytest.fixture(scope="module")
def publisher(
    now: datetime, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Publisher]:
    """Return a publisher that holds the demo."""
    made = opened(tmp_path_factory.mktemp("demo") / "demo.sqlite3", sqlite_template)
    assert demo.load(made, now) is True
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def loaded(publisher: Publisher) -> dict[str, list[Raw]]:
    return everything(publisher)


def test_load_fills_every_noun(loaded: dict[str, list[Raw]]) -> None:
    counts = {noun: len(items) for noun, items in loaded.items()}

    assert counts == {"categories": 5, "places": 13, "events": 47, "news": 14}
    assert [category["slug"] for category in loaded["categories"]] == CATEGORIES
    assert len({category["colour"] for category in loaded["categories"]}) == 5


def test_load_a_second_time_changes_nothing(
    publisher: Publisher, loaded: dict[str, list[Raw]], now: datetime
) -> None:
    channel = tenancy.read(publisher, "familie-nrw")

    assert demo.load(publisher, now + timedelta(days=1)) is False
    assert tenancy.read(publisher, "familie-nrw") == channel
    assert everything(publisher) == loaded


def test_load_after_the_channel_was_deleted_leaves_it_gone(
    store: Store, now: datetime
) -> None:
    publisher = Publisher(store, "https://feeds.example.org")
    raw = {"slug": demo.CHANNEL, "title": "Familie"}
    tenancy.create(publisher, raw, now=now)
    tenancy.withdraw(publisher, demo.CHANNEL, now=now, match=Match(any=True))

    assert demo.load(publisher, now) is False
    with pytest.raises(Gone):
        tenancy.read(publisher, demo.CHANNEL)


def test_load_is_the_same_on_two_machines(
    loaded: dict[str, list[Raw]], now: datetime, sqlite_template: Path, tmp_path: Path
) -> None:
    other = opened(tmp_path / "other.sqlite3", sqlite_template)
    demo.load(other, now)

    assert everything(other) == loaded
    other.store.close()


def test_each_entry_was_made_at_its_own_past_time(
    publisher: Publisher, loaded: dict[str, list[Raw]], now: datetime
) -> None:
    channel = tenancy.read(publisher, "familie-nrw")["created_at"]
    made = [raw["created_at"] for noun in NOUNS for raw in loaded[noun]]

    assert len(set(made)) == len(made)
    assert channel < min(made)
    assert max(made) < times.format_instant(now)
    for noun in NOUNS:
        moments = [raw["created_at"] for raw in loaded[noun]]
        assert moments == sorted(moments)


def test_events_are_announced_before_they_begin(
    loaded: dict[str, list[Raw]],
) -> None:
    late = [
        raw["slug"]
        for raw in loaded["events"]
        if raw["announced_at"][:10] >= min(days_of(raw))
    ]

    assert late == []


def test_the_scheduled_and_the_draft_are_not_public(
    publisher: Publisher, loaded: dict[str, list[Raw]], now: datetime
) -> None:
    unseen = ["entwurf-jahresbericht", "vorschau-naechste-woche"]
    tomorrow = datetime.combine(
        times.local(now, BERLIN).date() + timedelta(days=1), time(8, 1)
    )

    today = published(publisher, NewsItem, now)
    later = published(publisher, NewsItem, times.resolve(tomorrow, BERLIN))

    assert today == [raw["slug"] for raw in loaded["news"] if raw["slug"] not in unseen]
    assert [slug for slug in later if slug not in today] == ["vorschau-naechste-woche"]
    assert len(published(publisher, Event, now)) == 47


def published(
    publisher: Publisher, model: type[Event] | type[NewsItem], now: datetime
) -> list[str]:
    """Return the slugs of what everybody may see, oldest first."""
    with publisher.store.reading() as session:
        channel = channels.get_public(session, "familie-nrw")
        found = entries.latest(session, model, Filter(channel.id, now), limit=None)
        return [entry.slug for entry in reversed(found)]


def test_the_first_news_names_its_source(loaded: dict[str, list[Raw]]) -> None:
    first = loaded["news"][0]

    assert first["published_at"][:10] == "2014-09-02"
    assert [(one["text"], one["retrieved_on"]) for one in first["sources"]] == [
        ("Online-Recherche auf www.mfkjks.nrw.de", "2014-09-02")
    ]


def test_july_2021_by_day(publisher: Publisher, now: datetime) -> None:
    first, last = agenda.window(2021, 7, agenda.MONDAY)
    since, until = times.midnight(first, BERLIN), times.midnight(last, BERLIN)
    with publisher.store.reading() as session:
        channel = channels.get_public(session, "familie-nrw")
        rows = occurrences.between(session, Filter(channel.id, now), since, until)
        found = entries_of(rows, channel)
    month = agenda.month(2021, 7, found, today=now.date(), per_day=99)
    slugs = {
        day.date.day: sorted(one.entry.slug for one in day.entries)
        for week in month.weeks
        for day in week.days
        if day.in_month and day.entries
    }
    holidays = {day: ["sommerferien-2021"] for day in range(5, 32)}

    assert slugs == {
        day: sorted(JULY.get(day, []) + holidays.get(day, []))
        for day in sorted(JULY.keys() | holidays.keys())
    }


def days_of(raw: Raw) -> list[str]:
    """Return the first and last days that an event's authored times name."""
    spans = raw["sessions"] or [raw]
    return [
        span[name][:10] for span in spans for name in ("start", "end") if span[name]
    ]


def test_events_around_now_lie_within_130_days(
    loaded: dict[str, list[Raw]], now: datetime
) -> None:
    spans = [days_of(raw) for raw in loaded["events"]]
    around = [date.fromisoformat(day) for days in spans for day in days if day > "2022"]

    assert sum(min(days) > "2022" for days in spans) == 31
    assert max(abs((day - now.date()).days) for day in around) <= 130


def test_the_weekly_event_runs_around_now_but_for_one_date_and_a_moved_one(
    publisher: Publisher, now: datetime
) -> None:
    with publisher.store.reading() as session:
        channel = channels.get_public(session, "familie-nrw")
        cafe = entries.published(session, Event, channel, "elterncafe", now=now)
        starts = [row.start_local for row in occurrences.of_event(cafe, None, 100)]
    gaps = [(later - start).days for start, later in pairwise(starts)]

    assert len(starts) == 27
    assert [gap for gap in gaps if gap != 7] == [16, 4]
    assert max(abs((start.date() - now.date()).days) for start in starts) <= 130


def test_a_place_named_after_its_town_is_shown_without_it_again(
    publisher: Publisher, now: datetime
) -> None:
    with publisher.store.reading() as session:
        channel = channels.get_public(session, "familie-nrw")
        rows = occurrences.between(
            session, Filter(channel.id, now), now - timedelta(days=130), None
        )
        venues = {row.event.slug: row.venue for row in rows}

    assert venues["elterncafe"] == "Familienbüro Dortmund"
    assert venues["familiensamstag"] == "Rathaus, Bürgerhalle, Dortmund"
    assert venues["online-sprechstunde-audit"] == ""


def test_every_month_around_now_has_events(publisher: Publisher, now: datetime) -> None:
    with publisher.store.reading() as session:
        channel = channels.get_public(session, "familie-nrw")
        wanted = Filter(channel.id, now)
        counts = [
            len(occurrences.between(session, wanted, since, since + timedelta(days=30)))
            for since in (now + timedelta(days=30 * step) for step in range(-3, 4))
        ]

    assert min(counts) >= 3


def test_the_demo_shows_every_kind_of_event(loaded: dict[str, list[Raw]]) -> None:
    around = [raw for raw in loaded["events"] if min(days_of(raw)) > "2022"]
    kinds = {
        "cancelled": lambda raw: raw["status"] == "cancelled",
        "tentative": lambda raw: raw["status"] == "tentative",
        "all-day": lambda raw: raw["start"] and "T" not in raw["start"],
        "overnight": lambda raw: raw["slug"] == "lange-nacht",
        "course": lambda raw: len(raw["sessions"]) == 5,
        "weekly": lambda raw: raw["rrule"] and raw["exdates"] and raw["overrides"],
        "online": lambda raw: raw["online_url"],
        "registration": lambda raw: raw["registration"] and raw["price"],
        "plain language": lambda raw: raw["plain_language"],
        "long title": lambda raw: len(raw["title"]) == 140,
        "moment": lambda raw: raw["start"] and not raw["end"],
    }
    shown = {name: sum(map(bool, map(kind, around))) for name, kind in kinds.items()}

    assert shown == dict.fromkeys(kinds, 1) | {"all-day": 2, "registration": 2}


def test_no_event_begins_on_a_fixed_holiday(loaded: dict[str, list[Raw]]) -> None:
    closed = {"01-01", "05-01", "10-03", "11-01", "12-24", "12-25", "12-26", "12-31"}
    days = [min(days_of(raw))[5:] for raw in loaded["events"]]

    assert [day for day in days if day in closed] == []
