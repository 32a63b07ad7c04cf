"""An event's JSON and its values: the rules of the contract, one a test."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from feeds.errors import Invalid
from feeds.models import Category, CourseSession, Event, Override, Place, Source
from feeds.schemas import load, writable
from feeds.views.api.examples import EXAMPLES
from tests.schemas.refusals import DEFAULTS, refused, taken

START = "2021-07-06T09:30"
wall = datetime.fromisoformat
event = partial(taken, "events")
wrong = partial(refused, "events")
repeated = partial(event, start=START, rrule="FREQ=DAILY;COUNT=5")

FULL: dict[str, Any] = {
    "uid": "series/2021@example.org",
    "slug": "elterncafe",
    "title": "Elterncafé",
    "summary": "Zwei Zeilen\nText & <mehr>",
    "description": '<p>Mehr <a href="https://example.org/a" rel="noopener">da</a></p>',
    "start": START,
    "end": "2021-07-06T11:00",
    "timezone": "Europe/Vienna",
    "rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=10",
    "rdates": ["2021-07-08T09:30"],
    "exdates": ["2021-07-20T09:30"],
    "overrides": [
        {
            "recurrence_id": "2021-07-13T09:30",
            "start": "2021-07-13T14:00",
            "end": "2021-07-13T15:00:30",
            "title": "Anders",
            "summary": "Kurz",
            "description": "<p>Lang</p>",
            "location": {"name": "Hof"},
            "online_url": "https://example.org/video",
            "status": "cancelled",
        }
    ],
    "sessions": [],
    "location": {
        "name": "Saal",
        "street": "Weg 1",
        "postal_code": "12345",
        "city": "Ort",
        "country": "DE",
        "latitude": 51.5,
        "longitude": 7.46,
    },
    "place": "haus",
    "online_url": "https://example.org/raum",
    "url": "https://example.org/cafe",
    "organizer": {"name": "Wir", "email": "w@example.org", "url": "https://a.example/"},
    "image": {"url": "https://example.org/a.jpg", "alt": "Ein Bild", "credit": "Wir"},
    "categories": ["zwei", "eins"],
    "status": "tentative",
    "state": "draft",
    "publish_at": "2021-07-01T08:00:00Z",
    "expires_at": "2022-07-01T08:00:00Z",
    "language": "de-AT",
    "minor": False,
    "price": "5 €",
    "registration": {
        "url": "https://example.org/da",
        "deadline": "2021-06-30",
        "capacity": 20,
    },
    "accessibility": ["step-free"],
    "plain_language": "Kommt.\nAlle.",
    "sources": [
        {"text": "Blatt", "url": "https://a.example/", "retrieved_on": "2014-09-02"}
    ],
}


def model(raw: dict[str, Any]) -> Event:
    """Return the model that has the values of `raw`, as publishing would make it."""
    values = load("events", raw, DEFAULTS)
    del values["minor"]
    children = {"overrides": Override, "sessions": CourseSession, "sources": Source}
    for name, kind in children.items():
        values[name] = [kind(**row) for row in values[name]]
    values["categories"] = [Category(slug=slug) for slug in values["categories"]]
    values["place"] = Place(slug=values["place"]) if values["place"] else None
    return Event(**values)


def test_everything_comes_back_as_written() -> None:
    assert writable("events", model(FULL)) == FULL


@pytest.mark.parametrize(
    "times",
    [
        {"start": "2021-07-06", "end": "2021-07-08", "exdates": [], "rdates": []},
        {"start": "2021-07-06", "rrule": "FREQ=DAILY", "exdates": ["2021-07-07"]},
        {"sessions": [{"start": START, "end": "2021-07-06T11:00", "title": "Eins"}]},
        {"sessions": [{"start": "2021-07-06"}, {"start": "2021-07-09"}]},
        {"start": START, "rdates": ["2021-07-09T09:30"]},
    ],
)
def test_what_is_written_back_changes_nothing(times: dict[str, Any]) -> None:
    raw = {"title": "T", **times}
    back = writable("events", model(raw))
    assert load("events", back, DEFAULTS) == load("events", raw, DEFAULTS)
    assert {name: back[name] for name in times} == times


def test_the_least_an_event_needs_gets_the_defaults() -> None:
    assert event(start=START) == {
        "uid": None,
        "slug": None,
        "title": "T",
        "summary": "",
        "description": "",
        "all_day": False,
        "start_local": wall("2021-07-06T09:30"),
        "end_local": None,
        "timezone": "Europe/Berlin",
        "rrule": None,
        "rdates": [],
        "exdates": [],
        "overrides": [],
        "sessions": [],
        "location": None,
        "place": None,
        "online_url": None,
        "url": None,
        "organizer": None,
        "image": None,
        "categories": [],
        "status": "confirmed",
        "state": "published",
        "publish_at": None,
        "expires_at": None,
        "language": "de",
        "minor": False,
        "price": "",
        "registration": None,
        "accessibility": [],
        "plain_language": "",
        "extensions": None,
        "sources": [],
    }


def test_null_means_the_default_everywhere_but_where_one_is_needed() -> None:
    nothing = dict.fromkeys(FULL, None) | {"start": START, "title": "T"}
    assert load("events", nothing, DEFAULTS) == event(start=START)
    assert wrong(title=None, start=None) == {
        "title": ["is required"],
        "start": ["is required"],
    }


def test_read_only_members_may_be_sent_back() -> None:
    stamps = {
        "created_at": "2021-01-01T00:00:00Z",
        "updated_at": 5,
        "sequence": "3",
        "links": {"self": "https://a.example"},
        "announced_at": None,
    }
    assert event(start=START, **stamps) == event(start=START)


def test_all_problems_are_told_at_once() -> None:
    assert wrong(
        title=3,
        start="tomorrow",
        colour="red",
        location={"latitude": 1, "town": "Ort"},
        sessions=[{"start": START}, {"start": "x", "room": 4}],
        sources=[{"url": "javascript:alert(1)"}],
    ) == {
        "title": ["3 is not a text"],
        "start": [
            "'tomorrow' is not a date (2021-07-06) or a local time without an offset"
            " (2021-07-06T09:30)"
        ],
        "colour": ["'colour' is unknown here"],
        "location.town": ["'town' is unknown here"],
        "location.longitude": [
            "latitude and longitude belong together: give both or neither"
        ],
        "sessions.1.start": [
            "'x' is not a date (2021-07-06) or a local time without an offset"
            " (2021-07-06T09:30)"
        ],
        "sessions.1.room": ["'room' is unknown here"],
        "sources.0.text": ["is required"],
        "sources.0.url": [
            "'javascript:alert(1)' is not a web address that begins with https:// or"
            " http://"
        ],
    }


def test_the_sentence_says_how_many_more_there_are() -> None:
    with pytest.raises(Invalid, match=r"^title: is required \(and 1 more\)$"):
        load("events", {}, DEFAULTS)
    with pytest.raises(Invalid, match=r"^start: is required$"):
        load("events", {"title": "T"}, DEFAULTS)


def test_html_is_cleaned_and_its_links_resolve() -> None:
    raw = '<p onclick="x()">A<script>b</script> <a href="c">d</a></p>'
    link = '<p>A <a href="https://example.org/{}c" rel="noopener">d</a></p>'
    assert event(start=START, description=raw)["description"] == link.format("haus/")
    assert event(start=START, description=raw, url="https://example.org/e/f")[
        "description"
    ] == link.format("e/")
    values = repeated(overrides=[{"recurrence_id": START, "description": raw}])
    assert values["overrides"][0]["description"] == link.format("haus/")


def test_plain_text_is_kept_as_written() -> None:
    values = event(
        title="1 < 2\nund <b>fett</b>",
        start=START,
        summary="a\r\nb  <i>",
        price="5\n€",
    )
    assert values["title"] == "1 < 2 und <b>fett</b>"
    assert values["summary"] == "a\nb  <i>"
    assert values["price"] == "5 €"


def test_moments_without_an_offset_are_in_the_channels_zone() -> None:
    values = event(
        start=START,
        timezone="America/New_York",
        publish_at="2021-07-01T08:00",
        expires_at="2021-07-02T08:00:00+05:00",
    )
    assert values["publish_at"] == datetime(2021, 7, 1, 6, tzinfo=UTC)
    assert values["expires_at"] == datetime(2021, 7, 2, 3, tzinfo=UTC)


def test_an_entry_cannot_expire_before_it_is_public() -> None:
    told = wrong(
        start=START, publish_at="2021-07-02T00:00", expires_at="2021-07-01T00:00"
    )
    assert told == {
        "expires_at": ["'2021-07-01T00:00' is not after publish_at '2021-07-02T00:00'"]
    }


def test_a_credit_has_a_day() -> None:
    source = {"text": "Blatt", "retrieved_on": "2014-09-02"}
    assert event(start=START, sources=[source])["sources"] == [
        {"text": "Blatt", "url": None, "retrieved_on": date(2014, 9, 2)}
    ]


def test_the_example_of_the_documentation_is_good() -> None:
    assert load("events", EXAMPLES["events"], DEFAULTS)["title"] == "Vorlesestunde"
