"""The embed builder: a form, the real widget beside it, and what to paste.

Its configuration is its address; nothing is stored. It works without JavaScript, and
looks like our other pages whatever colours are chosen for the widget.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from flask import Blueprint, Flask, Response, render_template

from feeds import agenda, browse
from feeds.browse import EventPage
from feeds.browse.months import MonthPage
from feeds.browse.news import NewsCard
from feeds.errors import Moved
from feeds.models import Channel
from feeds.selection import Selection
from feeds.store import Session
from feeds.views import csp, embedding
from feeds.views.builder_frame import BuilderFrame
from feeds.views.context import now
from feeds.views.frame import Frame
from feeds.views.rendering import Output, channel_answer
from feeds.views.snippets import Embed, Line
from feeds.views.widgets import BUILDERS

blueprint = Blueprint("builder", __name__)


@dataclass(frozen=True)
class Choices:
    """What there is to choose from, and what the chosen widget shows."""

    places: Mapping[str, str]
    languages: tuple[str, ...]
    events: tuple[agenda.Entry, ...]
    selection: Selection
    shown: Any


@blueprint.get("/<channel>/embed")
def builder(channel: str) -> Response:
    """Show a form to choose a widget, the widget, and what to paste."""
    output = Output(_draw, lambda frame: csp.page_headers(frame.style))
    build = partial(_build, now=now())
    return channel_answer("embed", replace(output, kind=BuilderFrame), channel, build)


def _build(
    session: Session, channel: Channel, selection: Selection, *, now: datetime
) -> Choices:
    listed = browse.subscribe_page(session, channel, selection, now=now)
    coming = browse.coming_events(session, channel, now=now)
    if selection.view == "event" and selection.event is None and coming:
        selection = replace(selection, event=coming[0].slug)
    shown = None
    if selection.view != "event" or selection.event:
        asked = embedding.counting(selection)
        try:
            shown = BUILDERS[selection.view](session, channel, asked, now=now)
        except Moved as moved:
            raise _renamed(selection, moved) from moved
    return Choices(listed.places, listed.languages, coming, selection, shown)


def _renamed(selection: Selection, moved: Moved) -> Moved:
    """Return the builder's own question with the new slug of a widget's."""
    new = parse_qs(moved.location.removeprefix("?"))
    slugs = {name: new[name][0] for name in ("event", "item") if name in new}
    return Moved(f"?{selection.canonical(**slugs)}")


def _draw(frame: BuilderFrame, page: Choices) -> bytes:
    embed = embed_of(frame, page)
    return render_template("embed.html", ui=frame, page=page, embed=embed).encode()


def embed_of(frame: BuilderFrame, page: Choices) -> Embed | None:
    """Return the chosen widget, None where there is nothing that it could show."""
    if page.shown is None:
        return None
    is_event = isinstance(page.shown, EventPage)
    title = page.shown.event.title if is_event else None
    lines = _lines(frame, page.shown)
    count = _count(frame, page.shown, lines)
    return embedding.of(frame, page.selection, lines, title, count)


def _count(frame: BuilderFrame, shown: Any, lines: Sequence[Line]) -> int:
    """Return what the widget is as tall as: `snippets.height` says of what."""
    if isinstance(shown, MonthPage):
        return len(shown.month.weeks)
    if isinstance(shown, EventPage):
        return int(frame.sketch(shown.where) is not None)
    return len(lines)


def _lines(frame: Frame, shown: Any) -> list[Line]:
    """Return what a widget shows as lines of a plain list."""
    if isinstance(shown, EventPage):
        return [_event(frame, shown)]
    if hasattr(shown, "news"):
        return [_news(frame, card) for card in shown.news]
    if hasattr(shown, "places"):
        return [_place(frame, card) for card in shown.places]
    return [_entry(frame, entry) for entry in _entries(shown.days)]


def _entries(days: Iterable[agenda.Day]) -> Iterable[agenda.Entry]:
    """Return each entry once, however many days it lies on."""
    found = [item.entry for day in days for item in day.entries]
    return {(one.uid, one.recurrence_id): one for one in found}.values()


def _entry(frame: Frame, entry: agenda.Entry) -> Line:
    is_off = entry.status == "cancelled"
    title = frame.t("entry.cancelled", title=entry.title) if is_off else entry.title
    facts = [frame.span(entry.start, entry.end), entry.place]
    return _line(frame, title, frame.event_href(entry), facts)


def _event(frame: Frame, page: EventPage) -> Line:
    facts = [frame.span(page.when.start, page.when.end), *page.where.lines]
    path = frame.href("entry", f"/events/{page.event.slug}")
    return _line(frame, page.event.title, path, facts)


def _news(frame: Frame, card: NewsCard) -> Line:
    path = frame.href("entry", f"/news/{card.slug}")
    return _line(frame, card.title, path, [frame.day_plain(card.day)])


def _place(frame: Frame, card: Any) -> Line:
    path = f"{frame.href('places', '/places')}#{card.slug}"
    return _line(frame, card.title, path, card.where.lines)


def _line(frame: Frame, title: str, path: str, facts: Iterable[str]) -> Line:
    return Line(title, f"{frame.base_url}{path}", [fact for fact in facts if fact])


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
