"""What every table shares: the declarative base, instants, and an entry's columns.

No queries here; relationships are `lazy="raise"`, so a hidden query is an error.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, stored without its zone: both databases compare alike."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it from the class
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


class Stamped:
    """The read-only columns of all that is authored.

    `sequence` rises by one on every visible change and is the API's ETag;
    `updated_at` moves with it, `revised_at` only on significant edits. `checksum` is
    over the authored values: writing the same again changes nothing.
    """

    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    revised_at: Mapped[datetime] = mapped_column(Instant)
    sequence: Mapped[int] = mapped_column(default=0)
    checksum: Mapped[str] = mapped_column(String(64), default="")


class Entry(Stamped):
    """What events and news items have in common.

    `publish_at` is the moment from which a published entry is public (None: at once),
    `announced_at` the moment it first became, or becomes, public (None: a draft never
    was). `search` holds the folded words. `uid` is public as `uid` of an event and as
    `id` of a news item.
    """

    uid: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    url: Mapped[str | None]
    image: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(String(16), default="published")
    publish_at: Mapped[datetime | None] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    announced_at: Mapped[datetime | None] = mapped_column(Instant)
    language: Mapped[str] = mapped_column(String(16))
    search: Mapped[str] = mapped_column(default="")

    def is_public(self, now: datetime) -> bool:
        """Say whether everybody may see it at `now`, in a channel that is public."""
        return (
            self.state == "published"
            and self.announced_at is not None
            and self.announced_at <= now
            and (self.expires_at is None or self.expires_at > now)
        )
