"""FEEDS_READ_RATE: 429 for who hammers a feed, and for nobody else."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feeds import create_app
from feeds.config import Settings
from feeds.store import Store
from feeds.views import polling
from tests.cast import CHANNEL, Clock, make_channel, publisher_of, settings_for

FEED = f"/{CHANNEL}/news.atom"
SOMEBODY, ANOTHER = "93.184.216.34", "2606:2800:220:1::1"


def reader(store: Store, clock: Clock, folder: Path, rate: str | None) -> FlaskClient:
    app = create_app(settings_for(store, folder, read_rate=rate), clock=clock)
    make_channel(publisher_of(app), clock.now)
    return app.test_client(use_cookies=False)


@pytest.fixture
def client(store: Store, clock: Clock, tmp_path: Path) -> FlaskClient:
    """Return a reader of a service that takes four bare questions a minute."""
    return reader(store, clock, tmp_path, "4/minute")


def ask(
    client: FlaskClient, path: str = FEED, who: str = SOMEBODY, **headers: str
) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers=named, environ_base={"REMOTE_ADDR": who})


def test_one_question_too_many_is_told_when_to_come_back(
    client: FlaskClient, clock: Clock
) -> None:
    clock.forward(seconds=20)
    told = [ask(client) for _ in range(5)]
    assert [one.status_code for one in told] == [200] * 4 + [429]
    assert told[-1].headers["Retry-After"] == "40"
    assert told[-1].content_type == "application/problem+json"
    assert "wait 40 seconds" in told[-1].text
    clock.forward(seconds=40)
    assert ask(client).status_code == 200


def test_conditional_questions_are_never_counted(client: FlaskClient) -> None:
    first = ask(client)
    etag, date = first.headers["ETag"], first.headers["Last-Modified"]
    for _ in range(60):
        assert ask(client, If_None_Match=etag).status_code == 304
        assert ask(client, If_Modified_Since=date).status_code == 304
    assert [ask(client).status_code for _ in range(4)] == [200] * 3 + [429]
    assert ask(client, If_None_Match='"other"').status_code == 200


def test_others_and_other_feeds_are_counted_apart(client: FlaskClient) -> None:
    for path, who in ((FEED, SOMEBODY), (f"{FEED}?q=a", SOMEBODY), (FEED, ANOTHER)):
        told = [ask(client, path, who).status_code for _ in range(5)]
        assert told == [200] * 4 + [429]


@pytest.mark.parametrize("who", ["127.0.0.1", "::1", "10.0.0.1", "172.17.0.1", ""])
def test_proxy_beside_the_service_is_not_counted(client: FlaskClient, who: str) -> None:
    assert {ask(client, who=who).status_code for _ in range(9)} == {200}


def test_three_questions_are_always_answered(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    client = reader(store, clock, tmp_path, "1/hour")
    assert [ask(client).status_code for _ in range(4)] == [200] * 3 + [429]


def test_without_the_setting_nothing_is_counted(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    client = reader(store, clock, tmp_path, None)
    assert {ask(client).status_code for _ in range(30)} == {200}


def test_memory_is_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "MOST", 10)
    polls = polling.Polls()
    for number in range(50):
        polls.spend("4/minute", f"93.184.0.{number}", number, clock.now)
    assert len(polls.counts) == 10


def test_setting_is_read(tmp_path: Path) -> None:
    environ = {"FEEDS_DATA_DIR": str(tmp_path), "FEEDS_READ_RATE": "30/hour"}
    assert Settings.read(environ).read_rate == "30/hour"
