"""Writing: create, replace, amend, withdraw, and take in a whole file.

Each is one transaction that leaves rows, occurrences, fragments and the channel's new
revision, or nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
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
    departures,
    entries,
    fragments,
    labels,
    occurrences,
    removal,
)
from feeds.store.engine import LOCK_TIMEOUT

Raw = dict[str, Any]
EVERY = tuple(one for one in FORMATS.values() if one.at_write)


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
        with self._desk(channel, now) as desk:
            values = schemas.load(noun, raw, defaults(desk.home))
            key = values["slug" if noun == "categories" else "uid"]
            if key and _find(desk.session, noun, desk.home, key):
                name = schemas.NOUNS[noun].key
                raise Conflict(
                    f"{name}: '{key}' exists already", {name: [f"'{key}' exists"]}
                )
            return self._put(desk, noun, None, values, None)

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
        with self._desk(channel, now) as desk:
            found = _find(desk.session, noun, desk.home, key)
            check(found, match)
            values = schemas.load(noun, raw, defaults(desk.home))
            return self._put(desk, noun, found, values, key), found is None

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
        with self._desk(channel, now) as desk:
            found = _get(desk.session, noun, desk.home, key)
            check(found, match)
            raw = merged(schemas.writable(noun, found), patch)
            values = schemas.load(noun, raw, defaults(desk.home))
            return self._put(desk, noun, found, values, key)

    def withdraw(
        self, noun: str, channel: str, key: str, *, now: datetime, match: Match | None
    ) -> None:
        """Remove an entry and leave a tombstone. Raises Conflict while it is in use."""
        with self._desk(channel, now) as desk:
            found = _get(desk.session, noun, desk.home, key)
            check(found, match)
            _unused(desk.session, found)
            removal.remove(desk.session, noun, found, now)
            channels.touch(desk.home, now)

    @contextmanager
    def _desk(self, channel: str, now: datetime) -> Iterator["_Desk"]:
        """Begin a change of a channel, which waits for those before it."""
        with self.store.writing() as session:
            yield _Desk(session, channels.get(session, channel, lock=True), now)

    def _put(
        self, desk: "_Desk", noun: str, found: Any, values: Raw, key: str | None
    ) -> Raw:
        """Write one and what is derived from it; return its public shape."""
        before = None if found is None else found.slug
        ledger = Ledger(desk.session, desk.home, self.new_uid)
        made, changed = write(ledger, noun, found, values, key=key, now=desk.now)
        if changed:
            desk.session.add(made)
            desk.session.flush()
            if before not in (None, made.slug):
                removal.moved(desk.session, noun, made, str(before), desk.now)
            site = Site(self.base_url, desk.home, desk.now)
            settle(desk.session, noun, [made], site, desk.now)
            if before is not None and isinstance(made, Category | Place):
                _ripple(desk, made, site)
            channels.touch(desk.home, desk.now)
        return self._dump(noun, made, desk.home)

    def _dump(self, noun: str, found: Any, home: Channel) -> Raw:
        return schemas.dump(noun, found, self.base_url, home)


@dataclass(frozen=True)
class _Desk:
    """One change of a channel."""

    session: Session
    home: Channel
    now: datetime


def _ripple(desk: _Desk, made: Category | Place, site: Site) -> None:
    """Touch every entry that shows a category or a place, and no other."""
    field = "category" if isinstance(made, Category) else "place"
    model: Any
    for model, noun in entries.NOUNS.items():
        shown = entries.using(desk.session, model, **{field: made.id})
        for entry in shown:
            stamp(entry, desk.now, minor=True)
        settle(desk.session, noun, shown, site, desk.now)


def roll(
    store: Store, now: datetime, after: int = 0, patience: float = LOCK_TIMEOUT
) -> int | None:
    """Store the occurrences of a few endless series further ahead.

    Returns what to go on `after`, None when no series is left. Changes no byte of what
    readers get; forgets departures that no token reaches back to. Raises Unavailable
    when writers before it take longer than `patience`.
    """
    with store.writing(patience) as session:
        if not after:
            departures.prune(session, now)
        return occurrences.roll(session, now, after)


def settle(
    session: Session,
    noun: str,
    made: Any,
    site: Site,
    now: datetime,
    formats: Iterable[Format] = EVERY,
) -> None:
    """Derive what readers get from flushed entries: occurrences and fragments.

    Fragments in other than `formats` are left to their first reader. Events are dated
    by the revision that `channels.touch` makes at the end of this transaction.
    """
    model = entries.MODELS.get(noun)
    if model is None or not made:
        return
    ids = [one.id for one in made]
    labels.arrange(session, model, made)
    before: dict[int, bytes] = {}
    if model is Event:
        occurrences.replace(session, made, now)
        before = departures.calendars(session, ids)
        fragments.drop_about(session, ids)
    fragments.drop(session, model, ids)
    fresh = imprint(session, model, made, site, formats)
    if model is Event:
        after = {one: fresh[one, "ics"] for one in ids}
        departures.record(session, site.channel, made, before, after, now)


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


def _find(session: Session, noun: str, home: Channel, key: str) -> Any | None:
    return entries.keyed(session, MODELS[noun], home.id, key)


def _get(session: Session, noun: str, home: Channel, key: str) -> Any:
    found = _find(session, noun, home, key)
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
        them = "entry" if uses == 1 else "entries"
        raise Conflict(f"'{found.slug}' is still used by {uses} {them}.")


def defaults(home: Channel) -> schemas.Defaults:
    """Return what a channel gives to its entries."""
    return schemas.Defaults(home.timezone, home.language, home.url)
