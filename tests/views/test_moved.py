"""What is gone is 410, what moved is 308, what never was is 404."""

import pytest
from flask.testing import FlaskClient

from feeds import tenancy
from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Api, Clock
from tests.views.documents import ANY, EVENT, NEWS, Write


def test_unknown_deleted_and_renamed_labels(
    client: FlaskClient, publisher: Publisher, write: Write, clock: Clock
) -> None:
    write("categories", {"slug": "alt", "title": "Alt"})
    write("categories", {"slug": "weg", "title": "Weg"})
    publisher.amend(
        "categories", CHANNEL, "alt", {"slug": "neu"}, now=clock.now, match=ANY
    )
    publisher.withdraw("categories", CHANNEL, "weg", now=clock.now, match=ANY)
    base = f"/{CHANNEL}/events.ics"

    assert client.get(f"{base}?category=nie").status_code == 404
    assert client.get(f"{base}?category=weg").status_code == 410
    moved = client.get(f"{base}?category=alt")
    assert moved.status_code == 308
    assert moved.headers["Location"] == f"{BASE_URL}{base}?category=neu"


def test_deleted_and_renamed_entries(
    client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
) -> None:
    publisher.amend(
        "events", CHANNEL, EVENT["uid"], {"slug": "cafe"}, now=clock.now, match=ANY
    )
    moved = client.get(f"/{CHANNEL}/events/elterncafe.ics?lang=en")
    publisher.withdraw("events", CHANNEL, EVENT["uid"], now=clock.now, match=ANY)

    assert moved.status_code == 308
    assert moved.headers["Location"] == f"{BASE_URL}/{CHANNEL}/events/cafe.ics?lang=en"
    assert client.get(f"/{CHANNEL}/events/elterncafe.ics").status_code == 410
    assert client.get(f"/{CHANNEL}/events/cafe.json").status_code == 410
    assert client.get(f"/{CHANNEL}/events/never.json").status_code == 404


def test_deleted_and_renamed_channels(
    client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
) -> None:
    tenancy.amend(publisher, CHANNEL, {"slug": "neu"}, now=clock.now, match=ANY)
    moved = client.get(f"/{CHANNEL}/events.ics?all=1")
    tenancy.withdraw(publisher, "neu", now=clock.now, match=ANY)

    assert moved.status_code == 308
    assert moved.headers["Location"] == f"{BASE_URL}/neu/events.ics?all=1"
    assert client.get("/neu/events.ics").status_code == 410
    assert client.get("/never/events.ics").status_code == 404


def test_draft_channel_is_not_there(
    client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
) -> None:
    tenancy.amend(publisher, CHANNEL, {"state": "draft"}, now=clock.now, match=ANY)

    assert client.get(f"/{CHANNEL}/events.ics").status_code == 404


@pytest.mark.parametrize(
    "rest",
    [
        "/events/a%0D%0AX-Evil:1",
        "/events/a%3Fb%23c",
        "/events/%25ff.ics",
        "?utm_source=%ff",
        "?utm_source=a%0D%0Ab",
    ],
)
def test_renamed_channel_keeps_the_rest_of_its_address(
    client: FlaskClient, publisher: Publisher, clock: Clock, filled: None, rest: str
) -> None:
    tenancy.amend(publisher, CHANNEL, {"slug": "neu"}, now=clock.now, match=ANY)
    moved = client.get(f"/{CHANNEL}{rest}")

    assert moved.status_code == 308
    assert moved.headers["Location"] == f"{BASE_URL}/neu{rest}"


@pytest.mark.parametrize("slug", ["v1", "channels", "events"])
def test_renamed_channel_that_is_called_like_a_part_of_the_address(
    admin: Api, publisher: Publisher, clock: Clock, slug: str
) -> None:
    tenancy.create(publisher, {"title": "Kanal", "slug": slug}, now=clock.now)
    tenancy.amend(publisher, slug, {"slug": "neu"}, now=clock.now, match=ANY)
    root = f"{BASE_URL}/api/v1/channels/neu"

    assert admin("GET", f"/channels/{slug}").headers["Location"] == root
    moved = admin("GET", f"/channels/{slug}/events/{slug}%2F%2Fb")
    assert moved.headers["Location"] == f"{root}/events/{slug}//b"


def test_slashes_too_many_lead_nowhere(client: FlaskClient, filled: None) -> None:
    response = client.get(f"/{CHANNEL}//events", headers={"Host": "localhost"})

    assert response.status_code == 404
    assert "Location" not in response.headers


def test_renamed_draft_channel_does_not_say_where_it_is(
    client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
) -> None:
    hidden = {"slug": "geheim", "state": "draft"}
    tenancy.amend(publisher, CHANNEL, hidden, now=clock.now, match=ANY)
    response = client.get(f"/{CHANNEL}/events.ics")

    assert response.status_code == 404
    assert "geheim" not in response.text


def test_channel_takes_its_former_slug_back(
    client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
) -> None:
    tenancy.amend(publisher, CHANNEL, {"slug": "neu"}, now=clock.now, match=ANY)
    tenancy.amend(publisher, "neu", {"slug": CHANNEL}, now=clock.now, match=ANY)
    moved = client.get("/neu/events.ics")

    assert client.get(f"/{CHANNEL}/events.ics").status_code == 200
    assert moved.headers["Location"] == f"{BASE_URL}/{CHANNEL}/events.ics"


def test_entry_that_was_never_public_leaves_no_trace(
    client: FlaskClient, publisher: Publisher, write: Write, clock: Clock
) -> None:
    later = "2021-08-01T00:00:00Z"
    write("events", EVENT, state="draft")
    write("news", NEWS, published_at=later, slug="bald")
    publisher.amend(
        "events", CHANNEL, EVENT["uid"], {"slug": "cafe"}, now=clock.now, match=ANY
    )
    for noun, key in (("events", EVENT["uid"]), ("news", NEWS["id"])):
        publisher.withdraw(noun, CHANNEL, key, now=clock.now, match=ANY)
    again = write("events", EVENT)

    for path in ("events/elterncafe", "events/cafe", "news/bald"):
        found = client.get(f"/{CHANNEL}/{path}.json").status_code
        assert found == (200 if path.endswith(again["slug"]) else 404), path
    assert again["sequence"] == 2


def test_news_lead_to_their_event_as_long_as_it_is_there(
    client: FlaskClient, publisher: Publisher, write: Write, clock: Clock
) -> None:
    link = f'href=\\"{BASE_URL}/{CHANNEL}/events/elterncafe\\"'
    path, seen = f"/{CHANNEL}/news.json", []
    write("events", EVENT, state="draft")
    write("news", NEWS, event=EVENT["uid"])
    for state in ("draft", "published", "draft", "published"):
        clock.forward(hours=1)
        publisher.amend(
            "events", CHANNEL, EVENT["uid"], {"state": state}, now=clock.now, match=ANY
        )
        seen.append(link in client.get(path).text)
    publisher.withdraw("events", CHANNEL, EVENT["uid"], now=clock.now, match=ANY)

    assert [*seen, link in client.get(path).text] == [False, True, False, True, False]
