"""The real service, a hub and a subscriber who hears of what is written."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from feeds.demo import CHANNEL
from feeds.hub import topics
from tests.clients.serving import Service, free_port, serving
from tests.clients.test_durability import kill
from tests.websub import Hub, hub_served, subscriber_served

FIRST = {*topics("events"), *topics("news")}


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    with hub_served() as made:
        yield made


@pytest.fixture(scope="module")
def service(hub: Hub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Return a service that has told the hub of the demo channel."""
    data_dir = tmp_path_factory.mktemp("websub") / "data"
    with serving(data_dir, FEEDS_HUB=f"{hub.url}/") as running:
        hub.wait(lambda: names(hub) >= FIRST)
        hub.take()
        yield running


def names(hub: Hub) -> set[str]:
    """Return the feeds of the demo channel that the hub was told of."""
    paths = (urlsplit(topic).path for topic in hub.pinged)
    return {path.removeprefix(f"/{CHANNEL}/") for path in paths}


def post(service: Service, token: str, noun: str, **raw: str) -> None:
    answer = service.send("POST", f"/channels/{CHANNEL}/{noun}", token, raw)
    assert answer.status == 201, answer.data


@pytest.mark.parametrize("output", ["json", "atom", "rss"])
def test_subscriber_is_given_what_was_written(
    service: Service, hub: Hub, output: str
) -> None:
    topic = f"{service.base_url}/{CHANNEL}/news.{output}"
    title = f"Neues in {output}"
    with subscriber_served() as subscriber:
        subscriber.ask(hub, topic)
        post(service, service.token("write"), "news", title=title)
        subscriber.wait(lambda: bool(subscriber.received))
        ((link, body),) = subscriber.received

    announced = service.get(f"/{CHANNEL}/news.{output}").headers["Link"]
    assert {*announced.split(", ")} >= {*link.split(", ")}
    assert title in body.decode()
    if output == "json":
        assert json.loads(body)["hubs"] == [{"type": "WebSub", "url": f"{hub.url}/"}]


def test_fifty_writes_are_one_ping_a_topic(service: Service, hub: Hub) -> None:
    hub.take()
    token = service.token("write")
    for number in range(50):
        post(service, token, "news", title=f"Nummer {number}")
    hub.wait(lambda: names(hub) >= {*topics("news")})
    # What comes later than this is told later: nothing else is waiting.
    post(service, token, "events", title="Danach", start="2031-05-01")
    hub.wait(lambda: names(hub) >= {*topics("events")})
    home = f"{service.base_url}/{CHANNEL}"
    expected = [*topics("events"), *topics("news")]
    assert hub.take() == sorted(f"{home}/{one}" for one in expected)


def test_write_while_the_hub_is_down_is_told_after_a_kill(tmp_path: Path) -> None:
    port = free_port()
    hub_url = f"http://127.0.0.1:{port}/"
    with serving(tmp_path / "data", FEEDS_HUB=hub_url) as service:
        post(service, service.token("write"), "news", title="Trotzdem")
        assert "Trotzdem" in service.get(f"/{CHANNEL}/news.json").data.decode()
        kill(service)
        with hub_served(port) as hub:
            service.start()
            hub.wait(lambda: names(hub) >= FIRST)


def test_service_ends_while_the_hub_is_slow(tmp_path: Path) -> None:
    with hub_served() as hub:
        hub.gate.clear()
        service = Service(tmp_path / "data", settings={"FEEDS_HUB": f"{hub.url}/"})
        service.start()
        hub.wait(lambda: bool(hub.pinged))
        assert service.get("/healthz").status == 200
        assert service.stop() == 0
        assert [line for line in service.log if "Traceback" in line] == []
        service.http.clear()
