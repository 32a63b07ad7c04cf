"""Plain language (Leichte Sprache): one filter for every format, and what shows it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.cast import CHANNEL, Clock
from tests.views.documents import Write
from tests.views.reading import page_of, texts

PLAIN = "?plain_language=1"
EVENTS = {
    "Elterncafé": "Kommt alle.\nDer Kaffee kostet nichts.",
    "Fachtag": "",
    "Spielfest": "Es gibt Spiele.",
}
EASY = {"Elterncafé", "Spielfest"}
PATHS = [
    f"/{CHANNEL}/events",
    *(f"/{CHANNEL}/events.{name}" for name in ("ics", "jcal", "rss", "atom", "json")),
    f"/{CHANNEL}/occurrences.json",
    *(f"/embed/{CHANNEL}/{view}" for view in ("month", "agenda")),
    *(f"/embed/{CHANNEL}/{view}.json" for view in ("month", "agenda")),
    f"/embed/{CHANNEL}/agenda.html",
]


@pytest.fixture(autouse=True)
def spoken(write: Write, clock: Clock) -> None:
    write("places", {"slug": "haus", "title": "Das Haus"})
    for day, (title, plain) in enumerate(EVENTS.items(), start=8):
        start = f"2021-07-{day:02}T09:30"
        raw: dict[str, Any] = {"title": title, "start": start, "language": "de"}
        write("events", raw, plain_language=plain)
    clock.now += timedelta(minutes=1)


@pytest.mark.parametrize("path", PATHS)
def test_filter_leaves_the_same_in_every_format(client: FlaskClient, path: str) -> None:
    response = client.get(path + PLAIN)
    text = response.text.replace("\u00ad", "").replace(r"\u00ad", "")
    text = text.replace(r"\u00e9", "é").replace(r"\xad", "")

    assert response.status_code == 200
    assert {title for title in EVENTS if title in text} == EASY


def test_small_month_leads_from_easy_days_alone(client: FlaskClient) -> None:
    page = page_of(client.get(f"/embed/{CHANNEL}/mini{PLAIN}"))

    assert texts(page, "//td/a") == ["8", "10"]


@pytest.mark.parametrize(
    ("path", "offers"),
    [
        (f"/{CHANNEL}/events", 1),
        (f"/{CHANNEL}/subscribe", 1),
        (f"/{CHANNEL}/embed", 1),
        (f"/{CHANNEL}/places", 0),
        *(
            (f"/embed/{CHANNEL}/{view}?show=filter", 1)
            for view in ("month", "mini", "agenda")
        ),
        (f"/embed/{CHANNEL}/news?show=filter", 0),
        (f"/embed/{CHANNEL}/map?show=filter", 0),
    ],
)
def test_forms_offer_the_filter_where_it_is_one(
    client: FlaskClient, path: str, offers: int
) -> None:
    page = page_of(client.get(path))
    refused = client.get(f"{path}{'&' if '?' in path else '?'}plain_language=1")

    assert len(page.xpath("//form//input[@name='plain_language']")) == offers
    assert refused.status_code == (200 if offers else 400)


@pytest.mark.parametrize("path", [f"/{CHANNEL}/events", f"/embed/{CHANNEL}/agenda"])
def test_list_marks_what_has_such_a_text(client: FlaskClient, path: str) -> None:
    page = page_of(client.get(path))

    assert texts(page, "//li[contains(@class, 'entry')][.//*[@class='plain']]//a") == [
        "Elterncafé",
        "Spielfest",
    ]
    assert set(texts(page, "//*[@class='plain']")) == {"Leichte Sprache"}


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"/{CHANNEL}/events/elterncafe", "//section[@class='easy']"),
        (f"/embed/{CHANNEL}/event?event=elterncafe", "//details[@class='easy']"),
    ],
)
def test_event_shows_the_text_in_its_language(
    client: FlaskClient, path: str, shown: str
) -> None:
    page = page_of(client.get(f"{path}{'&' if '?' in path else '?'}lang=ar"))

    assert texts(page, f"{shown}//div[@lang='de'][@dir='ltr']/p") == [
        "Kommt alle.",
        "Der Kaffee kostet nichts.",
    ]


def test_subscription_is_told_to_be_easy(client: FlaskClient) -> None:
    page = page_of(client.get(f"/{CHANNEL}/subscribe{PLAIN}"))

    assert texts(page, "//p[@class='chosen']/strong") == ["In Leichter Sprache"]
    addresses = page.xpath("//input[@readonly]/@value")
    assert [url for url in addresses if re.search(r"/events\.\w+$", url)] == []
