"""A channel: one publisher's container, and the unit of caching."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from feeds.models.base import Base, Instant, Stamped


class Channel(Stamped, Base):
    """One publisher's container.

    `revision` rises with every change of anything in the channel, `changed_at` with
    it, by whole seconds and never backwards: together they are the validators of all
    that the channel publishes. A deleted channel keeps its row and its slug.
    """

    __tablename__ = "channel"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    url: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(16), default="de")
    timezone: Mapped[str] = mapped_column(String(64), default="Europe/Berlin")
    colour: Mapped[str] = mapped_column(String(7), default="#0b5cad")
    logo: Mapped[dict[str, Any] | None]
    publisher: Mapped[dict[str, Any] | None]
    embed_origins: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(16), default="published")
    revision: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)
