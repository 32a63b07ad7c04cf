"""What pages say of themselves to search engines and to social media."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from feeds import tenancy
from feeds.i18n import likely
from feeds.publish import Publisher
from feeds.views.structured import EURO
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import ANY, EVENT, NEWS, Write
from tests.views.reading import page_of
from tests.views.test_event_page import SERIES

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
    (block,) = page_of(client.get(path)).xpath("//script")
    assert block.get("type") == "application/ld+json"
    found: dict[str, Any] = json.loads(block.text)
    assert found["@context"] == SCHEMA
    return found


def event(client: FlaskClient, write: Write, **over: Any) -> dict[str, Any]:
    write("events", EVENT, **over)
    return data_of(client, f"{HOME}/events/elterncafe")


def metas(client: FlaskClient, path: str) -> dict[str, str]:
    """Return the properties of a page; none of them twice."""
    page = page_of(client.get(path))
    found = page.xpath("//head/meta[@property or starts-with(@name, 'twitter')]")
    named = [
        (one.get("property") or one.get("name"), one.get("content")) for one in found
    ]
    assert len(named) == len(dict(named))
    return dict(named)


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


def test_series_has_its_dates_as_parts(client: FlaskClient, write: Write) -> None:
    write("events", SERIES, location=HALL)

    found = data_of(client, f"{HOME}/events/elterncafe")

    url = f"{BASE_URL}{HOME}/events/elterncafe"
    assert (found["@type"], found["startDate"], found["endDate"]) == (
        "Event",
        "2021-07-06T09:30:00+02:00",
        "2021-07-27T11:00:00+02:00",
    )
    parts = found["subEvent"]
    # 20 July is left out.
    assert [
        (one["url"], one["startDate"], one["eventStatus"].rpartition("/")[2])
        for one in parts
    ] == [
        (f"{url}#2021-07-06T09:30:00", "2021-07-06T09:30:00+02:00", "EventScheduled"),
        (f"{url}#2021-07-13T09:30:00", "2021-07-13T14:00:00+02:00", "EventRescheduled"),
        (f"{url}#2021-07-27T09:30:00", "2021-07-27T09:30:00+02:00", "EventCancelled"),
    ]
    assert [one.get("previousStartDate") for one in parts] == [
        None,
        "2021-07-13T09:30:00+02:00",
        None,
    ]
    assert [one["location"] for one in parts] == [found["location"]] * 3
    ids = page_of(client.get(f"{HOME}/events/elterncafe")).xpath("//@id")
    assert {one["url"].partition("#")[2] for one in parts} - set(ids) == set()


def test_series_over_the_change_of_clocks_has_both_offsets(
    client: FlaskClient, write: Write
) -> None:
    write(
        "events",
        SERIES,
        start="2021-10-26T09:30",
        end="2021-10-26T11:00",
        exdates=[],
        overrides=[],
    )

    found = data_of(client, f"{HOME}/events/elterncafe")

    assert [one["startDate"] for one in found["subEvent"]] == [
        "2021-10-26T09:30:00+02:00",
        "2021-11-02T09:30:00+01:00",
        "2021-11-09T09:30:00+01:00",
        "2021-11-16T09:30:00+01:00",
    ]
    assert found["endDate"] == "2021-11-16T11:00:00+01:00"


def test_moved_date_has_its_own_place_and_title(
    client: FlaskClient, write: Write
) -> None:
    over = SERIES["overrides"][0] | {
        "title": "Picknick",
        "location": {"name": "Park"},
        "online_url": ROOM["url"],
    }
    write("events", SERIES, location=HALL, overrides=[over])

    part = data_of(client, f"{HOME}/events/elterncafe")["subEvent"][1]

    assert part["name"] == "Picknick"
    assert part["location"] == [{"@type": "Place", "name": "Park"}, ROOM]
    assert part["eventAttendanceMode"] == f"{SCHEMA}/MixedEventAttendanceMode"


def test_endless_series_has_no_end_and_its_next_dates(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT, rrule="FREQ=DAILY", start="2020-01-01", end=None)

    found = data_of(client, f"{HOME}/events/elterncafe")

    assert (found["startDate"], found.get("endDate")) == ("2020-01-01", None)
    assert [one["startDate"] for one in found["subEvent"]] == [
        f"2021-07-{day:02}" for day in range(6, 18)
    ]


def test_course_has_its_sessions_as_parts(client: FlaskClient, write: Write) -> None:
    sessions = [
        {"start": "2021-09-01T18:00", "end": "2021-09-01T20:00", "title": "Beginn"},
        {"start": "2021-11-05T18:00", "end": "2021-11-05T20:00"},
    ]
    write("events", {"title": "Kurs", "sessions": sessions})

    found = data_of(client, f"{HOME}/events/kurs")

    assert (found["startDate"], found["endDate"]) == (
        "2021-09-01T18:00:00+02:00",
        "2021-11-05T20:00:00+01:00",
    )
    assert [
        (one["name"], one["startDate"], one["endDate"]) for one in found["subEvent"]
    ] == [
        ("Kurs: Beginn", "2021-09-01T18:00:00+02:00", "2021-09-01T20:00:00+02:00"),
        ("Kurs", "2021-11-05T18:00:00+01:00", "2021-11-05T20:00:00+01:00"),
    ]


def test_news_is_an_article(
    client: FlaskClient, write: Write, publisher: Publisher, clock: Clock
) -> None:
    patch = {
        "publisher": {"name": "Träger", "email": "post@traeger.example"},
        "logo": {"url": "https://bilder.example/logo.png", "alt": "Logo"},
    }
    tenancy.amend(publisher, CHANNEL, patch, now=clock.now, match=ANY)
    image = {"url": "https://bilder.example/a.jpg", "alt": "Ein Bild"}
    sources = [{"text": "Stadt Dortmund", "url": "https://dortmund.example/"}]
    write("news", NEWS, author="Ada Beispiel", image=image, sources=sources)

    url = f"{BASE_URL}{HOME}/news/besuch-in-dortmund"
    assert data_of(client, f"{HOME}/news/besuch-in-dortmund") == {
        "@context": SCHEMA,
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": "Besuch in Dortmund",
        "description": "Text",
        "inLanguage": "de",
        "datePublished": "2021-07-06T10:00:00Z",
        "dateModified": "2021-07-06T10:00:00Z",
        "author": {"@type": "Person", "name": "Ada Beispiel"},
        "publisher": {
            "@type": "Organization",
            "name": "Träger",
            "email": "post@traeger.example",
            "logo": "https://bilder.example/logo.png",
        },
        "image": ["https://bilder.example/a.jpg"],
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Stadt Dortmund",
                "url": "https://dortmund.example/",
            }
        ],
    }


def test_news_is_modified_when_it_changes_in_earnest(
    client: FlaskClient, write: Write, publisher: Publisher, clock: Clock
) -> None:
    write("news", NEWS)
    clock.forward(hours=1)
    patch = {"content": "<p>Anders</p>"}
    publisher.amend("news", CHANNEL, NEWS["id"], patch, now=clock.now, match=ANY)

    path = f"{HOME}/news/besuch-in-dortmund"
    found, shared = data_of(client, path), metas(client, path)
    times = ("2021-07-06T10:00:00Z", "2021-07-06T11:00:00Z")
    assert (found["datePublished"], found["dateModified"]) == times
    assert times == (
        shared["article:published_time"],
        shared["article:modified_time"],
    )


@pytest.mark.parametrize("author", ["", "Familie in NRW"])
def test_news_of_nobody_is_by_who_publishes(
    client: FlaskClient, write: Write, author: str
) -> None:
    write("news", NEWS, author=author)

    found = data_of(client, f"{HOME}/news/besuch-in-dortmund")
    assert found["author"] == found["publisher"]
    assert found["author"] == {"@type": "Organization", "name": "Familie in NRW"}


def test_hostile_words_stay_words(client: FlaskClient, write: Write) -> None:
    write("events", EVENT, title=HOSTILE, slug="x", summary=HOSTILE)
    write("news", NEWS, title=HOSTILE, slug="y", summary=HOSTILE, author=HOSTILE)

    # U+00AD is gone, and U+2028 is a space like any other.
    kept = HOSTILE.removesuffix("\u00ad\u2028")
    for path, name in (("events/x", "name"), ("news/y", "headline")):
        body = client.get(f"{HOME}/{path}").text
        block = body.partition("ld+json")[2].partition("</script>")[0]
        assert "<" not in block
        assert "\u00ad" not in block
        assert "\\u00ad" not in block
        found = data_of(client, f"{HOME}/{path}")
        assert (found[name], found["description"]) == (kept, kept)
        shared = metas(client, f"{HOME}/{path}")
        assert (shared["og:title"], shared["og:description"]) == (kept, kept)
        assert page_of(client.get(f"{HOME}/{path}")).xpath("//head//img") == []


def test_shared_event_is_told_with_its_picture(
    client: FlaskClient, write: Write
) -> None:
    image = {"url": "https://bilder.example/a.jpg", "alt": "Ein Bild"}
    write("events", EVENT, summary="Kurz.", image=image, language="en")

    assert metas(client, f"{HOME}/events/elterncafe") == {
        "og:title": "Elterncafé",
        "og:type": "website",
        "og:url": f"{BASE_URL}{HOME}/events/elterncafe",
        "og:site_name": "Familie in NRW",
        "og:description": "Kurz.",
        "og:locale": "en_US",
        "og:image": "https://bilder.example/a.jpg",
        "og:image:alt": "Ein Bild",
        "twitter:card": "summary_large_image",
    }


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("", "Familie in NRW"),
        ("/events?theme=dark", "Alle Termine · Familie in NRW"),
        ("/news", "Aktuelles · Familie in NRW"),
        ("/subscribe", "Abonnieren · Familie in NRW"),
    ],
)
def test_shared_list_is_told_as_the_channel(
    client: FlaskClient, publisher: Publisher, clock: Clock, path: str, title: str
) -> None:
    patch = {
        "description": "Was hier\nlos ist.",
        "logo": {"url": "https://bilder.example/logo.png", "alt": "Logo"},
    }
    tenancy.amend(publisher, CHANNEL, patch, now=clock.now, match=ANY)

    assert metas(client, HOME + path) == {
        "og:title": title,
        "og:type": "website",
        "og:url": f"{BASE_URL}{HOME}{path.partition('?')[0]}",
        "og:site_name": "Familie in NRW",
        "og:description": "Was hier los ist.",
        "og:locale": "de_DE",
        "og:image": "https://bilder.example/logo.png",
        "og:image:alt": "Logo",
        "twitter:card": "summary",
    }
    assert page_of(client.get(HOME + path)).xpath("//script[@type]") == []


def test_shared_front_page_says_what_the_service_is(client: FlaskClient) -> None:
    shared = metas(client, "/?lang=en")

    assert (shared["og:url"], shared["og:locale"]) == (f"{BASE_URL}/?lang=en", "en_US")
    assert shared["og:description"]


def test_failed_page_is_nothing_to_share(client: FlaskClient) -> None:
    assert metas(client, f"{HOME}/nirgends") == {}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("de", "de_DE"), ("de-AT", "de_AT"), ("uk", "uk_UA"), ("qaa", ""), ("x!", "")],
)
def test_language_has_its_likeliest_country(tag: str, expected: str) -> None:
    assert likely(tag) == expected
