"""Fragments: what an entry leaves in the store in each format when it is written.

Used at write, and again at read for what no longer fits (a new renderer, another base
URL, a changed setting of the channel).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from feeds.models import Event, NewsItem
from feeds.renderers import Format, Site, digest
from feeds.store import Session, fragments
from feeds.store.entries import NOUNS
from feeds.store.filters import Model


def imprint(
    session: Session,
    model: Model,
    found: Sequence[Event | NewsItem],
    site: Site,
    formats: Iterable[Format],
) -> dict[tuple[int, str], bytes]:
    """Render flushed, complete entries and keep the fragments; there are none yet.

    Returns the bytes by entry id and name of the format.
    """
    wanted = [one for one in formats if NOUNS[model] in one.nouns]
    stamp = digest(site)
    made = {
        (entry.id, one.name): render(one, entry, site)
        for entry in found
        for one in wanted
    }
    fragments.put(
        session,
        [
            {
                "channel_id": site.channel.id,
                "event_id": entry_id if model is Event else None,
                "news_id": entry_id if model is NewsItem else None,
                "format": name,
                "digest": stamp,
                "body": body,
            }
            for (entry_id, name), body in made.items()
        ],
    )
    return made


def render(output: Format, entry: Event | NewsItem, site: Site) -> bytes:
    """Return the entry's fragment in a format that has its noun."""
    make: Any = output.event if isinstance(entry, Event) else output.news
    made: bytes = make(entry, site)
    return made
