"""Every kind of feed that there is, as it is served: valid without a warning."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import count, product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds import intake
from feeds.importing import Item
from tests.cast import CHANNEL, Api, Clock, make_channel, publisher_of
from tests.counts import tries
from tests.importing.test_webfeeds_round import NEWS
from tests.renderers.strict import complaints
from tests.renderers.test_ics_random import batches
from tests.views.documents import Write

TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}
QUERIES = {
    "": "alles",
    "category=beruf": "Beruf",
    "category=beruf&category=kinder&match=all": "Beides",
    "exclude=beruf": "ohne Beruf",
    "language=en": "Englisch",
    "q=haus": "Suche",
    "category=beruf&language=de&q=fest": "zusammen",
    "q=nichts": "nichts",
    "limit=1": "einer",
    "limit=1&page=2": "der zweite",
    "lang=en": "English",
    "from=2021-01-01&to=2022-01-01": "ein Jahr",
    "archive=2021-07": "ein Monat",
}
EVENTS = ("order=start", "status=cancelled", "place=haus")
PATHS = [
    *product(("events", "news"), QUERIES),
    *(("events", query) for query in EVENTS),
]
NUMBERS = count()
LARGE = (HealthCheck.too_slow, HealthCheck.data_too_large)


@pytest.fixture
def full(write: Write, owner: Api, clock: Clock) -> None:
    """Write entries of every kind, each in a moment of its own."""
    for noun, raw in entries():
        if noun in ("events", "news"):
            clock.forward(minutes=1)
        write(noun, raw)
    clock.forward(minutes=1)


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    for slug in ("beruf", "kinder"):
        yield "categories", {"slug": slug, "title": f"{slug.title()} & mehr"}
    town = {"city": "Dortmund", "latitude": 51.5, "longitude": 7.46}
    yield "places", {"slug": "haus", "title": "Haus <der> Familie", **town}
    start = {"start": "2021-07-13T09:30", "end": "2021-07-13T11:00"}
    both = {"categories": ["beruf", "kinder"], "image": IMAGE, "sources": SOURCES}
    moved = {"recurrence_id": "2021-07-20T09:30", "start": "2021-07-21T09:30"}
    gone = {"recurrence_id": "2021-07-27T09:30", "status": "cancelled"}
    series = {"rrule": "FREQ=WEEKLY;COUNT=5", "overrides": [moved, gone]}
    yield (
        "events",
        {"title": "Fest <b>& mehr</b>", "uid": "e-1", **start, **both, "place": "haus"},
    )
    yield "events", {"title": "Reihe", **start, **series, "categories": ["beruf"]}
    yield "events", {"title": "Tag im Haus", "start": "2021-07-14", "language": "en"}
    yield "events", {"title": "Kurs", "sessions": [start], "organizer": {"name": "A"}}
    yield "events", {"title": "Fällt aus", **start, "status": "cancelled"}
    yield "news", {"title": "Fest", "summary": "a < b", "content": TEXT, **both}
    yield "news", {"title": "News", "content": TEXT, "language": "en-GB", **FILES}
    yield "news", {"title": "Haus", "author": "R & D", "place": "haus", "event": "e-1"}
    yield "news", {"title": "Später", "published_at": "2021-08-01T00:00:00Z"}


TEXT = "<p>Ein <a href='/x?a=1&b=[2]'>Link</a>, <img src='b c.png' srcset='d.png 2x'>"
IMAGE = {"url": "https://example.org/ä.jpg", "alt": "", "credit": "R & D"}
SOURCES = [{"text": "Amt", "url": "https://example.org/%"}, {"text": "Wir"}]
FILES = {
    "attachments": [
        {"url": "https://example.org/a%20b.pdf", "title": "Programm"},
        {"url": "https://example.org/c", "type": "audio/mpeg", "length": 7},
    ]
}


@pytest.mark.parametrize("suffix", TYPES)
def test_every_feed_is_valid_without_a_warning(
    client: FlaskClient, full: None, clock: Clock, suffix: str
) -> None:
    found = {}
    for noun, query in PATHS:
        path = f"/{CHANNEL}/{noun}.{suffix}?{query}"
        answer = client.get(path)
        assert (path, answer.status_code) == (path, 200)
        assert answer.headers["Content-Type"] == TYPES[suffix]
        found[path] = complaints(suffix, answer.data, clock.now)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("suffix", TYPES)
def test_two_hundred_items_are_valid(
    app: Flask, client: FlaskClient, clock: Clock, suffix: str
) -> None:
    items = [Item({"title": f"N{n}", "id": f"n{n}", **FILES}, n) for n in range(201)]
    intake.take_in(publisher_of(app), "news", CHANNEL, items, now=clock.now)
    answer = client.get(f"/{CHANNEL}/news.{suffix}?limit=200")
    assert len(ids(suffix, answer.data)) == 200
    assert complaints(suffix, answer.data, clock.now) == []


def test_the_list_of_feeds_is_valid(client: FlaskClient, clock: Clock) -> None:
    raw = client.get("/opml").data
    assert complaints("opml", raw, clock.now) == []
    assert complaints("opml", raw.replace(b'type="rss"', b""), clock.now)


def ids(suffix: str, raw: bytes) -> list[str]:
    """Return the ids of the items, in order."""
    if suffix == "json":
        return [item["id"] for item in json.loads(raw)["items"]]
    found = etree.fromstring(raw).xpath("//guid | //*[local-name()='entry']/*")
    return [str(one.text) for one in found if etree.QName(one).localname in ID]


ID = ("guid", "id")


@pytest.mark.parametrize("noun", ["events", "news"])
def test_a_selection_has_its_own_id_and_title_and_the_same_items(
    client: FlaskClient, full: None, noun: str
) -> None:
    whole = set(ids("atom", client.get(f"/{CHANNEL}/{noun}.atom").data))
    names, titles = set(), set()
    windows = ("limit", "lang=", "archive")
    selections = [one for one in QUERIES if not one.startswith(windows)]
    for query in selections:
        found = {}
        for suffix in TYPES:
            raw = client.get(f"/{CHANNEL}/{noun}.{suffix}?{query}").data
            found[suffix] = ids(suffix, raw)
            if suffix == "atom":
                head = etree.fromstring(raw)
                names.add(head.findtext("{*}id"))
                titles.add(head.findtext("{*}title"))
        assert found["rss"] == found["atom"] == found["json"]
        assert set(found["atom"]) <= whole
    assert len(names) == len(titles) == len(selections)


def test_a_list_by_start_keeps_when_each_was_announced(
    client: FlaskClient, full: None
) -> None:
    def read(query: str) -> list[tuple[str, str, str]]:
        raw = client.get(f"/{CHANNEL}/events.json?{query}").data
        items = json.loads(raw)["items"]
        return [
            (one["_event"]["start_utc"], one["date_published"], one["id"])
            for one in items
        ]

    announced, by_start = read(""), read("order=start")
    assert sorted(announced) == sorted(by_start)
    assert [one[0] for one in by_start] == sorted(one[0] for one in by_start)
    assert [one[1] for one in announced] == sorted(
        (one[1] for one in announced), reverse=True
    )
    rss = etree.fromstring(client.get(f"/{CHANNEL}/events.rss?order=start").data)
    assert [one.text for one in rss.iter("guid")] == [one[2] for one in by_start]


def test_every_item_names_its_own_language(client: FlaskClient, full: None) -> None:
    names = {"dc": "http://purl.org/dc/elements/1.1/"}
    feed = {suffix: client.get(f"/{CHANNEL}/news.{suffix}").data for suffix in TYPES}
    rss = etree.fromstring(feed["rss"]).xpath("//item/dc:language", namespaces=names)
    atom = etree.fromstring(feed["atom"]).findall("{*}entry")
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    wanted = ["de", "en-GB", "de"]
    assert [one.text for one in rss] == wanted
    assert [one.get(lang) for one in atom] == wanted
    assert [one["language"] for one in json.loads(feed["json"])["items"]] == wanted


@pytest.mark.counted
def test_random_feeds_are_valid(
    app: Flask, client: FlaskClient, clock: Clock, now: datetime
) -> None:
    publisher = publisher_of(app)

    @settings(tries(20, 500), phases=[Phase.generate], suppress_health_check=LARGE)
    @given(batches(), st.lists(NEWS, max_size=3, unique_by=lambda one: one.get("id")))
    def check(batch: dict[str, list[Any]], news: list[Any]) -> None:
        channel = f"r{next(NUMBERS)}"
        make_channel(publisher, now, slug=channel)
        for noun in ("categories", "places"):
            for raw in batch[noun]:
                publisher.create(noun, channel, raw, now=now)
        known = [one["slug"] for one in batch["categories"]]
        for raw in news:
            raw |= {"categories": known} if "categories" in raw else {}
        for noun, raws in (("events", batch["events"]), ("news", news)):
            items = [Item(raw, line) for line, raw in enumerate(raws)]
            report = intake.take_in(publisher, noun, channel, items, now=now)
            assert (report.refused, report.created) == ([], len(raws))
            clock.forward(minutes=1)  # writes in one second reach into the next
            for suffix in TYPES:
                answer = client.get(f"/{channel}/{noun}.{suffix}")
                assert len(ids(suffix, answer.data)) == len(raws)
                assert complaints(suffix, answer.data, clock.now) == []

    check()
