"""Atom 1.0 (RFC 4287)."""

from collections.abc import Iterator
from functools import partial

from feeds import text
from feeds.importing.webfeeds import media, wording
from feeds.importing.webfeeds.entry import Entry, Head, absolute
from feeds.importing.webfeeds.rss import GENERATOR
from feeds.importing.webfeeds.tree import (
    Element,
    Kids,
    base,
    flat,
    has_base,
    kids,
    language,
    line,
    markup,
    name,
    words,
)

ROOTS = ("atom:feed", "atom:entry")
_HTML = ("html", "xhtml", "text/html", "application/xhtml+xml")
_TEXT = ("", "text", "text/plain")


def read(root: Element, address: str) -> tuple[Head, Iterator[Entry]]:
    """Return the head and the entries of the feed found at `address` ("" if unknown).

    A document that is one entry (RFC 4287 §2) has an empty head.
    """
    found = kids(root) if name(root) == "atom:feed" else {"atom:entry": [root]}
    own = _link(found, "self", address) or address
    head = Head(
        title=_plain(found.get("atom:title", [])),
        page=_link(found, "alternate", address),
        own=own,
        after=_link(found, "next", address),
        language=language(root),
        author=_author(found),
        is_ours=words(found, "atom:generator") == GENERATOR,
    )
    return head, map(partial(_entry, head), found.get("atom:entry", ()))


def _entry(head: Head, element: Element) -> Entry:
    found = kids(element)
    address = head.own or head.page
    source = kids(found["atom:source"][0]) if "atom:source" in found else {}
    by = _author(found, is_ours=head.is_ours) or _author(source)
    entry = Entry(
        line=line(element),
        key=words(found, "atom:id"),
        url=_link(found, "alternate", address),
        title=_plain(found.get("atom:title", [])),
        summary=_plain(found.get("atom:summary", []), is_block=True),
        author=by or ("" if head.is_ours else head.author),
        published=words(found, "atom:published"),
        updated=words(found, "atom:updated"),
        language=language(element),
        terms=[
            one.get("label") or one.get("term") or ""
            for one in found.get("atom:category", ())
        ],
    )
    around = base(element, address)
    entry.base = around if has_base(element) else entry.url or around
    origin = _link(source, "alternate", address) or _link(source, "self", address)
    entry.origin = _plain(source.get("atom:title", [])), origin
    for content in found.get("atom:content", ())[:1]:
        _describe(entry, content, head)
    for link in found.get("atom:link", ()):
        _enclose(entry, link, address)
    media.take(found, entry)
    return entry


def _describe(entry: Entry, content: Element, head: Head) -> None:
    """Take HTML and text; what is of another type can't be shown."""
    kind = content.get("type", "").lower()
    if kind in _HTML:
        entry.content = markup(content)
    elif kind in _TEXT:
        entry.content = text.paragraphs(flat(content))
    if has_base(content):
        entry.base = base(content, head.own or head.page)


def _plain(found: list[Element], *, is_block: bool = False) -> str:
    """Return a text construct (RFC 4287 §3.1) as plain text."""
    for element in found:
        kind = element.get("type", "text").lower()
        if kind not in _HTML:
            return flat(element)
        if is_block:
            return wording.plain(markup(element))
        return wording.title(markup(element), is_html=True)
    return ""


def _author(found: Kids, *, is_ours: bool = False) -> str:
    people = [kids(one) for one in found.get("atom:author", ())]
    return wording.people([words(one, "atom:name") for one in people], is_ours=is_ours)


def _link(found: Kids, relation: str, address: str) -> str:
    """Return the first link of a relation, an HTML page before all others."""
    links = [
        (link.get("type", "text/html") != "text/html", url)
        for link in found.get("atom:link", ())
        if link.get("rel", "alternate") == relation
        and (url := absolute(link.get("href", ""), base(link, address)))
    ]
    return min(links, key=lambda link: link[0], default=(False, ""))[1]


def _enclose(entry: Entry, link: Element, address: str) -> None:
    if link.get("rel") == "enclosure":
        given = (link.get(name, "") for name in ("type", "length", "title"))
        entry.attach(absolute(link.get("href", ""), base(link, address)), *given)
