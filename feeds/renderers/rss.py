"""RSS 2.0 by the Advisory Board's profile, with its common modules and paging links."""

from html import escape
from typing import Any

from lxml.etree import SubElement

from feeds.renderers import modules
from feeds.renderers.feedgen_adapter import Dialect, Element, row
from feeds.renderers.frame import Head, Site
from feeds.renderers.item import Item
from feeds.renderers.modules import DUBLIN_CORE

ATOM = "http://www.w3.org/2005/Atom"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800}


def _describe(entry: Any, item: Item) -> None:
    """Only a description may be HTML in RSS, and so it is escaped as HTML first."""
    if item.summary:
        entry.summary(escape(item.summary, quote=False))
    if item.attachments:  # at most one enclosure is allowed; the body lists them all
        first = item.attachments[0]
        # The profile: a length that is not known is 0.
        entry.enclosure(first.url, first.length or 0, first.media_type)


def _finish_entry(element: Element, item: Item) -> None:
    """RSS's own author is an e-mail address: names go into dc:creator."""
    if item.author:
        SubElement(element, f"{{{DUBLIN_CORE}}}creator").text = item.author
    SubElement(element, f"{{{DUBLIN_CORE}}}language").text = item.language
    modules.add(element, item)


def _finish_head(element: Element, head: Head, site: Site) -> None:
    channel = element[0]
    for relation, url in head.links.items():
        SubElement(channel, f"{{{ATOM}}}link", rel=relation, href=url)
    modules.add_history(channel, head)
    publisher = SubElement(channel, f"{{{DUBLIN_CORE}}}publisher")
    publisher.text = site.publisher["name"]
    _add_pace(channel, head.ttl)


def _add_pace(channel: Element, ttl: int) -> None:
    """Say how often to ask, if it is a whole number of times in one of the periods."""
    for period, length in PERIODS.items():
        if ttl and length % ttl == 0:
            frequency = str(length // ttl)
            SubElement(channel, f"{{{SYNDICATION}}}updatePeriod").text = period
            SubElement(channel, f"{{{SYNDICATION}}}updateFrequency").text = frequency
            break


FORMAT = row(
    Dialect(
        name="rss",
        media_type="application/rss+xml",
        tail=b"</channel></rss>",
        namespaces=(*modules.NAMESPACES, ("sy", SYNDICATION)),
        describe=_describe,
        finish_entry=_finish_entry,
        finish_head=_finish_head,
    )
)
