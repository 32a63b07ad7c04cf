"""FEEDS_WRITE_RATE: how many changes a token may make."""

from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from feeds import create_app
from feeds.errors import TooMany
from feeds.store import Store
from feeds.views import rate
from tests.cast import (
    CHANNEL,
    Api,
    Clock,
    make_channel,
    make_token,
    publisher_of,
    settings_for,
)

NEWS = f"/channels/{CHANNEL}/news"


@pytest.fixture
def limited(store: Store, clock: Clock, tmp_path: Path) -> Flask:
    """Return an application that takes two changes a minute."""
    settings = settings_for(store, tmp_path, write_rate="2/minute")
    made = create_app(settings, clock=clock)
    make_channel(publisher_of(made), clock.now)
    return made


def client_of(app: Flask, store: Store, clock: Clock) -> Api:
    return Api(app.test_client(), make_token(store, "write", CHANNEL, clock.now))


def test_one_change_too_many_is_told_when_to_come_back(
    limited: Flask, store: Store, clock: Clock
) -> None:
    owner = client_of(limited, store, clock)
    clock.forward(seconds=20)
    answers = [owner("POST", NEWS, json={"title": "T"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].headers["Retry-After"] == "40"
    assert answers[2].headers["Content-Type"] == "application/problem+json"
    assert len(owner("GET", NEWS).get_json()["items"]) == 2
    clock.forward(seconds=40)
    assert owner("POST", NEWS, json={"title": "T"}).status_code == 201


def test_each_token_counts_for_itself_and_reading_is_free(
    limited: Flask, store: Store, clock: Clock
) -> None:
    one, other = (client_of(limited, store, clock) for _ in range(2))
    for _ in range(3):
        one("POST", NEWS, json={"title": "T"})
        assert one("GET", NEWS).status_code == 200
    assert other("POST", NEWS, json={"title": "T"}).status_code == 201


def test_without_the_setting_nothing_is_counted(owner: Api, tmp_path: Path) -> None:
    for _ in range(3):
        assert owner("POST", NEWS, json={"title": "T"}).status_code == 201
    assert not (tmp_path / rate.DIRECTORY).exists()


def test_workers_count_together(tmp_path: Path, clock: Clock) -> None:
    refused = []

    def work() -> None:
        for _ in range(20):
            try:
                rate.spend(tmp_path, "50/hour", "token", clock.now)
            except TooMany as error:
                refused.append(error.retry_after)

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert refused == [3600] * 30


@pytest.mark.parametrize("unit", rate.SECONDS)
def test_a_window_ends(tmp_path: Path, clock: Clock, unit: str) -> None:
    rate.spend(tmp_path, f"1/{unit}", "token", clock.now)
    with pytest.raises(TooMany) as caught:
        rate.spend(tmp_path, f"1/{unit}", "token", clock.now)
    later = clock.now + timedelta(seconds=caught.value.retry_after)
    rate.spend(tmp_path, f"1/{unit}", "token", later)
