"""A selection in a channel at a moment: its slugs and days resolved, its validators.

Cheap by design: what stands here runs before any fragment is read.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from feeds import times
from feeds.errors import Malformed, Moved
from feeds.models import Category, Channel, Place
from feeds.renderers import RENDERER_VERSION
from feeds.selection import VIEWS, Selection
from feeds.store import Session, Store, channels, labels
from feeds.store.filters import Filter
from feeds.text import fold
from feeds.times import TZDATA_VERSION

CANCELLED_FOR = timedelta(days=7)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Validators:
    """What a body is known by: an opaque tag without quotes, and a whole second."""

    etag: str
    modified_at: datetime


def today(channel: Channel, now: datetime) -> date:
    """Return the day it is in the channel's zone."""
    return times.local(now, times.zone(channel.timezone)).date()


def resolve(
    session: Session, channel: Channel, view: str, selection: Selection, now: datetime
) -> Filter:
    """Return the filter of a selection.

    Raises NotFound or Gone for an unknown or deleted category or place, Moved to the
    query of the new slug for a renamed one, Malformed for an empty window.
    """
    renamed: dict[str, Any] = {}

    def look(name: str, slugs: tuple[str, ...]) -> tuple[int, ...]:
        model = Place if name == "place" else Category
        found = [labels.resolve(session, model, channel.id, slug) for slug in slugs]
        present = tuple(slug for _, slug in found)
        if present != slugs:
            renamed[name] = present[0] if name == "place" else present
        return tuple(one for one, _ in found)

    categories = look("category", selection.category)
    exclude = look("exclude", selection.exclude)
    place = look("place", (selection.place,) if selection.place else ())
    if renamed:
        raise Moved(f"?{selection.canonical(**renamed)}")
    since, until = _window(channel, view, selection, now)
    return Filter(
        channel_id=channel.id,
        now=now,
        categories=categories,
        match_all=selection.match == "all",
        exclude=exclude,
        place_id=place[0] if place else None,
        language=selection.language,
        status=selection.status,
        plain_language=selection.plain_language,
        words=tuple(fold(selection.q or "").split()),
        since=since,
        until=until,
        cancelled_since=(
            midnight(channel, now) - CANCELLED_FOR if view == "events.ics" else None
        ),
        announced=(
            archive_of(channel, selection.archive) if selection.archive else None
        ),
    )


def _window(
    channel: Channel, view: str, selection: Selection, now: datetime
) -> tuple[datetime | None, datetime | None]:
    day, zone = today(channel, now), times.zone(channel.timezone)
    since_text = selection.since or (None if selection.all else VIEWS[view].since)
    since, until = (
        times.midnight(times.parse_day(text, day), zone) if text else None
        for text in (since_text, selection.until)
    )
    if since is not None and until is not None and until <= since:
        if selection.since is None:
            return None, until
        raise Malformed.of(
            "to", f"'{selection.until}' is not after from '{selection.since}'"
        )
    return since, until


def archive_of(channel: Channel, month: tuple[int, int]) -> tuple[datetime, datetime]:
    """Return when a month of (year, month) begins and ends in the channel's zone."""
    zone, first = times.zone(channel.timezone), date(*month, 1)
    after = times.add_months(first, 1)
    return times.midnight(first, zone), times.midnight(after, zone)


def midnight(channel: Channel, now: datetime) -> datetime:
    """Return the instant at which the channel's day began."""
    return times.midnight(today(channel, now), times.zone(channel.timezone))


def validators(
    session: Session,
    channel: Channel,
    name: str,
    selection: Selection,
    now: datetime,
    *,
    is_daily: bool = False,
) -> Validators:
    """Return the validators of what `name` answers to a selection.

    From data alone: the channel's revision, the last scheduled entry that became due,
    the edition in force, the end of an archived month, and, if the answer depends on
    it or `is_daily`, the day.
    """
    due = channels.last_due(session, channel.id, now)
    edition = channels.edition(session)
    closed = _closed_at(channel, selection, now)
    moments = [channel.changed_at, due, closed, edition.since_at if edition else None]
    day = None
    if is_daily or _is_relative(selection):
        day = today(channel, now)
        moments.append(midnight(channel, now))
    parts = [
        name,
        channel.id,
        channel.revision,
        str(due),
        str(closed),
        edition.digest if edition else None,
        str(day),
        selection.canonical(),
    ]
    return _validators(parts, moments)


def _closed_at(
    channel: Channel, selection: Selection, now: datetime
) -> datetime | None:
    """Return when the archived month ended, None while it goes on."""
    until = archive_of(channel, selection.archive)[1] if selection.archive else None
    return until if until and until <= now else None


def is_closed(channel: Channel, selection: Selection, now: datetime) -> bool:
    """Say whether an archive is asked for whose month is over."""
    return _closed_at(channel, selection, now) is not None


def home_validators(
    session: Session, selection: Selection, due: datetime | None = None
) -> Validators:
    """Return the validators of the list of channels: what they are, and the edition.

    `due` is when an entry came or went last, for what lists entries, too.
    """
    edition = channels.edition(session)
    known = channels.revisions(session)
    parts = [
        [(slug, revision) for slug, revision, _ in known],
        str(due),
        edition.digest if edition else None,
        selection.canonical(),
    ]
    moments = [changed_at for _, _, changed_at in known]
    return _validators(parts, [*moments, due, edition.since_at if edition else None])


def _validators(parts: list[Any], moments: list[datetime | None]) -> Validators:
    tag = sha256(json.dumps(parts).encode()).hexdigest()[:32]
    last = max((moment for moment in moments if moment is not None), default=EPOCH)
    return Validators(tag, _whole(last))


def _is_relative(selection: Selection) -> bool:
    return any(
        text is not None and not text[:4].isdigit()
        for text in (selection.since, selection.until)
    )


def _whole(moment: datetime) -> datetime:
    """Round up to a whole second: Last-Modified must not be before the change."""
    whole = moment.replace(microsecond=0)
    return whole if whole == moment else whole + timedelta(seconds=1)


def adopt_edition(store: Store, base_url: str, code: str, now: datetime) -> None:
    """Record what goes into every document besides the data, when it is new.

    `code` names the version of all that writes bytes, and what it was told to write.
    Since then is the Last-Modified of what did not change otherwise.
    """
    parts = [RENDERER_VERSION, TZDATA_VERSION, base_url, code]
    digest = sha256(json.dumps(parts).encode()).hexdigest()
    with store.reading() as session:
        known = channels.edition(session)
    if known is None or known.digest != digest:
        with store.writing() as session:
            channels.adopt(session, digest, now.astimezone(UTC))
