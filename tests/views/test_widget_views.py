"""The other widgets: small month, agenda, news and a single event, with their parts."""

import pytest
from flask.testing import FlaskClient

from tests.cast import CHANNEL
from tests.views.documents import EVENT, NEWS, Write
from tests.views.reading import hrefs, page_of, texts, words

EMBED = f"/embed/{CHANNEL}"
HOME = f"/{CHANNEL}"
IMAGE = {"url": "https://bilder.example/1.jpg", "alt": "Ein Platz", "credit": "Stadt"}


def test_mini_month_leads_from_its_days_to_their_lists(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT)
    write("events", EVENT, uid="b", slug="b", start="2021-07-08T15:00", end=None)

    page = page_of(client.get(f"{EMBED}/mini?month=2021-07"))

    (link,) = page.xpath("//td//a")
    assert link.get("aria-label") == "Donnerstag, 8. Juli 2021, 2 Termine"
    assert words(link) == "8"
    assert link.get("href") == f"{HOME}/events?from=2021-07-08&to=2021-07-09"
    assert "Elterncafé" not in page.text_content()


def test_agenda_groups_by_day_and_counts_the_days_of_an_event(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT)
    write("events", {"title": "Ferien", "start": "2021-07-05", "end": "2021-07-08"})
    write("events", EVENT, uid="b", slug="b", title="Fest", status="cancelled")

    page = page_of(client.get(f"{EMBED}/agenda"))

    days = page.xpath("//ol/li")
    assert [day.xpath(".//time/@datetime") for day in days] == [
        ["2021-07-06"],
        ["2021-07-08"],
    ]
    assert texts(days[0], ".//li") == ["Ferien 5. bis 7. Juli 2021 (Tag 2 von 3)"]
    assert "Abgesagt Fest" in texts(days[1], ".//li/p")
    assert texts(page, "//h1 | //h2") == ["Nächste Termine", "Juli 2021"]


def test_agenda_has_so_many_and_turns_its_pages_within(
    client: FlaskClient, write: Write
) -> None:
    for day in range(7, 12):
        write("events", {"title": f"Am {day}.", "start": f"2021-07-{day:02}"})

    page = page_of(client.get(f"{EMBED}/agenda?limit=2&page=2"))

    assert texts(page, "//ol//a") == ["Am 9.", "Am 10."]
    assert hrefs(page, "//nav/a") == [
        f"{EMBED}/agenda?limit=2",
        f"{EMBED}/agenda?limit=2&page=3",
    ]
    assert page.xpath("//nav/a/@target") == ["_self", "_self"]


def test_empty_agenda_offers_what_there_is(client: FlaskClient, write: Write) -> None:
    write("events", EVENT)

    page = page_of(client.get(f"{EMBED}/agenda?q=nirgends"))

    assert texts(page, "//p[@class='none']") == [
        "Dazu gibt es keine Termine. Als Nächstes: Elterncafé, "
        "Donnerstag, 8. Juli 2021, 09:30 Uhr."
    ]


def test_news_name_their_sources_and_load_no_images(
    client: FlaskClient, write: Write
) -> None:
    source = {"text": "Stadt Dortmund", "url": "https://dortmund.example/"}
    write("news", NEWS, image=IMAGE, sources=[source])

    response = client.get(f"{EMBED}/news")
    page = page_of(response)

    assert len(page.xpath("//li[@class='teaser']/h2")) == 1
    assert hrefs(page, "//p[@class='sources']/a") == ["https://dortmund.example/"]
    assert page.xpath("//img") == []
    assert "img-src 'self' data:;" in response.headers["Content-Security-Policy"]


def test_images_are_loaded_where_they_are_asked_for(
    client: FlaskClient, write: Write
) -> None:
    write("news", NEWS, image=IMAGE)

    response = client.get(f"{EMBED}/news?show=title,images")
    page = page_of(response)

    assert page.xpath("//img/@src") == [IMAGE["url"]]
    assert texts(page, "//figcaption") == ["Stadt"]
    assert "img-src 'self' data: https:;" in response.headers["Content-Security-Policy"]
    assert response.headers["Cross-Origin-Embedder-Policy"] == "credentialless"


