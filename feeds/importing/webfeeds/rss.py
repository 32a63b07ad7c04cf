"""RSS 2.0 and 0.9x, and RSS 1.0 and 0.90, which are RDF."""

from collections.abc import Iterator
from functools import partial

from feeds.importing.webfeeds import media, wording
from feeds.importing.webfeeds.entry import Entry, Head, absolute
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
    words,
)

ROOTS = ("rss", "rdf:RDF")
GENERATOR = "feeds"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def read(root: Element, address: str) -> tuple[Head, Iterator[Entry]]:
    """Return the head and the items of the feed found at `address` ("" if unknown)."""
    outer = kids(root)
    channel = outer.get("channel", [root])[0]
    inner = kids(channel)
    links = {
        link.get("rel", "alternate"): absolute(link.get("href", ""), address)
        for link in inner.get("atom:link", ())
    }
    own = links.get("self") or address
    page = absolute(words(inner, "link"), own) or links.get("alternate", "")
    is_ours = words(inner, "generator") == GENERATOR
    head = Head(
        title=_title(words(inner, "title", "dc:title"), is_ours=is_ours),
        page=page,
        own=own,
        after=links.get("next", ""),
        language=words(inner, "language", "dc:language") or language(channel),
        is_ours=is_ours,
    )
    items = [*inner.get("item", ()), *(outer.get("item", ()) if inner != outer else ())]
    return head, map(partial(_entry, head), items)


def _entry(head: Head, item: Element) -> Entry:
    found = kids(item)
    around = base(item, head.page or head.own)
    guid = words(found, "guid")
    entry = Entry(
        line=line(item),
        key=guid or item.get(_ABOUT, ""),
        url=_url(found, guid, around),
        title=_title(words(found, "title", "dc:title"), is_ours=head.is_ours),
        author=wording.people(_authors(found), is_ours=head.is_ours),
        published=words(found, "pubDate", "dc:date", "atom:published"),
        updated=words(found, "atom:updated"),
        language=words(found, "dc:language") or language(item),
        terms=_terms(found, is_ours=head.is_ours),
    )
    entry.base = around if has_base(item) else entry.url or around
    _describe(entry, found, head)
    for source in found.get("source", ())[:1]:
        entry.origin = flat(source), absolute(source.get("url", ""), around)
    for enclosure in found.get("enclosure", ()):
        _enclose(entry, enclosure)
    media.take(found, entry)
    entry.refused = _hidden(found)
    return entry


def _hidden(found: Kids) -> str:
    """Return why an item of a WordPress export is not public there, or ""."""
    status = words(found, "wp:status")
    is_public = status in ("", "publish", "future")
    return "" if is_public else f"WordPress says '{status[:40]}' of it, not 'publish'"


def _title(raw: str, *, is_ours: bool) -> str:
    return raw if is_ours else wording.title(raw, is_html=False)


def _url(found: Kids, guid: str, around: str) -> str:
    for link in found.get("link", ()):
        if url := absolute(flat(link), around):
            return url
    for link in found.get("atom:link", ()):
        if link.get("rel", "alternate") == "alternate":
            return absolute(link.get("href", ""), around)
    named = found.get("guid", [])
    is_permalink = named and named[0].get("isPermaLink", "true").lower() != "false"
    return absolute(guid, "") if is_permalink else ""


def _authors(found: Kids) -> list[str]:
    return [flat(one) for one in found.get("dc:creator") or found.get("author") or []]


def _terms(found: Kids, *, is_ours: bool) -> list[str]:
    given = [*found.get("category", ()), *found.get("dc:subject", ())]
    return [_title(flat(one), is_ours=is_ours) for one in given]


def _describe(entry: Entry, found: Kids, head: Head) -> None:
    """A description is a summary only where the whole text stands beside it."""
    whole = found.get("content:encoded", [])
    short = found.get("description", [])
    for element in (*whole, *short)[:1]:
        given = markup(element)
        entry.content = given if head.is_ours else wording.html(given)
        if has_base(element):
            entry.base = base(element, head.page or head.own)
    if whole and short:
        entry.summary = wording.plain(markup(short[0]))


def _enclose(entry: Entry, enclosure: Element) -> None:
    given = (enclosure.get(name, "") for name in ("type", "length", "title"))
    entry.attach(absolute(enclosure.get("url", ""), entry.base), *given)
