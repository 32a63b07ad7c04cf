"""The front page is known by validators as every page is; robots are let in."""

import gzip

from flask.testing import FlaskClient

from feeds import tenancy
from feeds.publish import Match, Publisher
from tests.cast import CHANNEL, Clock
from tests.views.documents import known, modified


def test_the_front_page_is_304_until_a_channel_changes(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    before = client.get("/")
    assert before.headers["Access-Control-Allow-Origin"] == "*"
    for condition in ("If-None-Match", "If-Modified-Since"):
        name = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
        again = client.get("/", headers={condition: before.headers[name[condition]]})
        assert (again.status_code, again.data) == (304, b"")

    clock.forward(minutes=1)
    patch, match = {"title": "Anders"}, Match(any=True)
    tenancy.amend(publisher, CHANNEL, patch, now=clock.now, match=match)
    after = client.get("/", headers=known(before))
    assert after.status_code == 200
    assert "Anders" in after.text
    assert modified(after) > modified(before)


def test_the_front_page_changes_when_a_channel_goes(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    before = client.get("/")
    clock.forward(minutes=1)
    tenancy.withdraw(publisher, CHANNEL, now=clock.now, match=Match(any=True))
    after = client.get("/", headers=known(before))
    assert after.status_code == 200
    assert modified(after) > modified(before)


def test_the_front_page_comes_gzipped(client: FlaskClient) -> None:
    plain = client.get("/")
    small = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(small.data) == plain.data
    assert small.headers["ETag"] == f"W/{plain.headers['ETag']}"


def test_robots_may_fetch_every_calendar(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer.content_type) == (
        200,
        "text/plain; charset=utf-8",
    )
    assert answer.text == (
        "User-agent: *\nDisallow: /api/v1/\n\nSitemap: https://termine.example/sitemap.xml\n"
    )


def test_the_root_of_the_api_is_a_problem_for_programs(client: FlaskClient) -> None:
    for method, status in (("GET", 404), ("POST", 405)):
        answer = client.open("/api", method=method)
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"
