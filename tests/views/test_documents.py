"""Feeds and single entries as data, asked for over HTTP."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event
from werkzeug.test import TestResponse

from feeds import tenancy
from feeds.publish import Match, Publisher
from feeds.store import Store
from tests.cast import BASE_URL, CHANNEL, Clock

ANY = Match(any=True)
FEEDS = [
    "events.ics",
    "events.rss",
    "events.atom",
    "events.json",
    "news.rss",
    "news.atom",
    "news.json",
]
EVENT = {
    "uid": "2f1b6a3e-5d8f-4c1e-9a70-4f4b6a1d2c33",
    "title": "Elterncafé",
    "start": "2021-07-08T09:30",
    "end": "2021-07-08T11:00",
}
NEWS = {"id": "dortmund", "title": "Besuch in Dortmund", "content": "<p>Text</p>"}

Write = Callable[..., dict[str, Any]]


@pytest.fixture
def write(publisher: Publisher, clock: Clock) -> Write:
    def create(noun: str, raw: dict[str, Any], **over: Any) -> dict[str, Any]:
        return publisher.create(noun, CHANNEL, {**raw, **over}, now=clock.now)

    return create


@pytest.fixture
def filled(write: Write) -> None:
    write("categories", {"slug": "qualifizierung", "title": "Qualifizierung"})
    write("events", EVENT)
    write("news", NEWS)


def known(response: TestResponse) -> dict[str, str]:
    return {
        "If-None-Match": response.headers["ETag"],
        "If-Modified-Since": response.headers["Last-Modified"],
    }


def modified(response: TestResponse) -> datetime:
    return parsedate_to_datetime(response.headers["Last-Modified"])


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
    assert headers["Vary"] == "Accept-Encoding"
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


class TestConditional:
    """Validators (RFC 9110 §13): what the client has is not sent again."""

    @pytest.mark.parametrize(
        "form",
        [
            "{0}",
            "W/{0}",
            '"other", {0}',
            "*",
            '"{1}-gzip"',
            'W/"{1}-gzip"',
            '"{1};gzip"',
        ],
    )
    def test_known_etag_is_304(
        self, client: FlaskClient, filled: None, form: str
    ) -> None:
        etag = client.get(f"/{CHANNEL}/events.ics").headers["ETag"]
        header = form.format(etag, etag.strip('"'))
        response = client.get(
            f"/{CHANNEL}/events.ics", headers={"If-None-Match": header}
        )

        assert response.status_code == 304
        assert response.data == b""
        assert response.headers["ETag"] == etag
        assert {"Last-Modified", "Cache-Control", "Vary"} <= set(
            response.headers.keys()
        )

    def test_unknown_etag_wins_over_a_known_date(
        self, client: FlaskClient, filled: None
    ) -> None:
        before = client.get(f"/{CHANNEL}/events.ics")
        headers = known(before) | {"If-None-Match": '"other"'}

        assert client.get(f"/{CHANNEL}/events.ics", headers=headers).status_code == 200

    @pytest.mark.parametrize(
        ("date", "status"),
        [
            ("same", 304),
            ("later", 304),
            ("earlier", 200),
            ("yesterday or so", 200),
            ("1 Jan 1800", 200),
        ],
    )
    def test_date_alone(
        self, client: FlaskClient, filled: None, date: str, status: int
    ) -> None:
        at = modified(client.get(f"/{CHANNEL}/news.rss"))
        shifts = {"same": 0, "later": 60, "earlier": -1}
        if date in shifts:
            moved = at + timedelta(seconds=shifts[date])
            date = moved.strftime("%a, %d %b %Y %H:%M:%S GMT")
        headers = {"If-Modified-Since": date}

        assert client.get(f"/{CHANNEL}/news.rss", headers=headers).status_code == status

    def test_304_reads_no_fragment(
        self, client: FlaskClient, filled: None, store: Store, app: Any
    ) -> None:
        engine = app.extensions["feeds"].store.engine
        before = client.get(f"/{CHANNEL}/events.ics")
        statements: list[str] = []
        sqlalchemy_event.listen(
            engine,
            "before_cursor_execute",
            lambda *args: statements.append(args[2]),
        )
        client.get(f"/{CHANNEL}/events.ics")
        full = [sql for sql in statements if "fragment" in sql]
        statements.clear()
        response = client.get(f"/{CHANNEL}/events.ics", headers=known(before))

        assert full
        assert response.status_code == 304
        assert [sql for sql in statements if "fragment" in sql] == []


class TestChange:
    """Any change of the bytes changes both validators, and nothing else does."""

    @pytest.mark.parametrize("path", FEEDS)
    def test_edit(
        self,
        client: FlaskClient,
        publisher: Publisher,
        clock: Clock,
        filled: None,
        path: str,
    ) -> None:
        before = client.get(f"/{CHANNEL}/{path}")
        noun, key = (
            ("events", EVENT["uid"])
            if path.startswith("events")
            else ("news", NEWS["id"])
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
        self,
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
        self, client: FlaskClient, write: Write, clock: Clock, path: str
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
        self, client: FlaskClient, write: Write, clock: Clock, path: str
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
        self, client: FlaskClient, write: Write, clock: Clock
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
        self, client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
    ) -> None:
        before = client.get(f"/{CHANNEL}/events.ics")
        tenancy.amend(
            publisher, CHANNEL, {"title": "Neuer Name"}, now=clock.now, match=ANY
        )
        after = client.get(f"/{CHANNEL}/events.ics", headers=known(before))

        assert "NAME:Neuer Name" in after.text
        assert modified(after) > modified(before)

    def test_same_put_again_changes_nothing(
        self, client: FlaskClient, publisher: Publisher, clock: Clock, filled: None
    ) -> None:
        before = client.get(f"/{CHANNEL}/events.ics")
        clock.forward(hours=1)
        shape, is_new = publisher.replace(
            "events", CHANNEL, EVENT["uid"], EVENT, now=clock.now, match=ANY
        )
        after = client.get(f"/{CHANNEL}/events.ics", headers=known(before))

        assert (shape["sequence"], is_new) == (0, False)
        assert after.status_code == 304


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
