"""Writing: what a change touches, what it keeps, and what it leaves alone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from feeds.errors import Conflict, Invalid, PreconditionRequired, Stale
from feeds.models import Event, Fragment
from feeds.publish import Match, Publisher, merged
from feeds.store import Store
from tests.cast import BASE_URL, CHANNEL, make_channel

NOW = datetime(2021, 7, 1, 10, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ANY = Match(any=True)
UID = "0b8c9f0e-6a53-4a0e-9c39-3f0b6d1b7a11"


@pytest.fixture
def publisher(each_store: Store) -> Publisher:
    made = Publisher(each_store, BASE_URL)
    make_channel(made, NOW)
    return made


def write(publisher: Publisher, noun: str, **raw: Any) -> dict[str, Any]:
    return publisher.create(noun, CHANNEL, raw, now=NOW)


def change(publisher: Publisher, noun: str, key: str, **patch: Any) -> dict[str, Any]:
    return publisher.amend(noun, CHANNEL, key, patch, now=LATER, match=ANY)


def fragments(publisher: Publisher, output: str = "ics") -> dict[str, str]:
    with publisher.store.reading() as session:
        rows = (
            session.query(Event.uid, Fragment.body)
            .join(Fragment, Fragment.event_id == Event.id)
            .filter(Fragment.format == output)
        )
        return {uid: body.decode() for uid, body in rows}


def session_uids(publisher: Publisher) -> list[str]:
    text = fragments(publisher)[UID]
    return [line[4:] for line in text.split("\r\n") if line.startswith("UID:")]


def test_dates_of_a_course_keep_their_uids_when_they_move(publisher: Publisher) -> None:
    first, second = "2021-07-06T09:00", "2021-07-13T09:00"
    write(
        publisher,
        "events",
        uid=UID,
        title="Kurs",
        sessions=[{"start": first}, {"start": second}],
    )
    before = session_uids(publisher)
    moved = [{"start": first}, {"start": "2021-07-15T18:00"}]
    change(publisher, "events", UID, sessions=moved)
    after = session_uids(publisher)
    change(publisher, "events", UID, sessions=[*moved, {"start": second}])

    assert before == [str(uuid5(UUID(UID), start)) for start in (first, second)]
    assert after == before
    assert session_uids(publisher)[:2] == before
    assert len(set(session_uids(publisher))) == 3


def test_renamed_category_touches_the_events_that_show_it(publisher: Publisher) -> None:
    write(publisher, "categories", title="Kurse")
    shown = write(
        publisher, "events", title="a", start="2021-07-06", categories=["kurse"]
    )
    other = write(publisher, "events", title="b", start="2021-07-06")
    change(publisher, "categories", "kurse", title="Lehrgänge")

    assert publisher.read("events", CHANNEL, shown["uid"])["sequence"] == 1
    assert publisher.read("events", CHANNEL, other["uid"])["sequence"] == 0
    assert "CATEGORIES:Lehrgänge" in fragments(publisher)[shown["uid"]]


def test_moved_place_touches_the_events_at_it(publisher: Publisher) -> None:
    write(publisher, "places", id="p", title="Rathaus", city="Dortmund")
    shown = write(publisher, "events", title="a", start="2021-07-06", place="rathaus")
    other = write(publisher, "events", title="b", start="2021-07-06")
    change(publisher, "places", "p", title="Altes Rathaus")

    assert publisher.read("events", CHANNEL, shown["uid"])["sequence"] == 1
    assert publisher.read("events", CHANNEL, other["uid"])["sequence"] == 0
    assert "LOCATION:Altes Rathaus" in fragments(publisher)[shown["uid"]]


def test_label_in_use_stays(publisher: Publisher) -> None:
    write(publisher, "categories", title="Kurse")
    write(publisher, "places", id="p", title="Rathaus", category="kurse")
    write(
        publisher,
        "events",
        title="a",
        start="2021-07-06",
        place="rathaus",
        categories=["kurse"],
    )
    for noun, key, uses in (
        ("categories", "kurse", "2 entries"),
        ("places", "p", "1 entry"),
    ):
        with pytest.raises(Conflict, match=f"still used by {uses}"):
            publisher.withdraw(noun, CHANNEL, key, now=LATER, match=ANY)


def test_uid_that_comes_back_goes_on_from_its_sequence(publisher: Publisher) -> None:
    write(publisher, "events", uid=UID, title="a", start="2021-07-06")
    change(publisher, "events", UID, title="b")
    publisher.withdraw("events", CHANNEL, UID, now=LATER, match=ANY)
    again = write(publisher, "events", uid=UID, title="a", start="2021-07-06")

    assert again["sequence"] == 2


def test_minor_edit_moves_the_calendar_but_not_the_feed(publisher: Publisher) -> None:
    write(publisher, "events", uid=UID, title="a", start="2021-07-06")
    change(publisher, "events", UID, title="b", minor=True)
    minor = fragments(publisher, "atom")[UID], fragments(publisher)[UID]
    change(publisher, "events", UID, title="c")
    major = fragments(publisher, "atom")[UID]

    assert "<updated>2021-07-01T10:00:00" in minor[0]
    assert "LAST-MODIFIED:20210701T110000Z" in minor[1]
    assert "<updated>2021-07-01T11:00:00" in major


def test_announcement_stays_when_an_entry_changes(publisher: Publisher) -> None:
    write(publisher, "news", id="a", title="a")
    write(publisher, "news", id="draft", title="b", state="draft")
    change(publisher, "news", "a", title="c")
    published = change(publisher, "news", "draft", state="published")
    hidden = change(publisher, "news", "a", state="draft")
    back = change(publisher, "news", "a", state="published")

    assert published["published_at"] == "2021-07-01T11:00:00Z"
    assert hidden["published_at"] == "2021-07-01T10:00:00Z"
    assert back["published_at"] == "2021-07-01T10:00:00Z"


def test_refused_change_leaves_nothing_behind(publisher: Publisher) -> None:
    before = write(publisher, "events", uid=UID, title="a", start="2021-07-06")
    with pytest.raises(Invalid) as refused:
        change(publisher, "events", UID, title="b", categories=["none"], place="none")

    assert sorted(refused.value.errors) == ["categories.0", "place"]
    assert publisher.read("events", CHANNEL, UID) == before


@pytest.mark.parametrize(
    ("match", "error"),
    [
        (None, PreconditionRequired),
        (Match(('"1"',)), Stale),
        (Match(), Stale),
    ],
)
def test_change_needs_the_present_etag(
    publisher: Publisher, match: Match | None, error: type[Exception]
) -> None:
    write(publisher, "events", uid=UID, title="a", start="2021-07-06")
    with pytest.raises(error):
        publisher.amend("events", CHANNEL, UID, {"title": "b"}, now=LATER, match=match)


def test_slugs_are_counted_up_and_kept(publisher: Publisher) -> None:
    slugs = [
        write(publisher, "events", title="Straßenfest", start="2021-07-06")["slug"]
        for _ in range(3)
    ]
    write(publisher, "news", id="n", title="Straßenfest")
    renamed = change(publisher, "news", "n", title="Ganz anders")

    assert slugs == ["strassenfest", "strassenfest-2", "strassenfest-3"]
    assert renamed["slug"] == "strassenfest"


def test_long_slugs_are_cut_and_counted_up(publisher: Publisher) -> None:
    title = "Familienfreundlichkeit " * 5
    slugs = [
        write(publisher, "events", title=title, start="2021-07-06")["slug"]
        for _ in range(11)
    ]

    assert len(set(slugs)) == 11
    assert max(map(len, slugs)) <= 80
    assert slugs[10].endswith("-11")


def test_given_slug_that_is_taken_is_a_conflict(publisher: Publisher) -> None:
    write(publisher, "events", title="a", start="2021-07-06", slug="fest")
    with pytest.raises(Conflict, match="'fest' is taken"):
        write(publisher, "events", title="b", start="2021-07-06", slug="fest")


@pytest.mark.parametrize(
    ("target", "patch", "expected"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ],
)
def test_merge_patch_by_the_examples_of_its_standard(
    target: Any, patch: Any, expected: Any
) -> None:
    assert merged(target, patch) == expected
