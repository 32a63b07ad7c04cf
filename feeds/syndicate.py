"""Reading feeds: a selection in a format becomes validators (cheap), then a document.

A document is head + fragments + tail. Fragments that no longer fit are rendered again
before they are served.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from feeds import schemas
from feeds.errors import Conflict, Unavailable
from feeds.i18n import t
from feeds.imprint import imprint, render
from feeds.models import Channel, NewsItem
from feeds.question import Validators, resolve, validators
from feeds.renderers import FORMATS, Format, Head, Site, digest, urn
from feeds.renderers.jsonfeed import compact
from feeds.selection import VIEWS, Selection
from feeds.store import Session, Store, channels, entries, fragments
from feeds.store.entries import MODELS
from feeds.store.filters import Filter


@dataclass(frozen=True)
class Document:
    """An answer in bytes; `body` is None when the reader has it already.

    `links` are absolute URLs by relation, for the Link header.
    """

    media_type: str
    validators: Validators
    filename: str
    body: bytes | None = None
    links: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Syndicate:
    """The reading side. `ttl` is what a document promises to stay fresh, in seconds."""

    store: Store
    base_url: str
    ttl: int

    def feed(
        self,
        noun: str,
        output: str,
        channel: str,
        selection: Selection,
        *,
        now: datetime,
        is_fresh: Callable[[Validators], bool],
    ) -> Document:
        """Return the feed of a selection. Raises NotFound, Gone, Moved, Malformed."""
        made = FORMATS[output]
        view = "events.ics" if output == "ics" else f"{noun}.feed"
        with self.store.reading() as session:
            home = channels.get_public(session, channel)
            wanted = resolve(session, home, view, selection, now)
            name = f"{noun}.{output}"
            known = validators(
                session, home, name, selection, now, is_daily=output == "ics"
            )
            document = Document(
                made.media_type, known, f"{channel}-{noun}{made.suffix}"
            )
            if is_fresh(known):
                return document
            reading = _Reading(self, session, home, noun, made, wanted, selection)
            return reading.complete(document)

    def single(
        self,
        noun: str,
        output: str,
        channel: str,
        slug: str,
        selection: Selection,
        *,
        now: datetime,
        is_fresh: Callable[[Validators], bool],
    ) -> Document:
        """Return one entry as a document. Raises NotFound, Gone or Moved."""
        with self.store.reading() as session:
            home = channels.get_public(session, channel)
            model: Any = MODELS[noun]
            entry = entries.published(
                session, model, home, slug, now=now, suffix=f".{output}"
            )
            name = f"{noun}/{slug}.{output}"
            known = validators(session, home, name, selection, now)
            media_type = (
                "application/json" if output == "json" else FORMATS[output].media_type
            )
            document = Document(media_type, known, f"{slug}.{output}")
            if is_fresh(known):
                return document
            if output == "json":
                shape = schemas.dump(noun, entry, self.base_url, home)
                if noun == "news" and not _names_public(entry, now):
                    shape["event"] = None
                return replace(document, body=compact(shape))
            wanted = Filter(home.id, now, only=entry.id)
            reading = _Reading(
                self,
                session,
                home,
                noun,
                FORMATS[output],
                wanted,
                selection,
            )
            return reading.complete(document, slug=slug)


def _names_public(item: NewsItem, now: datetime) -> bool:
    """Say whether everybody may see the event that a news item is about."""
    return item.event is not None and item.event.is_public(now)


@dataclass(frozen=True)
class _Reading:
    """One document in the making, inside one read transaction."""

    syndicate: Syndicate
    session: Session
    home: Channel
    noun: str
    output: Format
    wanted: Filter
    selection: Selection

    @property
    def site(self) -> Site:
        return Site(self.syndicate.base_url, self.home)

    def complete(self, document: Document, slug: str | None = None) -> Document:
        found, has_next = self._found()
        bodies = self._fitting(found)
        head = self._head(document, has_next=has_next, slug=slug)
        head = replace(head, has_entries=bool(bodies))
        parts = [
            self.output.open(head, self.site),
            self.output.separator.join(bodies),
            self.output.close,
        ]
        return replace(document, body=b"".join(parts), links=dict(head.links))

    def _found(self) -> tuple[list[fragments.Piece], bool]:
        """Return what is asked for, and whether a page follows: a calendar is whole."""
        output = self.output.name
        if output == "ics":
            return fragments.every(self.session, output, self.wanted), False
        defaults = VIEWS[f"{self.noun}.feed"]
        limit = self.selection.limit or defaults.limit or 0
        found = fragments.pieces(
            self.session,
            MODELS[self.noun],
            output,
            self.wanted,
            order=self.selection.order or defaults.order,
            limit=limit + 1,
            offset=(self.selection.page - 1) * limit,
        )
        return found[:limit], len(found) > limit

    def _fitting(self, found: list[fragments.Piece]) -> list[bytes]:
        """Return the bodies in order; those that no longer fit are made again."""
        stamp = digest(self.site)
        unfit = [one.entry_id for one in found if one.digest != stamp]
        made = self._again(unfit) if unfit else {}
        bodies = (
            one.body if one.digest == stamp else made.get(one.entry_id) for one in found
        )
        return [body for body in bodies if body is not None]

    def _again(self, ids: list[int]) -> dict[int, bytes]:
        """Render entries anew; nobody waits for a writer, or for room on the disk."""
        try:
            with self.syndicate.store.writing(patience=0) as session:
                return self._rendered(session, ids, self._kept)
        except (Conflict, Unavailable):
            return self._rendered(self.session, ids, self._passing)

    def _rendered(
        self, session: Session, ids: list[int], make: Callable[..., dict[int, bytes]]
    ) -> dict[int, bytes]:
        model: Any = MODELS[self.noun]
        made: dict[int, bytes] = {}
        for at in range(0, len(ids), entries.CHUNK):
            found = entries.by_ids(session, model, ids[at : at + entries.CHUNK])
            made.update(make(session, found))
        return made

    def _kept(self, session: Session, found: list[Any]) -> dict[int, bytes]:
        model: Any = MODELS[self.noun]
        fragments.drop(session, model, [one.id for one in found], [self.output.name])
        made = imprint(session, model, found, self.site, (self.output,))
        return {owner: body for (owner, _), body in made.items()}

    def _passing(self, session: Session, found: list[Any]) -> dict[int, bytes]:
        return {one.id: render(self.output, one, self.site) for one in found}

    def _head(self, document: Document, *, has_next: bool, slug: str | None) -> Head:
        page = f"/{self.home.slug}/{self.noun}" + (f"/{slug}" if slug else "")
        path = f"{page}.{document.filename.rpartition('.')[2]}"
        query, page_query = (
            self.selection.canonical(),
            self.selection.canonical(order=None, limit=None, all=False, rich=False),
        )
        links = {}
        if has_next:
            links["next"] = self._url(path, self._page(+1))
        if self.selection.page > 1:
            links["previous"] = self._url(path, self._page(-1))
        zones = (
            fragments.zones(self.session, self.wanted)
            if self.output.name == "ics"
            else {}
        )
        return Head(
            title=self._title(),
            description=self.home.description,
            language=self.home.language,
            self_url=self._url(path, query),
            page_url=self._url(page, page_query),
            updated=document.validators.modified_at,
            id=urn("feed", self.home.slug, self.noun, query),
            ttl=self.syndicate.ttl,
            zones=tuple(sorted(zones)),
            since_year=min((one.year for one in zones.values()), default=1970),
            links=links,
        )

    def _page(self, step: int) -> str:
        return self.selection.canonical(page=self.selection.page + step)

    def _url(self, path: str, query: str) -> str:
        return self.site.url(path + (f"?{query}" if query else ""))

    def _title(self) -> str:
        language = self.selection.lang or self.home.language
        title = self.home.title
        if self.output.name != "ics":
            title = f"{title}: {t(f'feed.{self.noun}', language)}"
        if self.selection.is_narrowed:
            title = f"{title} ({self._narrowed_to()})"
        return title

    def _narrowed_to(self) -> str:
        names = [
            *self.selection.category,
            *(f"-{one}" for one in self.selection.exclude),
        ]
        others = ("place", "language", "status", "q", "since", "until")
        names += [getattr(self.selection, one) or "" for one in others]
        return ", ".join(name for name in names if name)
