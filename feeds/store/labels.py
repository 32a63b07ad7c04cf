"""Named queries about categories and places: what entries are labelled with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session, joinedload

from feeds.errors import Gone, NotFound
from feeds.models import (
    Category,
    Event,
    NewsItem,
    Place,
    event_category,
    news_category,
)
from feeds.store import tombstones
from feeds.store.filters import LABELS, Model, public


def categories(session: Session, channel_id: int) -> Sequence[Category]:
    """Return a channel's categories, in order of creation."""
    return session.scalars(
        select(Category).where(Category.channel_id == channel_id).order_by(Category.id)
    ).all()


def places(session: Session, channel_id: int) -> Sequence[Place]:
    """Return a channel's places with their categories, by title."""
    return session.scalars(
        select(Place)
        .where(Place.channel_id == channel_id)
        .options(joinedload(Place.category))
        .order_by(Place.title, Place.id)
    ).all()


def titles(
    session: Session,
    model: type[Category] | type[Place],
    channel_id: int,
    slugs: set[str],
) -> dict[str, str]:
    """Return what those of the slugs that exist are called."""
    if not slugs:
        return {}
    rows = session.execute(
        select(model.slug, model.title).where(
            model.channel_id == channel_id, model.slug.in_(slugs)
        )
    )
    return {slug: title for slug, title in rows}


def arrange(session: Session, model: Model, found: Sequence[Any]) -> None:
    """Keep the order of the categories of flushed entries, which the relation loses."""
    table = LABELS[model]
    entry = table.c[f"{model.__tablename__}_id"]
    rows = [
        {"entry": one.id, "label": category.id, "at": position}
        for one in found
        for position, category in enumerate(one.categories)
        if len(one.categories) > 1
    ]
    if rows:
        is_it = (entry == bindparam("entry"), table.c.category_id == bindparam("label"))
        put = update(table).where(*is_it).values(position=bindparam("at"))
        session.connection().execute(put, rows)


def languages(session: Session, channel_id: int, now: datetime) -> list[str]:
    """Return the languages that a channel's public entries are written in."""
    asked = [
        select(model.language).where(
            model.channel_id == channel_id, *public(model, now)
        )
        for model in (Event, NewsItem)
    ]
    return sorted(session.scalars(asked[0].union(asked[1])))


def resolve(
    session: Session, model: type[Category] | type[Place], channel_id: int, slug: str
) -> tuple[int, str]:
    """Return the id and the present slug of a label. Raises NotFound or Gone."""
    mine = select(model.id, model.slug).where(model.channel_id == channel_id)
    found = session.execute(mine.where(model.slug == slug)).first()
    noun = "categories" if model is Category else "places"
    if found is None:
        uid = tombstones.uid_of(session, channel_id, noun, slug)
        if uid is None:
            raise NotFound(f"There is no '{slug}' under {noun}.")
        key = Place.uid if model is Place else Category.slug
        found = session.execute(mine.where(key == uid)).first()
        if found is None:
            raise Gone(f"'{slug}' has been withdrawn from {noun}.")
    return found.id, found.slug


def category_uses(session: Session, category_id: int) -> int:
    """Return how many events, news items and places carry a category."""
    tables = (event_category, news_category)
    columns = [table.c.category_id for table in tables]
    return _uses(session, [*columns, Place.category_id], category_id)


def place_uses(session: Session, place_id: int) -> int:
    """Return how many events and news items are at a place."""
    return _uses(session, [Event.place_id, NewsItem.place_id], place_id)


def _uses(session: Session, columns: list[Any], key: int) -> int:
    return sum(
        session.scalar(select(func.count()).where(column == key)) or 0
        for column in columns
    )
