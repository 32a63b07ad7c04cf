"""Atom (RFC 4287), with paging links.

A credit is a link with the relation "via" (§4.2.7.2): the source of the information.
`atom:source` would say that the entry was copied whole from another feed, whose id,
title and time of change it has to name; no entry here is one.
"""

from collections.abc import Iterator
from typing import Any

from lxml.etree import SubElement

from feeds.renderers import modules
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
    """Give the entry its language, its link what feedgen took, and further links."""
    element.set(_LANGUAGE, item.language)
    link = element.find("link")
    if link is None:
        raise ValueError(f"feedgen wrote no link for {item.id}")
    link.set("rel", "alternate")
    link.set("type", "text/html")
    for attributes in _further(item):
        SubElement(element, "link", attributes)
    modules.add(element, item)


def _further(item: Item) -> Iterator[dict[str, str]]:
    """Yield the links to files, and to where a text comes from."""
    for file in item.attachments:
        enclosure = {"href": file.url, "rel": "enclosure", "type": file.media_type}
        length = {} if file.length is None else {"length": str(file.length)}
        yield enclosure | length | {"title": file.title}
    credits = {credit.url: credit.words for credit in item.credits if credit.url}
    if item.origin:
        credits.setdefault(item.origin, item.title)
    for url, words in credits.items():
        yield {"href": url, "rel": "via", "title": words}


def _finish_head(element: Element, head: Head, site: Site) -> None:
    """RFC 4287 §4.1.1: without an author of its own, an entry has the feed's."""
    for relation, target in head.links.items():
        SubElement(element, "link", rel=relation, href=target)
    modules.add_history(element, head)
    author = SubElement(element, "author")
    SubElement(author, "name").text = site.publisher["name"]
    if url := site.publisher.get("url"):
        SubElement(author, "uri").text = url


FORMAT = row(
    Dialect(
        name="atom",
        media_type="application/atom+xml",
        tail=b"</feed>",
        namespaces=modules.NAMESPACES,
        describe=_describe,
        finish_entry=_finish_entry,
        finish_head=_finish_head,
    )
)
