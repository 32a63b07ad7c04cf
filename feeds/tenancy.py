"""Channels: made, changed and withdrawn by whoever runs the service.

The same verbs as in `publish`, for the noun that has no channel above it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from feeds import schemas
from feeds.authoring import free_slug, stamp
from feeds.errors import Conflict, Gone, Invalid
from feeds.models import Channel
from feeds.publish import Match, Publisher, check, merged
from feeds.schemas.channel import RESERVED
from feeds.store import Session, channels, removal, tombstones
from feeds.text import slugify

Raw = dict[str, Any]


def read(publisher: Publisher, slug: str) -> Raw:
    """Return a living channel in its public shape."""
    with publisher.store.reading() as session:
        return _dump(publisher, channels.get(session, slug))


def listing(
    publisher: Publisher, *, limit: int, after: int = 0, only: str | None = None
) -> tuple[list[Raw], int | None]:
    """Return a page of channels, and the id after which the next begins.

    `only` narrows to one slug: what a token of one channel sees.
    """
    with publisher.store.reading() as session:
        found: Sequence[Channel] = channels.living(
            session, after=after, limit=limit + 1, only=only
        )
        following = found[limit - 1].id if len(found) > limit else None
        return [_dump(publisher, one) for one in found[:limit]], following


def create(publisher: Publisher, raw: Raw, *, now: datetime) -> Raw:
    """Add a channel. Raises Conflict for a slug that is, or ever was, taken."""
    with publisher.store.writing() as session:
        values = schemas.load("channels", raw, schemas.Defaults())
        values["slug"] = values["slug"] or _slug_from(session, values["title"])
        return _dump(publisher, _make(session, values, now))


def replace(
    publisher: Publisher, slug: str, raw: Raw, *, now: datetime, match: Match | None
) -> tuple[Raw, bool]:
    """Put a whole channel, or make it: the second value says whether it is new."""
    with publisher.store.writing() as session:
        found = channels.find(session, slug, lock=True)
        if found is not None and found.deleted_at is not None:
            raise Gone(f"The channel '{slug}' has been withdrawn.")
        check(found, match)
        values = _values(raw, slug)
        if found is None:
            if values["slug"] != slug:
                raise Invalid.of(
                    "slug", f"'{values['slug']}' is not the '{slug}' of the address"
                )
            return _dump(publisher, _make(session, values, now)), True
        return _dump(publisher, _change(session, found, values, now)), False


def amend(
    publisher: Publisher, slug: str, patch: Raw, *, now: datetime, match: Match | None
) -> Raw:
    """Merge a patch (RFC 7396) into a channel."""
    with publisher.store.writing() as session:
        found = channels.get(session, slug, lock=True)
        check(found, match)
        raw = merged(schemas.writable("channels", found), patch)
        return _dump(publisher, _change(session, found, _values(raw, slug), now))


def withdraw(
    publisher: Publisher, slug: str, *, now: datetime, match: Match | None
) -> None:
    """Delete a channel with all that it holds; its slug stays taken and answers 410."""
    with publisher.store.writing() as session:
        found = channels.get(session, slug, lock=True)
        check(found, match)
        removal.close(session, found, now)
        channels.touch(found, now)


def _values(raw: Raw, slug: str) -> Raw:
    values = schemas.load("channels", raw, schemas.Defaults())
    return values | {"slug": values["slug"] or slug}


def _make(session: Session, values: Raw, now: datetime) -> Channel:
    _free(session, values["slug"])
    made = Channel(**values, sequence=0, revision=0)
    made.created_at = made.updated_at = made.revised_at = now
    made.changed_at = now.replace(microsecond=0)
    session.add(made)
    session.flush()
    return made


def _change(session: Session, found: Channel, values: Raw, now: datetime) -> Channel:
    before = {name: getattr(found, name) for name in values}
    if before == values:
        return found
    if values["slug"] != found.slug:
        _free(session, values["slug"], found.id)
        removal.moved(session, "channels", found, found.slug, now)
    for name, value in values.items():
        setattr(found, name, value)
    stamp(found, now)
    channels.touch(found, now)
    return found


def _slug_from(session: Session, title: str) -> str:
    slug = slugify(title)
    if not slug:
        raise Invalid.of("slug", "give one: the title has no letters to make it from")
    return free_slug(slug, {*RESERVED, *channels.slugs(session)})


def _free(session: Session, slug: str, channel_id: int | None = None) -> None:
    if slug in RESERVED:
        raise Invalid.of("slug", f"'{slug}' is an address of the service itself")
    if channels.find(session, slug) or tombstones.is_taken(session, slug, channel_id):
        raise Conflict(f"slug: '{slug}' is taken", {"slug": [f"'{slug}' is taken"]})


def _dump(publisher: Publisher, found: Channel) -> Raw:
    return schemas.dump("channels", found, publisher.base_url, None)
