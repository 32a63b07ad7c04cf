"""The page with every way to subscribe, to all of a channel or to what is chosen."""

from collections.abc import Mapping
from urllib.parse import quote

import pytest
import segno
from flask.testing import FlaskClient

from feeds.publish import Publisher
from feeds.renderers import qr
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import EVENT, Write, known
from tests.views.reading import hrefs, page_of, texts
from tests.views.scanning import scanned

PAGE = f"/{CHANNEL}/subscribe"
CHOICE = (
    "?category=audit&category=qualifizierung&match=all&exclude=bund&place=haus"
    "&language=de&status=cancelled&q=stra%C3%9Fe+%26"
)


@pytest.fixture
def labelled(write: Write) -> None:
    for slug in ("audit", "bund", "qualifizierung"):
        write("categories", {"slug": slug, "title": slug.title()})
    write("places", {"slug": "haus", "title": "Das Haus"})
    write("events", EVENT)
    write("events", {"title": "Party", "start": "2021-07-09", "language": "en"})


def test_page_offers_every_way(client: FlaskClient) -> None:
    page = page_of(client.get(PAGE))

    calendar = f"{BASE_URL}/{CHANNEL}/events.ics"
    inner = "webcal%3A%2F%2Ftermine.example%2Ffamilie%2Fevents.ics"
    web = f"addfromweb?url={quote(calendar, safe='')}&name=Familie%20in%20NRW"
    assert hrefs(page, "//section[@aria-labelledby='calendar']//a") == [
        "webcal://termine.example/familie/events.ics",
        f"https://calendar.google.com/calendar/r?cid={inner}",
        f"https://outlook.live.com/calendar/0/{web}",
        f"https://outlook.office.com/calendar/0/{web}",
        calendar,
    ]
    feeds = [
        f"{BASE_URL}/{CHANNEL}/{noun}.{output}"
        for noun in ("news", "events")
        for output in ("rss", "atom", "json")
    ]
    assert hrefs(page, "//section[@aria-labelledby='follow']//li/a") == feeds
    assert page.xpath("//input[@readonly]/@value") == [calendar, *feeds]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (
            "/familie/subscribe?q=ä&category=audit",
            "//section[@aria-labelledby='calendar']//li",
        ),
        ("/embed/familie/agenda?q=ä&category=audit", "//details[@class='menu']//li"),
    ],
)
def test_every_way_leads_to_what_is_chosen_to_the_byte(
    client: FlaskClient, labelled: None, path: str, where: str
) -> None:
    page = page_of(client.get(path))

    query = "%3Fcategory%3Daudit%26q%3D%25C3%25A4"
    there = f"%2F%2Ftermine.example%2Ffamilie%2Fevents.ics{query}"
    name = "Familie%20in%20NRW%20%28Audit%2C%20%E2%80%9E%C3%A4%E2%80%9C%29"
    calendar = f"{BASE_URL}/{CHANNEL}/events.ics?category=audit&q=%C3%A4"
    assert hrefs(page, f"{where}/a") == [
        "webcal://termine.example/familie/events.ics?category=audit&q=%C3%A4",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A{there}",
        *(
            f"https://outlook.{host}.com/calendar/0/addfromweb"
            f"?url=https%3A{there}&name={name}"
            for host in ("live", "office")
        ),
        calendar,
    ]
    assert page.xpath("//input[@readonly]/@value")[0] == calendar
    assert client.get(calendar.removeprefix(BASE_URL)).status_code == 200


def test_all_addresses_follow_what_is_chosen(
    client: FlaskClient, labelled: None
) -> None:
    page = page_of(client.get(PAGE + CHOICE))

    news = CHOICE.replace("&status=cancelled", "")
    suffixes = [f"events.ics{CHOICE}"]
    suffixes += [f"news.{output}{news}" for output in ("rss", "atom", "json")]
    suffixes += [f"events.{output}{CHOICE}" for output in ("rss", "atom", "json")]
    addresses = [f"{BASE_URL}/{CHANNEL}/{suffix}" for suffix in suffixes]
    assert page.xpath("//input[@readonly]/@value") == addresses
    own = page.xpath(
        "//head/link[not(contains(@type, 'oembed'))][@rel='alternate']/@href"
    )[:7]
    assert sorted(own) == sorted(addresses)
    assert [client.get(one.removeprefix(BASE_URL)).status_code for one in own] == (
        [200] * 7
    )
    assert texts(page, "//p[@class='chosen']/strong") == [
        "Audit + Qualifizierung",
        "ohne Bund",
        "Das Haus",
        "Deutsch",
        "Abgesagt",
        "„straße &“",
    ]


def test_form_shows_what_is_chosen_and_keeps_it(
    client: FlaskClient, labelled: None
) -> None:
    page = page_of(client.get(f"{PAGE}{CHOICE}&theme=dark&lang=en"))

    form = dict.fromkeys(page.xpath("//form//@name"))
    assert list(form) == [
        "lang",
        "theme",
        "category",
        "q",
        "match",
        "exclude",
        "place",
        "language",
        "status",
    ]
    given = [*page.xpath("//form//input[@checked]/@value")]
    assert given == ["audit", "qualifizierung", "bund"]
    chosen = page.xpath("//form//option[@selected]/@value")
    assert chosen == ["all", "haus", "de", "cancelled"]
    assert page.xpath("//form//input[@name='q']/@value") == ["straße &"]
    assert page.xpath("//form//details/@open") == [""]


