"""Named queries about fragments: the bytes of an entry in one format."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, delete, func, insert, select
from sqlalchemy.orm import Session

from feeds.models import Event, Fragment
from feeds.store.entries import CHUNK, windowed
from feeds.store.filters import Filter, Model


class Piece(NamedTuple):
    """An entry's fragment as stored; digest and body are None when there is none."""

    entry_id: int
    digest: str | None
    body: bytes | None


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
    rows = session.execute(
        question.order_by(*_order(model, order)).limit(limit).offset(offset)
    )
    return [Piece._make(row) for row in rows]


def every(session: Session, output: str, wanted: Filter) -> list[Piece]:
    """Return the fragments of all public events in order of creation.

    Sorted here, and read past the ORM: the database would carry all the bodies through
    its sorter, and the session look at each of them.
    """
    question = _pieces(session, Event, output, wanted)
    rows = session.connection().execute(question).all()
    return [Piece._make(row) for row in sorted(rows, key=itemgetter(0))]


def _pieces(
    session: Session, model: Model, output: str, wanted: Filter
) -> Select[*tuple[Any, ...]]:
    own = and_(owner(model) == model.id, Fragment.format == output)
    question: Select[*tuple[Any, ...]] = select(
        model.id, Fragment.digest, Fragment.body
    ).outerjoin(Fragment, own)
    return windowed(session, model, wanted, question)


def zones(session: Session, wanted: Filter) -> dict[str, datetime]:
    """Return the zones of the timed events that a filter leaves, with their first."""
    question = select(Event.timezone, func.min(Event.first_at)).group_by(Event.timezone)
    rows = session.execute(
        windowed(session, Event, wanted, question).where(Event.all_day.is_(False))
    )
    return {zone: first for zone, first in rows}


def put(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Add fragments as rows of columns; those they replace must be gone."""
    if rows:
        session.execute(insert(Fragment), rows)


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


def owner(model: Model) -> Any:
    """Return the fragment's column that points at this kind of entry."""
    return Fragment.event_id if model is Event else Fragment.news_id


def _order(model: Model, order: str) -> tuple[Any, ...]:
    if order == "start" and model is Event:
        return (Event.first_at, model.id)
    return (model.announced_at.desc(), model.id.desc())
