"""A news item with its sources."""

from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feeds.models.base import Base, Entry
from feeds.models.category import Category, label_table
from feeds.models.event import Event
from feeds.models.place import Place
from feeds.models.source import Source

news_category = label_table("news")


class NewsItem(Entry, Base):
    """`announced_at` is public as `published_at`; `publish_at` repeats it."""

    __tablename__ = "news"
    __table_args__ = (
        UniqueConstraint("channel_id", "uid"),
        UniqueConstraint("channel_id", "slug"),
        Index(None, "channel_id", "announced_at"),
        Index(None, "channel_id", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    content: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(default="")
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("event.id", ondelete="SET NULL"), index=True
    )
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)

    event: Mapped[Event | None] = relationship(lazy="raise")
    place: Mapped[Place | None] = relationship(lazy="raise")
    categories: Mapped[list[Category]] = relationship(
        secondary=news_category, lazy="raise", order_by=news_category.c.position
    )
    sources: Mapped[list[Source]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by=Source.position
    )
