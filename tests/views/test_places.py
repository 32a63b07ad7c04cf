"""The page of places and its widget: a map, and all of them again as a list."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from tests.cast import BASE_URL, CHANNEL, Clock, publisher_of
from tests.views.documents import ANY, EVENT, Write, known
from tests.views.reading import hrefs, page_of, texts

PAGE = f"/{CHANNEL}/places"
MAP = f"/embed/{CHANNEL}/map"
DORTMUND = {
    "slug": "dortmund",
    "title": "Familienbüro",
    "category": "beratung",
    "description": "Rat für alle.\n\n<b>Ohne</b> Termin.",
    "street": "Friedensplatz 1",
    "postal_code": "44135",
    "city": "Dortmund",
    "latitude": 51.5118,
    "longitude": 7.4662,
    "contact": {
        "name": "Anlaufstelle",
        "email": "buero@example.org",
        "phone": "+49 (231) 500-12",
        "url": "https://www.example.org/buero",
    },
}
ARNSBERG = {
    "slug": "arnsberg",
    "title": "Café Süd",
    "city": "Arnsberg",
    "latitude": 51.3967,
    "longitude": 8.0644,
}
AREAS = "//section[@class='area']"


@pytest.fixture
def placed(write: Write) -> None:
    write("categories", {"slug": "beratung", "title": "Beratung"})
    write("places", DORTMUND)
    write("places", ARNSBERG)
    write("places", {"slug": "stall", "title": "Stall", "region": "Allgäu"})
    write("places", {"slug": "turm", "title": "Turm", "city": "Ulm"})
    write("places", {"slug": "funk", "title": "Funk"})


def areas(page: HtmlElement) -> list[str]:
    return texts(page, f"{AREAS}/*[1]")


def found(client: FlaskClient, query: str) -> list[str]:
    return [
        str(one.get("id"))
        for one in page_of(client.get(f"{PAGE}?{query}")).xpath("//li[@class='place']")
    ]


@pytest.mark.usefixtures("placed")
@pytest.mark.parametrize("path", [PAGE, MAP])
def test_list_is_grouped_by_district_else_region_else_town(
    client: FlaskClient, path: str
) -> None:
    page = page_of(client.get(path))

    assert areas(page) == ["Allgäu", "Dortmund", "Hochsauerlandkreis", "Ulm", "Weitere"]
    assert texts(page, f"{AREAS}//li[@class='place']/*[1]") == [
        "Stall",
        "Familienbüro",
        "Café Süd",
        "Turm",
        "Funk",
    ]


@pytest.mark.usefixtures("placed")
@pytest.mark.parametrize("path", [PAGE, MAP])
def test_every_pin_leads_to_its_place_in_the_list(
    client: FlaskClient, path: str
) -> None:
    page = page_of(client.get(path))

    assert texts(page, "//svg/a/title") == ["Familienbüro", "Café Süd"]
    assert hrefs(page, "//svg/a") == ["#dortmund", "#arnsberg"]
    assert page.xpath("//svg/@aria-label") == ["Karte mit 2 Orten"]
    assert texts(page, "//svg/text[@aria-hidden='true']") == ["Dortmund", "Arnsberg"]
    assert "© GeoBasis-DE / BKG (2017), Daten verändert" in texts(page, "//figcaption")
    inside = page.xpath("//svg/a/@target")
    assert inside == (["_self", "_self"] if path == MAP else [])


@pytest.mark.usefixtures("placed")
def test_a_place_says_all_that_is_known_of_it(client: FlaskClient) -> None:
    page = page_of(client.get(PAGE))
    place = "//li[@id='dortmund']"

    assert texts(page, f"{place}/p") == [
        "Beratung",
        "Friedensplatz 1, 44135 Dortmund",
        "Rat für alle.",
        "<b>Ohne</b> Termin.",
    ]
    assert texts(page, f"{place}/ul[1]/li") == [
        "Anlaufstelle",
        "+49 (231) 500-12",
        "buero@example.org",
        "example.org",
    ]
    assert hrefs(page, f"{place}//a") == [
        "tel:+4923150012",
        "mailto:buero@example.org",
        "https://www.example.org/buero",
        "https://www.openstreetmap.org/?mlat=51.51180&mlon=7.46620"
        "#map=17/51.51180/7.46620",
        "geo:51.51180,7.46620",
    ]
    assert texts(page, "//li[@id='funk']") == ["Funk"]


@pytest.mark.usefixtures("placed")
def test_a_place_leads_to_what_is_coming_there(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT, place="dortmund", uid="a")
    write("events", EVENT, place="dortmund", uid="b", rrule="FREQ=WEEKLY")
    write("events", EVENT, place="dortmund", uid="c", status="cancelled")
    write("events", EVENT, place="dortmund", uid="d", state="draft")
    past = {"start": "2021-07-05T09:30", "end": "2021-07-05T11:00"}
    write("events", EVENT, place="dortmund", uid="e", **past)
    write("events", EVENT, place="turm", uid="f")

    page = page_of(client.get(PAGE))

    links = page.xpath("//li[@class='events']/a")
    assert {one.text: one.get("href") for one in links} == {
        "2 Veranstaltungen hier": f"/{CHANNEL}/events?place=dortmund",
        "Eine Veranstaltung hier": f"/{CHANNEL}/events?place=turm",
    }


@pytest.mark.usefixtures("placed")
def test_an_event_leads_to_its_place_and_back(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT, place="dortmund")
    there = f"{PAGE}?place=dortmund#dortmund"

    event = page_of(client.get(f"/{CHANNEL}/events/elterncafe"))
    agenda = page_of(client.get(f"/{CHANNEL}/events?place=dortmund"))

    assert hrefs(event, "//dd//strong/a") == [there]
    assert there in hrefs(agenda)
    assert found(client, "place=dortmund") == ["dortmund"]


@pytest.mark.usefixtures("placed")
@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("category=beratung", ["dortmund"]),
        ("exclude=beratung", ["stall", "arnsberg", "turm", "funk"]),
        ("category=beratung&category=kurse", ["dortmund"]),
        ("category=beratung&category=kurse&match=all", []),
        ("category=beratung&match=all", ["dortmund"]),
        ("q=cafe+SUD", ["arnsberg"]),
        ("q=cafe+nord", []),
        ("q=hochsauer", ["arnsberg"]),
        ("q=friedensplatz", ["dortmund"]),
        ("q=anlaufstelle+rat", ["dortmund"]),
        ("q=anlaufstelle+turm", []),
        ("place=turm", ["turm"]),
    ],
)
def test_places_are_filtered(
    client: FlaskClient, write: Write, query: str, slugs: list[str]
) -> None:
    write("categories", {"slug": "kurse", "title": "Kurse"})

    assert found(client, query) == slugs


@pytest.mark.usefixtures("placed")
def test_places_that_are_gone_moved_or_unknown_say_so(
    app: Flask, client: FlaskClient, clock: Clock
) -> None:
    publisher = publisher_of(app)
    rows, _ = publisher.listing("places", CHANNEL, after=0, limit=50)
    ids = {row["slug"]: row["id"] for row in rows}
    rename = {"slug": "buero"}
    publisher.amend("places", CHANNEL, ids["dortmund"], rename, match=ANY, now=clock())
    publisher.withdraw("places", CHANNEL, ids["turm"], match=ANY, now=clock())

    moved = client.get(f"{PAGE}?place=dortmund")

    assert (moved.status_code, moved.headers["Location"]) == (
        308,
        f"{BASE_URL}{PAGE}?place=buero",
    )
    assert client.get(f"{PAGE}?place=turm").status_code == 410
    assert client.get(f"{PAGE}?place=nirgends").status_code == 404
    assert client.get(f"{PAGE}?category=nirgends").status_code == 404
    assert client.get(f"{PAGE}?month=2021-07").status_code == 400


@pytest.mark.parametrize(
    ("query", "words"),
    [("", "Noch sind keine Orte eingetragen."), ("?q=x", "Kein Ort passt dazu.")],
)
def test_no_place_is_said(client: FlaskClient, query: str, words: str) -> None:
    page = page_of(client.get(f"{PAGE}{query}"))

    assert texts(page, "//p[@class='none']") == [words]
    assert page.xpath("//main//figure") == []


def test_places_are_in_the_navigation_once_there_is_one(
    client: FlaskClient, write: Write
) -> None:
    before = hrefs(page_of(client.get(f"/{CHANNEL}")), "//nav/a")
    write("places", {"title": "Turm"})
    after = hrefs(page_of(client.get(f"/{CHANNEL}")), "//nav/a")

    assert PAGE not in before
    assert PAGE in after


@pytest.mark.usefixtures("placed")
@pytest.mark.parametrize("path", [PAGE, MAP])
def test_what_was_read_is_read_again_after_a_change_only(
    client: FlaskClient, write: Write, path: str
) -> None:
    first = client.get(path)
    same = client.get(path, headers=known(first))
    write("places", {"title": "Neu"})
    other = client.get(path, headers=known(first))

    assert (same.status_code, other.status_code) == (304, 200)


@pytest.mark.usefixtures("placed")
def test_markup_in_a_name_is_text(client: FlaskClient, write: Write) -> None:
    hostile = '"><script>alert(1)</script>'
    write("places", {**ARNSBERG, "slug": "x", "title": hostile, "city": hostile})

    page = page_of(client.get(MAP))

    # The one script of a widget tells its height; none is a place's.
    assert [one for one in page.xpath("//script/text()") if "alert" in one] == []
    assert hostile in texts(page, "//li[@class='place']/*[1]")
