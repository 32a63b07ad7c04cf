"""The news of a channel, and one item of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from feeds import agenda, text, times
from feeds.browse.entries import labels_of, zone_of
from feeds.errors import Moved
from feeds.models import Channel, NewsItem, Source
from feeds.question import resolve
from feeds.selection import VIEWS, Selection
from feeds.store import Session, entries
from feeds.store.filters import Filter

EXCERPT = 220


@dataclass(frozen=True)
class NewsCard:
    """A news item in a list; `day` is when it was announced, in the channel's zone."""

    slug: str
    title: str
    summary: str
    day: date
    language: str
    image: dict[str, Any] | None
    labels: tuple[agenda.Label, ...]
    sources: Sequence[Source]


@dataclass(frozen=True)
class NewsPage:
    news: tuple[NewsCard, ...]
    has_more: bool


@dataclass(frozen=True)
class ItemPage:
    """One news item as a whole; `content` is clean HTML.

    `published_at` and `revised_at` are when it was announced, and last changed in
    earnest.
    """

    card: NewsCard
    published_at: datetime
    revised_at: datetime
    lead: str
    content: str
    author: str
    url: str | None
    attachments: list[dict[str, Any]]
    event: tuple[str, str] | None


def card_of(item: NewsItem, channel: Channel) -> NewsCard:
    """Return what a list shows of an item; without a summary, how its text begins."""
    announced = item.announced_at or item.created_at
    return NewsCard(
        slug=item.slug,
        title=item.title,
        summary=item.summary or text.excerpt(text.plain(item.content), EXCERPT),
        day=times.local(announced, zone_of(channel)).date(),
        language=item.language,
        image=item.image,
        labels=labels_of(item.categories),
        sources=item.sources,
    )


def latest(
    session: Session, channel: Channel, wanted: Filter, *, limit: int, offset: int = 0
) -> tuple[NewsCard, ...]:
    """Return cards, newest first."""
    found = entries.latest(session, NewsItem, wanted, limit=limit, offset=offset)
    return tuple(card_of(item, channel) for item in found)


def news_page(
    session: Session,
    channel: Channel,
    selection: Selection,
    *,
    now: datetime,
    view: str = "news",
) -> NewsPage:
    """Return one page of the news, or the item that a widget's selection names.

    Of such an item it raises what `item_page` does, but Moved to the question with the
    new slug.
    """
    wanted = resolve(session, channel, view, selection, now)
    if selection.item is not None:
        wanted = replace(wanted, only=_id_of(session, channel, selection, now))
    limit = selection.limit or VIEWS[view].limit or 1
    offset = (selection.page - 1) * limit
    cards = latest(session, channel, wanted, limit=limit + 1, offset=offset)
    return NewsPage(cards[:limit], len(cards) > limit)


def _id_of(
    session: Session, channel: Channel, selection: Selection, now: datetime
) -> int:
    slug = selection.item or ""
    try:
        return entries.published(session, NewsItem, channel, slug, now=now).id
    except Moved as moved:
        slug = (moved.location or "").rpartition("/")[2]
        raise Moved(f"?{selection.canonical(item=slug)}") from moved


def item_page(
    session: Session,
    channel: Channel,
    selection: Selection,
    *,
    slug: str,
    now: datetime,
) -> ItemPage:
    """Return one public news item. Raises NotFound, Gone or Moved."""
    item = entries.published(session, NewsItem, channel, slug, now=now)
    event, announced_at = item.event, item.announced_at or item.created_at
    return ItemPage(
        card=card_of(item, channel),
        published_at=announced_at,
        revised_at=max(announced_at, item.revised_at),
        lead=item.summary,
        content=item.content,
        author=item.author,
        url=item.url,
        attachments=item.attachments,
        event=(event.slug, event.title) if event and event.is_public(now) else None,
    )
