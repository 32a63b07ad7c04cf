"""The agenda, "alle Termine", read as people get it."""

from flask.testing import FlaskClient

from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import EVENT, Write
from tests.views.reading import hrefs, page_of, texts

HOME = f"/{CHANNEL}"


def test_agenda_starts_today_and_groups_by_month(
    client: FlaskClient, write: Write
) -> None:
    for title, day in [("Gestern", "07-05"), ("Heute", "07-06"), ("Bald", "08-02")]:
        write("events", {"title": title, "start": f"2021-{day}T09:00"})

    page = page_of(client.get(f"{HOME}/events"))

    assert texts(page, "//section/h2[@class='sticky']") == ["Juli 2021", "August 2021"]
    assert texts(page, "//ol//li//a") == ["Heute", "Bald"]


def test_agenda_shows_what_goes_on_with_its_day(
    client: FlaskClient, write: Write
) -> None:
    write("events", {"title": "Ferien", "start": "2021-07-05", "end": "2021-07-08"})

    page = page_of(client.get(f"{HOME}/events"))

    assert texts(page, "//ol[@class='days']/li") == [
        "Di 6 Jul Ferien 5. bis 7. Juli 2021 (Tag 2 von 3)"
    ]


def test_agenda_is_filtered_as_the_feeds_are(
    client: FlaskClient, filled: None, write: Write
) -> None:
    write(
        "events",
        {
            "title": "Straßenfest",
            "start": "2021-07-10T15:00",
            "categories": ["qualifizierung"],
        },
    )

    query = "?category=qualifizierung&q=strasse"
    page = page_of(client.get(f"{HOME}/events{query}"))

    assert texts(page, "//ol//li//a") == ["Straßenfest"]
    assert texts(page, "//*[@role='status']") == ["Ein Termin gefunden"]
    assert page.xpath("//input[@type='checkbox'][@checked]/@value") == [
        "qualifizierung"
    ]
    assert page.xpath("//input[@name='q']/@value") == ["strasse"]
    assert page.xpath("//link[@type='text/calendar']/@href") == [
        f"{BASE_URL}/familie/events.ics{query}",
        f"{BASE_URL}/familie/events.ics",
    ]


def test_filter_form_carries_on_what_it_does_not_show(
    client: FlaskClient, filled: None
) -> None:
    page = page_of(client.get(f"{HOME}/events?lang=en&theme=dark&q=a&page=2"))

    hidden = page.xpath("//form/input[@type='hidden']")
    assert [(one.get("name"), one.get("value")) for one in hidden] == [
        ("lang", "en"),
        ("theme", "dark"),
    ]


def test_agenda_without_a_result_offers_the_next_event(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT)

    page = page_of(client.get(f"{HOME}/events?q=nirgends"))

    assert texts(page, "//*[@role='status']") == ["Dazu gibt es keine Termine."]
    assert texts(page, "//p[@class='none']") == [
        "Als Nächstes: Elterncafé, Donnerstag, 8. Juli 2021, 09:30 Uhr."
    ]


def test_agenda_is_paged(client: FlaskClient, write: Write) -> None:
    for day in (7, 8, 9):
        write("events", {"title": f"Am {day}.", "start": f"2021-07-{day:02}T09:00"})

    path = f"{HOME}/events?limit=2"
    first = page_of(client.get(path))
    (following,) = hrefs(first, "//a[@rel='next']")
    second = page_of(client.get(following))

    assert texts(first, "//ol//li//a") == ["Am 7.", "Am 8."]
    assert texts(second, "//ol//li//a") == ["Am 9."]
    assert hrefs(second, "//nav//a[@rel='prev']") == [path]
    assert hrefs(second, "//a[@rel='next']") == []


def test_agenda_can_follow_the_order_of_announcement(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    for title, day in [("Erst", "08-02"), ("Dann", "07-09"), ("Vorbei", "07-01")]:
        write("events", {"title": title, "start": f"2021-{day}T09:00"})
        clock.forward(minutes=1)

    page = page_of(client.get(f"{HOME}/events?order=published"))

    assert texts(page, "//ol//li//a") == ["Dann", "Erst"]
    assert texts(page, "//h2[@class='sticky']") == []
