"""Any change of the bytes changes both validators, and nothing else does."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from feeds import tenancy
from feeds.publish import Publisher
from tests.cast import CHANNEL, Clock
from tests.views.documents import ANY, EVENT, FEEDS, NEWS, Write, known, modified


@pytest.mark.parametrize("path", FEEDS)
def test_edit(
    client: FlaskClient,
    publisher: Publisher,
    clock: Clock,
    filled: None,
    path: str,
) -> None:
    before = client.get(f"/{CHANNEL}/{path}")
    noun, key = (
        ("events", EVENT["uid"]) if path.startswith("events") else ("news", NEWS["id"])
    )
    publisher.amend(
        noun, CHANNEL, key, {"title": "Neuer Titel"}, now=clock.now, match=ANY
    )
    after = client.get(f"/{CHANNEL}/{path}", headers=known(before))

    assert after.status_code == 200
    assert "Neuer Titel" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]
    assert modified(after) > modified(before)


@pytest.mark.parametrize("path", FEEDS)
def test_delete(
    client: FlaskClient,
    publisher: Publisher,
    clock: Clock,
    filled: None,
    path: str,
) -> None:
    before = client.get(f"/{CHANNEL}/{path}")
    for noun, key in (("events", EVENT["uid"]), ("news", NEWS["id"])):
        publisher.withdraw(noun, CHANNEL, key, now=clock.now, match=ANY)
    after = client.get(f"/{CHANNEL}/{path}", headers=known(before))

    assert after.status_code == 200
    assert EVENT["title"] not in after.text
    assert NEWS["title"] not in after.text
    assert modified(after) > modified(before)


@pytest.mark.parametrize("path", FEEDS)
def test_publish_time_that_passes(
    client: FlaskClient, write: Write, clock: Clock, path: str
) -> None:
    later = "2021-07-06T15:00:00+02:00"
    write("events", EVENT, publish_at=later)
    write("news", NEWS, published_at=later)
    before = client.get(f"/{CHANNEL}/{path}")
    clock.now = datetime(2021, 7, 6, 12, 59, 59, tzinfo=UTC)
    still = client.get(f"/{CHANNEL}/{path}", headers=known(before))
    clock.forward(seconds=1)
    after = client.get(f"/{CHANNEL}/{path}", headers=known(before))

    assert NEWS["title"] not in before.text
    assert EVENT["title"] not in before.text
    assert still.status_code == 304
    assert after.status_code == 200
    assert (NEWS["title"] in after.text) or (EVENT["title"] in after.text)
    assert modified(after) == clock.now


@pytest.mark.parametrize("path", FEEDS)
def test_expiry_that_passes(
    client: FlaskClient, write: Write, clock: Clock, path: str
) -> None:
    write("events", EVENT, expires_at="2021-07-06T15:00:00+02:00")
    write("news", NEWS, expires_at="2021-07-06T15:00:00+02:00")
    before = client.get(f"/{CHANNEL}/{path}")
    clock.now = datetime(2021, 7, 6, 13, 0, tzinfo=UTC)
    after = client.get(f"/{CHANNEL}/{path}", headers=known(before))

    assert after.status_code == 200
    assert NEWS["title"] not in after.text
    assert EVENT["title"] not in after.text


def test_window_that_rolls_at_midnight_of_the_channel(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    write("events", EVENT, start="2021-01-07", end=None)
    clock.now = datetime(2021, 7, 6, 21, 59, 59, tzinfo=UTC)
    before = client.get(f"/{CHANNEL}/events.ics")
    clock.forward(seconds=1)
    rolled = client.get(f"/{CHANNEL}/events.ics", headers=known(before))

    assert "SUMMARY:Elterncafé" in before.text
    assert rolled.status_code == 200
    assert "SUMMARY:Elterncafé" not in rolled.text
    assert modified(rolled) == clock.now


def test_settings_of_the_channel(
    client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
) -> None:
    before = client.get(f"/{CHANNEL}/events.ics")
    tenancy.amend(publisher, CHANNEL, {"title": "Neuer Name"}, now=clock.now, match=ANY)
    after = client.get(f"/{CHANNEL}/events.ics", headers=known(before))

    assert "NAME:Neuer Name" in after.text
    assert modified(after) > modified(before)


def test_same_put_again_changes_nothing(
    client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
) -> None:
    before = client.get(f"/{CHANNEL}/events.ics")
    clock.forward(hours=1)
    shape, is_new = publisher.replace(
        "events", CHANNEL, EVENT["uid"], EVENT, now=clock.now, match=ANY
    )
    after = client.get(f"/{CHANNEL}/events.ics", headers=known(before))

    assert (shape["sequence"], is_new) == (0, False)
    assert after.status_code == 304
