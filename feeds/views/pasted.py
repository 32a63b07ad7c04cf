"""Which widget stands for an address of this service that somebody pastes elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from feeds.selection import WIDGETS

# Of each page of a channel, below its address: the row of VIEWS it has, and the widget.
PAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "events": ("events", "agenda"),
        "news": ("news", "news"),
        "places": ("places", "map"),
        "subscribe": ("subscribe", "agenda"),
    }
)
ENTRIES = MappingProxyType({"events": "event", "news": "news"})
# How an answer can be had, and what the links to it are known by.
FORMATS = MappingProxyType(
    {"json": "application/json+oembed", "xml": "text/xml+oembed"}
)


@dataclass(frozen=True)
class Pasted:
    """A channel's page or widget by its path: `row` of VIEWS reads its query.

    `slug` is that of the one entry it shows, among `noun`.
    """

    channel: str
    row: str
    view: str
    noun: str = ""
    slug: str = ""


def pasted(path: str) -> Pasted | None:
    """Return what a path is, None where there is nothing to show elsewhere."""
    match path.split("/"):
        case ["", "embed", channel, view] if view in WIDGETS:
            return Pasted(channel, f"embed.{view}", view)
        case ["", channel] if channel:
            return Pasted(channel, "channel", "agenda")
        case ["", channel, noun] if noun in PAGES:
            return Pasted(channel, *PAGES[noun])
        case ["", channel, noun, slug] if noun in ENTRIES:
            return Pasted(channel, "entry", ENTRIES[noun], noun, slug)
    return None


def discovery(base_url: str, address: str) -> list[tuple[str, str]]:
    """Return media type and address of what `/oembed` says of an address of ours."""
    if pasted(address.partition("?")[0]) is None:
        return []
    url = base_url + address
    return [
        (media_type, f"{base_url}/oembed?{urlencode({'url': url, 'format': name})}")
        for name, media_type in FORMATS.items()
    ]
