"""What a fragment's digest and an entry's ids hold, and what they leave out."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from feeds.renderers import FORMATS, Site, digest, entry_id, frame, urn
from tests.renderers.cast import UID, make_channel, make_site


def test_the_table_names_every_format_once() -> None:
    assert [(row.name, row.suffix, row.media_type) for row in FORMATS.values()] == [
        ("ics", ".ics", "text/calendar"),
        ("rss", ".rss", "application/rss+xml"),
        ("atom", ".atom", "application/atom+xml"),
        ("json", ".json", "application/feed+json"),
        ("jcal", ".jcal", "application/calendar+json"),
    ]
    assert list(FORMATS) == [row.name for row in FORMATS.values()]
    assert {name: row.nouns for name, row in FORMATS.items()} == {
        "ics": {"events"},
        "rss": {"events", "news"},
        "atom": {"events", "news"},
        "json": {"events", "news"},
        "jcal": {"events"},
    }


@pytest.mark.parametrize(
    "over", [{"slug": "x"}, {"language": "en"}, {"timezone": "Europe/London"}]
)
def test_a_digest_changes_with_what_fragments_show(over: dict[str, Any]) -> None:
    assert digest(make_site(**over)) != digest(make_site())


def test_a_digest_changes_with_the_public_address() -> None:
    moved = Site("https://other.example.org", make_channel())
    assert digest(moved) != digest(make_site())


@pytest.mark.parametrize(
    "name", ["RENDERER_VERSION", "TZDATA_VERSION", "WORDS", "CLDR"]
)
def test_a_digest_changes_with_the_program(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(make_site())
    monkeypatch.setattr(frame, name, "another")
    assert digest(make_site()) != before


@pytest.mark.parametrize(
    "over", [{"title": "X"}, {"colour": "#ffffff"}, {"publisher": None}, {"logo": {}}]
)
def test_a_digest_leaves_out_what_only_heads_show(over: dict[str, Any]) -> None:
    assert digest(make_site(**over)) == digest(make_site())


@pytest.mark.parametrize(
    ("noun", "uid", "uri"),
    [
        ("events", UID, f"urn:uuid:{UID}"),
        ("events", UID.upper(), urn("events", UID.upper())),
        ("events", UID.replace("-", ""), urn("events", UID.replace("-", ""))),
        ("news", "a@b", "urn:uuid:" + str(uuid5(frame.NAMESPACE, "news\na@b"))),
    ],
)
def test_an_entry_id_comes_from_its_uid_alone(noun: str, uid: str, uri: str) -> None:
    assert entry_id(noun, uid) == uri


@pytest.mark.parametrize(
    ("uid", "space"), [(UID, UUID(UID)), ("a@b", uuid5(NAMESPACE_URL, "a@b"))]
)
def test_a_part_is_named_after_its_event_and_start(uid: str, space: UUID) -> None:
    made = frame.part_uid(uid, "2021-07-06T09:30")
    assert made == str(uuid5(space, "2021-07-06T09:30"))


@pytest.mark.parametrize(
    ("over", "publisher"),
    [
        ({}, {"name": "Amt für Familie", "url": "https://www.example.org/"}),
        (
            {"publisher": {"name": "A", "url": "https://a.example.org/"}},
            {"name": "A", "url": "https://a.example.org/"},
        ),
        ({"publisher": None, "url": None}, {"name": "Familie in NRW"}),
    ],
)
def test_a_publisher_has_a_name_and_no_mailbox(
    over: dict[str, Any], publisher: dict[str, str]
) -> None:
    assert make_site(**over).publisher == publisher
