"""Reading feeds: a selection in a format becomes validators (cheap), then a document.

A document is head + fragments + tail. Fragments that no longer fit are rendered again
before they are served.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from feeds import schemas
from feeds.calendars import Body, Calendar, renew
from feeds.heading import Heading
from feeds.imprint import Press
from feeds.models import Category, Channel, Place
from feeds.paging import Paging
from feeds.question import Validators, is_closed, resolve, validators
from feeds.renderers import FORMATS, Format, Site
from feeds.renderers.jsonfeed import compact
from feeds.selection import VIEWS, Selection
from feeds.shelf import Shelf
from feeds.store import Session, Store, channels, entries, fragments, labels
from feeds.store.entries import MODELS
from feeds.store.filters import Filter

# A month that is over changes only by what is removed from it: it stays fresh for so
# many times as long, in seconds for a day at the most.
ARCHIVED, DAY = 24, 86_400


@dataclass(frozen=True)
class Document:
    """An answer; `body` is None when the reader has it already.

    `links` are absolute URLs by relation, for the Link header. `left_out` is how many
    events a calendar had no room for, `ttl` for how many seconds it stays fresh.
    Whoever takes a `Body` closes it.
    """

    media_type: str
    validators: Validators
    filename: str
    ttl: int
    body: bytes | Body | None = None
    links: dict[str, str] = field(default_factory=dict)
    left_out: int = 0


@dataclass(frozen=True)
class Syndicate:
    """The reading side. `ttl` is what a document promises to stay fresh, in seconds.

    `budget` is how many bytes a calendar has that nobody narrowed, `hub` what the feeds
    name as their WebSub hub, `shelf` what was made lately.
    """

    store: Store
    base_url: str
    ttl: int
    budget: int
    hub: str | None = None
    shelf: Shelf[Document] = field(default_factory=Shelf)

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
        asked = _Asked(noun, made, channel, selection, now, is_fresh)
        if not made.is_calendar:
            with self.store.reading() as session:
                return self._paged(session, asked)
        if selection.rich and made.rich:
            asked = replace(asked, output=made.rich)
        return self._whole(asked, renewed=False)

    def _paged(self, session: Session, asked: "_Asked") -> Document:
        home, wanted, document = asked.begun(session, self.ttl)
        site = Site(self.base_url, home, asked.now)
        if is_closed(home, asked.selection, asked.now):
            document = replace(document, ttl=min(ARCHIVED * self.ttl, DAY))
        heading = self._heading(session, site, asked, document)
        document = replace(document, links=heading.topic)
        if asked.is_fresh(document.validators):
            return document
        made = self.shelf.find(document.validators.etag)
        return made or self._made(session, asked, wanted, heading, document)

    def _made(
        self,
        session: Session,
        asked: "_Asked",
        wanted: Filter,
        heading: Heading,
        document: Document,
    ) -> Document:
        """Return the document with its body and the links around it, and shelve it."""
        model: Any = MODELS[asked.noun]
        site, view = heading.site, VIEWS[f"{asked.noun}.feed"]
        paging = Paging(session, model, site.channel, wanted, asked.selection, view)
        found = paging.found(asked.output.name)
        press = Press(self.store, session, model, site, asked.output)
        bodies = press.each(found[: paging.limit], keep=True)
        held = paging.held([len(body) for body in bodies])
        left = found[held] if held < len(found) else None
        head = heading.head(
            asked.output.suffix,
            has_entries=bool(bodies),
            links=paging.links(held, left),
            history=paging.mark(asked.now, held, left),
        )
        shown = [body for body in bodies[:held] if body]
        whole = asked.output.whole(head, site, shown)
        links = {**head.links, **document.links}
        made = replace(document, body=whole, links=links)
        self.shelf.put(document.validators.etag, made, len(whole))
        return made

    def _whole(self, asked: "_Asked", *, renewed: bool) -> Document:
        """Return a calendar, in the same transaction until its body is closed.

        What no longer fits is made anew first, in transactions of its own, after which
        everything is asked again.
        """
        with ExitStack() as stack:
            session = stack.enter_context(self.store.reading())
            home, wanted, document = asked.begun(session, self.ttl)
            if asked.is_fresh(document.validators):
                return document
            site = Site(self.base_url, home)
            calendar = Calendar(
                store=self.store,
                session=session,
                site=site,
                wanted=wanted,
                heading=self._heading(session, site, asked, document),
                budget=self.budget if asked.selection.is_open else None,
                now=asked.now,
            )
            if renewed or not (unfit := calendar.unfit):
                body, left_out = calendar.written(close=stack.pop_all().close)
                return replace(document, body=body, left_out=left_out)
        for output in unfit:
            renew(self.store, site, output, wanted)
        return self._whole(asked, renewed=True)

    def _heading(
        self, session: Session, site: Site, asked: "_Asked", document: Document
    ) -> Heading:
        home, selection = site.channel.id, asked.selection
        slugs = {*selection.category, *selection.exclude}
        there = {selection.place} if selection.place else set[str]()
        return Heading(
            site=site,
            noun=asked.noun,
            output=asked.output,
            selection=asked.selection,
            updated=document.validators.modified_at,
            ttl=document.ttl,
            hub=self.hub,
            categories=labels.titles(session, Category, home, slugs),
            places=labels.titles(session, Place, home, there),
        )

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
            document = Document(media_type, known, f"{slug}.{output}", self.ttl)
            if is_fresh(known):
                return document
            if output == "json":
                shape = schemas.dump(noun, entry, self.base_url, home)
                if Site(self.base_url, home, now).hides(entry):
                    shape["event"] = None
                return replace(document, body=compact(shape))
            site, made = Site(self.base_url, home), FORMATS[output]
            asked = _Asked(noun, made, channel, selection, now, is_fresh)
            press = Press(self.store, session, model, site, made)
            bodies = press.fitting(
                fragments.of(session, made.name, [entry.id]), keep=True
            )
            head = self._heading(session, site, asked, document).head(
                f".{output}",
                zones=fragments.zones_of(session, [entry.id]),
                has_entries=bool(bodies),
                slug=slug,
            )
            return replace(document, body=made.whole(head, site, bodies))


@dataclass(frozen=True)
class _Asked:
    """One request for a feed."""

    noun: str
    output: Format
    channel: str
    selection: Selection
    now: datetime
    is_fresh: Callable[[Validators], bool]

    def begun(self, session: Session, ttl: int) -> tuple[Channel, Filter, Document]:
        """Return the channel, the filter, and the document without a body."""
        home = channels.get_public(session, self.channel)
        output = self.output
        view = "events.ics" if output.is_calendar else f"{self.noun}.feed"
        wanted = resolve(session, home, view, self.selection, self.now)
        known = validators(
            session,
            home,
            f"{self.noun}.{output.name}",
            self.selection,
            self.now,
            is_daily=output.is_calendar,
        )
        filename = f"{self.channel}-{self.noun}{output.suffix}"
        return home, wanted, Document(output.media_type, known, filename, ttl)
