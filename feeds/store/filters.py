"""WHERE clauses that nouns share: what is public, and what a reader asks for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Table, and_, or_, select

from feeds.models import Event, NewsItem, Occurrence, event_category, news_category
from feeds.models.occurrence import REACHES

Model = type[Event] | type[NewsItem]
LABELS: dict[Model, Table] = {Event: event_category, NewsItem: news_category}


@dataclass(frozen=True)
class Filter:
    """A selection with its slugs and days resolved; instants are aware UTC.

    `cancelled_since` leaves out cancelled events that were over by then; `announced` is
    the half-open span of announcements; `only` is the id of a single entry.
    """

    channel_id: int
    now: datetime
    categories: tuple[int, ...] = ()
    match_all: bool = False
    exclude: tuple[int, ...] = ()
    place_id: int | None = None
    language: str | None = None
    status: str | None = None
    plain_language: bool = False
    words: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    cancelled_since: datetime | None = None
    announced: tuple[datetime, datetime] | None = None
    only: int | None = None


def public(model: Model, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the clauses of what everybody may see at `now`."""
    return (
        model.state == "published",
        model.announced_at <= now,
        or_(model.expires_at.is_(None), model.expires_at > now),
    )


def narrowed(model: Model, wanted: Filter) -> list[ColumnElement[bool]]:
    """Return the clauses of a filter, without its window."""
    return [model.channel_id == wanted.channel_id, *visible(model, wanted)]


def visible(model: Model, wanted: Filter) -> list[ColumnElement[bool]]:
    """Return the clauses of a filter, without its window and its channel.

    For entries that come with something of the channel: named here as well, it would
    lead SQLite to begin with all entries of the channel.
    """
    clauses = [*public(model, wanted.now)]
    if wanted.only is not None:
        clauses.append(model.id == wanted.only)
    if wanted.announced is not None:
        since, until = wanted.announced
        clauses += [model.announced_at >= since, model.announced_at < until]
    if wanted.match_all:
        clauses += [_labelled(model, (one,)) for one in wanted.categories]
    elif wanted.categories:
        clauses.append(_labelled(model, wanted.categories))
    if wanted.exclude:
        clauses.append(~_labelled(model, wanted.exclude))
    if wanted.place_id is not None:
        clauses.append(model.place_id == wanted.place_id)
    if wanted.language is not None:
        clauses.append(model.language == wanted.language)
    if wanted.status is not None and model is Event:
        clauses.append(Event.status == wanted.status)
    if wanted.plain_language and model is Event:
        clauses.append(Event.plain_language != "")
    clauses += [model.search.contains(word, autoescape=True) for word in wanted.words]
    return clauses


def _labelled(model: Model, ids: tuple[int, ...]) -> ColumnElement[bool]:
    labels = LABELS[model]
    entry_id = labels.c[f"{model.__tablename__}_id"]
    return model.id.in_(select(entry_id).where(labels.c.category_id.in_(ids)))


def overlapping(
    channel_id: int, since: datetime, until: datetime | None
) -> ColumnElement[bool]:
    """Return the clause of occurrences that touch [since, until)."""
    starting = and_(
        Occurrence.channel_id == channel_id,
        Occurrence.start_at >= since,
        *([] if until is None else [Occurrence.start_at < until]),
    )
    return or_(starting, ongoing(channel_id, since))


def earlier(at: datetime, days: int) -> datetime:
    """Return the instant `days` before `at`, or the first there is."""
    first = datetime.min.replace(tzinfo=UTC)
    return at - timedelta(days=days) if at - first > timedelta(days=days) else first


def ongoing(channel_id: int, at: datetime) -> ColumnElement[bool]:
    """Return the clause of occurrences that began before `at` and end after it.

    One index range a class of length, each no longer than that length.
    """
    clauses = [
        and_(
            Occurrence.channel_id == channel_id,
            Occurrence.reach == days,
            Occurrence.start_at >= earlier(at, days),
            Occurrence.start_at < at,
            Occurrence.end_at > at,
        )
        for days in REACHES
    ]
    return or_(*clauses)
