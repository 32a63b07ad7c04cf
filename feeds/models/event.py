"""An event: one authored thing with a time, and what belongs to it alone.

Times are wall-clock in `timezone`; for an all-day event they stand at 00:00 and mean
dates. Ends are exclusive. `rdates` and `exdates` hold moments as text, the way
`times.format_moment` writes them.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feeds.models.base import Base, Entry, Instant
from feeds.models.category import Category, label_table
from feeds.models.place import Place
from feeds.models.source import Source

SHOWN_BY = ("announced_at", "expires_at", "status", "last_at", "first_at")

event_category = label_table("event")


class Override(Base):
    """One instance of a series that differs; None inherits from the series."""

    __tablename__ = "event_override"
    __table_args__ = (UniqueConstraint("event_id", "recurrence_local"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    recurrence_local: Mapped[datetime]
    start_local: Mapped[datetime | None]
    end_local: Mapped[datetime | None]
    title: Mapped[str | None]
    summary: Mapped[str | None]
    description: Mapped[str | None]
    location: Mapped[dict[str, Any] | None]
    online_url: Mapped[str | None]
    status: Mapped[str | None] = mapped_column(String(16))
    extensions: Mapped[list[str] | None]


class CourseSession(Base):
    """One date of a course; its `uid` never changes once given.

    `sequence` and `updated_at` are those of the last change that this date shows, and
    `checksum` is over all that it shows (None: as the event).
    """

    __tablename__ = "event_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    uid: Mapped[str] = mapped_column(String(255))
    start_local: Mapped[datetime]
    end_local: Mapped[datetime | None]
    title: Mapped[str | None]
    sequence: Mapped[int | None]
    updated_at: Mapped[datetime | None] = mapped_column(Instant)
    checksum: Mapped[str | None] = mapped_column(String(64))


class Event(Entry, Base):
    """See the module.

    `first_at` and `last_at` bound all its instances (`last_at` None: endless), and
    `expanded_until` says how far an endless event's occurrences are stored (None: all).
    `revision` is the channel's at the last change of what calendars show of it.
    `extensions` are the X- lines of an imported calendar, each as
    "X-NAME;PARAMETER=…:value" without folds.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("channel_id", "uid"),
        UniqueConstraint("channel_id", "slug"),
        Index(None, "channel_id", "announced_at"),
        Index(None, "channel_id", "last_at"),
        Index(None, "channel_id", "expanded_until"),
        Index(None, "channel_id", "expires_at"),
        Index(None, "channel_id", "revision"),
        # All that decides whether a calendar shows an event, and its zones.
        Index("ix_event_shown", "channel_id", "state", *SHOWN_BY),
        Index("ix_event_zones", "channel_id", "all_day", "timezone", "first_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    description: Mapped[str] = mapped_column(default="")
    all_day: Mapped[bool] = mapped_column(default=False)
    timezone: Mapped[str] = mapped_column(String(64))
    start_local: Mapped[datetime | None]
    end_local: Mapped[datetime | None]
    rrule: Mapped[str | None]
    rdates: Mapped[list[str]] = mapped_column(default=list)
    exdates: Mapped[list[str]] = mapped_column(default=list)
    location: Mapped[dict[str, Any] | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    online_url: Mapped[str | None]
    organizer: Mapped[dict[str, Any] | None]
    status: Mapped[str] = mapped_column(String(16), default="confirmed")
    price: Mapped[str] = mapped_column(default="")
    registration: Mapped[dict[str, Any] | None]
    accessibility: Mapped[list[str]] = mapped_column(default=list)
    plain_language: Mapped[str] = mapped_column(default="")
    extensions: Mapped[list[str] | None]
    first_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime | None] = mapped_column(Instant)
    expanded_until: Mapped[datetime | None] = mapped_column(Instant)
    revision: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    place: Mapped[Place | None] = relationship(lazy="raise")
    categories: Mapped[list[Category]] = relationship(
        secondary=event_category, lazy="raise", order_by=event_category.c.position
    )
    overrides: Mapped[list[Override]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by=Override.recurrence_local
    )
    sessions: Mapped[list[CourseSession]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by=CourseSession.position
    )
    sources: Mapped[list[Source]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by=Source.position
    )

    def moment(self, local: datetime | None) -> date | datetime | None:
        """Return a stored wall-clock value as this event means it."""
        return local.date() if local is not None and self.all_day else local
