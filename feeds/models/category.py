"""A channel's label for events, news and places."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feeds.models.base import Base, Stamped


class Category(Stamped, Base):
    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("channel_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str]
    colour: Mapped[str | None] = mapped_column(String(7))
    description: Mapped[str] = mapped_column(default="")


def label_table(entry: str) -> Table:
    """Return the table that ties entries of one kind to their categories, in order."""
    return Table(
        f"{entry}_category",
        Base.metadata,
        Column(
            f"{entry}_id",
            ForeignKey(f"{entry}.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        Column("category_id", ForeignKey("category.id"), primary_key=True, index=True),
        Column("position", Integer, nullable=False, default=0),
    )
