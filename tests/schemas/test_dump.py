"""The public API shape: what was written, and what only the service writes."""

from datetime import UTC, datetime
from typing import Any

from feeds.models import Category, Channel, Event, NewsItem, Place
from feeds.schemas import dump, load, writable
from tests.schemas.refusals import DEFAULTS

BASE = "https://feeds.example.org"
MADE, CHANGED = datetime(2021, 7, 1, tzinfo=UTC), datetime(2021, 7, 2, 3, tzinfo=UTC)
STAMPS: dict[str, Any] = {"created_at": MADE, "updated_at": CHANGED, "sequence": 4}
SHOWN = {
    "created_at": "2021-07-01T00:00:00Z",
    "updated_at": "2021-07-02T03:00:00Z",
    "sequence": 4,
}
CHANNEL = Channel(
    **load("channels", {"slug": "haus", "title": "H"}, DEFAULTS), **STAMPS
)


def made(noun: str, kind: type[Any], **raw: Any) -> Any:
    """Return a model without relations."""
    values = load(noun, {"title": "T"} | raw, DEFAULTS)
    values.pop("minor", None)
    return kind(**values, **STAMPS)


def test_an_event_shows_when_it_was_announced_and_where_it_is() -> None:
    event = made("events", Event, uid="a/b?c d", slug="tag", start="2021-07-06")
    event.announced_at = MADE
    assert dump("events", event, BASE, CHANNEL) == writable("events", event) | SHOWN | {
        "announced_at": "2021-07-01T00:00:00Z",
        "links": {
            "self": f"{BASE}/api/v1/channels/haus/events/a%2Fb%3Fc%20d",
            "html": f"{BASE}/haus/events/tag",
            "ics": f"{BASE}/haus/events/tag.ics",
            "json": f"{BASE}/haus/events/tag.json",
        },
    }


def test_a_draft_was_never_announced() -> None:
    event = made("events", Event, uid="u", slug="tag", start="2021-07-06")
    assert dump("events", event, BASE, CHANNEL)["announced_at"] is None


def test_a_news_item_has_a_page_and_data() -> None:
    item = made("news", NewsItem, id="n.1", slug="neues")
    assert dump("news", item, BASE, CHANNEL) == writable("news", item) | SHOWN | {
        "links": {
            "self": f"{BASE}/api/v1/channels/haus/news/n.1",
            "html": f"{BASE}/haus/news/neues",
            "json": f"{BASE}/haus/news/neues.json",
        },
    }


def test_the_others_have_their_own_address() -> None:
    place = made("places", Place, id="p", slug="ort")
    category = made("categories", Category, slug="lesung")
    root = f"{BASE}/api/v1/channels"
    assert dump("places", place, BASE, CHANNEL)["links"] == {
        "self": f"{root}/haus/places/p"
    }
    assert dump("categories", category, BASE, CHANNEL)["links"] == {
        "self": f"{root}/haus/categories/lesung"
    }
    assert dump("channels", CHANNEL, BASE, None)["links"] == {
        "self": f"{root}/haus",
        "html": f"{BASE}/haus",
    }


def test_what_is_shown_can_be_put_back() -> None:
    event = made("events", Event, uid="u", slug="tag", start="2021-07-06")
    shape = dump("events", event, BASE, CHANNEL)
    assert load("events", shape, DEFAULTS) == load(
        "events", writable("events", event), DEFAULTS
    )
