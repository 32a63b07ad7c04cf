"""Removing what was published, and the tombstones that this leaves."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from feeds.models import (
    Category,
    Channel,
    Departure,
    Event,
    Fragment,
    NewsItem,
    Occurrence,
    Place,
    Token,
    Tombstone,
)
from feeds.store import departures, fragments

CONTENT = (Fragment, Occurrence, Departure, NewsItem, Event, Place, Category)


def remove(session: Session, noun: str, found: Any, now: datetime) -> None:
    """Delete an entry, place or category; what is its own goes with it."""
    if isinstance(found, Event):
        departures.leave(session, found, now)
        fragments.drop_about(session, [found.id])
    session.add(_tombstone(noun, found, found.slug, now))
    session.execute(delete(type(found)).where(type(found).id == found.id))


def moved(session: Session, noun: str, found: Any, slug: str, now: datetime) -> None:
    """Record that `slug` was the address of something that has another one now.

    A category's slug is its key: what still points at the old one follows it.
    """
    session.add(_tombstone(noun, found, slug, now))
    if noun == "categories":
        session.execute(
            update(Tombstone)
            .where(
                Tombstone.channel_id == found.channel_id,
                Tombstone.noun == noun,
                Tombstone.uid == slug,
            )
            .values(uid=found.slug)
        )


def close(session: Session, channel: Channel, now: datetime) -> None:
    """Delete all that a channel holds and revoke its tokens; the slug stays taken."""
    for model in CONTENT:
        session.execute(delete(model).where(model.channel_id == channel.id))
    session.execute(
        update(Token)
        .where(Token.channel_id == channel.id, Token.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    channel.deleted_at = now


def _tombstone(noun: str, found: Any, slug: str, now: datetime) -> Tombstone:
    """Bury an address, or, of what nobody could have seen, the sequence alone."""
    is_channel = isinstance(found, Channel)
    announced = getattr(found, "announced_at", now)
    was_seen = announced is not None and announced <= now
    return Tombstone(
        channel_id=found.id if is_channel else found.channel_id,
        noun=noun,
        uid=getattr(found, "uid", found.slug),
        slug=slug if was_seen else "",
        sequence=found.sequence,
        buried_at=now,
    )
