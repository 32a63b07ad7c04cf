"""What publishing leaves behind: fragments, tombstones, departures, and the edition."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from feeds.models.base import Base, Instant


class Fragment(Base):
    """One event or news item rendered once, in one format.

    `digest` names what else went into the bytes; one that no longer fits is rendered
    again before it is served. `size` is that of the body, in bytes.
    """

    __tablename__ = "fragment"
    __table_args__ = (
        UniqueConstraint("event_id", "format"),
        UniqueConstraint("news_id", "format"),
        Index(None, "channel_id", "format", "digest"),
        # Sizes and fitness of a whole calendar, without a look at a body.
        Index(None, "event_id", "format", "digest", "size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE")
    )
    news_id: Mapped[int | None] = mapped_column(
        ForeignKey("news.id", ondelete="CASCADE")
    )
    format: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes]
    size: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class Tombstone(Base):
    """An address that no longer answers: 410 when `uid` is gone, else 308 to its slug.

    `sequence` is the last one served, so that a uid that comes back goes on from it.
    """

    __tablename__ = "tombstone"
    __table_args__ = (
        Index(None, "channel_id", "noun", "slug"),
        Index(None, "channel_id", "noun", "uid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    noun: Mapped[str] = mapped_column(String(16))
    uid: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(80))
    sequence: Mapped[int]
    buried_at: Mapped[datetime] = mapped_column(Instant)


class Departure(Base):
    """A calendar UID that was public and is in the channel's calendar no more.

    `revision` is the channel's when it left. One that comes back has no row.
    """

    __tablename__ = "departure"
    __table_args__ = (
        UniqueConstraint("channel_id", "uid"),
        Index(None, "channel_id", "revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    uid: Mapped[str] = mapped_column(String(255))
    revision: Mapped[int]
    left_at: Mapped[datetime] = mapped_column(Instant)


class Edition(Base):
    """What goes into every document besides the data, and since when it is in force."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    since_at: Mapped[datetime] = mapped_column(Instant)
