"""One grammar: whatever is asked, every format, page and widget selects the same.

Each is read for the slugs it leads to, by a parser of its own.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import feedparser  # type: ignore[import-untyped] # has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml.html import fromstring

from feeds.demo import CHANNEL
from feeds.demo.channel import CATEGORIES, PLACES
from feeds.question import CANCELLED_FOR
from tests.clients.serving import Service, slug_in
from tests.counts import tries

Query = list[tuple[str, str]]
Slugs = set[str]

EVERYTHING = ("limit", "200")
DAY = timedelta(days=1)
TODAY = datetime.now(ZoneInfo("Europe/Berlin")).date()
SLUGS = [row[0] for row in CATEGORIES]
WORDS = [
    "familie",
    "FAMILIE rathaus",
    "elterncafe",
    "Elterncafé",
    "straße",
    "STRASSE",
    "köln",
    "koln",
    "modul",
    "kinder netzwerk",
    "nirgends",
]
STATUSES = ["confirmed", "tentative", "cancelled"]
MONTHS = [date(2021, 6, 1), date(2021, 7, 1), TODAY.replace(day=1)]

one_of = st.sampled_from
categories = st.lists(one_of(SLUGS), max_size=3, unique=True)
rarely = st.integers(0, 5).map(lambda number: number == 0)


@st.composite
def filters(draw: st.DrawFn) -> Query:
    """Return what narrows events and news alike."""
    query = [("category", slug) for slug in draw(categories)]
    query += [("exclude", slug) for slug in draw(categories) if draw(rarely)]
    choices = {
        "match": one_of(["any", "all"]),
        "q": one_of(WORDS),
        "place": one_of([row[0] for row in PLACES]),
        "language": one_of(["de", "en"]),
    }
    for name, values in choices.items():
        if draw(rarely):
            query.append((name, draw(values)))
    return query


@st.composite
def event_queries(draw: st.DrawFn) -> tuple[Query, date]:
    """Return a question with a window within a month, and that month."""
    query, month = draw(filters()), draw(one_of(MONTHS))
    if draw(rarely):
        query.append(("status", draw(one_of(STATUSES))))
    first = draw(st.integers(0, 20))
    since = month + first * DAY
    until = since + draw(st.integers(1, 28 - first)) * DAY
    return [*query, ("from", str(since)), ("to", str(until))], month


@st.composite
def news_queries(draw: st.DrawFn) -> Query:
    query, days = draw(filters()), st.dates(date(2014, 1, 1), TODAY - DAY)
    if draw(st.booleans()):
        since = draw(days)
        until = since + draw(st.integers(1, 4000)) * DAY
        query += [("from", str(since)), ("to", str(until))]
    return query


def ask(service: Service, path: str, query: Query) -> bytes:
    response = service.get(f"{path}?{urlencode(query)}")
    assert response.status == 200, (path, query, response.data)
    return response.data


def in_xml(raw: bytes) -> Slugs:
    return {entry.link.rpartition("/")[2] for entry in feedparser.parse(raw).entries}


def in_json(raw: bytes) -> Slugs:
    return {item["url"].rpartition("/")[2] for item in json.loads(raw)["items"]}


def in_calendar(raw: bytes) -> Slugs:
    events = Calendar.from_ical(raw).walk("VEVENT")
    return {str(event["URL"]).rpartition("/")[2] for event in events}


def in_list(raw: bytes, where: str, noun: str) -> Slugs:
    addresses = fromstring(raw).xpath(f"{where}//a/@href")
    return {slug for address in addresses if (slug := slug_in(address, noun))}


def in_month(service: Service, raw: bytes) -> Slugs:
    """Return what a month leads to; days with more than they show have a link."""
    found = in_list(raw, "//td//li", "events")
    for address in fromstring(raw).xpath("//td//a[@class='more']/@href"):
        found |= in_list(service.get(address).data, "//ol[@class='days']", "events")
    return found


FEEDS: dict[str, Callable[[bytes], Slugs]] = {
    "rss": in_xml,
    "atom": in_xml,
    "json": in_json,
}


def forgotten(raw: bytes) -> Slugs:
    """Return what the calendar leaves out: cancelled, and over for a week."""
    edge = datetime.combine(TODAY, datetime.min.time()) - CANCELLED_FOR

    def is_over(facts: dict[str, Any]) -> bool:
        return datetime.fromisoformat(facts["end"] or facts["start"]) <= edge

    return {
        item["url"].rpartition("/")[2]
        for item in json.loads(raw)["items"]
        if item["_event"]["status"] == "cancelled" and is_over(item["_event"])
    }


@given(event_queries())
@pytest.mark.counted
@tries(60, 1000)
def test_a_question_has_the_same_events_everywhere(
    service: Service, asked: tuple[Query, date]
) -> None:
    (query, month), path = asked, f"/{CHANNEL}/events"
    longer, monthly = [*query, EVERYTHING], [*query, ("month", f"{month:%Y-%m}")]
    raw = ask(service, f"{path}.json", longer)
    expected = in_json(raw)

    for suffix, read in FEEDS.items():
        assert read(ask(service, f"{path}.{suffix}", longer)) == expected
    page = ask(service, path, longer)
    assert in_list(page, "//ol[@class='days']", "events") == expected
    widget = ask(service, f"/embed/{CHANNEL}/month", monthly)
    assert in_month(service, widget) == expected
    calendar = in_calendar(ask(service, f"{path}.ics", query))
    assert calendar == expected - forgotten(raw)


@given(news_queries())
@pytest.mark.counted
@tries(60, 1000)
def test_a_question_has_the_same_news_everywhere(
    service: Service, query: Query
) -> None:
    path, longer = f"/{CHANNEL}/news", [*query, EVERYTHING]
    expected = in_json(ask(service, f"{path}.json", longer))

    for suffix, read in FEEDS.items():
        assert read(ask(service, f"{path}.{suffix}", longer)) == expected
    page = ask(service, path, longer)
    assert in_list(page, "//ul[@class='news']", "news") == expected


def test_the_questions_find_something(service: Service) -> None:
    """The comparison would also hold if nothing were ever found."""
    july = [("from", "2021-07-01"), ("to", "2021-08-01"), EVERYTHING]
    for word in ("STRASSE", "koln"):
        assert in_json(ask(service, f"/{CHANNEL}/events.json", [("q", word)]))
    found = in_json(ask(service, f"/{CHANNEL}/events.json", july))
    cancelled = [*july, ("status", "cancelled")]
    assert len(found) > 10
    assert in_json(ask(service, f"/{CHANNEL}/events.json", cancelled)) == {
        "stadtteilspaziergang"
    }
