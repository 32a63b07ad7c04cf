"""Named queries about tokens."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from feeds.models import Token


def by_digest(session: Session, digest: str) -> Token | None:
    """Return the token with this digest and its channel."""
    return session.scalar(
        select(Token).where(Token.digest == digest).options(joinedload(Token.channel))
    )


def every(session: Session) -> Sequence[Token]:
    """Return all tokens with their channels, oldest first."""
    return session.scalars(
        select(Token).options(joinedload(Token.channel)).order_by(Token.id)
    ).all()
