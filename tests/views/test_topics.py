"""What a feed says of its hub, in the document and in the headers."""

import json
import re
from pathlib import Path

import feedparser
import pytest
from flask.testing import FlaskClient

from feeds import create_app
from feeds.hub import SHARED, topics
from feeds.publish import Publisher
from feeds.store import Store
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel, settings_for

HUB = "https://hub.example.org/?site=7&all=1"
TOPICS = sorted([*topics("events"), *topics("news")])


@pytest.fixture
def client(store: Store, clock: Clock, tmp_path: Path) -> FlaskClient:
    """Return a reader of a service that has a hub."""
    publisher = Publisher(store, BASE_URL)
    make_channel(publisher, clock.now)
    for number in range(3):
        raw = {"title": f"{number}", "start": "2021-08-01"}
        publisher.create("events", CHANNEL, raw, now=clock.now)
    app = create_app(settings_for(store, tmp_path, hub=HUB), clock=clock)
    return app.test_client(use_cookies=False)


def links(header: str) -> dict[str, str]:
    return {name: url for url, name in re.findall(r'<(.+?)>; rel="(.+?)"', header)}


@pytest.mark.parametrize("topic", TOPICS)
def test_feed_names_its_hub_and_itself(client: FlaskClient, topic: str) -> None:
    answer = client.get(f"/{CHANNEL}/{topic}", headers={"Host": "localhost"})
    expected = {"hub": HUB, "self": f"{BASE_URL}/{CHANNEL}/{topic}"}

    assert links(answer.headers["Link"]) == expected
    if topic.endswith(".json"):
        feed = json.loads(answer.data)
        assert feed["hubs"] == [{"type": "WebSub", "url": HUB}]
        assert feed["feed_url"] == expected["self"]
    else:
        told = feedparser.parse(answer.data)["feed"]["links"]
        named = [(one["rel"], one["href"]) for one in told if one["rel"] in expected]
        assert sorted(named) == sorted(expected.items())


@pytest.mark.parametrize(
    "path",
    [
        "events.ics",
        "events.rss?limit=2",
        "events.atom?page=2&limit=2",
        "events.json?order=start",
        "news.json?q=Kind",
        "news.atom?lang=en",
        "events/0.json",
    ],
)
def test_nothing_else_names_a_hub(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/{CHANNEL}/{path}")
    assert answer.status_code == 200
    assert {"hub", "self"} & links(answer.headers.get("Link", "")).keys() == set()
    assert "hub.example.org" not in answer.text


def test_shared_copy_is_asked_for_again_before_a_ping(client: FlaskClient) -> None:
    path = f"/{CHANNEL}/news.atom"
    fresh = client.get(path)
    known = client.get(path, headers={"If-None-Match": fresh.headers["ETag"]})
    assert (fresh.status_code, known.status_code) == (200, 304)
    assert fresh.cache_control.s_maxage == SHARED
    assert fresh.headers["Cache-Control"] == known.headers["Cache-Control"]
    assert fresh.cache_control.max_age == 900
    narrowed = client.get(f"{path}?lang=en")
    assert narrowed.cache_control.s_maxage is None


@pytest.mark.parametrize("hub", [None, "https://other.example.org/"])
def test_other_hub_is_another_document(
    client: FlaskClient, store: Store, clock: Clock, tmp_path: Path, hub: str | None
) -> None:
    before = client.get(f"/{CHANNEL}/news.rss")
    clock.forward(minutes=5)
    app = create_app(settings_for(store, tmp_path, hub=hub), clock=clock)
    after = app.test_client().get(f"/{CHANNEL}/news.rss")
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.last_modified and before.last_modified
    assert after.last_modified > before.last_modified
    if hub is None:
        assert "Link" not in after.headers
        assert after.cache_control.s_maxage is None
