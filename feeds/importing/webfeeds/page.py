"""What a file is that is no feed; of a web page, which feeds it names."""

import re
from html import unescape

from feeds.importing.webfeeds.entry import absolute

_WINDOW, _MOST = 200_000, 10
_IS_PAGE = re.compile(r"<!doctype html|<html\b|<head\b|<body\b", re.IGNORECASE)
_LINK = re.compile(r"<link\s([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"([a-zA-Z]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
)
_TYPES = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json|json)")


def is_page(document: str, at: int) -> bool:
    """Tell whether a web page begins at this position."""
    return _IS_PAGE.match(document, at) is not None


def sentence(document: str, address: str) -> str:
    """Say of a web page which feeds it names."""
    found = feeds(document[:_WINDOW], address)
    named = f"its feeds are: {', '.join(found)}" if found else "it names no feed"
    return f"this is a web page and no feed; {named}"


def feeds(document: str, address: str) -> list[str]:
    """Return the addresses of the feeds that a page names, in its order."""
    found: dict[str, None] = {}
    for tag in _LINK.findall(document):
        given = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(tag)
        }
        is_feed = _TYPES.fullmatch(given.get("type", "").lower())
        if is_feed and "alternate" in given.get("rel", "").lower().split():
            href = given.get("href", "")
            found.setdefault(absolute(href, address) or href)
    return list(found)[:_MOST]


def other(data: bytes) -> str:
    """Say what a file is that is neither XML nor JSON."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:40]
    if not start:
        return "the file is empty"
    if start.upper().startswith(b"BEGIN:VCALENDAR"):
        return "this is a calendar and no feed: import it as events"
    shown = start.split(b"\n")[0].decode("ascii", "replace")
    shown = "".join(char if char.isprintable() else "\ufffd" for char in shown)
    return f"this is neither RSS, Atom, JSON Feed nor JSON: it begins with '{shown}'"