def test_form_left_empty_asks_for_everything(
    client: FlaskClient, labelled: None
) -> None:
    page = page_of(client.get(f"{PAGE}?q=&match=any&place=&language=&status="))

    canonical = page.xpath("//link[@rel='canonical']/@href")
    assert canonical == [f"{BASE_URL}{PAGE}"]
    assert page.xpath("//p[@class='chosen']") == []


@pytest.mark.parametrize("query", ["", CHOICE, "?lang=en", "?category=audit&q=%C3%A4"])
def test_code_leads_a_phone_to_this_page(
    client: FlaskClient, labelled: None, query: str
) -> None:
    page = page_of(client.get(f"{PAGE}{query}"))

    (image,) = page.xpath("//*[@role='img']")
    assert scanned(image.xpath(".//svg")[0]) == f"{BASE_URL}{PAGE}{query}"
    assert image.get("aria-label").endswith(f"{BASE_URL}{PAGE}{query}")


def test_code_is_left_out_when_no_phone_could_read_it(client: FlaskClient) -> None:
    answer = client.get(f"{PAGE}?q={'%C3%BC' * 120}")

    assert answer.status_code == 200
    assert page_of(answer).xpath("//*[@role='img']") == []


def test_code_has_room_around_it() -> None:
    url = "https://termine.example/familie/subscribe"
    side = segno.make(url, error="m", micro=False, boost_error=False).symbol_size()[0]

    assert f'viewBox="0 0 {side} {side}"' in qr.svg(url)


def test_each_topic_has_a_calendar_and_feeds(
    client: FlaskClient, labelled: None
) -> None:
    page = page_of(client.get(PAGE))

    topics = page.xpath("//section[@aria-labelledby='topics']/ul/li")
    assert [texts(topic, "h3") for topic in topics] == [
        ["Audit"],
        ["Bund"],
        ["Qualifizierung"],
    ]
    home, query = f"{BASE_URL}/{CHANNEL}", "?category=audit"
    assert hrefs(topics[0], ".//a") == [
        f"{PAGE}{query}",
        f"webcal://termine.example/{CHANNEL}/events.ics{query}",
        *(f"{home}/events.{output}{query}" for output in ("rss", "atom", "json")),
        *(f"{home}/news.{output}{query}" for output in ("rss", "atom", "json")),
    ]
    names = texts(page, "//section[@aria-labelledby='topics']//p/a")
    assert len(set(names)) == len(names) == 21


def test_no_language_of_a_draft_is_offered(
    client: FlaskClient, labelled: None, write: Write
) -> None:
    write("events", EVENT, uid="x", language="tr", state="draft")

    page = page_of(client.get(PAGE))

    languages = page.xpath("//select[@name='language']/option/@value")
    assert languages == ["", "de", "en"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("?category=nirgends", 404), ("?from=today", 400), ("?limit=3", 400)],
)
def test_what_can_not_be_subscribed_to_is_refused(
    client: FlaskClient, query: str, status: int
) -> None:
    assert client.get(PAGE + query).status_code == status


def test_page_is_304_until_a_category_is_added(
    client: FlaskClient, write: Write, clock: Clock, publisher: Publisher
) -> None:
    first = client.get(PAGE)
    again = client.get(PAGE, headers=known(first))
    clock.forward(minutes=1)
    write("categories", {"slug": "neu", "title": "Neu"})
    changed = client.get(PAGE, headers=known(first))

    assert (again.status_code, changed.status_code) == (304, 200)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (f"/{CHANNEL}", ""),
        (f"/{CHANNEL}/events", "?category=audit"),
        (f"/{CHANNEL}/news", "?category=audit"),
    ],
)
def test_pages_lead_here_with_what_they_show(
    client: FlaskClient, labelled: None, path: str, query: str
) -> None:
    page = page_of(client.get(path + query))

    links = {link.partition("#")[0] for link in hrefs(page, "//main//a")}
    assert f"{PAGE}{query}" in links


def test_filtered_page_names_its_own_feeds_first(
    client: FlaskClient, labelled: None
) -> None:
    page = page_of(client.get(f"/{CHANNEL}/news?category=audit"))

    found: Mapping[str, str] = {
        link.get("href").removeprefix(f"{BASE_URL}/{CHANNEL}/"): link.get("title")
        for link in page.xpath(
            "//head/link[@rel='alternate'][not(contains(@type, 'oembed'))]"
        )
    }
    assert list(found)[:3] == [
        f"news.{x}?category=audit" for x in ("rss", "atom", "json")
    ]
    assert list(found)[7:10] == ["news.rss", "news.atom", "news.json"]
    assert len(found) == len(set(found.values())) == 14
    assert found["news.rss?category=audit"] == "Familie in NRW: Aktuelles (Audit, RSS)"
    assert found["news.rss"] == "Familie in NRW: Aktuelles (RSS)"


def test_widget_names_its_feeds_in_a_header(
    client: FlaskClient, labelled: None
) -> None:
    header = client.get(f"/embed/{CHANNEL}/month?category=audit").headers["Link"]

    feeds = [part.split("; ") for part in header.split(", ")]
    assert {tuple(feed[1:2]) for feed in feeds} == {('rel="alternate"',)}
    assert feeds[0] == [
        f"<{BASE_URL}/{CHANNEL}/events.ics?category=audit>",
        'rel="alternate"',
        'type="text/calendar"',
    ]
    assert len(feeds) == 7
