"""A place's JSON and its values."""

from functools import partial
from typing import Any

import pytest

from feeds.models import Category, Place
from feeds.schemas import load, writable
from feeds.views.api.examples import EXAMPLES
from tests.schemas.refusals import DEFAULTS, refused

wrong = partial(refused, "places")

FULL: dict[str, Any] = {
    "id": "haus-1",
    "slug": "haus",
    "title": "Haus",
    "category": "treffpunkt",
    "description": "Groß & <hell>",
    "street": "Weg 1",
    "postal_code": "12345",
    "city": "Ort",
    "region": "Land",
    "country": "DE",
    "latitude": -90,
    "longitude": 180.0,
    "contact": {
        "name": "Wir",
        "email": "w@example.org",
        "phone": "+49 1",
        "url": "https://a.example/",
    },
}


def model(raw: dict[str, Any]) -> Place:
    values = load("places", raw, DEFAULTS)
    slug = values["category"]
    return Place(**values | {"category": Category(slug=slug) if slug else None})


@pytest.mark.parametrize("raw", [FULL, {"title": "T"}])
def test_what_is_written_back_changes_nothing(raw: dict[str, Any]) -> None:
    back = writable("places", model(raw))
    assert load("places", back, DEFAULTS) == load("places", raw, DEFAULTS)
    assert {name: back[name] for name in raw} == raw


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("id", {"id": "ä"}),
        ("latitude", {"latitude": -90.1, "longitude": 0}),
        ("longitude", {"latitude": 0, "longitude": 180.1}),
        ("longitude", {"latitude": 0}),
        ("latitude", {"longitude": 0, "latitude": None}),
        ("latitude", {"longitude": 0, "latitude": float("nan")}),
        ("country", {"country": "de"}),
        ("category", {"category": ["treffpunkt"]}),
        ("contact.phone", {"contact": {"phone": 4912}}),
        ("contact.fax", {"contact": {"fax": "1"}}),
        ("postal_code", {"postal_code": "1" * 17}),
    ],
)
def test_a_wrong_value_is_named(path: str, raw: dict[str, Any]) -> None:
    assert list(wrong(**raw)) == [path]


def test_the_example_of_the_documentation_is_good() -> None:
    assert load("places", EXAMPLES["places"], DEFAULTS)["title"] == "Kinderbibliothek"
