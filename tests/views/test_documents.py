"""Feeds and single entries as data, asked for over HTTP."""

import gzip

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from feeds import tenancy
from feeds.publish import Publisher
from feeds.store import Store
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import ANY, EVENT, FEEDS, NEWS, Write, known


@pytest.mark.parametrize("path", FEEDS)
def test_feed_answers_with_its_type_and_validators(
    client: FlaskClient, filled: None, path: str
) -> None:
    response = client.get(f"/{CHANNEL}/{path}")

    types = {
        "ics": "text/calendar; charset=utf-8",
        "rss": "application/rss+xml; charset=utf-8",
        "atom": "application/atom+xml; charset=utf-8",
        "json": "application/feed+json",
        "jcal": "application/calendar+json",
    }
    headers = response.headers
    title = EVENT["title"] if path.startswith("events") else NEWS["title"]
    assert response.status_code == 200
    assert title in response.text
    assert headers["Content-Type"].startswith(types[path.rpartition(".")[2]])
    assert headers["ETag"].startswith('"')
    assert headers["Content-Length"] == str(len(response.data))
    assert headers["Cache-Control"].startswith("public, max-age=900")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Vary"].split(", ")[0] == "Accept-Encoding"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", FEEDS)
def test_empty_feed_is_a_document(client: FlaskClient, path: str) -> None:
    response = client.get(f"/{CHANNEL}/{path}")

    assert response.status_code == 200
    assert "Familie in NRW" in response.text


@pytest.mark.parametrize("path", FEEDS)
def test_feed_asked_for_twice_is_the_same_to_the_byte(
    client: FlaskClient, clock: Clock, filled: None, path: str
) -> None:
    first = client.get(f"/{CHANNEL}/{path}")
    clock.forward(seconds=90)
    second = client.get(f"/{CHANNEL}/{path}")

    assert second.data == first.data
    assert known(second) == known(first)


@pytest.mark.parametrize(
    "wrong",
    [
        "events.xml",
        "news.ics",
        "news.jcal",
        "events/elterncafe.rss",
        "news/besuch-in-dortmund.ics",
    ],
)
def test_format_that_is_not_there_is_404(
    client: FlaskClient, filled: None, wrong: str
) -> None:
    assert client.get(f"/{CHANNEL}/{wrong}").status_code == 404


@pytest.mark.parametrize("state", ["draft", "pending", "rejected"])
def test_unpublished_entries_appear_nowhere(
    client: FlaskClient, write: Write, state: str
) -> None:
    event = write("events", EVENT, state=state)
    item = write("news", NEWS, state=state)
    texts = [client.get(f"/{CHANNEL}/{path}").text for path in FEEDS]

    assert [text for text in texts if EVENT["title"] in text] == []
    assert [text for text in texts if NEWS["title"] in text] == []
    for path in (f"events/{event['slug']}", f"news/{item['slug']}"):
        assert client.get(f"/{CHANNEL}/{path}.json").status_code == 404


def test_gzip_has_the_same_bytes_inside(client: FlaskClient, filled: None) -> None:
    plain = client.get(f"/{CHANNEL}/events.ics")
    zipped = client.get(
        f"/{CHANNEL}/events.ics", headers={"Accept-Encoding": "gzip, deflate"}
    )

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.headers["ETag"] == f"W/{plain.headers['ETag']}"
    assert gzip.decompress(zipped.data) == plain.data


def test_head_has_the_headers_of_get(client: FlaskClient, filled: None) -> None:
    got = client.get(f"/{CHANNEL}/events.ics")
    head = client.head(f"/{CHANNEL}/events.ics")

    assert head.data == b""
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
def test_feed_takes_no_writing(client: FlaskClient, method: str) -> None:
    response = client.open(f"/{CHANNEL}/events.ics", method=method)

    assert response.status_code == 405
    assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("nonsense=1", "nonsense"),
        ("category=Groß", "category"),
        ("from=yesterday", "from"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("status=gone", "status"),
        ("match=some", "match"),
        ("from=2021-07-06&to=2021-07-06", "to"),
        ("utm_source=x", "utm_source"),
        ("q=a&q=b", "q"),
    ],
)
def test_bad_query_is_400_and_names_it(
    client: FlaskClient, filled: None, query: str, named: str
) -> None:
    response = client.get(f"/{CHANNEL}/events.rss?{query}")

    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert list(response.json["errors"]) == [named]


