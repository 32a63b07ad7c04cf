"""Named queries about channels."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.orm import Session

from feeds.errors import Gone, NotFound, Renamed
from feeds.models import Channel, Edition, Event, NewsItem, Tombstone

FURTHEST_AHEAD = timedelta(seconds=10)
# Every answer asks these first: a step or four in an index, and made only once.
BY_SLUG = select(Channel).where(Channel.slug == bindparam("slug"))
LATEST_EDITION = select(Edition).order_by(Edition.id.desc()).limit(1)
LAST_DUE = union_all(
    *(
        select(func.max(column)).where(
            model.channel_id == bindparam("channel_id"), column <= bindparam("now")
        )
        for model in (Event, NewsItem)
        for column in (model.announced_at, model.expires_at)
    )
)


def find(session: Session, slug: str, *, lock: bool = False) -> Channel | None:
    """Return the channel with this slug, deleted ones too.

    `lock` makes other writers of the channel wait (PostgreSQL; SQLite has one writer).
    """
    question = BY_SLUG.with_for_update() if lock else BY_SLUG
    return session.scalar(question, {"slug": slug})


def get(session: Session, slug: str, *, lock: bool = False) -> Channel:
    """Return a living channel. Raises NotFound, Gone or Renamed."""
    channel = find(session, slug, lock=lock)
    if channel is None:
        renamed = session.scalar(
            select(Channel.slug)
            .join(Tombstone, Tombstone.channel_id == Channel.id)
            .where(Tombstone.noun == "channels", Tombstone.slug == slug)
            .order_by(Tombstone.id.desc())
            .limit(1)
        )
        if renamed is not None:
            raise Renamed(slug, renamed)
        raise NotFound(f"There is no channel '{slug}'.")
    if channel.deleted_at is not None:
        raise Gone(f"The channel '{slug}' has been withdrawn.")
    return channel


def get_public(session: Session, slug: str) -> Channel:
    """Return a living, published channel. Raises NotFound, Gone or Renamed."""
    moved: Renamed | None = None
    try:
        channel = get(session, slug)
    except Renamed as renamed:
        moved, channel = renamed, get(session, renamed.new)
    if channel.state != "published":
        raise NotFound(f"There is no channel '{slug}'.")
    if moved is not None:
        raise moved
    return channel


def living(
    session: Session, *, after: int = 0, limit: int | None = None, only: str | None
) -> Sequence[Channel]:
    """Return the channels that are not deleted, by id; `only` narrows to one slug."""
    question = select(Channel).where(Channel.deleted_at.is_(None), Channel.id > after)
    if only is not None:
        question = question.where(Channel.slug == only)
    return session.scalars(question.order_by(Channel.id).limit(limit)).all()


def slugs(session: Session) -> set[str]:
    """Return every slug that leads somewhere, those of deleted and renamed ones too."""
    former = select(Tombstone.slug).where(Tombstone.noun == "channels")
    return set(session.scalars(select(Channel.slug).union(former)))


def revisions(session: Session) -> list[tuple[str, int, datetime]]:
    """Return slug, revision and last change of every channel there ever was."""
    rows = session.execute(
        select(Channel.slug, Channel.revision, Channel.changed_at).order_by(Channel.id)
    )
    return [(slug, revision, changed_at) for slug, revision, changed_at in rows]


def public(session: Session) -> Sequence[Channel]:
    """Return the channels that everybody may see, by title."""
    return session.scalars(
        select(Channel)
        .where(Channel.deleted_at.is_(None), Channel.state == "published")
        .order_by(Channel.title, Channel.id)
    ).all()


def touch(channel: Channel, now: datetime) -> None:
    """Record a change: the revision rises, and so does the second it is dated.

    That is the next whole one, as for an entry that is announced at `now`: two changes
    within a second would share their date otherwise. A burst of changes runs ahead of
    the clock by FURTHEST_AHEAD at the most (RFC 9110 §8.8.2.1); the revision tells
    those beyond apart. The date never goes back.
    """
    channel.revision += 1
    whole = now.replace(microsecond=0)
    ceiling = whole if whole == now else whole + timedelta(seconds=1)
    later = channel.changed_at + timedelta(seconds=1)
    dated = min(max(ceiling, later), ceiling + FURTHEST_AHEAD)
    channel.changed_at = max(dated, channel.changed_at)


def last_due(session: Session, channel_id: int, now: datetime) -> datetime | None:
    """Return the last moment up to `now` when an entry appeared or expired."""
    moments = session.scalars(LAST_DUE, {"channel_id": channel_id, "now": now})
    return max((moment for moment in moments if moment is not None), default=None)


def edition(session: Session) -> Edition | None:
    """Return what goes into every document besides the data, as last recorded."""
    return session.scalar(LATEST_EDITION)


def adopt(session: Session, digest: str, now: datetime) -> None:
    """Record the edition in force, unless another process was quicker."""
    known = edition(session)
    if known is None or known.digest != digest:
        session.add(Edition(digest=digest, since_at=now.replace(microsecond=0)))
