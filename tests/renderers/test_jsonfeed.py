"""JSON Feed 1.1, whole documents as values."""

import json
from typing import Any

from feeds.renderers import jsonfeed
from tests.renderers.cast import (
    BASE_URL,
    UID,
    make_event,
    make_head,
    make_place,
    make_site,
)
from tests.renderers.webfeeds import rich_news, written


def read(*entries: Any, **over: Any) -> Any:
    return json.loads(written("json", *entries, **over))


def test_a_feed_says_what_it_is() -> None:
    links = {"hub": "https://hub.example.org/", "next": f"{BASE_URL}/familie/x?page=2"}
    assert read(links=links) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Familie in NRW",
        "home_page_url": f"{BASE_URL}/familie",
        "feed_url": f"{BASE_URL}/familie/news",
        "description": "Was für Familien los ist",
        "language": "de",
        "authors": [{"name": "Amt für Familie", "url": "https://www.example.org/"}],
        "next_url": f"{BASE_URL}/familie/x?page=2",
        "hubs": [{"type": "WebSub", "url": "https://hub.example.org/"}],
        "items": [],
    }


def test_what_is_not_known_is_absent() -> None:
    site = make_site(
        publisher=None, url=None, logo={"url": "https://example.org/l.png"}
    )
    raw = jsonfeed.opening(make_head("news", description=""), site)
    feed = json.loads(raw + jsonfeed.FORMAT.close)
    assert feed["icon"] == "https://example.org/l.png"
    assert feed["authors"] == [{"name": "Familie in NRW"}]
    assert feed.keys().isdisjoint({"description", "next_url", "hubs"})


def test_a_news_item_is_whole() -> None:
    (item,) = read(rich_news())["items"]
    assert item.pop("content_html").startswith("<p><img ")
    assert item == {
        "id": f"urn:uuid:{UID}",
        "url": f"{BASE_URL}/familie/news/neues-buendnis",
        "title": "Neues Bündnis",
        "summary": "Zwölf Städte machen mit",
        "image": "https://example.org/bild.jpg",
        "date_published": "2021-06-01T08:00:00Z",
        "date_modified": "2021-06-02T09:30:00Z",
        "authors": [{"name": "Redaktion"}],
        "tags": ["Beruf & Familie", "Gesundheit"],
        "language": "de",
        "attachments": [
            {
                "url": "https://example.org/a.pdf",
                "mime_type": "application/pdf",
                "title": "Das Programm",
                "size_in_bytes": 1234,
            },
            {
                "url": "https://example.org/b.csv",
                "mime_type": "text/csv",
                "title": "b.csv",
            },
        ],
        "_sources": {
            "about": f"{BASE_URL}/api/docs",
            "items": [
                {
                    "text": "Amt",
                    "url": "https://example.org/amt",
                    "retrieved_on": "2014-09-02",
                },
                {"text": "Eigene Recherche", "url": None, "retrieved_on": None},
            ],
        },
    }


def test_an_event_says_when_and_where() -> None:
    timed, day = read(
        make_event(place=make_place()), make_event(all_day=True, end_local=None)
    )["items"]
    assert timed["_event"] == {
        "about": f"{BASE_URL}/api/docs",
        "uid": UID,
        "start": "2021-07-06T09:30",
        "start_utc": "2021-07-06T07:30:00Z",
        "end": "2021-07-06T11:00",
        "end_utc": "2021-07-06T09:00:00Z",
        "all_day": False,
        "timezone": "Europe/Berlin",
        "rrule": None,
        "sessions": [],
        "location": "Haus der Familie, Am Markt 1, 44135 Dortmund",
        "latitude": 51.5,
        "longitude": 7.46,
        "online_url": None,
        "organizer": None,
        "status": "confirmed",
        "calendar_url": f"{BASE_URL}/familie/events/elterncafe.ics",
    }
    assert day["_event"]["start"] == "2021-07-06"
    assert day["_event"]["end"] is None
    assert day["_event"]["start_utc"] == "2021-07-05T22:00:00Z"
    assert "_sources" not in timed
