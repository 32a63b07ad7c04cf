"""What RSS, Atom and JSON Feed have in common: a head, and entries under it.

Addresses are absolute where there was anything to resolve them against, "" where there
are none; texts are as they were given, only titles, names and summaries are plain.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from feeds import text

Raw = dict[str, Any]


@dataclass(frozen=True)
class Head:
    """What a feed says of itself.

    `own` is the feed's address, `page` that of its site, `after` that of its next
    page. `is_ours` says that this software wrote it.
    """

    title: str
    page: str
    own: str
    after: str
    language: str
    author: str = ""
    is_ours: bool = False


@dataclass
class Entry:
    """One entry. `key` is what it calls itself; `base` is for what its HTML links to.

    `published` and `updated` are dates as they were written. `files`, by their
    addresses, `image` and `sources` are as the API takes them. `origin` is the title
    and the address of another feed that it was taken from. `refused` is the reason
    not to take it.
    """

    line: int
    key: str = ""
    url: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    base: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""
    language: str = ""
    terms: list[str] = field(default_factory=list)
    files: dict[str, Raw] = field(default_factory=dict)
    image: Raw | None = None
    sources: list[Raw] = field(default_factory=list)
    origin: tuple[str, str] = ("", "")
    refused: str = ""

    def attach(self, url: str, media_type: str, length: str, title: str) -> None:
        """Add a file, once; a length of 0 is what feeds say that don't know it."""
        size = int(length) if re.fullmatch("[0-9]{1,18}", length) else 0
        given: Raw = {
            "url": url,
            "type": media_type.partition(";")[0].strip().lower(),
            "length": size,
            "title": text.line(title),
        }
        if url:
            known = {name: value for name, value in given.items() if value}
            self.files.setdefault(url, known)


def absolute(address: str, base: str) -> str:
    """Return a web address, resolved and in ASCII; "" when it is none."""
    # urljoin drops an empty ";" or "?" from what is absolute already.
    if given := text.safe_url(address):
        return given
    try:
        return text.safe_url(urljoin(base, address.strip())) or "" if address else ""
    except ValueError:  # urljoin's, for a broken IPv6 host
        return ""
