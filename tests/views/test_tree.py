"""A widget as a tree and as a fragment: the same content, fit to stand in any page."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from feeds.publish import Publisher
from feeds.views import style
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel
from tests.views.documents import EVENT, Write
from tests.views.reading import page_of

EMBED = f"/embed/{CHANNEL}"
VIEWS = {
    "month": "month=2021-07",
    "mini": "month=2021-07",
    "agenda": "show=title,nav,filter,search,subscribe,all",
    "news": "show=title,nav,filter,search,subscribe,all,images",
    "event": "event=elterncafe",
    "map": "",
}
ELEMENT = style.STATIC / "embed.js"

Node = list[Any]


def tree_of(client: FlaskClient, view: str, query: str = "") -> Node:
    response = client.get(f"{EMBED}/{view}.json?{query}")
    assert response.status_code == 200, response.text
    found: Node = json.loads(response.data)
    return found


def nodes(node: Node) -> list[Node]:
    """Return a node and all below it, in the order they stand in."""
    inner = [
        one for child in node[2:] if isinstance(child, list) for one in nodes(child)
    ]
    return [node, *inner]


def allowed(name: str) -> re.Pattern[str]:
    """Return which names the element of `embed.js` builds, and no others."""
    line = re.search(f"const {name} = /(.+)/;", ELEMENT.read_text(encoding="utf-8"))
    assert line is not None
    return re.compile(line[1])


def text_of(node: Node) -> str:
    return "".join(one if isinstance(one, str) else text_of(one) for one in node[2:])


def squashed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("view", "query"), VIEWS.items())
def test_tree_frame_and_fragment_say_the_same(
    client: FlaskClient, filled: None, view: str, query: str
) -> None:
    framed = page_of(client.get(f"{EMBED}/{view}?{query}&level=2"))
    included = html.fromstring(client.get(f"{EMBED}/{view}.html?{query}").text)
    (section,) = included.xpath("//template/section")

    found = squashed(text_of(tree_of(client, view, query)))

    assert found == squashed(framed.xpath("//main")[0].text_content())
    assert found == squashed(section.text_content())


@pytest.mark.parametrize(("view", "query"), VIEWS.items())
def test_tree_holds_only_what_the_element_builds(
    client: FlaskClient, filled: None, write: Write, view: str, query: str
) -> None:
    write(
        "events",
        EVENT,
        uid="x",
        slug="x",
        title="<script>alert(1)</script>",
        summary='"><img src=x onerror=alert(1)>',
        plain_language="Leicht.",
    )
    found = nodes(tree_of(client, view, query))

    assert found[0][0] == "section"
    tags = {tag for tag, *_ in found}
    names = {name for _, attributes, *_ in found for name in attributes}
    assert [tag for tag in tags if not allowed("TAGS").match(tag)] == []
    assert [name for name in names if not allowed("ATTRIBUTES").match(name)] == []
    assert [name for name in names if name.startswith("on") or name == "style"] == []


@pytest.mark.parametrize(("view", "query"), VIEWS.items())
def test_every_address_of_a_tree_is_absolute(
    client: FlaskClient, filled: None, view: str, query: str
) -> None:
    found = nodes(tree_of(client, view, query))
    addresses = [
        (attributes.get("target"), attributes[name])
        for _, attributes, *_ in found
        for name in ("href", "action", "src")
        if name in attributes
    ]
    outward = ("https://", "webcal://", "mailto:", "#")

    assert [one for _, one in addresses if not one.startswith(outward)] == []
    inside = [one for target, one in addresses if target == "_self" and one[0] != "#"]
    assert [one for one in inside if not one.startswith(f"{BASE_URL}{EMBED}/")] == []
    assert [one for one in inside if f"/{view}.json" in one] == []


def test_root_says_what_is_needed_around_it(client: FlaskClient, write: Write) -> None:
    write("categories", {"slug": "kurse", "title": "Kurse", "colour": "#7b1fa2"})
    write("events", EVENT, categories=["kurse"])

    _, root, *_ = tree_of(client, "month", "month=2021-07&theme=dark&accent=ffee00")

    assert root["class"] == "view month theme-dark"
    assert (root["lang"], root["dir"]) == ("de", "ltr")
    assert root["data-title"] == "Juli 2021 · Familie in NRW"
    assert root["data-status"] == "Juli 2021, 1 Termin"
    assert root["data-accent"].split()[1] == "#ffee00"
    assert root["data-c0"].split()[::2] == ["#7b1fa2", "kurse"]


@pytest.mark.parametrize(("query", "tag"), [("", "h2"), ("level=4", "h4")])
def test_heading_begins_at_a_level(client: FlaskClient, query: str, tag: str) -> None:
    tree = tree_of(client, "month", query)

    headings = [
        one[0] for one in nodes(tree) if one[0][0] == "h" and one[0][1:].isdigit()
    ]
    assert headings == [tag]


def test_fragment_is_isolated_without_a_script(
    client: FlaskClient, filled: None
) -> None:
    response = client.get(f"{EMBED}/month.html?month=2021-07")
    page = html.fromstring(response.text)

    assert page.xpath("//template/@shadowrootmode") == ["open"]
    assert page.xpath("//script") == []
    assert ":host" in page.xpath("//template/style")[0].text
    assert "script-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://partner.example", "https://partner.example"),
        ("https://www.stadt.example", "https://www.stadt.example"),
        ("https://stadt.example.evil.example", BASE_URL),
        (None, BASE_URL),
    ],
)
def test_only_sites_that_may_embed_can_read_the_tree(
    client: FlaskClient,
    publisher: Publisher,
    clock: Clock,
    origin: str | None,
    allowed: str,
) -> None:
    origins = ["https://partner.example", "https://*.stadt.example"]
    make_channel(publisher, clock.now, slug="strict", embed_origins=origins)

    headers = {"Origin": origin} if origin else {}
    answer = client.get("/embed/strict/month.json", headers=headers)

    assert answer.headers["Access-Control-Allow-Origin"] == allowed
    assert answer.headers["Vary"] == "Accept-Encoding, Origin"


def test_everybody_can_read_the_tree_by_default(client: FlaskClient) -> None:
    answer = client.get(f"{EMBED}/month.json", headers={"Origin": "https://a.example"})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex"
