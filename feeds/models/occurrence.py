"""An occurrence: one instance of an event in time, derived at write, never authored."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feeds.models.base import Base, Instant
from feeds.models.event import Event

# Upper bounds of an occurrence's length, in days. An overlap query asks each class
# for starts at most that far before its window, so that its cost does not grow with
# the archive, however long a few occurrences are.
REACHES = (1, 8, 64, 512, 200_000)


class Occurrence(Base):
    """`start_at`, `end_at` are instants; `start_local`, `end_local` wall clock there.

    `recurrence_id` is the moment's text, or "" for single events and sessions;
    `title` and `status` are those shown on this day.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        Index(None, "channel_id", "reach", "start_at"),
        Index(None, "channel_id", "start_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), index=True
    )
    recurrence_id: Mapped[str] = mapped_column(String(32), default="")
    uid: Mapped[str] = mapped_column(String(255))
    title: Mapped[str]
    status: Mapped[str] = mapped_column(String(16))
    start_at: Mapped[datetime] = mapped_column(Instant)
    end_at: Mapped[datetime] = mapped_column(Instant)
    start_local: Mapped[datetime]
    end_local: Mapped[datetime]
    reach: Mapped[int]
    venue: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship(lazy="raise")


def reach_of(length: timedelta) -> int:
    """Return the smallest class of REACHES that holds an occurrence of this length."""
    return next(days for days in REACHES if length <= timedelta(days=days))
