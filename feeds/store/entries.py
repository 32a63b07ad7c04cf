"""Named queries about the two kinds of entry: events and news items."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from feeds.errors import Gone, Moved, NotFound
from feeds.models import (
    Category,
    Channel,
    CourseSession,
    Event,
    NewsItem,
    Occurrence,
    Place,
)
from feeds.store import occurrences, tombstones
from feeds.store.filters import LABELS, Filter, Model, narrowed, overlapping, public

AnEntry = TypeVar("AnEntry", Event, NewsItem)
Question = TypeVar("Question", bound="Select[*tuple[Any, ...]]")
NOUNS: dict[Model, str] = {Event: "events", NewsItem: "news"}
MODELS: dict[str, Model] = {noun: model for model, noun in NOUNS.items()}
CHUNK = 500


def complete(model: Model) -> tuple[ORMOption, ...]:
    """Return the options that load all an entry is made of."""
    options: tuple[ORMOption, ...] = (
        selectinload(model.categories),
        joinedload(model.place),
        selectinload(model.sources),
    )
    if model is Event:
        own: tuple[ORMOption, ...] = (
            selectinload(Event.overrides),
            selectinload(Event.sessions),
        )
    else:
        own = (joinedload(NewsItem.event),)
    return options + own


def published(
    session: Session,
    model: type[AnEntry],
    channel: Channel,
    slug: str,
    *,
    now: datetime,
    suffix: str = "",
) -> AnEntry:
    """Return a public entry with all that belongs to it.

    Raises NotFound, Gone (deleted or expired), or Moved to the path of its new slug
    with `suffix`.
    """
    noun = NOUNS[model]
    question = select(model).where(model.channel_id == channel.id)
    found = session.scalar(question.where(model.slug == slug).options(*complete(model)))
    if found is None:
        uid = tombstones.uid_of(session, channel.id, noun, slug)
        if uid is None:
            raise NotFound(f"'{channel.slug}' has no entry '{slug}' under {noun}.")
        renamed = session.scalar(question.where(model.uid == uid, *public(model, now)))
        if renamed is None:
            raise Gone(f"'{slug}' has been withdrawn.")
        raise Moved(f"/{channel.slug}/{noun}/{renamed.slug}{suffix}")
    if found.state == "published" and found.expires_at and found.expires_at <= now:
        raise Gone(f"'{slug}' has expired.")
    if not found.is_public(now):
        raise NotFound(f"'{channel.slug}' has no entry '{slug}' under {noun}.")
    return found


def latest(
    session: Session,
    model: type[AnEntry],
    wanted: Filter,
    *,
    limit: int | None,
    offset: int = 0,
) -> Sequence[AnEntry]:
    """Return public entries with all that belongs to them, newest announced first."""
    return session.scalars(
        windowed(session, model, wanted, select(model))
        .order_by(model.announced_at.desc(), model.id.desc())
        .options(*complete(model))
        .limit(limit)
        .offset(offset)
    ).all()


def slugs(
    session: Session, model: Any, channel_id: int, stem: str | None = None
) -> Sequence[str]:
    """Return the slugs in use in a channel; `model` is any that has a slug.

    With a `stem` only those that are the stem, or the stem and more.
    """
    question = select(model.slug).where(model.channel_id == channel_id)
    if stem is not None:
        question = question.where(model.slug.startswith(stem, autoescape=True))
    return session.scalars(question).all()


def named(
    session: Session, model: type[AnEntry], channel_id: int, name: str
) -> AnEntry | None:
    """Return the entry with this uid, else the one with this slug."""
    mine = select(model).where(model.channel_id == channel_id)
    return session.scalar(mine.where(model.uid == name)) or session.scalar(
        mine.where(model.slug == name)
    )


def keyed(session: Session, model: Any, channel_id: int, key: str) -> Any | None:
    """Return what a channel's API address names, with all that belongs to it.

    `model` is Category (by slug), Place, Event or NewsItem (by uid).
    """
    by = model.slug if model is Category else model.uid
    return session.scalar(
        select(model)
        .where(model.channel_id == channel_id, by == key)
        .options(*loaded(model))
    )


def listed(
    session: Session, model: Any, channel_id: int, *, after: int, limit: int
) -> Sequence[Any]:
    """Return what follows the id `after`, complete, in order of creation."""
    return session.scalars(
        select(model)
        .where(model.channel_id == channel_id, model.id > after)
        .options(*loaded(model))
        .order_by(model.id)
        .limit(limit)
    ).all()


def loaded(model: Any) -> tuple[ORMOption, ...]:
    """Return the options that load all that one of a channel's nouns is made of."""
    if model is Category:
        return ()
    return (joinedload(Place.category),) if model is Place else complete(model)


