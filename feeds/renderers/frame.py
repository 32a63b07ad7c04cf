"""What a renderer is given besides the entry: the site around it, the head above it.

A document is `open(head, site) + separator.join(fragments) + close`. Fragments are made
when an entry is written and know nothing of the document they will stand in.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from uuid import NAMESPACE_URL, UUID, uuid5

from feeds import text
from feeds.catalogues import CATALOGUES
from feeds.models import Channel, Event, NewsItem, Place
from feeds.times import TZDATA_VERSION

# Rises with every change of the bytes that the renderers write for the same values.
RENDERER_VERSION = 3

# Words and dates stand in fragments, too: ours, and those of CLDR.
WORDS = sha256(json.dumps(CATALOGUES, sort_keys=True).encode()).hexdigest()
CLDR = version("Babel")

# The namespace of the names that we derive; it says nothing and never changes.
NAMESPACE = UUID("5a0f8e3c-7f5d-4b7e-9d55-3c1d1f6f2b1a")


@dataclass(frozen=True)
class Site:
    """Where an entry stands: the public base URL and the channel.

    `at` is when it is rendered: whether what it is about can be seen depends on that.
    """

    base_url: str
    channel: Channel
    at: datetime | None = None

    def hides(self, entry: Event | NewsItem) -> bool:
        """Say whether an entry is about an event that not everybody may see.

        Without `at`, that is as it was when one of them was last written.
        """
        event = entry.event if isinstance(entry, NewsItem) else None
        if event is None:
            return False
        return not event.is_public(self.at or max(entry.updated_at, event.updated_at))

    @property
    def publisher(self) -> dict[str, str]:
        """Return who publishes the channel, as `name` and perhaps `url`.

        Never an e-mail address: a feed is read by machines.
        """
        given = self.channel.publisher or {}
        url = given.get("url") or self.channel.url
        name = text.line(given.get("name") or self.channel.title)
        return {"name": name, "url": url} if url else {"name": name}

    @property
    def logo_url(self) -> str | None:
        return (self.channel.logo or {}).get("url")

    def url(self, path: str) -> str:
        """Return the absolute URL of a path of this service ("/…")."""
        return f"{self.base_url}{path}"

    def event_url(self, event: Event) -> str:
        return f"{self.base_url}/{self.channel.slug}/events/{event.slug}"

    def news_url(self, item: NewsItem) -> str:
        return f"{self.base_url}/{self.channel.slug}/news/{item.slug}"

    def place_url(self, place: Place) -> str:
        """Return the page of what takes place at a place."""
        return f"{self.base_url}/{self.channel.slug}/events?place={place.slug}"

    def listing_url(self, noun: str, category: str) -> str:
        """Return the page of one category; `noun` is "events" or "news"."""
        return f"{self.base_url}/{self.channel.slug}/{noun}?category={category}"


@dataclass(frozen=True)
class Head:
    """What a document says of itself.

    `zones` are the zones of the timed events in the document and `since_year` the year
    of the first of them (calendars only); without `has_entries` a calendar has to fill
    itself, for it may not be empty. `links` are further links by relation
    ("next", "previous", "hub"). `history` is what the document is to RFC 5005: an
    "archive", "complete", or neither. `ttl` is in seconds, 0 for no promise. `id` is
    an absolute URI.
    """

    title: str
    description: str
    language: str
    self_url: str
    page_url: str
    updated: datetime
    id: str
    ttl: int
    zones: tuple[str, ...] = ()
    since_year: int = 1970
    has_entries: bool = False
    links: Mapping[str, str] = field(default_factory=dict)
    history: str = ""


@dataclass(frozen=True)
class Format:
    """One row of the table of formats; None where a noun has no such format.

    A calendar is whole: it has no pages, and knows the zones of its events. `rich` is
    what `rich=1` asks for; it has no address of its own. Fragments are made when an
    entry is written, or, without `at_write`, by the first reader.
    """

    name: str
    suffix: str
    media_type: str
    event: Callable[[Event, Site], bytes] | None
    news: Callable[[NewsItem, Site], bytes] | None
    open: Callable[[Head, Site], bytes]
    separator: bytes
    close: bytes
    is_calendar: bool = False
    at_write: bool = True
    rich: "Format | None" = None

    @property
    def nouns(self) -> frozenset[str]:
        renders = {"events": self.event, "news": self.news}
        return frozenset(noun for noun, render in renders.items() if render)

    def whole(self, head: Head, site: Site, fragments: list[bytes]) -> bytes:
        """Return a document."""
        inner = self.separator.join(fragments)
        return b"".join((self.open(head, site), inner, self.close))


def digest(site: Site, *, hides: bool = False) -> str:
    """Name all that goes into a fragment besides its entry, as hex SHA-256.

    A fragment with another digest is out of date. Of the channel it holds only what
    fragments show. `hides`: without the event that the entry is about.
    """
    channel = site.channel
    parts = [RENDERER_VERSION, TZDATA_VERSION, CLDR, WORDS, site.base_url]
    parts += [channel.slug, channel.language, channel.timezone]
    parts += ["hides"] if hides else []
    return sha256(json.dumps(parts).encode()).hexdigest()


def urn(*names: str) -> str:
    """Return the URI that these names, and nothing else, always lead to."""
    return uuid5(NAMESPACE, "\n".join(names)).urn


def entry_id(noun: str, uid: str) -> str:
    """Return an entry's id in every web feed: opaque, free of host and slug."""
    try:
        is_uuid = str(UUID(uid)) == uid
    except ValueError:
        is_uuid = False
    return f"urn:uuid:{uid}" if is_uuid else urn(noun, uid)


def part_uid(uid: str, moment: str) -> str:
    """Return the UID of one date of the event `uid`, from its start as first authored.

    It is uuid5 in the event's own UUID, or in one made from a uid that is none.
    """
    try:
        space = UUID(uid)
    except ValueError:
        space = uuid5(NAMESPACE_URL, uid)
    return str(uuid5(space, moment))
