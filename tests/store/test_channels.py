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
