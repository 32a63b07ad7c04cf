"""The two front doors: the list of channels, and a channel's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds import agenda, times
from feeds.browse import entries
from feeds.browse.months import MonthPage, month_page
from feeds.browse.news import NewsCard, latest
from feeds.models import Channel, Event
from feeds.question import today
from feeds.selection import Selection
from feeds.store import Session, channels, labels, occurrences
from feeds.store import entries as stored
from feeds.store.filters import Filter

NEXT_EVENTS = 5
LATEST_NEWS = 3
CHOICES = 200


@dataclass(frozen=True)
class HomePage:
    channels: Sequence[Channel]


@dataclass(frozen=True)
class ChannelPage:
    """This month, the next events and the latest news."""

    grid: MonthPage
    agenda: tuple[agenda.Day, ...]
    news: tuple[NewsCard, ...]


@dataclass(frozen=True)
class SubscribePage:
    """What there is to choose from: titles of places by slug, and language tags."""

    places: dict[str, str]
    languages: tuple[str, ...]


def home_page(session: Session) -> HomePage:
    """Return the public channels."""
    return HomePage(channels.public(session))


def labels_of(session: Session, channel: Channel) -> tuple[agenda.Label, ...]:
    """Return a channel's categories, in order of creation."""
    return entries.labels_of(labels.categories(session, channel.id))


def has_plain(session: Session, channel: Channel, now: datetime) -> bool:
    """Say whether any public event has a text in plain language."""
    wanted = Filter(channel.id, now, plain_language=True)
    return bool(stored.latest(session, Event, wanted, limit=1))


def subscribe_page(
    session: Session, channel: Channel, selection: Selection, *, now: datetime
) -> SubscribePage:
    """Return what a subscription can be narrowed to, besides the categories."""
    return SubscribePage(
        {one.slug: one.title for one in labels.places(session, channel.id)},
        tuple(labels.languages(session, channel.id, now)),
    )


def coming_events(
    session: Session, channel: Channel, *, now: datetime
) -> tuple[agenda.Entry, ...]:
    """Return the next date of each event among the next `CHOICES` dates."""
    since = times.midnight(today(channel, now), entries.zone_of(channel))
    wanted = Filter(channel_id=channel.id, now=now)
    rows = occurrences.between(session, wanted, since, None, limit=CHOICES)
    first: dict[str, agenda.Entry] = {}
    for entry in entries.entries_of(rows, channel):
        first.setdefault(entry.slug, entry)
    return tuple(first.values())


def channel_page(
    session: Session, channel: Channel, selection: Selection, *, now: datetime
) -> ChannelPage:
    """Return what a channel's own page shows."""
    wanted = Filter(channel_id=channel.id, now=now)
    this_day = today(channel, now)
    since = times.midnight(this_day, entries.zone_of(channel))
    rows = occurrences.between(session, wanted, since, None, limit=NEXT_EVENTS)
    coming = entries.entries_of(rows, channel)
    return ChannelPage(
        grid=month_page(session, channel, selection, now=now),
        agenda=agenda.days(coming, start=this_day, end=None, today=this_day),
        news=latest(session, channel, wanted, limit=LATEST_NEWS),
    )
