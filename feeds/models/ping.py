"""What a WebSub hub has been told of a channel, and what it has yet to be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feeds.models.base import Base, Instant
from feeds.models.channel import Channel


class Ping(Base):
    """One row a channel; without one, the hub has been told nothing.

    `revision` is the channel's when it was last looked at, `looked_at` that moment, and
    `shown` names by noun what the feeds showed then. `topics` are the feeds
    ("news.atom", …) that the hub has yet to hear of: until `due_at` one process holds
    them, or nobody tries after a failure. `failing_since` is the first one in a row.
    """

    __tablename__ = "ping"

    channel_id: Mapped[int] = mapped_column(ForeignKey(Channel.id), primary_key=True)
    revision: Mapped[int]
    looked_at: Mapped[datetime] = mapped_column(Instant)
    shown: Mapped[dict[str, Any]]
    topics: Mapped[list[str]]
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)
