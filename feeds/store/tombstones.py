"""Named queries about addresses that no longer answer."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feeds.models import Tombstone


def uid_of(session: Session, channel_id: int, noun: str, slug: str) -> str | None:
    """Return the uid that last answered at a slug and does not any more."""
    return session.scalar(
        select(Tombstone.uid)
        .where(
            Tombstone.channel_id == channel_id,
            Tombstone.noun == noun,
            Tombstone.slug == slug,
        )
        .order_by(Tombstone.id.desc())
        .limit(1)
    )


def is_taken(session: Session, noun: str, slug: str) -> bool:
    """Say whether a channel's former slug still leads somewhere."""
    question = select(Tombstone.id).where(
        Tombstone.noun == noun, Tombstone.slug == slug
    )
    return session.scalar(question.limit(1)) is not None


def last_sequence(session: Session, channel_id: int, noun: str, uid: str) -> int | None:
    """Return the highest sequence that a withdrawn uid ever showed."""
    return session.scalar(
        select(func.max(Tombstone.sequence)).where(
            Tombstone.channel_id == channel_id,
            Tombstone.noun == noun,
            Tombstone.uid == uid,
        )
    )
