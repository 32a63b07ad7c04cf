"""Which addresses oEmbed has an answer for: those that everybody may see here."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from feeds import tenancy
from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel
from tests.views.documents import ANY, EVENT, NEWS, Write
from tests.views.test_oembed import HOME, answer, frame_of


@pytest.mark.parametrize(
    "url",
    [
        "https://anderswo.example/familie",
        f"{BASE_URL}.anderswo.example/familie",
        f"https://termine.example@anderswo.example{HOME}",
        f"https://termine.example:8443{HOME}",
        f"ftp://termine.example{HOME}",
        f"javascript:alert(1)//termine.example{HOME}",
        HOME,
        "https://[",
        BASE_URL,
        f"{BASE_URL}/",
        f"{BASE_URL}/nirgends",
        f"{BASE_URL}/geheim",
        f"{BASE_URL}/weg",
        f"{BASE_URL}/embed/geheim/month",
        f"{BASE_URL}{HOME}/",
        f"{BASE_URL}{HOME}/nirgends",
        f"{BASE_URL}{HOME}/events/nirgends",
        f"{BASE_URL}{HOME}/events/entwurf",
        f"{BASE_URL}{HOME}/events/bald",
        f"{BASE_URL}{HOME}/events/vorbei",
        f"{BASE_URL}{HOME}/events/geloescht",
        f"{BASE_URL}{HOME}/events.ics",
        f"{BASE_URL}{HOME}/events?foo=1",
        f"{BASE_URL}{HOME}/events?category=nirgends",
        f"{BASE_URL}/embed{HOME}/year",
        f"{BASE_URL}/embed{HOME}/month.json",
        f"{BASE_URL}/embed{HOME}/event",
        f"{BASE_URL}/embed{HOME}/event?event=entwurf",
        f"{BASE_URL}/embed{HOME}/news?item=nirgends",
        f"{BASE_URL}/api/docs",
        f"{BASE_URL}/%ff\u0000",
    ],
)
def test_what_is_not_to_be_had_is_404(
    client: FlaskClient, publisher: Publisher, clock: Clock, write: Write, url: str
) -> None:
    make_channel(publisher, clock.now, slug="geheim", title="Geheim", state="draft")
    make_channel(publisher, clock.now, slug="weg", title="Weg")
    tenancy.withdraw(publisher, "weg", now=clock.now, match=ANY)
    event = {"title": "X", "start": "2021-07-08"}
    write("events", event, slug="entwurf", state="draft")
    write("events", event, slug="bald", publish_at="2021-07-07T00:00")
    write("events", event, slug="vorbei", expires_at="2021-07-05T00:00")
    uid = write("events", event, slug="geloescht")["uid"]
    publisher.withdraw("events", CHANNEL, uid, now=clock.now, match=ANY)

    response = client.get(f"/oembed?url={quote(url, safe='')}")

    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert list(response.get_json()["errors"]) == ["url"]


def test_address_is_known_by_its_host_however_written(client: FlaskClient) -> None:
    url = f"HTTP://Termine.Example{HOME}"

    assert client.get(f"/oembed?url={quote(url, safe='')}").status_code == 200


def test_what_was_renamed_is_found(
    client: FlaskClient, publisher: Publisher, clock: Clock, write: Write
) -> None:
    write("categories", {"slug": "alt", "title": "Alt"})
    uid = write("events", EVENT, slug="frueher")["uid"]
    given = {"now": clock.now, "match": ANY}
    publisher.amend("events", CHANNEL, uid, {"slug": "jetzt"}, **given)
    item = write("news", NEWS, slug="gestern")["id"]
    publisher.amend("news", CHANNEL, item, {"slug": "heute"}, **given)
    publisher.amend("categories", CHANNEL, "alt", {"slug": "neu"}, **given)
    tenancy.amend(publisher, CHANNEL, {"slug": "embedded"}, **given)

    found = [
        frame_of(answer(client, f"{HOME}{path}")).get("src").removeprefix(BASE_URL)
        for path in (
            *("/events/frueher", "/news/gestern"),
            "/events?category=alt&lang=en",
        )
    ]
    assert found == [
        "/embed/embedded/event?event=jetzt",
        "/embed/embedded/news?item=heute",
        "/embed/embedded/agenda?category=neu&limit=5&lang=en",
    ]
