"""News from elsewhere: RSS, Atom and JSON Feed as raw dicts of the API.

An entry that can't be taken in is refused with its line and the reason; what had to be
mended is said. Ids, dates, names and files are kept, HTML is cleaned, addresses are
made absolute, and where an entry comes from stands among its sources.

Not taken over: rights, comments, e-mail addresses.
"""

from collections.abc import Callable, Iterator

from feeds.errors import Malformed, TooLarge
from feeds.importing import json
from feeds.importing.webfeeds import atom, jsonfeed, page, rss, tree
from feeds.importing.webfeeds.entry import Entry, Head
from feeds.importing.webfeeds.feed import Feed, Home

__all__ = ["Feed", "Home", "read"]

Reader = Callable[[tree.Element, str], tuple[Head, Iterator[Entry]]]
_READERS: dict[str, Reader] = {
    **dict.fromkeys(rss.ROOTS, rss.read),
    **dict.fromkeys(atom.ROOTS, atom.read),
}
_OTHERS = {
    "opml": "OPML, a list of feeds: import each of them",
    "urlset": "a sitemap and no feed",
    "sitemapindex": "a list of sitemaps and no feed",
}


def read(data: bytes, home: Home, address: str = "", charset: str = "") -> Feed | None:
    """Look through a feed that was found at `address` ("" for a file).

    `charset` is the encoding that its server named, or "".
    Returns None for JSON that is no feed, a list of the API. Raises Malformed for
    what is no feed, naming what it is, and for a broken one; TooLarge.
    """
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        return _json(data, home, address)
    if start != b"<" and data[:2] not in tree.WIDE:
        raise Malformed(page.other(data))
    document, notes = tree.decoded(data, charset), list[str]()
    if page.is_page(document, tree.start(document)):
        raise Malformed(page.sentence(document, address))
    root = tree.parse(document, notes)
    if (reader := _READERS.get(tree.name(root))) is None:
        raise Malformed(_named(root))
    length = sum(1 for _ in root.iter("{*}item", "{*}entry"))
    return Feed(home, *reader(root, address), length, notes)


def _json(data: bytes, home: Home, address: str) -> Feed | None:
    document = json.read(data)
    values = list(document.entries)
    if not jsonfeed.is_feed(document.head):
        return None
    if len(data) > tree.MAX_BYTES:
        raise TooLarge(f"a feed of more than {tree.MAX_BYTES:,} bytes is not read")
    return Feed(home, *jsonfeed.read(document.head, values, address), len(values))


def _named(root: tree.Element) -> str:
    tag = root.tag.rpartition("}")[2]
    said = _OTHERS.get(
        tag, f"neither RSS nor Atom 1.0: its root element is <{tag[:80]}>"
    )
    return f"this is {said}"
