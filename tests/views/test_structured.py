"""Events as search engines read them: JSON-LD in the words of schema.org."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from feeds.views.structured import EURO
from tests.cast import BASE_URL, CHANNEL
from tests.views.documents import EVENT, Write
from tests.views.reading import page_of

HOME = f"/{CHANNEL}"
SCHEMA = "https://schema.org"
HALL = {
    "name": "Rathaus",
    "street": "Markt 1",
    "postal_code": "44135",
    "city": "Dortmund",
    "country": "DE",
    "latitude": 51.5,
    "longitude": 7.5,
}
HOSTILE = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)>\u00ad\u2028'


def data_of(client: FlaskClient, path: str) -> dict[str, Any]:
    """Return the one block of data of a page."""
    (block,) = page_of(client.get(path)).xpath("//script[@type]")
    assert block.get("type") == "application/ld+json"
    found: dict[str, Any] = json.loads(block.text)
    assert found["@context"] == SCHEMA
    return found


def event(client: FlaskClient, write: Write, **over: Any) -> dict[str, Any]:
    write("events", EVENT, **over)
    return data_of(client, f"{HOME}/events/elterncafe")


def test_event_says_all_that_is_known(client: FlaskClient, write: Write) -> None:
    write("categories", {"slug": "audit", "title": "Audit"})

    found = event(
        client,
        write,
        summary="Kurz\ngesagt.",
        location=HALL,
        price="15,50 €",
        registration={"url": "https://anmelden.example/", "capacity": 20},
        organizer={"name": "Träger", "url": "https://traeger.example/"},
        image={"url": "https://bilder.example/a.jpg", "alt": "Ein Bild"},
        categories=["audit"],
    )

    url = f"{BASE_URL}{HOME}/events/elterncafe"
    assert found == {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": "Elterncafé",
        "description": "Kurz gesagt.",
        "inLanguage": "de",
        "startDate": "2021-07-08T09:30:00+02:00",
        "endDate": "2021-07-08T11:00:00+02:00",
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Rathaus",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Markt 1",
                "postalCode": "44135",
                "addressLocality": "Dortmund",
                "addressCountry": "DE",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 51.5, "longitude": 7.5},
        },
        "organizer": {
            "@type": "Organization",
            "name": "Träger",
            "url": "https://traeger.example/",
        },
        "image": ["https://bilder.example/a.jpg"],
        "keywords": ["Audit"],
        "maximumAttendeeCapacity": 20,
        "isAccessibleForFree": False,
        "offers": {
            "@type": "Offer",
            "price": "15.50",
            "priceCurrency": "EUR",
            "url": "https://anmelden.example/",
        },
    }


def test_event_says_nothing_that_is_not_known(
    client: FlaskClient, write: Write
) -> None:
    assert sorted(event(client, write, end=None)) == [
        "@context",
        "@id",
        "@type",
        "eventStatus",
        "inLanguage",
        "name",
        "startDate",
        "url",
    ]


@pytest.mark.parametrize(
    ("start", "end", "zone", "expected"),
    [
        # The clocks go forward at 02:00 on 28 March, and back at 03:00 on 31 October.
        (
            "2021-03-27T22:00",
            "2021-03-28T08:00",
            "Europe/Berlin",
            ("2021-03-27T22:00:00+01:00", "2021-03-28T08:00:00+02:00"),
        ),
        (
            "2021-10-30T22:00",
            "2021-10-31T08:00",
            "Europe/Berlin",
            ("2021-10-30T22:00:00+02:00", "2021-10-31T08:00:00+01:00"),
        ),
        # In the gap with the offset before it, in the repeated hour the first.
        (
            "2021-03-28T02:30",
            None,
            "Europe/Berlin",
            ("2021-03-28T03:30:00+02:00", None),
        ),
        (
            "2021-10-31T02:30",
            None,
            "Europe/Berlin",
            ("2021-10-31T02:30:00+02:00", None),
        ),
        (
            "2021-07-08T09:30",
            "2021-07-08T10:30:30",
            "America/St_Johns",
            ("2021-07-08T09:30:00-02:30", "2021-07-08T10:30:30-02:30"),
        ),
        ("2021-07-08T09:30", None, "UTC", ("2021-07-08T09:30:00+00:00", None)),
        ("2021-07-08", None, "Europe/Berlin", ("2021-07-08", None)),
        # The last of whole days counts, on a day of 23 hours, too.
        ("2021-03-27", "2021-03-29", "Europe/Berlin", ("2021-03-27", "2021-03-28")),
        ("2021-10-30", "2021-11-02", "Pacific/Apia", ("2021-10-30", "2021-11-01")),
    ],
)
def test_times_have_the_offset_of_their_day(
    client: FlaskClient,
    write: Write,
    start: str,
    end: str | None,
    zone: str,
    expected: tuple[str, str | None],
) -> None:
    found = event(client, write, start=start, end=end, timezone=zone)

    assert (found["startDate"], found.get("endDate")) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("confirmed", f"{SCHEMA}/EventScheduled"),
        ("cancelled", f"{SCHEMA}/EventCancelled"),
        ("tentative", None),
    ],
)
def test_event_says_its_status(
    client: FlaskClient, write: Write, status: str, expected: str | None
) -> None:
    assert event(client, write, status=status).get("eventStatus") == expected


ROOM = {"@type": "VirtualLocation", "url": "https://treffen.example/raum"}


@pytest.mark.parametrize(
    ("over", "mode", "location"),
    [
        ({"online_url": ROOM["url"]}, "Online", ROOM),
        (
            {"online_url": ROOM["url"], "location": {"name": "Saal"}},
            "Mixed",
            [{"@type": "Place", "name": "Saal"}, ROOM],
        ),
        (
            {"location": {"name": "Saal", "latitude": 0, "longitude": 0}},
            "Offline",
            {
                "@type": "Place",
                "name": "Saal",
                "geo": {"@type": "GeoCoordinates", "latitude": 0, "longitude": 0},
            },
        ),
    ],
)
def test_event_says_where_and_how_to_attend(
    client: FlaskClient, write: Write, over: Any, mode: str, location: Any
) -> None:
    found = event(client, write, **over)

    assert found["eventAttendanceMode"] == f"{SCHEMA}/{mode}EventAttendanceMode"
    assert found["location"] == location


def test_place_of_the_channel_has_its_address(
    client: FlaskClient, write: Write
) -> None:
    write("places", {"slug": "haus", "title": "Das Haus", "city": "Bonn"})

    assert event(client, write, place="haus")["location"] == {
        "@type": "Place",
        "name": "Das Haus",
        "address": {"@type": "PostalAddress", "addressLocality": "Bonn"},
    }


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("Kostenlos.", "0.00"),
        ("Eintritt frei!", "0.00"),
        ("Free of charge", "0.00"),
        ("0 €", "0.00"),
        ("15 €", "15.00"),
        ("15,- Euro", "15.00"),
        ("7.5 €", None),
        ("1.500 €", None),
        ("ab 15 €", None),
        ("15 € / 10 € ermäßigt", None),
        ("für Kinder kostenlos", None),
        ("", None),
    ],
)
def test_price_is_told_where_it_is_beyond_doubt(
    client: FlaskClient, write: Write, price: str, expected: str | None
) -> None:
    found = event(client, write, price=price)

    offer = found.get("offers", {})
    assert offer.get("price") == expected
    is_free = None if expected is None else expected == "0.00"
    assert found.get("isAccessibleForFree") is is_free


def test_prices_are_read_in_no_time() -> None:
    assert EURO.fullmatch("1" * 100_000) is None
