"""Named queries about fragments: the bytes of an entry in one format."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from feeds.models import Event, Fragment, NewsItem, Occurrence
from feeds.store.entries import CHUNK, windowed
from feeds.store.filters import Filter, Model, overlapping, public

SIZES = "ix_fragment_event_id_format_digest_size"
ZONES = "ix_event_zones"


class Piece(NamedTuple):
    """An entry's fragment as stored; digest and body are None when there is none.

    `hides` says of a news item that not everybody may see the event it is about. A page
    has `announced_at`, too.
    """

    entry_id: int
    digest: str | None
    body: bytes | None
    hides: bool = False
    announced_at: datetime | None = None


def pieces(
    session: Session,
    model: Model,
    output: str,
    wanted: Filter,
    *,
    order: str,
    limit: int,
    offset: int = 0,
) -> list[Piece]:
    """Return a page of the fragments of public entries in one statement.

    `order` is start or published (newest first).
    """
    question = _pieces(session, model, output, wanted)
    hides: ColumnElement[bool] = literal(False)
    if model is NewsItem:
        about = and_(NewsItem.event_id == Event.id, *public(Event, wanted.now))
        question = question.outerjoin(Event, about)
        hides = and_(NewsItem.event_id.is_not(None), Event.id.is_(None))
    question = question.add_columns(hides, model.announced_at)
    rows = session.execute(
        question.order_by(*_order(model, order)).limit(limit).offset(offset)
    )
    return [Piece(*row) for row in rows]


class Totals(NamedTuple):
    """How many events there are, how many of their fragments fit, and those' bytes.

    `filled` is how many of those are not empty: see `imprint.attempt`.
    """

    events: int
    fit: int
    size: int
    filled: int


def totals(session: Session, output: str, wanted: Filter, stamp: str) -> Totals:
    """Return the totals of the public events of a filter; no body is read."""
    fits = and_(
        Fragment.event_id == Event.id,
        Fragment.format == output,
        Fragment.digest == stamp,
    )
    question: Select[*tuple[Any, ...]] = (
        select(
            func.count(),
            func.count(Fragment.event_id),
            func.coalesce(func.sum(Fragment.size), 0),
            func.count(func.nullif(Fragment.size, 0)),
        )
        .select_from(Event)
        .outerjoin(Fragment, fits)
        .with_hint(Fragment, f"INDEXED BY {SIZES}", "sqlite")
    )
    return Totals._make(
        session.execute(windowed(session, Event, wanted, question)).one()
    )


def ids(session: Session, wanted: Filter) -> Sequence[int]:
    """Return the ids of public events in order of creation."""
    question = windowed(session, Event, wanted, select(Event.id))
    return session.scalars(question.order_by(Event.id)).all()


def following(
    session: Session,
    output: str,
    wanted: Filter,
    after: int,
    limit: int,
    stamp: str | None = None,
) -> list[Piece]:
    """Return the fragments of public events after an id, in order of creation.

    With a `stamp` only those that are missing or have another digest.
    """
    question = _pieces(session, Event, output, wanted).where(Event.id > after)
    if stamp is not None:
        question = question.where(
            or_(Fragment.digest.is_(None), Fragment.digest != stamp)
        )
    # By any other index SQLite would go through all the events for each few of them.
    question = question.with_hint(Event, "NOT INDEXED", "sqlite")
    rows = session.connection().execute(question.order_by(Event.id).limit(limit))
    return [Piece(*row) for row in rows]


def of(session: Session, output: str, ids: Sequence[int]) -> list[Piece]:
    """Return the fragments of a chunk of events in order of creation."""
    own = and_(Fragment.event_id == Event.id, Fragment.format == output)
    rows = session.connection().execute(
        select(Event.id, Fragment.digest, Fragment.body)
        .outerjoin(Fragment, own)
        .where(Event.id.in_(ids))
        .order_by(Event.id)
    )
    return [Piece(*row) for row in rows]


def nearest(
    session: Session, output: str, wanted: Filter, day: datetime
) -> list[tuple[int, int]]:
    """Return ids and sizes of public events, what comes first from a day on first.

    Then what was last. An endless series stands at its next date.
    """
    coming = (
        select(Occurrence.event_id, func.min(Occurrence.start_at).label("at"))
        .where(overlapping(wanted.channel_id, day, None))
        .group_by(Occurrence.event_id)
        .subquery()
    )
    is_over = and_(coming.c.at.is_(None), Event.last_at.is_not(None))
    own = and_(Fragment.event_id == Event.id, Fragment.format == output)
    question: Select[*tuple[Any, ...]] = (
        select(Event.id, func.coalesce(Fragment.size, 0))
        .outerjoin(Fragment, own)
        .outerjoin(coming, coming.c.event_id == Event.id)
        .order_by(
            case((is_over, 1), else_=0),
            coming.c.at.nulls_last(),
            Event.last_at.desc().nulls_first(),
            Event.id,
        )
    )
    rows = session.execute(windowed(session, Event, wanted, question))
    return [(one, size) for one, size in rows]


def _pieces(
    session: Session, model: Model, output: str, wanted: Filter
) -> Select[*tuple[Any, ...]]:
    own = and_(owner(model) == model.id, Fragment.format == output)
    question: Select[*tuple[Any, ...]] = select(
        model.id, Fragment.digest, Fragment.body
    ).outerjoin(Fragment, own)
    return windowed(session, model, wanted, question)


def zones(session: Session, wanted: Filter) -> dict[str, datetime]:
    """Return the zones of the timed events that a filter leaves, with their first.

    A few steps in an index for each zone, however many events there are.
    """
    found: dict[str, datetime] = {}
    mine = (Event.channel_id == wanted.channel_id, ~Event.all_day)
    names = select(func.min(Event.timezone)).where(*mine)
    last = ""
    while name := session.scalar(names.where(Event.timezone > last)):
        firsts = windowed(session, Event, wanted, select(Event.first_at)).where(
            ~Event.all_day, Event.timezone == name
        )
        firsts = firsts.with_hint(Event, f"INDEXED BY {ZONES}", "sqlite")
        first = session.scalar(firsts.order_by(Event.first_at).limit(1))
        if first is not None:
            found[name] = first
        last = name
    return found


def zones_of(session: Session, ids: Sequence[int]) -> dict[str, datetime]:
    """Return the zones of those of the events that have a time, with their first."""
    found: dict[str, datetime] = {}
    for at in range(0, len(ids), CHUNK):
        rows = session.execute(
            select(Event.timezone, func.min(Event.first_at))
            .where(Event.id.in_(ids[at : at + CHUNK]), ~Event.all_day)
            .group_by(Event.timezone)
        )
        for zone, first in rows:
            found[zone] = min(first, found.get(zone, first))
    return found


def size_of(
    session: Session, output: str, ids: Sequence[int], stamp: str
) -> int | None:
    """Return the bytes of these events' fragments; None when one does not fit."""
    count = total = 0
    for at in range(0, len(ids), CHUNK):
        row = session.execute(
            select(func.count(), func.coalesce(func.sum(Fragment.size), 0)).where(
                Fragment.event_id.in_(ids[at : at + CHUNK]),
                Fragment.format == output,
                Fragment.digest == stamp,
            )
        ).one()
        count, total = count + row[0], total + row[1]
    return total if count == len(ids) else None


