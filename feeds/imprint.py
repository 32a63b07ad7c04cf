"""Fragments: what an entry leaves in the store in each format when it is written.

Used at write, and again at read for what no longer fits (a new renderer, another base
URL, a changed setting of the channel). Nobody who reads waits for a writer, or for room
on the disk.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from feeds.errors import Conflict, Unavailable
from feeds.models import Event, NewsItem
from feeds.renderers import Format, Site, digest
from feeds.store import Session, Store, entries, fragments
from feeds.store.entries import NOUNS
from feeds.store.filters import Model

Make = Callable[[Format, Event | NewsItem, Site], bytes]

log = logging.getLogger(__name__)


def imprint(
    session: Session,
    model: Model,
    found: Sequence[Event | NewsItem],
    site: Site,
    formats: Iterable[Format],
    make: Make | None = None,
) -> dict[tuple[int, str], bytes]:
    """Render flushed, complete entries and keep the fragments; there are none yet.

    `make` is `render` if not told. Returns the bytes by entry id and format's name.
    """
    wanted = [one for one in formats if NOUNS[model] in one.nouns]
    made = {
        (entry.id, one.name): (make or render)(one, entry, site)
        for entry in found
        for one in wanted
    }
    stamps = {
        entry.id: digest(site, hides=site.hides(entry)) for entry in found if wanted
    }
    fragments.put(
        session,
        [
            {
                "channel_id": site.channel.id,
                "event_id": entry_id if model is Event else None,
                "news_id": entry_id if model is NewsItem else None,
                "format": name,
                "digest": stamps[entry_id],
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
        """Return the bodies of what can be rendered."""
        return [body for body in self.each(found, keep=keep) if body]

    def each(self, found: Sequence[fragments.Piece], *, keep: bool) -> list[bytes]:
        """Return the bodies; what no longer fits is rendered, and kept if possible."""
        stamps = [digest(self.site, hides=hides) for hides in (False, True)]
        fit = [one.digest == stamps[one.hides] for one in found]
        unfit = [one.entry_id for one, fits in zip(found, fit, strict=True) if not fits]
        made = self._again(unfit, keep=keep) if unfit else {}
        return [
            (one.body if fits else made.get(one.entry_id)) or b""
            for one, fits in zip(found, fit, strict=True)
        ]

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
        made = imprint(session, self.model, found, self.site, (self.output,), attempt)
        return {owner: body for (owner, _), body in made.items()}

    def passing(self, ids: list[int]) -> dict[int, bytes]:
        """Render entries for this reader alone."""
        found = entries.by_ids(self.session, self.model, ids)
        return {one.id: attempt(self.output, one, self.site) for one in found}


def render(output: Format, entry: Event | NewsItem, site: Site) -> bytes:
    """Return the entry's fragment in a format that has its noun."""
    make: Any = output.event if isinstance(entry, Event) else output.news
    made: bytes = make(entry, site)
    return made


def attempt(output: Format, entry: Event | NewsItem, site: Site) -> bytes:
    """Return the entry's fragment; empty, and logged, when it can't be rendered.

    The outermost door of one entry for those who read: whatever is wrong with it, the
    others are served. See docs/adr/0010.
    """
    try:
        return render(output, entry, site)
    except Exception:
        name = f"{NOUNS[type(entry)]} {entry.uid!r} of {site.channel.slug!r}"
        log.exception("%s can't be rendered as %s and is left out", name, output.name)
        return b""
