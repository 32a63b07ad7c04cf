"""The one user of feedgen, which repairs from outside what it gets wrong.

feedgen 1.0.0 loses the attributes of an Atom entry's links, takes the last link of a
feed for the channel's, knows no paging or hub links in RSS, names authors only by
e-mail, and sets the process's locale for every date. Whatever a format has to add or
to mend, its own module does in `finish_head` and `finish_entry`, on lxml elements.

A fragment is cut out of a document with one entry: an entry that is written alone
would declare its namespaces itself, under invented prefixes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import lxml.etree  # before feedgen, which uses it without importing it
from feedgen import entry as feedgen_entry
from feedgen import feed as feedgen_feed
from feedgen.ext.base import BaseExtension

from feeds import text, times
from feeds.renderers.frame import Format, Head, Site
from feeds.renderers.item import Item, of_event, of_news

# Theirs calls locale.setlocale() for each date, which other threads can see.
feedgen_feed.formatRFC2822 = times.http_date
feedgen_entry.formatRFC2822 = times.http_date

GENERATOR = "feeds"
_EPOCH = datetime(1970, 1, 1, tzinfo=times.UTC)
Element = lxml.etree._Element


@dataclass(frozen=True)
class Dialect:
    """What a format adds to what feedgen writes.

    `describe` sets on feedgen's entry what formats say differently.
    """

    name: str
    media_type: str
    tail: bytes
    namespaces: tuple[tuple[str, str], ...]
    describe: Callable[[Any, Item], None]
    finish_entry: Callable[[Element, Item], None]
    finish_head: Callable[[Element, Head, Site], None]


class _Extension(BaseExtension):
    """Hands the finished element of a feed or an entry to the dialect."""

    finish: Callable[[Element], None] | None = None
    namespaces: tuple[tuple[str, str], ...] = ()

    def extend_ns(self) -> dict[str, str]:
        return dict(self.namespaces)

    def extend_rss(self, element: Element) -> Element:
        if self.finish:
            self.finish(element)
        return element

    extend_atom = extend_rss


def row(dialect: Dialect) -> Format:
    """Return the row of the table of formats for a dialect."""
    return Format(
        name=dialect.name,
        suffix=f".{dialect.name}",
        media_type=dialect.media_type,
        event=lambda event, site: fragment(dialect, of_event(event, site)),
        news=lambda news, site: fragment(dialect, of_news(news, site)),
        open=lambda head, site: opening(dialect, head, site),
        separator=b"\n",
        close=b"\n" + dialect.tail + b"\n",
    )


def fragment(dialect: Dialect, item: Item) -> bytes:
    """Return one entry's element, its namespaces left to the head."""
    generator = _frame(dialect)
    entry = generator.add_entry(order="append")
    entry.id(item.id)
    entry.title(item.title)
    entry.link(href=item.url)
    entry.content(item.html, type="html")
    entry.published(_whole(item.published))
    entry.updated(_whole(item.updated))
    entry.category(
        [{"term": t.slug, "scheme": t.url, "label": t.title} for t in item.terms]
    )
    dialect.describe(entry, item)
    entry.own.finish = lambda element: dialect.finish_entry(element, item)
    return _written(dialect, generator)[_start(dialect) : -len(dialect.tail)]


def opening(dialect: Dialect, head: Head, site: Site) -> bytes:
    """Return a document up to where its first entry begins."""
    generator = _generator(dialect)
    title = text.line(head.title) or site.channel.slug
    generator.id(head.id)
    generator.title(title)
    generator.subtitle(text.line(head.description) or title)
    generator.language(head.language)
    generator.updated(_whole(head.updated))
    if head.ttl:
        generator.ttl(-(-head.ttl // 60))
    generator.link(href=head.self_url, rel="self", type=dialect.media_type)
    # The last link becomes the channel's own in RSS.
    generator.link(href=head.page_url, rel="alternate", type="text/html")
    if site.logo_url:
        generator.logo(site.logo_url)
    generator.own.finish = lambda element: dialect.finish_head(element, head, site)
    return _written(dialect, generator)[: -len(dialect.tail)] + b"\n"


def _generator(dialect: Dialect) -> Any:
    generator = feedgen_feed.FeedGenerator()
    generator.generator(GENERATOR)
    generator.register_extension("own", _Extension, _Extension)
    generator.own.namespaces = dialect.namespaces
    return generator


def _frame(dialect: Dialect) -> Any:
    """Return a feed that says nothing; every entry is written into the same one."""
    generator = _generator(dialect)
    generator.id("urn:x")
    generator.title("-")
    generator.subtitle("-")
    generator.link(href="urn:x", rel="alternate")
    generator.updated(_EPOCH)
    return generator


def _written(dialect: Dialect, generator: Any) -> bytes:
    write = generator.rss_str if dialect.name == "rss" else generator.atom_str
    document: bytes = write()
    if not document.endswith(dialect.tail):
        raise ValueError(f"feedgen ended a document with {document[-30:]!r}")
    return document


@lru_cache(maxsize=8)
def _start(dialect: Dialect) -> int:
    """Return where the first entry of the empty frame begins."""
    return len(_written(dialect, _frame(dialect))) - len(dialect.tail)


def _whole(instant: datetime) -> datetime:
    return instant.astimezone(times.UTC).replace(microsecond=0)
