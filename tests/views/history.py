"""A small client of RFC 5005: it follows pages and archives in any format."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from flask.testing import FlaskClient
from lxml import etree

from tests.cast import BASE_URL
from tests.renderers.strict import complaints

HISTORY = "{http://purl.org/syndication/history/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
MOST = 1_000_000
LATER = datetime(2022, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Document:
    """One document: the ids of its items, links by relation, marks of RFC 5005."""

    url: str
    ids: list[str]
    links: dict[str, str]
    marks: set[str]
    feed_id: str | None
    max_age: int | None


def read(client: FlaskClient, url: str) -> Document:
    answer = client.get(url.removeprefix(BASE_URL))
    assert answer.status_code == 200, answer.text
    assert len(answer.data) <= MOST
    suffix = url.partition("?")[0].rpartition(".")[2]
    assert complaints(suffix, answer.data, LATER) == []
    found = _json(answer.data) if ".json" in url else _xml(answer.data)
    return Document(url, *found, answer.cache_control.max_age)


def walk(client: FlaskClient, url: str, relation: str) -> Iterator[Document]:
    """Yield a document and all that a relation leads to."""
    seen: set[str] = set()
    following: str | None = url
    while following:
        assert following not in seen
        seen.add(following)
        document = read(client, following)
        yield document
        following = document.links.get(relation)


def _xml(raw: bytes) -> tuple[list[str], dict[str, str], set[str], str | None]:
    root = etree.fromstring(raw)
    feed = root.find("channel") if root.tag == "rss" else root
    items = feed.findall("item") or feed.findall(f"{ATOM}entry")
    ids = [one.findtext("guid") or one.findtext(f"{ATOM}id") for one in items]
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    marks = {
        one.tag.removeprefix(HISTORY)
        for one in feed
        if isinstance(one.tag, str) and one.tag.startswith(HISTORY)
    }
    return ids, links, marks, feed.findtext(f"{ATOM}id")


def _json(raw: bytes) -> tuple[list[str], dict[str, str], set[str], str | None]:
    feed = json.loads(raw)
    own = feed.get("_archive", {})
    links = {
        name.replace("_", "-"): url for name, url in own.items() if isinstance(url, str)
    }
    if "next_url" in feed:
        links["next"] = feed["next_url"]
    marks = {name for name, value in own.items() if value is True}
    return [one["id"] for one in feed["items"]], links, marks, None
