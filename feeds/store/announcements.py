"""Named queries about when entries were announced: one step in an index each."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feeds.store.entries import windowed
from feeds.store.filters import Filter, Model


def last(
    session: Session, model: Model, wanted: Filter, before: datetime
) -> datetime | None:
    """Return when the last of the public entries before an instant was announced."""
    at: Any = model.announced_at
    found = windowed(session, model, wanted, select(at)).where(at < before)
    return session.scalar(found.order_by(at.desc()).limit(1))


def first(
    session: Session, model: Model, wanted: Filter, since: datetime
) -> datetime | None:
    """Return when the first of the public entries from an instant on was announced."""
    at: Any = model.announced_at
    found = windowed(session, model, wanted, select(at)).where(at >= since)
    return session.scalar(found.order_by(at).limit(1))