def test_paging_gives_each_item_once(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    for number in range(7):
        write("news", {"id": f"n{number}", "title": f"Nachricht {number}"})
        clock.forward(minutes=1)
    url, ids = f"{BASE_URL}/{CHANNEL}/news.json?limit=3", []
    while url:
        answer = client.get(url.removeprefix(BASE_URL)).json
        ids += [item["title"] for item in answer["items"]]
        url = answer.get("next_url")

    assert ids == [f"Nachricht {number}" for number in reversed(range(7))]


def test_same_selection_same_events_in_every_format(
    client: FlaskClient, write: Write
) -> None:
    write("categories", {"slug": "qualifizierung", "title": "Qualifizierung"})
    write("events", EVENT, categories=["qualifizierung"])
    write("events", {"title": "Straßenfest", "start": "2021-07-10"})
    for query, expected in (
        ("category=qualifizierung", {"Elterncafé"}),
        ("exclude=qualifizierung", {"Straßenfest"}),
        ("q=strasse", {"Straßenfest"}),
        ("q=elterncafe", {"Elterncafé"}),
        ("from=2021-07-09&to=2021-07-11", {"Straßenfest"}),
    ):
        for output in ("ics", "rss", "atom", "json"):
            text = client.get(f"/{CHANNEL}/events.{output}?{query}").text
            found = {title for title in ("Elterncafé", "Straßenfest") if title in text}
            assert found == expected, (query, output)


def test_absolute_links_never_follow_the_host(
    client: FlaskClient, filled: None
) -> None:
    headers = {"Host": "localhost", "X-Forwarded-Host": "evil.example"}
    for path in FEEDS:
        text = client.get(f"/{CHANNEL}/{path}", headers=headers).text
        assert "http://localhost" not in text
        assert "evil.example" not in text
        assert BASE_URL in text


def test_foreign_host_is_400(client: FlaskClient, filled: None) -> None:
    for path in (f"/{CHANNEL}/events.ics", "/", "/api/v1/channels"):
        response = client.get(path, headers={"Host": "evil.example"})
        assert response.status_code == 400


def test_single_event_as_calendar_and_json(client: FlaskClient, filled: None) -> None:
    calendar = client.get(f"/{CHANNEL}/events/elterncafe.ics")
    shape = client.get(f"/{CHANNEL}/events/elterncafe.json").json

    assert calendar.text.count("BEGIN:VEVENT") == 1
    assert f"UID:{EVENT['uid']}" in calendar.text
    assert {name: shape[name] for name in EVENT} == EVENT
    assert shape["links"]["html"] == f"{BASE_URL}/{CHANNEL}/events/elterncafe"


def test_relative_addresses_in_texts_are_absolute_in_every_format(
    client: FlaskClient, write: Write
) -> None:
    text = '<p><a href="/plan">Plan</a> und <a href="bild">Bild</a> <em>hier</em></p>'
    write("events", EVENT, description=text)
    write("news", NEWS, content=text)
    for path in FEEDS:
        found = client.get(f"/{CHANNEL}/{path}").text.replace("\r\n ", "")
        assert f"{BASE_URL}/plan" in found, path
        assert f"{BASE_URL}/{CHANNEL}/{path.partition('.')[0]}/bild" in found, path


@pytest.mark.parametrize("path", FEEDS)
def test_reader_waits_for_no_writer(
    client: FlaskClient,
    publisher: Publisher,
    store: Store,
    clock: Clock,
    filled: None,
    path: str,
) -> None:
    change = {"slug": "neu", "language": "en"}
    tenancy.amend(publisher, CHANNEL, change, now=clock.now, match=ANY)
    with store.writing():
        meanwhile = client.get(f"/neu/{path}")

    assert meanwhile.status_code == 200
    assert meanwhile.data == client.get(f"/neu/{path}").data


def test_what_can_not_be_written_can_be_read(
    client: FlaskClient, publisher: Publisher, store: Store, clock: Clock, filled: None
) -> None:
    tenancy.amend(publisher, CHANNEL, {"slug": "neu"}, now=clock.now, match=ANY)
    assert store.lock_path is not None
    store.lock_path.unlink()
    store.lock_path.mkdir()
    response = client.get("/neu/events.ics")

    assert response.status_code == 200
    assert f"{BASE_URL}/neu/events/elterncafe" in response.text


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "draft"},
        {"publish_at": "2021-07-07T09:00"},
        {"expires_at": "2021-07-05T09:00"},
    ],
)
def test_news_names_no_event_that_is_not_public(
    client: FlaskClient, write: Write, clock: Clock, hidden: dict[str, str]
) -> None:
    write("events", EVENT, slug="geheim", **hidden)
    write("events", EVENT, uid="other", slug="offen")
    write("news", NEWS, slug="eins", event="geheim")
    write("news", NEWS, id="zwei", slug="zwei", event="offen")

    assert client.get(f"/{CHANNEL}/news/eins.json").get_json()["event"] is None
    assert client.get(f"/{CHANNEL}/news/zwei.json").get_json()["event"] == "offen"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Familie in NRW"),
        ("?category=qualifizierung", "Familie in NRW (Qualifizierung)"),
        ("?exclude=qualifizierung", "Familie in NRW (ohne Qualifizierung)"),
        ("?from=2021-07-01", "Familie in NRW (2021-07-01)"),
    ],
)
def test_calendar_is_named_after_what_it_is_narrowed_to(
    client: FlaskClient, filled: None, query: str, title: str
) -> None:
    found = Calendar.from_ical(client.get(f"/{CHANNEL}/events.ics{query}").data)

    assert found.walk("VCALENDAR")[0]["NAME"] == title
