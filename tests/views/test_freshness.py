"""Cache-Control, `ttl` and `sy:` promise the same, whatever FEEDS_CACHE_SECONDS is."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree

from feeds import create_app
from feeds.config import Settings
from feeds.errors import SettingError
from feeds.store import Store
from tests.cast import CHANNEL, Clock, make_channel, publisher_of, settings_for

SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800}
MINUTES = [0, 1, 7, 11, 15, 25, 40, 60, 61, 90, 720, 1000, 1440]


def reader(store: Store, clock: Clock, folder: Path, minutes: int) -> FlaskClient:
    settings = settings_for(store, folder, cache_seconds=60 * minutes)
    app = create_app(settings, clock=clock)
    make_channel(publisher_of(app), clock.now)
    return app.test_client(use_cookies=False)


@pytest.mark.parametrize("minutes", MINUTES)
def test_all_that_is_promised_is_equal(
    store: Store, clock: Clock, tmp_path: Path, minutes: int
) -> None:
    client = reader(store, clock, tmp_path, minutes)
    answer = client.get(f"/{CHANNEL}/news.rss")
    (channel,) = etree.fromstring(answer.data)
    period = channel.findtext(f"{SYNDICATION}updatePeriod")
    frequency = channel.findtext(f"{SYNDICATION}updateFrequency")
    said = {answer.cache_control.max_age}
    if ttl := channel.findtext("ttl"):
        said.add(int(ttl) * 60)
    if period:
        said.add(PERIODS[period] / int(frequency or 0))
    assert answer.status_code == 200
    assert said == {minutes * 60}
    assert (ttl is None) == (minutes == 0)
    assert (period is None) == (minutes in (0, 11, 25, 61, 1000))


@pytest.mark.parametrize("value", ["86460", "90", "-60", "1m"])
def test_setting_is_whole_minutes(tmp_path: Path, value: str) -> None:
    environ = {"FEEDS_DATA_DIR": str(tmp_path), "FEEDS_CACHE_SECONDS": value}
    with pytest.raises(SettingError) as caught:
        Settings.read(environ)
    assert caught.value.detail == (
        "FEEDS_CACHE_SECONDS: must be a whole number from 0 to 86,400 and a multiple"
        f" of 60, not {value!r}"
    )


@pytest.mark.parametrize("minutes", [0, 1, 15, 60, 61, 1440])
def test_archive_is_fresh_24_times_as_long_up_to_a_day(
    store: Store, clock: Clock, tmp_path: Path, minutes: int
) -> None:
    client = reader(store, clock, tmp_path, minutes)
    answer = client.get(f"/{CHANNEL}/events.atom?archive=2021-06")
    assert answer.cache_control.max_age == min(24 * 60 * minutes, 86_400)
