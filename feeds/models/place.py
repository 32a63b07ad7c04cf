"""A place: a person or a place on the map."""

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feeds.models.base import Base, Stamped
from feeds.models.category import Category


class Place(Stamped, Base):
    """`uid` is public as `id`."""

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("channel_id", "uid"),
        UniqueConstraint("channel_id", "slug"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    uid: Mapped[str] = mapped_column(String(64))
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str]
    category_id: Mapped[int | None] = mapped_column(
        ForeignKey("category.id"), index=True
    )
    description: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(String(16), default="")
    city: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    contact: Mapped[dict[str, Any] | None]

    category: Mapped[Category | None] = relationship(lazy="raise")
