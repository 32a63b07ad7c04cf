"""Named queries about public pages: every one that search engines should know."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from feeds.models import Channel, Event, NewsItem
from feeds.store.filters import Model, public

# What each channel has, and whose announcements change it besides its own changes.
PAGES: dict[str, Model | None] = {
    "": Event,
    "/events": Event,
    "/news": NewsItem,
    "/places": None,
    "/subscribe": None,
}
ENTRIES: dict[str, Model] = {"/events/": Event, "/news/": NewsItem}


def count(session: Session, now: datetime) -> int:
    """Return how many pages of channels are public."""
    asked = [
        select(func.count()).select_from(one.subquery()) for one in _questions(now)
    ]
    return sum(session.scalar(one) or 0 for one in asked)


def pages(
    session: Session, now: datetime, *, limit: int, offset: int
) -> Iterator[tuple[str, datetime]]:
    """Yield path and last change, channel by channel, in order of creation."""
    asked = (
        union_all(*_questions(now))
        .order_by("home", "kind", "key")
        .limit(limit)
        .offset(offset)
    )
    for _, _, _, slug, path, name, *moments in session.execute(asked):
        yield f"/{slug}{path}{name}", max(one for one in moments if one)


def last_due(session: Session, now: datetime) -> datetime | None:
    """Return the last moment up to `now` when an entry of any channel came or went."""
    moments = [
        session.scalar(select(func.max(column)).where(column <= now))
        for model in (Event, NewsItem)
        for column in (model.announced_at, model.expires_at)
    ]
    return max((one for one in moments if one is not None), default=None)


def _questions(now: datetime) -> Iterator[Select[*tuple[Any, ...]]]:
    """Yield one question a kind of page, all with the same columns."""
    is_public = Channel.deleted_at.is_(None), Channel.state == "published"
    for kind, (path, announced) in enumerate(PAGES.items()):
        yield select(
            Channel.id.label("home"),
            literal(kind).label("kind"),
            literal(0).label("key"),
            Channel.slug,
            literal(path),
            literal(""),
            Channel.changed_at,
            _latest(announced, now) if announced else Channel.changed_at,
        ).where(*is_public)
    for kind, (path, model) in enumerate(ENTRIES.items(), len(PAGES)):
        yield (
            select(
                Channel.id,
                literal(kind),
                model.id,
                Channel.slug,
                literal(path),
                model.slug,
                model.updated_at,
                model.announced_at,
            )
            .join(model, model.channel_id == Channel.id)
            .where(*is_public, *public(model, now))
        )


def _latest(model: Model, now: datetime) -> Any:
    """Return the last announcement in a channel."""
    return (
        select(func.max(model.announced_at))
        .where(model.channel_id == Channel.id, *public(model, now))
        .scalar_subquery()
    )
