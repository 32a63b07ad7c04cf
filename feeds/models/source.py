"""A source credit: where a text comes from."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feeds.models.base import Base


class Source(Base):
    """One credit line of an event or a news item, in the author's order."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), index=True
    )
    news_id: Mapped[int | None] = mapped_column(
        ForeignKey("news.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    url: Mapped[str | None]
    retrieved_on: Mapped[date | None]
