"""oEmbed: an address of ours that somebody pastes becomes a frame on their site."""

from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree, html
from werkzeug.test import TestResponse

from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import ANY, EVENT, Write, known
from tests.views.reading import page_of

HOME = f"/{CHANNEL}"
# oEmbed 1.0, §2.3.4: what an answer has to have, and a rich one besides.
REQUIRED = {"version", "type", "html", "width", "height"}
# WordPress keeps these attributes of a frame from an unknown provider.
KEPT = {"src", "width", "height", "frameborder", "title"}
HOSTILE = "\"><script>alert(1)</script>'&"


def ask(client: FlaskClient, path: str, **more: Any) -> TestResponse:
    query = urlencode({"url": BASE_URL + path} | more)
    return client.get(f"/oembed?{query}")


def answer(client: FlaskClient, path: str, **more: Any) -> dict[str, Any]:
    response = ask(client, path, **more)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.get_json()
    return found


def frame_of(found: dict[str, Any]) -> Any:
    """Return the one element that an answer consists of."""
    (frame,) = html.fragments_fromstring(found["html"])
    assert (frame.tag, len(frame), frame.text) == ("iframe", 0, None)
    return frame


def source(found: dict[str, Any]) -> str:
    address = str(frame_of(found).get("src"))
    assert address.startswith(f"{BASE_URL}/embed/{CHANNEL}/")
    return address.removeprefix(f"{BASE_URL}/embed/{CHANNEL}/")


def test_answer_has_what_is_required(client: FlaskClient) -> None:
    response = ask(client, HOME)

    found = response.get_json()
    assert response.content_type == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert found.keys() - REQUIRED == {
        "title",
        "author_name",
        "author_url",
        "provider_name",
        "provider_url",
        "cache_age",
    }
    assert REQUIRED - found.keys() == set()
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert (found["provider_url"], found["cache_age"]) == (BASE_URL, 3600)
    assert (found["author_name"], found["author_url"]) == (
        "Familie in NRW",
        f"{BASE_URL}{HOME}",
    )
    frame = frame_of(found)
    assert KEPT - set(frame.attrib) == set()
    assert (frame.get("width"), frame.get("height")) == (
        str(found["width"]),
        str(found["height"]),
    )
    assert frame.get("title") == found["title"]
    sandbox = frame.get("sandbox").split()
    assert "allow-scripts" in sandbox
    assert "allow-same-origin" not in sandbox


def test_answer_in_xml_is_the_same(client: FlaskClient, write: Write) -> None:
    write("events", EVENT, title=f"Café {HOSTILE}", slug="x")

    response = ask(client, f"{HOME}/events/x", format="xml")

    root = etree.fromstring(response.data)
    assert response.content_type == "text/xml; charset=utf-8"
    assert (root.tag, {len(one) for one in root}) == ("oembed", {0})
    expected = answer(client, f"{HOME}/events/x", format="json")
    assert {one.tag: one.text for one in root} == {
        name: str(value) for name, value in expected.items()
    }


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "agenda?limit=5"),
        ("?month=2021-07&lang=en&weeknumbers=0", "agenda?limit=5&lang=en"),
        ("/events", "agenda?limit=5"),
        ("/events?category=audit&limit=3&page=4", "agenda?category=audit&limit=3"),
        ("/events?from=2021-01-01&limit=100", "agenda?from=2021-01-01&limit=5"),
        ("/events?utm_source=x&theme=dark", "agenda?limit=5&theme=dark"),
        ("/subscribe?q=%C3%A4+b&match=all", "agenda?match=all&q=%C3%A4+b&limit=5"),
        ("/news?category=audit", "news?category=audit&limit=5"),
        ("/places", "map"),
        ("/events/elterncafe", "event?event=elterncafe"),
        ("/events/elterncafe?lang=en#2021-07-08", "event?lang=en&event=elterncafe"),
        ("/news/besuch-in-dortmund", "news?item=besuch-in-dortmund"),
    ],
)
def test_page_becomes_a_widget(
    client: FlaskClient, filled: None, write: Write, path: str, expected: str
) -> None:
    write("categories", {"slug": "audit", "title": "Audit"})

    address = source(answer(client, HOME + path))

    assert address == expected
    assert client.get(f"/embed{HOME}/{address}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "month",
        "mini?week=su",
        "agenda?limit=20&show=nav,title",
        "news",
        "news?item=besuch-in-dortmund&lang=en",
        "event?event=elterncafe",
        "map",
        "month?month=2021-07&accent=%23aabbcc&theme=light",
    ],
)
def test_widget_stays_itself(client: FlaskClient, filled: None, path: str) -> None:
    view, _, query = source(answer(client, f"/embed{HOME}/{path}")).partition("?")

    asked = urlsplit(path)
    assert view == asked.path
    assert sorted(set(parse_qsl(asked.query)) - set(parse_qsl(query))) == (
        [("show", "nav,title")] if "show" in path else []
    )
    assert client.get(f"/embed{HOME}/{view}?{query}").status_code == 200


