"""The newest 50 news items as a feed, with 10,000 in the store."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Any

from flask import Flask
from lxml import etree

from benchmarks import samples, scene
from benchmarks.measure import Claim, in_turn
from feeds import intake
from feeds.importing import Item

COUNT, FEW, SHOWN = 10_000, 500, 50
BODY = "".join(f"<p>{samples.TEXT} {samples.TEXT}</p>" for _ in range(3))
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def announced(number: int) -> datetime:
    return scene.NOW - timedelta(hours=number + 1)


def item(number: int) -> dict[str, Any]:
    return {
        "id": samples.uid(number),
        "title": samples.title(number),
        "summary": samples.TEXT,
        "content": BODY,
        "author": "Redaktion",
        "published_at": announced(number).isoformat(),
        "url": f"https://familie.example/nachrichten/{number}",
    }


def rss() -> bytes:
    """Build the same 50 items with lxml, out of nothing but their values."""
    root = etree.Element(
        "rss", version="2.0", nsmap={"dc": DUBLIN_CORE, "content": CONTENT}
    )
    channel = _head(etree.SubElement(root, "channel"), "")
    for number, raw in enumerate(map(item, range(SHOWN))):
        entry = etree.SubElement(channel, "item")
        for name, value in (
            ("title", raw["title"]),
            ("link", raw["url"]),
            ("description", escape(raw["summary"], quote=False)),
            (f"{{{CONTENT}}}encoded", raw["content"]),
            ("pubDate", format_datetime(announced(number), usegmt=True)),
            (f"{{{DUBLIN_CORE}}}creator", raw["author"]),
            (f"{{{DUBLIN_CORE}}}language", "de"),
        ):
            etree.SubElement(entry, name).text = value
        guid = etree.SubElement(entry, "guid", isPermaLink="false")
        guid.text = f"urn:uuid:{raw['id']}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def atom() -> bytes:
    """The same as Atom."""
    root = etree.Element(f"{ATOM}feed", nsmap={None: ATOM[1:-1]})
    _head(root, ATOM)
    for raw in map(item, range(SHOWN)):
        entry = etree.SubElement(root, f"{ATOM}entry", {f"{XML}lang": "de"})
        for name, value in (
            ("id", f"urn:uuid:{raw['id']}"),
            ("title", raw["title"]),
            ("updated", raw["published_at"]),
            ("published", raw["published_at"]),
            ("summary", raw["summary"]),
        ):
            etree.SubElement(entry, f"{ATOM}{name}").text = value
        for relation in ("alternate", "via"):
            link = {"rel": relation, "href": raw["url"], "title": raw["title"]}
            etree.SubElement(entry, f"{ATOM}link", link)
        author = etree.SubElement(entry, f"{ATOM}author")
        etree.SubElement(author, f"{ATOM}name").text = raw["author"]
        etree.SubElement(entry, f"{ATOM}content", type="html").text = raw["content"]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _head(channel: Any, namespace: str) -> Any:
    for name in ("title", "link", "description", "language", "generator"):
        etree.SubElement(channel, f"{namespace}{name}").text = name
    return channel


def feeds(app: Flask) -> Iterator[Claim]:
    """The newest 50 of 10,000 news items, against building them with lxml directly."""
    fill(app, "many", COUNT)
    fill(app, "few", FEW)
    for suffix, baseline in (("rss", rss), ("atom", atom)):
        many, direct = in_turn(lambda: cold(app, "many", suffix), baseline, runs=25)  # noqa: B023 -- run at once
        yield Claim(
            f"50 of 10,000 news items as {suffix}, cold, times built with lxml",
            many / direct,
            3,
            at_least=False,
            detail=f"{many * 1000:.1f} ms against {direct * 1000:.1f} ms",
        )
    many, few = in_turn(
        lambda: cold(app, "many", "atom"), lambda: cold(app, "few", "atom"), runs=25
    )
    yield Claim(
        "the same with 10,000 in the store, times with 500",
        many / few,
        1.5,
        at_least=False,
        detail=f"{many * 1000:.1f} ms against {few * 1000:.1f} ms",
    )
    yield from unchanged(app)


def unchanged(app: Flask) -> Iterator[Claim]:
    """What the next readers cost, against the first."""
    client, path = app.test_client(), "/many/news.atom"
    known = {"If-None-Match": client.get(path).headers["ETag"]}
    first, again = in_turn(
        lambda: cold(app, "many", "atom"), lambda: client.get(path).data, runs=25
    )
    fresh, _ = in_turn(lambda: client.get(path, headers=known), lambda: None, runs=25)
    for name, took in (("200 of what is made already", again), ("304", fresh)):
        yield Claim(
            f"a {name}, share of the time of the first",
            took / first,
            0.8,
            at_least=False,
            detail=f"{took * 1000:.1f} ms against {first * 1000:.1f} ms",
        )


def fill(app: Flask, slug: str, count: int) -> None:
    """Import news and ask for them once: what is rendered then is kept."""
    scene.channel(app, slug)
    items = (Item(item(number), number) for number in range(count))
    intake.take_in(scene.publisher_of(app), "news", slug, items, now=scene.NOW)
    for suffix in ("rss", "atom"):
        cold(app, slug, suffix)


def cold(app: Flask, slug: str, suffix: str) -> bytes:
    """Ask for a feed that nobody has asked for."""
    app.extensions["feeds"].syndicate.shelf.kept.clear()
    answer = app.test_client().get(f"/{slug}/news.{suffix}")
    assert answer.data.count(b"<content" if suffix == "atom" else b"<item>") == SHOWN
    return answer.data
