"""The list of all public pages for search engines, after sitemaps.org 0.9."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy import insert
from werkzeug.test import TestResponse

from feeds import create_app, tenancy
from feeds.models import Channel, NewsItem
from feeds.publish import Publisher
from feeds.store import Store
from feeds.views.sitemap import SIZE
from tests.cast import (
    BASE_URL,
    CHANNEL,
    Clock,
    make_channel,
    publisher_of,
    settings_for,
)
from tests.views.documents import ANY, EVENT, NEWS, Write, known, modified
from tests.views.reading import page_of

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# W3C's note on date and time, in the form that we use.
LASTMOD = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
MOST, LARGEST, LONGEST = 50_000, 50 * 1024 * 1024, 2048
PAGES = ["", "/events", "/news", "/places", "/subscribe"]


@pytest.fixture
def app(each_store: Store, clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    """Return the application once on each database: the list is one large UNION."""
    made = create_app(settings_for(each_store, tmp_path), clock=clock)
    make_channel(publisher_of(made), clock.now - timedelta(days=1))
    yield made
    made.extensions["feeds"].store.close()


def listed(response: TestResponse, kind: str = "url") -> dict[str, str]:
    """Return the addresses of a sitemap with their last change, strictly read."""
    assert response.status_code == 200, response.text
    assert response.content_type == "application/xml; charset=utf-8"
    assert len(response.data) <= LARGEST
    root = etree.fromstring(response.data)
    assert root.tag == f"{SPACE}{'urlset' if kind == 'url' else 'sitemapindex'}"
    assert len(root) <= MOST
    found: dict[str, str] = {}
    for one in root:
        assert one.tag == SPACE + kind
        names = [part.tag.removeprefix(SPACE) for part in one]
        assert names in (["loc"], ["loc", "lastmod"])
        url, *changed = [str(part.text) for part in one]
        assert url.startswith(f"{BASE_URL}/")
        assert len(url) < LONGEST
        assert url not in found
        found[url] = changed[0] if changed else ""
        assert all(LASTMOD.fullmatch(text) for text in changed)
    return found


def paths(client: FlaskClient, query: str = "") -> dict[str, str]:
    found = listed(client.get(f"/sitemap.xml{query}"))
    return {url.removeprefix(BASE_URL): changed for url, changed in found.items()}


def test_every_public_page_is_listed_with_its_last_change(
    client: FlaskClient, clock: Clock
) -> None:
    publisher = publisher_of(client.application)
    publisher.create("news", CHANNEL, NEWS, now=clock.now)
    clock.forward(hours=1)
    publisher.create("events", CHANNEL, EVENT, now=clock.now)
    make_channel(publisher, clock.now, slug="other", title="Other")
    clock.forward(hours=1)
    patch = {"summary": "Anders"}
    publisher.amend("events", CHANNEL, EVENT["uid"], patch, now=clock.now, match=ANY)

    news, noon, event = (f"2021-07-06T{hour}:00:00Z" for hour in (10, 11, 12))
    assert paths(client) == {
        "/": "",
        **{f"/{CHANNEL}{path}": event for path in PAGES},
        f"/{CHANNEL}/events/elterncafe": event,
        f"/{CHANNEL}/news/besuch-in-dortmund": news,
        **{f"/other{path}": noon for path in PAGES},
    }


def test_what_is_listed_is_there_and_not_kept_from_engines(
    client: FlaskClient, filled: None
) -> None:
    for path in paths(client):
        response = client.get(path)
        assert response.status_code == 200, path
        assert "X-Robots-Tag" not in response.headers
        page = page_of(response)
        assert page.xpath("//meta[@name='robots']") == []
        assert page.xpath("//link[@rel='canonical']/@href") == [BASE_URL + path]


def test_what_is_not_public_is_not_listed(
    client: FlaskClient, publisher: Publisher, write: Write, clock: Clock
) -> None:
    before = paths(client)
    event = {"title": "X", "start": "2021-07-08"}
    make_channel(publisher, clock.now, slug="geheim", title="Geheim", state="draft")
    make_channel(publisher, clock.now, slug="weg", title="Weg")
    tenancy.withdraw(publisher, "weg", now=clock.now, match=ANY)
    write("events", event, state="draft")
    write("events", event, publish_at="2021-07-06T13:00")
    write("events", event, expires_at="2021-07-06T11:59")
    write("news", NEWS, state="pending")
    uid = write("events", event)["uid"]
    publisher.withdraw("events", CHANNEL, uid, now=clock.now, match=ANY)

    assert list(paths(client)) == list(before)


def test_page_appears_when_it_is_due(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    write("events", EVENT, publish_at="2021-07-06T13:00")
    write("news", NEWS, expires_at="2021-07-06T14:00")
    first = client.get("/sitemap.xml")
    clock.forward(hours=1)
    due = client.get("/sitemap.xml", headers=known(first))
    clock.forward(hours=1)
    gone = client.get("/sitemap.xml", headers=known(due))

    event, news = f"/{CHANNEL}/events/elterncafe", f"/{CHANNEL}/news/besuch-in-dortmund"
    assert [event in one.text for one in (first, due, gone)] == [False, True, True]
    assert [news in one.text for one in (first, due, gone)] == [True, True, False]
    assert modified(first) < modified(due) < modified(gone)
    found = {url.removeprefix(BASE_URL): at for url, at in listed(due).items()}
    # It is new today, although nobody has changed it since.
    assert found[event] == found[f"/{CHANNEL}/events"] == "2021-07-06T11:00:00Z"
    assert found[f"/{CHANNEL}/places"] < found[event]


def test_list_is_304_until_something_changes(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    first = client.get("/sitemap.xml")
    again = client.get("/sitemap.xml", headers=known(first))
    head = client.head("/sitemap.xml")
    clock.forward(minutes=1)
    write("events", EVENT)
    after = client.get("/sitemap.xml", headers=known(first))

    assert (again.status_code, again.data) == (304, b"")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == first.headers["ETag"]
    assert after.status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [("?page=1", 200), ("?page=2", 404), ("?page=0", 400), ("?limit=5", 400)],
)
def test_page_that_is_not_there_is_refused(
    client: FlaskClient, query: str, status: int
) -> None:
    response = client.get(f"/sitemap.xml{query}")

    assert response.status_code == status
    if status != 200:
        assert response.content_type == "application/problem+json"


@pytest.fixture
def stock(client: FlaskClient, clock: Clock) -> Callable[[int], None]:
    """Return what puts many news items, as long as they come, into the channel."""
    store: Store = client.application.extensions["feeds"].store

    def put(count: int) -> None:
        with store.writing() as session:
            home = session.query(Channel).filter_by(slug=CHANNEL).one()
            rows = [_row(home.id, number, clock.now) for number in range(count)]
            session.execute(insert(NewsItem), rows)
            home.revision += 1

    return put


def _row(channel_id: int, number: int, now: datetime) -> dict[str, Any]:
    slug = f"{'a' * 74}{number:06}"
    times = dict.fromkeys(("created_at", "updated_at", "revised_at"), now)
    return {
        "channel_id": channel_id,
        "uid": slug,
        "slug": slug,
        "title": "x",
        "language": "de",
        "announced_at": now,
        **times,
    }


def test_long_list_is_spread_over_pages(
    client: FlaskClient, stock: Callable[[int], None]
) -> None:
    stock(2 * SIZE - len(PAGES))
    full = listed(client.get("/sitemap.xml"), "sitemap")
    assert list(full) == [f"{BASE_URL}/sitemap.xml?page={page}" for page in (1, 2)]
    addresses = [url.removeprefix(BASE_URL) for url in full]

    found = [listed(client.get(address)) for address in addresses]

    assert [len(one) for one in found] == [SIZE + 1, SIZE]
    assert len({url for one in found for url in one}) == 2 * SIZE + 1
    assert client.get("/sitemap.xml?page=3").status_code == 404


def test_robots_are_told_where_the_list_is(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()

    assert f"Sitemap: {BASE_URL}/sitemap.xml" in lines
