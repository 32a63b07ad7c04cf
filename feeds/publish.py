"""Writing: create, replace, amend, withdraw, and take in a whole file.

Each is one transaction that leaves rows, occurrences, fragments and the channel's new
revision, or nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from feeds import schemas
from feeds.authoring import MODELS, Ledger, stamp, write
from feeds.errors import Conflict, NotFound, PreconditionRequired, Stale
from feeds.imprint import imprint
from feeds.models import Category, Channel, Event, Place
from feeds.renderers import FORMATS, Format, Site
from feeds.store import (
    Session,
    Store,
    channels,
    entries,
    fragments,
    labels,
    occurrences,
    removal,
)

Raw = dict[str, Any]
EVERY = tuple(FORMATS.values())


@dataclass(frozen=True)
class Match:
    """The precondition of a change: the ETags of If-Match, `*` as `any`."""

    etags: tuple[str, ...] = ()
    any: bool = False

    def check(self, sequence: int) -> None:
        """Raises Stale when the entry is not the one that the client last read."""
        if not self.any and f'"{sequence}"' not in self.etags:
            raise Stale(
                f'If-Match: it is at "{sequence}" now, not at '
                f"{', '.join(self.etags)}; read it again and repeat the change."
            )


@dataclass(frozen=True)
class Publisher:
    """The one way in. `base_url` is what every absolute link begins with."""

    store: Store
    base_url: str
    new_uid: Callable[[], str] = lambda: str(uuid4())

    def read(self, noun: str, channel: str, key: str) -> Raw:
        """Return one in its public shape, drafts too. Raises NotFound or Gone."""
        with self.store.reading() as session:
            home = channels.get(session, channel)
            return self._dump(noun, _get(session, noun, home, key), home)

    def listing(
        self, noun: str, channel: str, *, limit: int, after: int = 0
    ) -> tuple[list[Raw], int | None]:
        """Return a page of public shapes, and the id after which the next begins."""
        with self.store.reading() as session:
            home = channels.get(session, channel)
            found = entries.listed(
                session, MODELS[noun], home.id, after=after, limit=limit + 1
            )
            page = found[:limit]
            following = page[-1].id if len(found) > limit else None
            return [self._dump(noun, one, home) for one in page], following

    def create(self, noun: str, channel: str, raw: Raw, *, now: datetime) -> Raw:
        """Add one. Raises Conflict when its uid or slug exists, Invalid, NotFound."""
        with self.store.writing() as session:
            home = channels.get(session, channel, lock=True)
            values = schemas.load(noun, raw, defaults(home))
            key = values["slug" if noun == "categories" else "uid"]
            if key and entries.keyed(session, MODELS[noun], home.id, key):
                name = {"events": "uid", "categories": "slug"}.get(noun, "id")
                raise Conflict(
                    f"{name}: '{key}' exists already", {name: [f"'{key}' exists"]}
                )
            made = self._put(_Desk(session, home, now), noun, None, values, None)
            return self._dump(noun, made, home)

    def replace(
        self,
        noun: str,
        channel: str,
        key: str,
        raw: Raw,
        *,
        now: datetime,
        match: Match | None,
    ) -> tuple[Raw, bool]:
        """Put a whole entry, or make it: the second value says whether it is new."""
        with self.store.writing() as session:
            home = channels.get(session, channel, lock=True)
            found = entries.keyed(session, MODELS[noun], home.id, key)
            check(found, match)
            values = schemas.load(noun, raw, defaults(home))
            desk = _Desk(session, home, now)
            made = self._put(desk, noun, found, values, key)
            return self._dump(noun, made, home), found is None

    def amend(
        self,
        noun: str,
        channel: str,
        key: str,
        patch: Raw,
        *,
        now: datetime,
        match: Match | None,
    ) -> Raw:
        """Merge a patch (RFC 7396) into the stored entry and put the result."""
        with self.store.writing() as session:
            home = channels.get(session, channel, lock=True)
            found = _get(session, noun, home, key)
            check(found, match)
            raw = merged(schemas.writable(noun, found), patch)
            values = schemas.load(noun, raw, defaults(home))
            desk = _Desk(session, home, now)
            return self._dump(noun, self._put(desk, noun, found, values, key), home)

    def withdraw(
        self, noun: str, channel: str, key: str, *, now: datetime, match: Match | None
    ) -> None:
        """Remove an entry and leave a tombstone. Raises Conflict while it is in use."""
        with self.store.writing() as session:
            home = channels.get(session, channel, lock=True)
            found = _get(session, noun, home, key)
            check(found, match)
            _unused(session, found)
            removal.remove(session, noun, found, now)
            channels.touch(home, now)

    def _put(
        self, desk: "_Desk", noun: str, found: Any, values: Raw, key: str | None
    ) -> Any:
        before = None if found is None else found.slug
        ledger = Ledger(desk.session, desk.home, self.new_uid)
        made, changed = write(ledger, noun, found, values, key=key, now=desk.now)
        if changed:
            desk.session.add(made)
            desk.session.flush()
            if before not in (None, made.slug):
                removal.moved(desk.session, noun, made, str(before), desk.now)
            settle(desk.session, noun, [made], self._site(desk.home), desk.now)
            if before is not None and isinstance(made, Category | Place):
                self._ripple(desk, made)
            channels.touch(desk.home, desk.now)
        return made

    def _ripple(self, desk: "_Desk", made: Category | Place) -> None:
        """Touch every entry that shows a category or a place, and no other."""
        field = "category" if isinstance(made, Category) else "place"
        model: Any
        for model, noun in entries.NOUNS.items():
            shown = entries.using(desk.session, model, **{field: made.id})
            for entry in shown:
                stamp(entry, desk.now, minor=True)
            settle(desk.session, noun, shown, self._site(desk.home), desk.now)

    def _dump(self, noun: str, found: Any, home: Channel) -> Raw:
        return schemas.dump(noun, found, self.base_url, home)

    def _site(self, home: Channel) -> Site:
        return Site(self.base_url, home)


@dataclass(frozen=True)
class _Desk:
    session: Session
    home: Channel
    now: datetime


def roll(store: Store, now: datetime) -> None:
    """Store the occurrences of endless series further ahead: at every start is enough.

    Changes no byte of what readers get.
    """
    with store.writing() as session:
        occurrences.roll(session, now)


def settle(
    session: Session,
    noun: str,
    made: Any,
    site: Site,
    now: datetime,
    formats: Iterable[Format] = EVERY,
) -> None:
    """Derive what readers get from flushed entries: occurrences and fragments.

    Fragments in other than `formats` are left to their first reader.
    """
    model = entries.MODELS.get(noun)
    if model is None or not made:
        return
    if model is Event:
        occurrences.replace(session, made, now)
    fragments.drop(session, model, [one.id for one in made])
    imprint(session, model, made, site, formats)


def merged(target: Any, patch: Any) -> Any:
    """Return a JSON value with a merge patch applied (RFC 7396 §2)."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def _get(session: Session, noun: str, home: Channel, key: str) -> Any:
    found = entries.keyed(session, MODELS[noun], home.id, key)
    if found is None:
        raise NotFound(f"The channel '{home.slug}' has no '{key}' under {noun}.")
    return found


def check(found: Any, match: Match | None) -> None:
    if found is None:
        if match is not None:
            raise Stale("If-Match: there is nothing at this address yet.")
        return
    if match is None:
        raise PreconditionRequired(
            f'Send If-Match with the ETag of your last GET, "{found.sequence}" now.'
        )
    match.check(found.sequence)


def _unused(session: Session, found: Any) -> None:
    uses = 0
    if isinstance(found, Category):
        uses = labels.category_uses(session, found.id)
    elif isinstance(found, Place):
        uses = labels.place_uses(session, found.id)
    if uses:
        raise Conflict(f"'{found.slug}' is still used by {uses} entries.")


def defaults(home: Channel) -> schemas.Defaults:
    """Return what a channel gives to its entries."""
    return schemas.Defaults(home.timezone, home.language, home.url)
