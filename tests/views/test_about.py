"""News lead to their event exactly as long as everybody may see it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from feeds.hub import Herald
from feeds.publish import Publisher
from feeds.store import Store
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.hub.heralds import NEWS as TOPICS
from tests.hub.heralds import another, look
from tests.views.documents import ANY, EVENT, NEWS, Write, known, modified
from tests.websub import hub_served

LINK = f"{BASE_URL}/{CHANNEL}/events/fest"
WEB = ["news.rss", "news.atom", "news.json", "news/besuch-in-dortmund.json"]
# A moment at noon in the channel's zone, two hours after the tests begin.
NOON = "2021-07-06T14:00"


def tell(write: Write, **over: Any) -> None:
    write("events", EVENT, slug="fest", **over)
    write("news", NEWS, event="fest")


def has_link(text: str) -> bool:
    return LINK in text or '"event":"fest"' in text


@pytest.mark.parametrize("path", WEB)
@pytest.mark.parametrize(
    ("field", "before", "after"),
    [("expires_at", True, False), ("publish_at", False, True)],
)
def test_link_comes_and_goes_with_the_event(
    client: FlaskClient,
    write: Write,
    clock: Clock,
    path: str,
    field: str,
    before: bool,
    after: bool,
) -> None:
    tell(write, **{field: NOON})
    first = client.get(f"/{CHANNEL}/{path}")
    clock.forward(hours=2, seconds=-1)
    still = client.get(f"/{CHANNEL}/{path}", headers=known(first))
    clock.forward(seconds=1)
    moved = client.get(f"/{CHANNEL}/{path}", headers=known(first))
    assert (still.status_code, moved.status_code) == (304, 200)
    assert (has_link(first.text), has_link(moved.text)) == (before, after)
    assert modified(moved) == clock.now
    again = client.get(f"/{CHANNEL}/{path}")
    assert (again.data, known(again)) == (moved.data, known(moved))


def test_link_of_an_event_that_expires_twice(
    client: FlaskClient, write: Write, clock: Clock, publisher: Publisher
) -> None:
    tell(write, expires_at=NOON)
    clock.forward(hours=3)
    gone = client.get(f"/{CHANNEL}/news.atom").text
    raw = {**EVENT, "slug": "fest", "expires_at": "2021-07-06T20:00"}
    publisher.replace("events", CHANNEL, EVENT["uid"], raw, now=clock.now, match=ANY)
    back = client.get(f"/{CHANNEL}/news.atom").text
    clock.forward(hours=9)
    over = client.get(f"/{CHANNEL}/news.atom").text
    assert [LINK in text for text in (gone, back, over)] == [False, True, False]


def test_hub_is_told_of_news_whose_event_expires(
    store: Store, client: FlaskClient, write: Write, clock: Clock
) -> None:
    tell(write, expires_at=NOON)
    with hub_served() as hub:
        herald = Herald(store, BASE_URL, f"{hub.url}/", clock)
        look(herald, clock)
        hub.take()
        look(another(herald), clock)
        assert hub.take() == []
        clock.forward(hours=3)
        look(herald, clock)
        assert set(TOPICS) <= set(hub.take())
