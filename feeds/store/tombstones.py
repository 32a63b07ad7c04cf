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


def is_taken(session: Session, slug: str, channel_id: int | None) -> bool:
    """Say whether a channel's former slug still leads to another than this one."""
    question = select(Tombstone.id).where(
        Tombstone.noun == "channels",
        Tombstone.slug == slug,
        Tombstone.channel_id.is_distinct_from(channel_id),
    )
    return session.scalar(question.limit(1)) is not None


def sequences(
    session: Session, channel_id: int, noun: str, uid: str | None = None
) -> dict[str, int]:
    """Return the highest sequence that withdrawn uids, or one of them, ever showed."""
    question = (
        select(Tombstone.uid, func.max(Tombstone.sequence))
        .where(Tombstone.channel_id == channel_id, Tombstone.noun == noun)
        .group_by(Tombstone.uid)
    )
    if uid is not None:
        question = question.where(Tombstone.uid == uid)
    return {found: sequence for found, sequence in session.execute(question)}
