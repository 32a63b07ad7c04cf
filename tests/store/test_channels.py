"""When a channel is said to have changed."""

from datetime import timedelta

from flask.testing import FlaskClient

from feeds.publish import Publisher
from tests.cast import CHANNEL, Clock
from tests.views.documents import ANY, EVENT, modified


def test_two_changes_within_a_second_differ_in_their_date(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    """The first announces an event, which is dated too."""
    clock.forward(seconds=0.6)
    publisher.create("events", CHANNEL, EVENT, now=clock.now)
    before = client.get(f"/{CHANNEL}/events.ics")
    clock.forward(seconds=0.1)
    patch = {"title": "Neuer Titel"}
    publisher.amend("events", CHANNEL, EVENT["uid"], patch, now=clock.now, match=ANY)
    after = client.get(f"/{CHANNEL}/events.ics")
    assert modified(after) - modified(before) == timedelta(seconds=1)


def test_burst_of_changes_stays_near_the_clock_and_differs_in_its_etag(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    seen = []
    for number in range(30):
        raw = {"title": f"E {number}", "start": "2021-07-08"}
        publisher.create("events", CHANNEL, raw, now=clock.now)
        answer = client.get(f"/{CHANNEL}/events.ics")
        seen.append((modified(answer), answer.headers["ETag"]))

    dates = [date for date, _ in seen]
    assert dates == sorted(dates)
    assert dates[-1] - clock.now == timedelta(seconds=10)
    assert len({etag for _, etag in seen}) == 30


def test_clock_that_is_set_back_takes_no_date_back(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    publisher.create("events", CHANNEL, EVENT, now=clock.now)
    before = modified(client.get(f"/{CHANNEL}/events.ics"))
    clock.forward(hours=-1)
    patch = {"title": "Neuer Titel"}
    publisher.amend("events", CHANNEL, EVENT["uid"], patch, now=clock.now, match=ANY)

    assert modified(client.get(f"/{CHANNEL}/events.ics")) >= before
