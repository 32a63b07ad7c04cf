"""An event's page, read as people get it."""

from flask.testing import FlaskClient

from tests.cast import CHANNEL
from tests.views.documents import EVENT, Write
from tests.views.reading import hrefs, page_of, texts

HOME = f"/{CHANNEL}"

SERIES = {
    "title": "Elterncafé",
    "start": "2021-07-06T09:30",
    "end": "2021-07-06T11:00",
    "rrule": "FREQ=WEEKLY;COUNT=4",
    "exdates": ["2021-07-20T09:30"],
    "overrides": [
        {
            "recurrence_id": "2021-07-13T09:30",
            "start": "2021-07-13T14:00",
            "end": "2021-07-13T15:30",
        },
        {"recurrence_id": "2021-07-27T09:30", "status": "cancelled"},
    ],
}


def test_event_page_says_when_in_words(client: FlaskClient, write: Write) -> None:
    write("events", EVENT)

    page = page_of(client.get(f"{HOME}/events/elterncafe"))

    assert texts(page, "//dl[1]//dd//time") == [
        "Donnerstag, 8. Juli 2021, 09:30 bis 11:00 Uhr"
    ]


def test_event_page_shows_all_that_an_event_has(
    client: FlaskClient, write: Write
) -> None:
    write(
        "events",
        EVENT,
        summary="Kurz gesagt.",
        description="<p>Mit <strong>Kaffee</strong>.</p>",
        location={
            "name": "Rathaus",
            "street": "Markt 1",
            "postal_code": "44135",
            "city": "Dortmund",
            "latitude": 51.5,
            "longitude": 7.5,
        },
        online_url="https://treffen.example/raum",
        price="kostenfrei",
        registration={
            "url": "https://anmelden.example/",
            "deadline": "2021-07-07",
            "capacity": 20,
        },
        accessibility=["step-free"],
        plain_language="Das ist ein Treffen.",
        organizer={"name": "Netzwerk", "url": "https://www.netzwerk.example/"},
        sources=[{"text": "Programmheft", "retrieved_on": "2014-09-02"}],
    )

    page = page_of(client.get(f"{HOME}/events/elterncafe"))

    facts = dict(zip(texts(page, "//dt"), texts(page, "//dd"), strict=True))
    assert facts == {
        "Wann": "Donnerstag, 8. Juli 2021, 09:30 bis 11:00 Uhr",
        "Wo": "RathausMarkt 144135 Dortmund"
        "© GeoBasis-DE / BKG (2017), Daten verändert "
        "Auf der Karte zeigenOnline teilnehmen",
        "Anmeldung": "Jetzt anmeldenAnmeldung bis 7. Juli 202120 Plätze",
        "Kosten": "kostenfrei",
        "Barrierefreiheit": "Stufenloser Zugang",
        "Veranstaltet von": "Netzwerknetzwerk.example",
    }
    assert texts(page, "//div[@class='prose']//strong") == ["Kaffee"]
    assert texts(page, "//p[@class='lead']") == ["Kurz gesagt."]
    assert texts(page, "//section[@class='easy']/div") == ["Das ist ein Treffen."]
    assert texts(page, "//p[@class='sources']") == ["Quellen: Programmheft, 02.09.2014"]


def test_event_page_lists_the_dates_of_a_series(
    client: FlaskClient, write: Write
) -> None:
    write("events", SERIES)

    page = page_of(client.get(f"{HOME}/events/elterncafe"))

    assert texts(page, "//ol[@class='dates']/li") == [
        "Dienstag, 6. Juli 2021, 09:30 bis 11:00 Uhr",
        "Dienstag, 13. Juli 2021, 14:00 bis 15:30 Uhr"
        "Verlegt, geplant war Dienstag, 13. Juli 2021, 09:30 Uhr",
        "Abgesagt Dienstag, 20. Juli 2021, 09:30 Uhr",
        "Abgesagt Dienstag, 27. Juli 2021, 09:30 bis 11:00 Uhr",
    ]


def test_event_page_of_an_endless_series_shows_the_next_dates(
    client: FlaskClient, write: Write
) -> None:
    write(
        "events",
        {
            **SERIES,
            "start": "2015-07-07T09:30",
            "end": "2015-07-07T11:00",
            "rrule": "FREQ=WEEKLY",
            "overrides": [],
            "exdates": [],
        },
    )

    page = page_of(client.get(f"{HOME}/events/elterncafe"))

    dates = texts(page, "//ol[@class='dates']/li")
    assert (len(dates), dates[0]) == (12, "Dienstag, 6. Juli 2021, 09:30 bis 11:00 Uhr")
    assert texts(page, "//p[@class='note']")[0] == "Weitere Termine folgen."


def test_event_page_links_into_calendars(client: FlaskClient, write: Write) -> None:
    write("events", EVENT)

    page = page_of(client.get(f"{HOME}/events/elterncafe"))

    there = "termine.example/familie/events/elterncafe"
    composed = (
        "deeplink/compose"
        "?path=/calendar/action/compose&rru=addevent"
        "&startdt=2021-07-08T09:30:00%2B02:00&enddt=2021-07-08T11:00:00%2B02:00"
        "&subject=Elterncaf%C3%A9&body=https://termine.example/familie/events/elterncafe"
        "&location=&allday=false"
    )
    assert hrefs(page, "//main//details//li/a") == [
        f"https://{there}.ics",
        f"webcal://{there}.ics",
        "https://calendar.google.com/calendar/render?action=TEMPLATE"
        "&text=Elterncaf%C3%A9&dates=20210708T073000Z/20210708T090000Z"
        "&details=https://termine.example/familie/events/elterncafe"
        "&location=&ctz=Europe/Berlin",
        f"https://outlook.live.com/calendar/0/{composed}",
        f"https://outlook.office.com/calendar/0/{composed}",
    ]


def test_cancelled_event_says_so(client: FlaskClient, write: Write) -> None:
    write("events", EVENT, status="cancelled")

    page = page_of(client.get(f"{HOME}/events/elterncafe"))

    assert texts(page, "//h1/s") == ["Elterncafé"]
    assert texts(page, "//p[@class='flag']") == ["Diese Veranstaltung ist abgesagt."]


def test_words_of_the_channel_are_marked_in_another_language(
    client: FlaskClient, filled: None
) -> None:
    page = page_of(client.get(f"{HOME}/events/elterncafe?lang=en"))

    assert page.xpath("//h1/@lang") == ["de"]


def test_markup_in_text_fields_is_text(client: FlaskClient, write: Write) -> None:
    write(
        "events",
        EVENT,
        title="<b>x</b>",
        slug="x",
        price="<script>1</script>",
        description="<p>ja</p><script>nein</script>",
    )

    page = page_of(client.get(f"{HOME}/events/x"))

    assert texts(page, "//h1") == ["<b>x</b>"]
    assert page.xpath("//script/@type") == ["application/ld+json"]
    assert texts(page, "//div[@class='prose']") == ["ja"]
