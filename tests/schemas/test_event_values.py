"""Values that an event does not take: each is refused under its own path."""

from functools import partial
from typing import Any

import pytest

from tests.schemas.refusals import refused

START = "2021-07-06T09:30"
wrong = partial(refused, "events")


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("timezone", {"timezone": "Europe/Atlantis"}),
        ("uid", {"uid": ""}),
        ("uid", {"uid": "a\nb"}),
        ("uid", {"uid": "a" * 256}),
        ("slug", {"slug": "Groß"}),
        ("slug", {"slug": "a--b"}),
        ("slug", {"slug": "a" * 81}),
        ("title", {"title": " \n "}),
        ("title", {"title": "a" * 501}),
        ("title", {"title": "a\x00b"}),
        ("summary", {"summary": "\ud800"}),
        ("summary", {"summary": "a" * 20_001}),
        ("description", {"description": "a" * 200_001}),
        ("location.name", {"location": {"name": "\x00"}}),
        ("url", {"url": "/relative"}),
        ("url", {"url": "mailto:a@example.org"}),
        ("url", {"url": "https://user:secret@example.org"}),
        ("url", {"url": "https://example.org/a b"}),
        ("online_url", {"online_url": "javascript:alert(1)"}),
        ("image.url", {"image": {"alt": "Nur Text"}}),
        ("image", {"image": "https://example.org/a.jpg"}),
        ("organizer.email", {"organizer": {"email": "nobody"}}),
        ("categories", {"categories": "eins"}),
        ("categories.1", {"categories": ["eins", "Zwei"]}),
        ("categories.0", {"categories": [None]}),
        ("categories", {"categories": [f"c{n}" for n in range(51)]}),
        ("exdates", {"rrule": "FREQ=DAILY", "exdates": [START] * 1001}),
        ("status", {"status": "maybe"}),
        ("state", {"state": "public"}),
        ("publish_at", {"publish_at": "2021-07-06"}),
        ("expires_at", {"expires_at": "soon"}),
        ("language", {"language": "German"}),
        ("minor", {"minor": "true"}),
        ("minor", {"minor": 1}),
        ("location.latitude", {"location": {"latitude": 91, "longitude": 0}}),
        ("location.latitude", {"location": {"latitude": "5", "longitude": 0}}),
        ("location.longitude", {"location": {"latitude": 5, "longitude": True}}),
        ("location.country", {"location": {"country": "Germany"}}),
        ("registration.capacity", {"registration": {"capacity": -1}}),
        ("registration.capacity", {"registration": {"capacity": "20"}}),
        ("registration.capacity", {"registration": {"capacity": 2.5}}),
        ("registration.capacity", {"registration": {"capacity": True}}),
        ("registration.deadline", {"registration": {"deadline": START}}),
        ("accessibility.0", {"accessibility": ["Step free"]}),
        ("sources.0.retrieved_on", {"sources": [{"text": "a", "retrieved_on": "2"}]}),
        ("sources.0", {"sources": ["Blatt"]}),
        ("end", {"end": "2021-07-06T11:00+02:00"}),
    ],
)
def test_a_wrong_value_is_named(path: str, raw: dict[str, Any]) -> None:
    assert list(wrong(**({"start": START} | raw))) == [path]


def test_a_course_of_too_many_dates_is_refused() -> None:
    assert wrong(sessions=[{"start": START}] * 501) == {
        "sessions": ["has 501 items, at most 500 are allowed"],
        "start": ["is required"],
    }