@pytest.mark.parametrize("suffix", ["", ".json", ".html"])
def test_event_must_be_named(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"{EMBED}/event{suffix}")

    assert response.status_code == 400
    assert "event" in response.text


def test_event_that_is_not_there_is_404(client: FlaskClient) -> None:
    assert client.get(f"{EMBED}/event?event=nirgends").status_code == 404


def test_event_card_says_all_that_is_needed_to_take_part(
    client: FlaskClient, write: Write
) -> None:
    write(
        "events",
        EVENT,
        rrule="FREQ=WEEKLY;COUNT=5",
        registration={"url": "https://an.example/", "deadline": "2021-07-07"},
        plain_language="Alle sind willkommen.",
    )

    page = page_of(client.get(f"{EMBED}/event?event=elterncafe"))

    assert texts(page, "//h1") == ["Elterncafé"]
    assert texts(page, "//dd//strong")[0] == (
        "Donnerstag, 8. Juli 2021, 09:30 bis 11:00 Uhr"
    )
    assert len(page.xpath("//ul[@class='later']/li")) == 3
    assert hrefs(page, "//a[@class='button']") == ["https://an.example/"]
    assert "Anmeldung bis 7. Juli 2021" in texts(page, "//dd/p")
    assert texts(page, "//details[@class='easy']/div") == ["Alle sind willkommen."]
    ways = hrefs(page, "//details[@class='menu']//a")
    assert [way.partition("/familie")[0].split("?")[0] for way in ways][2:] == [
        "https://calendar.google.com/calendar/render",
        "https://outlook.live.com/calendar/0/deeplink/compose",
        "https://outlook.office.com/calendar/0/deeplink/compose",
    ]


def test_cancelled_event_says_so_and_offers_no_calendar(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT, status="cancelled")

    page = page_of(client.get(f"{EMBED}/event?event=elterncafe"))

    assert texts(page, "//h1//s") == ["Elterncafé"]
    assert texts(page, "//p[@class='flag']") == ["Diese Veranstaltung ist abgesagt."]
    assert page.xpath("//details[@class='menu']") == []


@pytest.mark.parametrize(
    ("view", "parts"),
    [
        ("month", {"nav", "footer", "details"}),
        ("mini", {"nav", "footer"}),
        ("agenda", {"footer", "details"}),
        ("news", {"footer"}),
    ],
)
def test_widgets_are_small_unless_told(
    client: FlaskClient, view: str, parts: set[str]
) -> None:
    page = page_of(client.get(f"{EMBED}/{view}"))

    names = ("form", "nav", "details", "footer")
    assert {name for name in names if page.xpath(f"//{name}")} == parts


def test_form_filters_within_the_widget_and_keeps_the_rest(
    client: FlaskClient, filled: None
) -> None:
    query = "show=filter&show=search&month=2021-07&category=qualifizierung&q=eltern"
    page = page_of(client.get(f"{EMBED}/month?{query}"))

    (form,) = page.xpath("//form")
    assert (form.get("action"), form.get("target")) == (f"{EMBED}/month", "_self")
    assert page.xpath("//form//input[@type='hidden']/@name") == [
        "month",
        "show",
        "show",
    ]
    assert page.xpath("//form//input[@checked]/@value") == ["qualifizierung"]
    assert page.xpath("//form//input[@name='q']/@value") == ["eltern"]
    assert hrefs(page, "//form//a") == [
        f"{EMBED}/month?month=2021-07&show=filter&show=search"
    ]


@pytest.mark.parametrize(("plain", "offers"), [("", 0), ("Kommt alle.", 1)])
def test_plain_language_is_a_filter_where_an_event_has_it(
    client: FlaskClient, write: Write, plain: str, offers: int
) -> None:
    write("events", EVENT, plain_language=plain)

    page = page_of(client.get(f"{EMBED}/agenda?show=filter"))

    assert len(page.xpath("//input[@name='plain_language']")) == offers
