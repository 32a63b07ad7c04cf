"""Named queries about what a WebSub hub has yet to be told.

Whoever writes queues nothing: a channel is stale when its revision, or a moment at
which an entry appears or expires, has passed what the hub was told of.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from feeds.models import Channel, Event, NewsItem, Ping
from feeds.store.filters import Model, public

PUBLIC = (Channel.deleted_at.is_(None), Channel.state == "published")


def stale(session: Session, now: datetime) -> dict[int, int]:
    """Return the revision of each public channel that has to be looked at, by id.

    One whose pings somebody holds, or that failed and is not due yet, is none of them.
    """
    moved = [
        exists().where(
            model.channel_id == Channel.id, column > Ping.looked_at, column <= now
        )
        for model in (Event, NewsItem)
        for column in (model.announced_at, model.expires_at)
    ]
    is_behind = or_(Ping.revision != Channel.revision, *moved)
    rows = session.execute(
        select(Channel.id, Channel.revision)
        .outerjoin(Ping, Ping.channel_id == Channel.id)
        .where(*PUBLIC)
        .where(
            or_(
                Ping.channel_id.is_(None),
                Ping.due_at <= now,
                and_(Ping.due_at.is_(None), is_behind),
            )
        )
        .order_by(Channel.id)
    )
    return {id: revision for id, revision in rows}


def hold(
    session: Session, channel_id: int, now: datetime, until: datetime
) -> tuple[Channel, Ping] | None:
    """Hold a channel's pings until a moment; None when somebody else does.

    None too for a channel that is not public any more. Raises Conflict when another
    process was quicker to make the first row.
    """
    channel = session.scalar(select(Channel).where(Channel.id == channel_id, *PUBLIC))
    if channel is None:
        return None
    ping = session.get(Ping, channel_id)
    if ping is None:
        ping = Ping(
            channel_id=channel_id, revision=0, looked_at=now, shown={}, topics=[]
        )
        session.add(ping)
        session.flush()
    held = session.scalar(
        update(Ping)
        .where(Ping.channel_id == channel_id)
        .where(or_(Ping.due_at.is_(None), Ping.due_at <= now))
        .values(due_at=until)
        .returning(Ping.channel_id)
        .execution_options(synchronize_session=False)
    )
    if held is None:
        return None
    session.refresh(ping)
    return channel, ping


def release(
    session: Session, channel_id: int, until: datetime, changes: Mapping[str, Any]
) -> None:
    """Record how telling went, unless who held on has been given up by then."""
    session.execute(
        update(Ping)
        .where(Ping.channel_id == channel_id, Ping.due_at == until)
        .values(**changes)
    )


def newest(
    session: Session, model: Model, channel_id: int, now: datetime, limit: int
) -> Sequence[Any]:
    """Return what a feed without a query shows at `now`: (id, sequence).

    Of news also the event that they lead to, by the end of its address.
    """
    question: Select[*tuple[Any, ...]] = select(model.id, model.sequence)
    if model is NewsItem:
        about = and_(NewsItem.event_id == Event.id, *public(Event, now))
        question = question.outerjoin(Event, about).add_columns(Event.slug)
    return session.execute(
        question.where(model.channel_id == channel_id, *public(model, now))
        .order_by(model.announced_at.desc(), model.id.desc())
        .limit(limit)
    ).all()
