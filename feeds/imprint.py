"""Fragments: what an entry leaves in the store in each format when it is written.

Used at write, and again at read for what no longer fits (a new renderer, another base
URL, a changed setting of the channel). Nobody who reads waits for a writer, or for room
on the disk.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from feeds.errors import Conflict, Unavailable
from feeds.models import Event, NewsItem
from feeds.renderers import Format, Site, digest
from feeds.store import Session, Store, entries, fragments
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


@dataclass(frozen=True)
class Press:
    """Fragments of one format for a reader, inside one read transaction."""

    store: Store
    session: Session
    model: Any
    site: Site
    output: Format

    def fitting(self, found: Sequence[fragments.Piece], *, keep: bool) -> list[bytes]:
        """Return the bodies; what no longer fits is rendered, and kept if possible."""
        stamp = digest(self.site)
        unfit = [one.entry_id for one in found if one.digest != stamp]
        made = self._again(unfit, keep=keep) if unfit else {}
        bodies = (
            one.body if one.digest == stamp else made.get(one.entry_id) for one in found
        )
        return [body for body in bodies if body is not None]

    def _again(self, ids: list[int], *, keep: bool) -> dict[int, bytes]:
        if not keep:
            return self.passing(ids)
        try:
            with self.store.writing(patience=0) as session:
                return self.kept(session, ids)
        except (Conflict, Unavailable):
            return self.passing(ids)

    def kept(self, session: Session, ids: list[int]) -> dict[int, bytes]:
        """Render entries again and put the fragments in place of those they had."""
        found = entries.by_ids(session, self.model, ids)
        names = [self.output.name]
        fragments.drop(session, self.model, [one.id for one in found], names)
        made = imprint(session, self.model, found, self.site, (self.output,))
        return {owner: body for (owner, _), body in made.items()}

    def passing(self, ids: list[int]) -> dict[int, bytes]:
        """Render entries for this reader alone."""
        found = entries.by_ids(self.session, self.model, ids)
        return {one.id: render(self.output, one, self.site) for one in found}


def render(output: Format, entry: Event | NewsItem, site: Site) -> bytes:
    """Return the entry's fragment in a format that has its noun."""
    make: Any = output.event if isinstance(entry, Event) else output.news
    made: bytes = make(entry, site)
    return made
