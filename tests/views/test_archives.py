"""Month archives: a client that follows them has every item (RFC 5005 §4)."""

from datetime import UTC, datetime

import feedparser  # type: ignore[import-untyped] # has no types
import pytest
from flask.testing import FlaskClient

from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import ANY, Write, known, modified
from tests.views.history import Document, read, walk

MONTHS = ["2021-06", "2021-04", "2020-12"]
WEB = ["rss", "atom", "json"]
NOUNS = {"news": "published_at", "events": "publish_at"}


def url_of(suffix: str, query: str = "", noun: str = "news") -> str:
    return f"{BASE_URL}/{CHANNEL}/{noun}.{suffix}{query}"


def fill(write: Write, noun: str, moments: list[str], **over: str) -> list[str]:
    """Write an entry for each moment of announcement; return their ids in order."""
    key = "id" if noun == "news" else "uid"
    raw = {"title": "Etwas"} | ({"start": "2021-08-01"} if noun == "events" else {})
    rows = [write(noun, raw | {NOUNS[noun]: at} | over) for at in moments]
    return [f"urn:uuid:{row[key]}" for row in rows]


def archives(client: FlaskClient, url: str) -> tuple[Document, list[Document]]:
    current, *rest = walk(client, url, "prev-archive")
    return current, rest


@pytest.fixture
def ids(write: Write) -> dict[str, list[str]]:
    """Write three months of news and events, and this month's, which is the fourth."""
    moments = [f"{one}-{day}T10:00" for one in MONTHS for day in ("21", "20", "03")]
    now = [f"2021-07-0{day}T10:00" for day in (5, 4, 3)]
    return {noun: fill(write, noun, now + moments) for noun in NOUNS}


@pytest.mark.parametrize("suffix", WEB)
@pytest.mark.parametrize("noun", NOUNS)
def test_client_of_the_archives_has_every_item(
    client: FlaskClient, ids: dict[str, list[str]], noun: str, suffix: str
) -> None:
    url = url_of(suffix, "?limit=2", noun)
    current, rest = archives(client, url)
    assert current.ids == ids[noun][:2]
    assert [one.url for one in rest] == [
        url_of(suffix, f"?archive={month}", noun) for month in ["2021-07", *MONTHS]
    ]
    assert [one for archive in rest for one in archive.ids] == ids[noun]
    assert [archive.marks for archive in rest] == [set(), *[{"archive"}] * 3]
    assert {archive.links["current"] for archive in rest} == {url_of(suffix, "", noun)}
    assert len({one.feed_id for one in (current, *rest)}) == 1


def test_archives_lead_back_to_the_present(
    client: FlaskClient, ids: dict[str, list[str]]
) -> None:
    back = list(walk(client, url_of("atom", "?archive=2020-12"), "next-archive"))
    assert [one.url.rpartition("=")[2] for one in back] == [*MONTHS[::-1], "2021-07"]
    assert [one.ids for one in back][-1] == ids["news"][:3]


def test_month_of_many_has_pages_that_follow_each_other(
    client: FlaskClient, write: Write
) -> None:
    moments = [f"2021-06-30T{hour:02}:{m:02}" for hour in range(3) for m in range(40)]
    ids = fill(write, "news", moments)[::-1]
    current, rest = archives(client, url_of("json"))
    assert [len(one.ids) for one in rest] == [50, 50, 20]
    assert [one for archive in rest for one in archive.ids] == ids
    back = walk(client, rest[-1].url, "next-archive")
    assert [one.url for one in back] == [one.url for one in rest[::-1]]
    assert current.ids == ids[:50]


def test_month_is_that_of_the_channel(client: FlaskClient, write: Write) -> None:
    (july,) = fill(write, "news", ["2021-06-30T22:30:00Z"])
    (june,) = fill(write, "news", ["2021-06-30T21:30:00Z"])
    found = {
        month: read(client, url_of("rss", f"?archive={month}")).ids
        for month in ("2021-06", "2021-07")
    }
    assert found == {"2021-06": [june], "2021-07": [july]}


def test_archives_of_a_selection_hold_only_that(
    client: FlaskClient, write: Write
) -> None:
    write("categories", {"slug": "kurse", "title": "Kurse"})
    fill(write, "news", ["2021-03-01T10:00", "2021-01-01T10:00"])
    chosen = fill(
        write, "news", ["2021-06-01T10:00", "2021-02-01T10:00"], categories=["kurse"]
    )
    query = "category=kurse"
    current, rest = archives(client, url_of("atom", f"?{query}&limit=1"))
    assert current.ids == chosen[:1]
    assert [one.url for one in rest] == [url_of("atom", f"?{query}&archive=2021-02")]
    assert rest[0].ids == chosen[1:]


@pytest.mark.parametrize("suffix", WEB)
def test_feed_that_holds_all_says_so(
    client: FlaskClient, ids: dict[str, list[str]], suffix: str
) -> None:
    whole = read(client, url_of(suffix))
    assert whole.ids == ids["news"]
    assert whole.marks == {"complete"}
    assert {"next", "prev-archive", "first"} & whole.links.keys() == set()


def test_archive_is_kept_longer_and_says_so(
    client: FlaskClient, ids: dict[str, list[str]]
) -> None:
    ages = {}
    for query in ("", "?archive=2021-06", "?archive=2021-07"):
        answer = client.get(f"/{CHANNEL}/news.rss{query}")
        ttl = feedparser.parse(answer.data)["feed"]["ttl"]
        ages[query] = (answer.cache_control.max_age, int(ttl) * 60)
    day = (21_600, 21_600)
    assert ages == {
        "": (900,) * 2,
        "?archive=2021-06": day,
        "?archive=2021-07": (900,) * 2,
    }


@pytest.mark.parametrize("suffix", WEB)
def test_archive_forgets_what_is_removed(
    client: FlaskClient,
    publisher: Publisher,
    clock: Clock,
    ids: dict[str, list[str]],
    suffix: str,
) -> None:
    path = f"/{CHANNEL}/news.{suffix}?archive=2021-04"
    before = client.get(path)
    gone = ids["news"][6].removeprefix("urn:uuid:")
    publisher.withdraw("news", CHANNEL, gone, now=clock.now, match=ANY)
    after = client.get(path, headers=known(before))
    assert (gone in before.text, after.status_code) == (True, 200)
    assert gone not in after.text


def test_month_that_ends_becomes_an_archive(
    client: FlaskClient, clock: Clock, ids: dict[str, list[str]]
) -> None:
    path = f"/{CHANNEL}/news.atom?archive=2021-07"
    clock.now = datetime(2021, 7, 31, 21, 59, 59, tzinfo=UTC)
    before = client.get(path)
    clock.forward(seconds=1)
    after = client.get(path, headers=known(before))
    assert after.status_code == 200
    assert ("fh:archive" in before.text, "fh:archive" in after.text) == (False, True)
    assert modified(after) == clock.now
    clock.forward(days=40)
    assert client.get(path, headers=known(after)).status_code == 304


@pytest.mark.parametrize(
    "query",
    [
        "archive=2021-13",
        "archive=1969-12",
        "archive=2101-01",
        "archive=2021-06&from=2021-06-01",
        "archive=2021-06&to=2021-06-03",
        "archive=2021-06&order=start",
        "archive=2021-06&archive=2021-05",
    ],
)
def test_archive_that_is_none_is_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/{CHANNEL}/events.atom?{query}")
    assert answer.status_code == 400
    assert answer.json and list(answer.json["errors"]) == ["archive"]
