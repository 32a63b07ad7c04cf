"""A news item's JSON and its values."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from feeds.models import Category, Event, NewsItem, Place, Source
from feeds.schemas import load, writable
from feeds.views.api.examples import EXAMPLES
from tests.schemas.refusals import DEFAULTS, refused, taken

NOON, HERE = "2021-07-06T12:00", "https://a.example/"
item = partial(taken, "news")
wrong = partial(refused, "news")

FULL: dict[str, Any] = {
    "id": "a.b_c-D",
    "slug": "neues",
    "title": "Neues",
    "summary": "Kurz",
    "content": "<p>Lang</p>",
    "url": "https://example.org/neues",
    "author": "Wir",
    "image": {"url": "https://example.org/a.jpg"},
    "categories": ["eins"],
    "sources": [{"text": "Blatt", "url": None, "retrieved_on": None}],
    "attachments": [
        {
            "url": "https://example.org/a.pdf",
            "type": "application/pdf",
            "length": 0,
            "title": "Alles",
        }
    ],
    "event": "elterncafe",
    "place": "haus",
    "published_at": "2021-07-01T08:00:00Z",
    "expires_at": "2022-07-01T08:00:00Z",
    "state": "pending",
    "language": "en",
    "minor": False,
}


def model(raw: dict[str, Any]) -> NewsItem:
    values = load("news", raw, DEFAULTS)
    del values["minor"]
    values["sources"] = [Source(**row) for row in values["sources"]]
    values["categories"] = [Category(slug=slug) for slug in values["categories"]]
    values["place"] = Place(slug=values["place"]) if values["place"] else None
    values["event"] = Event(slug=values["event"]) if values["event"] else None
    return NewsItem(**values)


def test_everything_comes_back_as_written() -> None:
    assert writable("news", model(FULL)) == FULL


def test_what_is_written_back_changes_nothing() -> None:
    back = writable("news", model({"title": "T"}))
    assert load("news", back, DEFAULTS) == item()


def test_once_announced_that_is_when_it_was_published() -> None:
    announced = model(FULL)
    announced.announced_at = datetime(2021, 7, 2, tzinfo=UTC)
    assert writable("news", announced)["published_at"] == "2021-07-02T00:00:00Z"


def test_a_title_is_enough() -> None:
    assert item() == {
        "uid": None,
        "slug": None,
        "title": "T",
        "summary": "",
        "content": "",
        "url": None,
        "author": "",
        "image": None,
        "categories": [],
        "sources": [],
        "attachments": [],
        "event": None,
        "place": None,
        "publish_at": None,
        "expires_at": None,
        "state": "published",
        "language": "de",
        "minor": False,
    }


def test_content_is_cleaned_and_its_links_resolve() -> None:
    values = item(content='<a href="b">c</a><svg></svg>', url="https://example.org/x/y")
    link = '<a href="https://example.org/x/b" rel="noopener">c</a>'
    assert values["content"] == link


def test_a_media_type_is_kept_in_lower_case() -> None:
    files = [{"url": "https://example.org/a", "type": "Application/PDF"}]
    assert item(attachments=files)["attachments"][0]["type"] == "application/pdf"


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("id", {"id": "a/b"}),
        ("id", {"id": "a" * 65}),
        ("id", {"id": ""}),
        ("uid", {"uid": "a"}),
        ("start", {"start": "2021-07-06"}),
        ("published_at", {"published_at": "gestern"}),
        (
            "expires_at",
            {"published_at": NOON, "expires_at": NOON},
        ),
        ("attachments.0.url", {"attachments": [{"title": "Nur ein Titel"}]}),
        (
            "attachments.0.length",
            {"attachments": [{"url": HERE, "length": -1}]},
        ),
        (
            "attachments.0.type",
            {"attachments": [{"url": HERE, "type": "pdf"}]},
        ),
        ("event", {"event": "a\nb"}),
        ("author", {"author": ["Wir"]}),
    ],
)
def test_a_wrong_value_is_named(path: str, raw: dict[str, Any]) -> None:
    assert list(wrong(**raw)) == [path]


def test_the_example_of_the_documentation_is_good() -> None:
    assert load("news", EXAMPLES["news"], DEFAULTS)["title"] == "Neue Öffnungszeiten"