def with_uids(
    session: Session, model: Any, channel_id: int, uids: Sequence[str]
) -> dict[str, Any]:
    """Return those of the uids that exist, complete, by uid."""
    found = session.scalars(
        select(model)
        .where(model.channel_id == channel_id, model.uid.in_(uids))
        .options(*loaded(model))
    )
    return {one.uid: one for one in found}


def others(session: Session, model: Any, channel_id: int, uids: set[str]) -> list[Any]:
    """Return, bare, what a channel holds besides these uids."""
    mine = session.execute(
        select(model.id, model.uid).where(model.channel_id == channel_id)
    )
    ids = [one for one, uid in mine if uid not in uids]
    found: list[Any] = []
    for at in range(0, len(ids), CHUNK):
        question = select(model).where(model.id.in_(ids[at : at + CHUNK]))
        found += session.scalars(question).all()
    return found


def others_uids(
    session: Session, channel_id: int, uid: str, wanted: Sequence[str]
) -> list[str]:
    """Return which of the UIDs calendars show for other events than `uid`."""
    mine = Event.channel_id == channel_id, Event.uid != uid
    events = select(Event.uid).where(*mine, Event.uid.in_(wanted))
    dates = select(CourseSession.uid).join(Event).where(*mine)
    dates = dates.where(CourseSession.uid.in_(wanted))
    return [*session.scalars(events), *session.scalars(dates)]


def using(
    session: Session, model: type[AnEntry], *, category: int = 0, place: int = 0
) -> Sequence[AnEntry]:
    """Return the entries that show a category or a place, complete."""
    labels = LABELS[model]
    labelled = select(labels.c[f"{model.__tablename__}_id"]).where(
        labels.c.category_id == category
    )
    question = select(model).where(or_(model.id.in_(labelled), model.place_id == place))
    return session.scalars(question.options(*complete(model))).all()


def by_ids(
    session: Session, model: type[AnEntry], wanted: Iterable[int]
) -> list[AnEntry]:
    """Return entries with all that belongs to them, in no order."""
    everything = list(wanted)
    found: list[AnEntry] = []
    for at in range(0, len(everything), CHUNK):
        chunk = everything[at : at + CHUNK]
        question = select(model).where(model.id.in_(chunk))
        found += session.scalars(question.options(*complete(model))).all()
    return found


def windowed(
    session: Session, model: Model, wanted: Filter, question: Question
) -> Question:
    """Narrow to a filter; events by overlap with its window, news by announcement."""
    question = question.where(*narrowed(model, wanted))
    if model is NewsItem:
        return _announced(wanted, question)
    if wanted.cancelled_since is not None:
        question = question.where(
            or_(Event.status != "cancelled", _after(wanted.cancelled_since))
        )
    if wanted.since is not None:
        question = question.where(_after(wanted.since))
    if wanted.until is not None:
        question = question.where(
            Event.first_at < wanted.until, _touched(session, wanted, wanted.until)
        )
    return question


def at_places(session: Session, wanted: Filter) -> dict[int, int]:
    """Return how many events take place at each place that has any, by its id."""
    asked = select(Event.place_id, func.count()).group_by(Event.place_id)
    found = session.execute(
        windowed(session, Event, wanted, asked.where(Event.status != "cancelled"))
    )
    return {place: count for place, count in found if place is not None}


def _after(since: datetime) -> ColumnElement[bool]:
    """Return the clause of events that are not over before an instant."""
    return or_(Event.last_at.is_(None), Event.last_at > since, Event.first_at >= since)


def _touched(session: Session, wanted: Filter, until: datetime) -> ColumnElement[bool]:
    """Return the clause of events with an occurrence in the window."""
    if wanted.since is None:
        return Event.first_at < until
    within = select(Occurrence.event_id).where(
        overlapping(wanted.channel_id, wanted.since, until)
    )
    far = occurrences.beyond(session, wanted, wanted.since, until)
    return or_(Event.id.in_(within), Event.id.in_({row.event.id for row in far}))


def _announced(wanted: Filter, question: Question) -> Question:
    if wanted.since is not None:
        question = question.where(NewsItem.announced_at >= wanted.since)
    if wanted.until is not None:
        question = question.where(NewsItem.announced_at < wanted.until)
    return question