def put(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add fragments as rows of columns; those they replace must be gone."""
    if rows:
        sized = [{**row, "size": len(row["body"])} for row in rows]
        session.execute(insert(Fragment), sized)


def drop(
    session: Session,
    model: Model,
    ids: Sequence[int],
    formats: Iterable[str] | None = None,
) -> None:
    """Remove the fragments of entries, of all formats or of some."""
    for at in range(0, len(ids), CHUNK):
        question = delete(Fragment).where(owner(model).in_(ids[at : at + CHUNK]))
        if formats is not None:
            question = question.where(Fragment.format.in_(list(formats)))
        session.execute(question)


def drop_about(session: Session, ids: Sequence[int]) -> None:
    """Remove the fragments of news that are about one of these events."""
    for at in range(0, len(ids), CHUNK):
        about = select(NewsItem.id).where(NewsItem.event_id.in_(ids[at : at + CHUNK]))
        session.execute(delete(Fragment).where(Fragment.news_id.in_(about)))


def owner(model: Model) -> Any:
    """Return the fragment's column that points at this kind of entry."""
    return Fragment.event_id if model is Event else Fragment.news_id


def _order(model: Model, order: str) -> tuple[Any, ...]:
    if order == "start" and model is Event:
        return (Event.first_at, model.id)
    return (model.announced_at.desc(), model.id.desc())
