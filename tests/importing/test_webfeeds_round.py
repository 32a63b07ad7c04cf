"""News written through the API, read from our feeds into another channel: the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from feeds import create_app, intake, tenancy, text
from feeds.i18n import LANGUAGES
from feeds.importing import webfeeds
from feeds.models import Source
from feeds.renderers import prose
from feeds.renderers.frame import entry_id
from feeds.store import Store
from tests.cast import (
    BASE_URL,
    Api,
    Clock,
    make_token,
    publisher_of,
    settings_for,
)
from tests.counts import tries
from tests.importing.webfeeds import ATOM
from tests.renderers import anything

NOW = datetime(2021, 7, 6, 10, tzinfo=UTC)
FORMATS = ("rss", "atom", "json")
LARGE = (HealthCheck.too_slow, HealthCheck.data_too_large)
UNSHRUNK = (Phase.generate,)  # the store makes an example slow
NUMBERS = count()

Raw = dict[str, Any]

FILES = st.fixed_dictionaries(
    {"url": anything.URLS},
    optional={
        "type": st.sampled_from(["application/pdf", "audio/mpeg"]),
        "length": st.integers(1, 2**50),
        "title": anything.LINES,
    },
)
NEWS = st.fixed_dictionaries(
    {
        "title": anything.TITLES,
        "published_at": st.datetimes(datetime(1990, 1, 1), datetime(2021, 1, 1)).map(  # noqa: DTZ001 -- UTC follows
            lambda at: f"{at:%Y-%m-%dT%H:%M:%SZ}"
        ),
    },
    optional={
        "id": st.sampled_from(["a-1", "b.2", "2b1c3f0e-8d1c-4b7e-9d55-3c1d1f6f2b1a"]),
        "summary": anything.TEXTS,
        "content": anything.HTML,
        "author": anything.LINES,
        "url": anything.URLS,
        "image": anything.IMAGES,
        "sources": st.lists(anything.SOURCES, max_size=2),
        "language": anything.LANGUAGES,
        "categories": st.just(["c"]),
        "attachments": st.lists(
            FILES, max_size=3, unique_by=lambda one: text.safe_url(one["url"])
        ),
    },
)
CHANNELS = st.lists(NEWS, max_size=3, unique_by=lambda one: one.get("id", object()))


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Flask:
    return create_app(settings_for(store, tmp_path), clock=Clock(NOW))


def made(app: Flask, category: str) -> str:
    """Return the slug of a new channel with one category."""
    slug = f"n{next(NUMBERS)}"
    home = {"slug": slug, "title": "Familie", "publisher": {"name": "Haus"}}
    tenancy.create(publisher_of(app), home, now=NOW)
    raw = {"slug": "c", "title": category}
    publisher_of(app).create("categories", slug, raw, now=NOW)
    return slug


def listed(app: Flask, slug: str) -> list[Raw]:
    rows, _ = publisher_of(app).listing("news", slug, limit=200, after=0)
    return rows


def taken_in(app: Flask, slug: str, data: bytes, home: webfeeds.Home) -> intake.Report:
    feed = webfeeds.read(data, home)
    assert feed is not None
    return intake.take_in(publisher_of(app), "news", slug, feed.items(), now=NOW)


def home_of(slug: str, category: str) -> webfeeds.Home:
    return webfeeds.Home(f"{BASE_URL}/{slug}", NOW, "2021-07-06", {"c": category})


def body(row: Raw) -> str:
    """Return what readers see as the text: addresses are absolute in feeds."""
    whole = text.html(row["content"], row["url"] or row["links"]["html"])
    words = text.paragraphs(row["summary"] or row["title"])
    return text.legal(whole or words)


def files(row: Raw) -> list[Raw]:
    return [
        {
            "url": one["url"],
            "type": one.get("type") or "application/octet-stream",
            "length": one.get("length"),
            "title": text.line(one.get("title") or "")
            or one["url"].rpartition("/")[2]
            or one["url"],
        }
        for one in row["attachments"]
    ]


def shown(row: Raw) -> Raw:
    """Return what every feed says of a news item."""
    image = row["image"] or {}
    return {
        "id": entry_id("news", row["id"]),
        "title": text.line(row["title"]),
        "content": body(row),
        "summary": text.legal(row["summary"]) if row["content"] else "",
        "author": text.line(row["author"]),
        "image": [
            text.line(image.get(name) or "") for name in ("url", "alt", "credit")
        ],
        "language": row["language"],
        "categories": row["categories"],
        "published_at": row["published_at"],
    }


def credits_of(sources: list[Raw]) -> str:
    """Return them as they are read: where one ends is for the reader to say."""
    rows = [
        Source(
            text=text.line(one["text"]),
            url=one["url"],
            retrieved_on=one["retrieved_on"]
            and date.fromisoformat(one["retrieved_on"]),
        )
        for one in sources
    ]
    return prose.credits_html(rows, "de")


def credit(row: Raw, title: str) -> Raw:
    """Return what an import adds to where an entry comes from."""
    url = row["links"]["html"]
    return {"text": title, "url": url, "retrieved_on": "2021-07-06"}


def by_id(rows: list[Raw]) -> Iterator[Raw]:
    return iter(sorted(rows, key=lambda row: entry_id("news", row["id"])))


@pytest.mark.counted
def test_our_feeds_give_the_same_news_elsewhere(app: Flask, store: Store) -> None:
    api = Api(app.test_client(), make_token(store, "admin", None, NOW))

    @settings(tries(25, 1000), phases=UNSHRUNK, suppress_health_check=LARGE)
    @given(CHANNELS, anything.TITLES)
    def check(news: list[Raw], category: str) -> None:
        slug = made(app, category)
        for raw in news:
            assert api("POST", f"/channels/{slug}/news", json=raw).status_code == 201
        for output in FORMATS:
            data = app.test_client().get(f"/{slug}/news.{output}").data
            other = made(app, category)
            report = taken_in(app, other, data, home_of(other, category))
            assert (report.created, report.refused) == (len(news), [])
            compare(listed(app, slug), listed(app, other), output)
            again = taken_in(app, other, data, home_of(other, category))
            assert (again.unchanged, again.created) == (len(news), 0)

    check()


def compare(before: list[Raw], after: list[Raw], output: str) -> None:
    assert len(before) == len(after)
    for old, new in zip(by_id(before), by_id(after), strict=True):
        assert shown(new) == shown(old)
        assert (new["url"], new["slug"]) == (old["links"]["html"], old["slug"])
        *own, last = new["sources"]
        assert credits_of(own) == credits_of(old["sources"])
        assert last == credit(old, last["text"])
        kept = files(old)
        if output == "rss":  # which has room for one file; the others are links
            for one in kept[1:]:
                one |= {"type": "application/octet-stream", "length": None}
        assert files(new) == kept


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_are_known_again_in_each_language(app: Flask, language: str) -> None:
    source = {"url": "https://ex.org/a?b=1&c", "text": "A; B, 2013"}
    sources = [source | {"retrieved_on": "2014-09-02"}, {"text": "Amt & Co"}]
    slug, other = made(app, "C"), made(app, "C")
    raw = {"id": "a", "title": "A", "content": "<p>Text</p>", "language": language}
    publisher_of(app).create("news", slug, raw | {"sources": sources}, now=NOW)
    data = app.test_client().get(f"/{slug}/news.rss").data
    taken_in(app, other, data, home_of(other, "C"))
    (found,) = listed(app, other)

    assert found["content"] == "<p>Text</p>"
    assert [one["text"] for one in found["sources"][:-1]] == ["A; B, 2013", "Amt & Co"]
    assert found["sources"][0]["retrieved_on"] == "2014-09-02"


@pytest.mark.parametrize("output", FORMATS)
def test_our_own_feed_brings_nothing_new(app: Flask, store: Store, output: str) -> None:
    slug = made(app, "C")
    raw = {"id": "a", "title": "A", "content": "<p>Text</p>", "author": "Haus"}
    made_at = {"published_at": "2021-07-01T10:00:00Z"}
    publisher_of(app).create("news", slug, raw | made_at, now=NOW)
    data = app.test_client().get(f"/{slug}/news.{output}").data
    home = home_of(slug, "C")
    known = webfeeds.Home(home.url, NOW, home.today, ids={entry_id("news", "a"): "a"})
    report = taken_in(app, slug, data, known)
    assert (report.unchanged, report.created, report.changed) == (1, 0, 0)


@pytest.mark.parametrize("output", FORMATS)
def test_a_feed_brings_back_what_its_channel_lost(app: Flask, output: str) -> None:
    slug = made(app, "C")
    raw = {"title": "A", "published_at": "2021-07-01T10:00:00Z"}
    before = publisher_of(app).create("news", slug, raw, now=NOW)
    data = app.test_client().get(f"/{slug}/news.{output}").data
    intake.take_in(publisher_of(app), "news", slug, [], mode="replace", now=NOW)
    taken_in(app, slug, data, home_of(slug, "C"))
    (after,) = listed(app, slug)
    changing = ("sequence", "created_at", "updated_at", "links")
    assert {k: after[k] for k in after if k not in changing} == {
        k: before[k] for k in before if k not in changing
    }


@pytest.mark.parametrize("output", FORMATS)
def test_links_to_event_and_place_do_not_become_text(app: Flask, output: str) -> None:
    slug, write = made(app, "C"), publisher_of(app).create
    write("events", slug, {"title": "Fest", "start": "2021-07-08"}, now=NOW)
    write("places", slug, {"slug": "haus", "title": "Haus", "city": "Hagen"}, now=NOW)
    raw = {"title": "A", "content": "<p>Text</p>", "event": "fest", "place": "haus"}
    write("news", slug, raw, now=NOW)
    data = app.test_client().get(f"/{slug}/news.{output}").data
    assert b"events?place=haus" in data
    intake.take_in(publisher_of(app), "news", slug, [], mode="replace", now=NOW)
    taken_in(app, slug, data, home_of(slug, "C"))
    (after,) = listed(app, slug)
    assert after["content"] == "<p>Text</p>"


@pytest.mark.parametrize("told", ["2021-07-04T08:00:00Z", None])
def test_news_are_as_old_as_their_feed_says(app: Flask, told: str | None) -> None:
    slug = made(app, "C")
    first = dated_feed("A", "2021-07-02T10:00:00Z")
    taken_in(app, slug, first, home_of(slug, "C"))
    assert updated(app, slug) == "2021-07-02T10:00:00+00:00"
    taken_in(app, slug, dated_feed("B", told), home_of(slug, "C"))
    assert updated(app, slug) == (told or NOW.isoformat()).replace("Z", "+00:00")


def dated_feed(title: str, updated: str | None) -> bytes:
    at = f"<updated>{updated}</updated>" if updated else ""
    given = f"<id>a</id><title>{title}</title>{at}"
    published = "<published>2021-07-01T10:00:00Z</published>"
    return ATOM.format(f"<entry>{given}{published}</entry>").encode()


def updated(app: Flask, slug: str) -> str:
    feed = app.test_client().get(f"/{slug}/news.json").get_json(force=True)
    (item,) = feed["items"]
    return str(item["date_modified"]).replace("Z", "+00:00")
