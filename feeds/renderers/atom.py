"""Atom (RFC 4287), with paging links."""

from typing import Any

from lxml.etree import SubElement

from feeds.renderers.feedgen_adapter import Dialect, Element, row
from feeds.renderers.frame import Head, Site
from feeds.renderers.item import Item

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def _describe(entry: Any, item: Item) -> None:
    if item.summary:
        entry.summary(item.summary)
    if item.author:
        entry.author(name=item.author)


def _finish_entry(element: Element, item: Item) -> None:
    """Give the entry its language, its one link what feedgen took, its files theirs."""
    element.set(_LANGUAGE, item.language)
    link = element.find("link")
    if link is None:
        raise ValueError(f"feedgen wrote no link for {item.id}")
    link.set("rel", "alternate")
    link.set("type", "text/html")
    for file in reversed(item.attachments):
        enclosure = element.makeelement("link", href=file.url, rel="enclosure")
        enclosure.set("type", file.media_type)
        if file.length is not None:
            enclosure.set("length", str(file.length))
        enclosure.set("title", file.title)
        link.addnext(enclosure)


def _finish_head(element: Element, head: Head, site: Site) -> None:
    """RFC 4287 §4.1.1: without an author of its own, an entry has the feed's."""
    for relation, target in head.links.items():
        SubElement(element, "link", rel=relation, href=target)
    author = SubElement(element, "author")
    SubElement(author, "name").text = site.publisher["name"]
    if url := site.publisher.get("url"):
        SubElement(author, "uri").text = url


FORMAT = row(
    Dialect(
        name="atom",
        media_type="application/atom+xml",
        tail=b"</feed>",
        namespaces=(),
        describe=_describe,
        finish_entry=_finish_entry,
        finish_head=_finish_head,
    )
)
