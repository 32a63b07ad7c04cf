"""What all pages have in common, and the channel, its news, the list of channels."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel
from tests.views.documents import EVENT, NEWS, Write, known
from tests.views.reading import hrefs, page_of, texts, words

HOME = f"/{CHANNEL}"

PAGES = [
    "/",
    HOME,
    f"{HOME}/events",
    f"{HOME}/events/elterncafe",
    f"{HOME}/news",
    f"{HOME}/news/besuch-in-dortmund",
    f"{HOME}/subscribe",
    f"/embed/{CHANNEL}/month",
]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_stands_by_itself(
    client: FlaskClient, filled: None, path: str, language: str
) -> None:
    response = client.get(f"{path}?lang={language}")

    page = page_of(response)
    assert response.status_code == 200
    assert page.get("lang") == language
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//title[text()]")) == 1
    assert len(page.xpath("//main")) == 1
    assert page.xpath("//@style | //@*[starts-with(name(), 'on')]") == []
    foreign = "//script[@src and not(starts-with(@src, '/static/'))]"
    assert page.xpath(foreign) == []
    assert page.xpath("//a[@class='skip']/@href")[0][1:] in page.xpath("//@id")
    assert page.xpath("//img[not(@alt)]") == []
    assert "Set-Cookie" not in response.headers
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES[1:-1])
def test_page_names_the_feeds_by_absolute_addresses(
    client: FlaskClient, filled: None, path: str
) -> None:
    response = client.get(path)
    page = page_of(response)

    assert 'type="application/rss+xml"' in response.text  # some read no &#43;
    feeds = page.xpath("//head/link[@rel='alternate'][not(contains(@type, 'oembed'))]")
    events = [
        ("text/calendar", f"{BASE_URL}/familie/events.ics"),
        ("application/rss+xml", f"{BASE_URL}/familie/events.rss"),
        ("application/atom+xml", f"{BASE_URL}/familie/events.atom"),
        ("application/feed+json", f"{BASE_URL}/familie/events.json"),
    ]
    news = [
        ("application/rss+xml", f"{BASE_URL}/familie/news.rss"),
        ("application/atom+xml", f"{BASE_URL}/familie/news.atom"),
        ("application/feed+json", f"{BASE_URL}/familie/news.json"),
    ]
    is_news = path.startswith(f"{HOME}/news")
    found = [(feed.get("type"), feed.get("href")) for feed in feeds]
    assert found == (news + events if is_news else events + news)
    assert len({feed.get("title") for feed in feeds}) == len(feeds)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE_URL}{path}"]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_ours_leads_somewhere(
    client: FlaskClient, filled: None, path: str
) -> None:
    page = page_of(client.get(path))

    addresses = {
        link.removeprefix(BASE_URL).partition("#")[0]
        for link in [*hrefs(page), *hrefs(page, "//link")]
        if link.startswith(("/", BASE_URL))
    }
    statuses = {}
    for link in addresses - {""}:
        with client.get(link) as response:
            statuses[link] = response.status_code
    assert statuses == dict.fromkeys(statuses, 200)


def test_pages_may_not_be_framed(client: FlaskClient) -> None:
    headers = client.get(HOME).headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_second_get_is_304_until_something_changes(
    client: FlaskClient, filled: None, write: Write
) -> None:
    first = client.get(HOME)
    again = client.get(HOME, headers=known(first))
    write("events", {"title": "Fest", "start": "2021-07-09"})
    changed = client.get(HOME, headers=known(first))

    assert (again.status_code, changed.status_code) == (304, 200)
    assert "Fest" in changed.text


def test_front_page_lists_public_channels_alone(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    make_channel(publisher, clock.now, slug="geheim", title="Geheim", state="draft")
    make_channel(publisher, clock.now, slug="stadt", title="Die Stadt")

    page = page_of(client.get("/"))

    links = page.xpath("//section//li//a")
    assert [(words(link), link.get("href")) for link in links] == [
        ("Die Stadt", "/stadt"),
        ("Familie in NRW", "/familie"),
    ]


def test_channel_offers_its_calendar_in_every_way(client: FlaskClient) -> None:
    page = page_of(client.get(HOME))

    assert hrefs(page, "//main//details//li/a") == [
        "webcal://termine.example/familie/events.ics",
        "https://calendar.google.com/calendar/r"
        "?cid=webcal%3A%2F%2Ftermine.example%2Ffamilie%2Fevents.ics",
        "https://outlook.live.com/calendar/0/addfromweb"
        "?url=https%3A%2F%2Ftermine.example%2Ffamilie%2Fevents.ics"
        "&name=Familie%20in%20NRW",
        "https://outlook.office.com/calendar/0/addfromweb"
        "?url=https%3A%2F%2Ftermine.example%2Ffamilie%2Fevents.ics"
        "&name=Familie%20in%20NRW",
        f"{BASE_URL}/familie/events.ics",
    ]
    assert page.xpath("//input/@value") == [f"{BASE_URL}/familie/events.ics"]


def test_channel_gives_the_line_that_embeds_its_month(client: FlaskClient) -> None:
    page = page_of(client.get(HOME))

    assert texts(page, "//footer//code") == [
        '<iframe src="https://termine.example/embed/familie/month"'
        ' title="Terminkalender Familie in NRW" width="100%" height="870"'
        ' style="border:0;color-scheme:light dark" loading="lazy"'
        ' referrerpolicy="no-referrer" sandbox="allow-scripts allow-popups'
        " allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
        ' allow-downloads allow-forms"></iframe> <p>'
        '<a href="https://termine.example/familie">Terminkalender Familie in NRW</a>'
        '</p> <script src="https://termine.example/resize.js" async></script>'
    ]


def test_news_item_names_its_sources(client: FlaskClient, write: Write) -> None:
    sources = [
        {"text": "Online-Recherche auf www.mfkjks.nrw.de", "retrieved_on": "2014-09-02"}
    ]
    write("news", NEWS, sources=sources, published_at="2014-09-03T08:00:00+02:00")

    page = page_of(client.get(f"{HOME}/news/besuch-in-dortmund"))

    assert texts(page, "//h1") == ["Besuch in Dortmund"]
    assert texts(page, "//article//header//time") == ["3. September 2014"]
    assert texts(page, "//p[@class='sources']") == [
        "Quellen: Online-Recherche auf www.mfkjks.nrw.de, 02.09.2014"
    ]


def test_news_come_newest_first_and_paged(client: FlaskClient, write: Write) -> None:
    for day in (1, 2, 3):
        write(
            "news",
            {"title": f"Vom {day}.", "published_at": f"2021-07-0{day}T08:00:00+02:00"},
        )

    first = page_of(client.get(f"{HOME}/news?limit=2"))
    second = page_of(client.get(hrefs(first, "//a[@rel='next']")[0]))

    assert texts(first, "//ul[@class='news']//h2") == ["Vom 3.", "Vom 2."]
    assert texts(second, "//ul[@class='news']//h2") == ["Vom 1."]


@pytest.mark.parametrize(
    "over",
    [{"state": "draft"}, {"state": "pending"}, {"publish_at": "2021-07-07T00:00:00Z"}],
)
def test_what_is_not_public_is_nowhere(
    client: FlaskClient, write: Write, over: dict[str, Any]
) -> None:
    write("events", EVENT, title="Verborgen", slug="verborgen", **over)

    shown = [client.get(path) for path in (HOME, f"{HOME}/events", PAGES[-1])]

    assert [("Verborgen" in page.text) for page in shown] == [False, False, False]
    assert client.get(f"{HOME}/events/verborgen").status_code == 404


def test_page_is_kept_for_a_minute_only(client: FlaskClient) -> None:
    for path in ("/", f"/{CHANNEL}", f"/embed/{CHANNEL}/month"):
        headers = client.get(path).headers
        assert headers["Cache-Control"].startswith("public, max-age=60"), path