def test_titles_say_what_is_shown(client: FlaskClient, filled: None) -> None:
    titles = [
        answer(client, f"{HOME}{path}")["title"]
        for path in (
            *("/events", "/events?lang=en", "/events/elterncafe"),
            "/news/besuch-in-dortmund",
        )
    ]
    assert titles == [
        "Alle Termine: Familie in NRW",
        "All events: Familie in NRW",
        "Elterncafé: Familie in NRW",
        "Besuch in Dortmund: Familie in NRW",
    ]


def test_hostile_title_stays_an_attribute(client: FlaskClient, write: Write) -> None:
    write("events", EVENT, title=HOSTILE, slug="x")

    found = answer(client, f"{HOME}/events/x")

    assert frame_of(found).get("title") == found["title"]
    assert found["title"].startswith(HOSTILE)


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ({}, (600, 710)),
        ({"maxwidth": 320}, (320, 710)),
        ({"maxheight": 240}, (600, 240)),
        ({"maxwidth": 5000, "maxheight": 5000}, (600, 710)),
        ({"maxwidth": 1, "maxheight": 1}, (1, 1)),
        ({"maxwidth": "", "maxheight": ""}, (600, 710)),
    ],
)
def test_frame_is_no_larger_than_asked_for(
    client: FlaskClient, room: dict[str, Any], size: tuple[int, int]
) -> None:
    found = answer(client, HOME, **room)

    assert (found["width"], found["height"]) == size


@pytest.mark.parametrize(
    "view", ["month", "mini", "agenda?limit=200", "news?limit=200", "map"]
)
def test_frame_is_no_taller_than_wordpress_allows(
    client: FlaskClient, view: str
) -> None:
    assert answer(client, f"/embed{HOME}/{view}")["height"] <= 1000


@pytest.mark.parametrize(
    ("query", "status", "named"),
    [
        ("", 400, ["url"]),
        ("?url=", 400, ["url"]),
        ("?url=x&url=y", 400, ["url"]),
        ("?url=x&maxwidth=0", 400, ["maxwidth"]),
        ("?url=x&maxwidth=-5", 400, ["maxwidth"]),
        ("?url=x&maxheight=1e3", 400, ["maxheight"]),
        ("?url=x&maxheight=5&maxheight=6", 400, ["maxheight"]),
        ("?url=x&maxwidth=9999999999", 400, ["maxwidth"]),
        ("?url=x&format=yaml", 501, []),
        ("?url=x&format=JSON", 501, []),
    ],
)
def test_wrong_question_is_refused(
    client: FlaskClient, query: str, status: int, named: list[str]
) -> None:
    response = client.get(f"/oembed{query}")

    assert response.status_code == status
    assert list(response.get_json().get("errors", {})) == named


def test_parameters_of_other_providers_are_nobodys_mistake(client: FlaskClient) -> None:
    assert answer(client, HOME, dnt=1, omit_script="true") == answer(client, HOME)


def test_answer_is_304_until_the_event_is_renamed(
    client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
) -> None:
    first = ask(client, f"{HOME}/events/elterncafe")
    url = quote(f"{BASE_URL}{HOME}/events/elterncafe", safe="")
    again = client.get(f"/oembed?url={url}", headers=known(first))
    head = client.head(f"/oembed?url={url}")
    clock.forward(minutes=1)
    uid, patch = EVENT["uid"], {"title": "Anders"}
    publisher.amend("events", CHANNEL, uid, patch, now=clock.now, match=ANY)
    after = client.get(f"/oembed?url={url}", headers=known(first))

    assert (again.status_code, again.data) == (304, b"")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == first.headers["ETag"]
    assert after.get_json()["title"] == "Anders: Familie in NRW"
    assert ask(client, HOME).headers["ETag"] != after.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        HOME,
        f"{HOME}?lang=en",
        f"{HOME}/events?category=qualifizierung&q=%C3%A4",
        f"{HOME}/events/elterncafe",
        f"{HOME}/news",
        f"{HOME}/news/besuch-in-dortmund",
        f"{HOME}/places",
        f"{HOME}/subscribe",
        f"/embed{HOME}/month?month=2021-07",
    ],
)
def test_page_leads_to_what_stands_for_it(
    client: FlaskClient, filled: None, path: str
) -> None:
    response = client.get(path)

    page = page_of(response)
    links = page.xpath("//head/link[contains(@type, 'oembed')]")
    assert [one.get("type") for one in links] == [
        "application/json+oembed",
        "text/xml+oembed",
    ]
    # WordPress reads no further.
    assert response.data.index(b"text/xml+oembed") < 150_000
    for link in links:
        parts = urlsplit(link.get("href"))
        assert (
            link.get("href").startswith(f"{BASE_URL}/oembed?"),
            link.get("rel"),
        ) == (
            True,
            "alternate",
        )
        query = dict(parse_qsl(parts.query))
        assert query["url"] == BASE_URL + path
        assert client.get(f"/oembed?{parts.query}").status_code == 200


@pytest.mark.parametrize("path", ["/", f"{HOME}/nirgends", "/nirgends"])
def test_other_pages_lead_nowhere(client: FlaskClient, path: str) -> None:
    assert b"oembed" not in client.get(path).data
