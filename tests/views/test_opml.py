"""The list of all feeds for programs, OPML 2.0."""

import pytest
from flask.testing import FlaskClient
from lxml import etree

from feeds import tenancy
from feeds.publish import Match, Publisher
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel
from tests.views.documents import known, modified
from tests.views.reading import page_of


def outlines(client: FlaskClient) -> list[dict[str, str]]:
    tree = etree.fromstring(client.get("/opml").data)
    assert (tree.tag, tree.get("version")) == ("opml", "2.0")
    assert [part.tag for part in tree] == ["head", "body"]
    return [{str(k): str(v) for k, v in one.attrib.items()} for one in tree[1]]


def test_feeds_of_a_channel_are_listed_once(client: FlaskClient) -> None:
    shared = {"type": "rss", "version": "RSS2", "language": "de"}
    names = {"events": "Veranstaltungskalender", "news": "Aktuelles"}
    assert outlines(client) == [
        {
            **shared,
            "text": f"Familie in NRW: {name}",
            "title": f"Familie in NRW: {name}",
            "xmlUrl": f"{BASE_URL}/{CHANNEL}/{noun}.rss",
            "htmlUrl": f"{BASE_URL}/{CHANNEL}/{noun}",
        }
        for noun, name in names.items()
    ]


def test_what_is_listed_is_there(client: FlaskClient) -> None:
    for outline in outlines(client):
        for name in ("xmlUrl", "htmlUrl"):
            path = outline[name].removeprefix(BASE_URL)
            assert client.get(path).status_code == 200


def test_channels_that_are_not_public_are_not_listed(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    make_channel(publisher, clock.now, slug="geheim", title="Geheim", state="draft")
    make_channel(publisher, clock.now, slug="weg", title="Weg")
    tenancy.withdraw(publisher, "weg", now=clock.now, match=Match(any=True))

    assert {one["xmlUrl"].split("/")[3] for one in outlines(client)} == {CHANNEL}


def test_list_of_nothing_says_so(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    """OPML 2.0 wants one outline or more in a body."""
    tenancy.withdraw(publisher, CHANNEL, now=clock.now, match=Match(any=True))

    assert outlines(client) == [{"text": "Hier ist noch kein Kanal veröffentlicht."}]


@pytest.mark.parametrize("title", ["<&\"'>]]> ü", "a\u0001\u000b\ufffeb"])
def test_any_title_leaves_it_well_formed(
    client: FlaskClient, publisher: Publisher, clock: Clock, title: str
) -> None:
    make_channel(publisher, clock.now, slug="aaa", title=title, language="en")

    kept = "".join(c for c in title if c.isprintable())
    found = [one["text"] for one in outlines(client) if "/aaa/" in one["xmlUrl"]]
    assert [name.replace(" ", "") for name in found] == [
        f"{kept}:{noun}".replace(" ", "") for noun in ("Events", "News")
    ]


def test_list_is_304_until_a_channel_changes(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    before = client.get("/opml")
    again = client.get("/opml", headers=known(before))
    assert before.content_type == "text/x-opml; charset=utf-8"
    assert (again.status_code, again.data) == (304, b"")

    clock.forward(minutes=1)
    patch, match = {"title": "Anders"}, Match(any=True)
    tenancy.amend(publisher, CHANNEL, patch, now=clock.now, match=match)
    after = client.get("/opml", headers=known(before))
    assert after.status_code == 200
    assert modified(after) > modified(before)


def test_list_takes_a_language_alone(client: FlaskClient) -> None:
    assert "<title>Events and news</title>" in client.get("/opml?lang=en").text
    assert client.get("/opml?category=audit").status_code == 400


def test_front_page_names_the_list(client: FlaskClient) -> None:
    page = page_of(client.get("/"))

    (link,) = page.xpath("//head/link[@type='text/x-opml']")
    assert (link.get("rel"), link.get("href")) == ("alternate", f"{BASE_URL}/opml")
    assert "/opml" in page.xpath("//footer//a/@href")
