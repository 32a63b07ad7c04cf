"""From a page's values to its answer: template, frame, headers, validators."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, render_template, request

from feeds import agenda, browse
from feeds.i18n import supported
from feeds.models import Channel
from feeds.question import resolve, validators
from feeds.schemas import parse_selection
from feeds.selection import Selection
from feeds.store import Session, channels
from feeds.views import csp, http
from feeds.views.context import kit, now
from feeds.views.frame import Frame

HTML = "text/html; charset=utf-8"
DEFAULT_LANGUAGE = "de"
PAGE_SECONDS = 60

Build = Callable[[Session, Channel, Selection], Any]


def channel_page(view: str, template: str, slug: str, build: Build) -> Response:
    """Answer with a page of a channel that nobody may frame."""
    return _page(view, template, slug, build, is_widget=False)


def widget(view: str, template: str, slug: str, build: Build) -> Response:
    """Answer with a page made for an iframe on the channel's partner sites."""
    return _page(view, template, slug, build, is_widget=True)


def _page(
    view: str, template: str, slug: str, build: Build, *, is_widget: bool
) -> Response:
    selection = parse_selection(view, request.args, ignore_tracking=True)
    with kit().store.reading() as session:
        channel = channels.get_public(session, slug)
        labels = browse.labels_of(session, channel)
        frame = frame_of(view, selection, channel, labels, is_widget=is_widget)
        make = _maker(session, channel, view, selection, build)
        known = validators(
            session, channel, request.path, selection, now(), is_daily=True
        )
        return http.conditional(
            known,
            HTML,
            lambda: render(template, frame, make()),
            max_age=page_seconds(),
            headers=(
                csp.widget_headers(frame.style, channel.embed_origins)
                | {"Link": frame.link_header}
                if is_widget
                else csp.page_headers(frame.style)
            ),
        )


def page_seconds() -> int:
    """Return for how long a page may be shown unasked: people look for their change."""
    return min(PAGE_SECONDS, kit().settings.cache_seconds)


def _maker(
    session: Session, channel: Channel, view: str, selection: Selection, build: Build
) -> Callable[[], Any]:
    """Return how to make the page; what does not exist is refused at once.

    So a 304 costs a list no query of its entries, and is never said of a 404.
    """
    if view == "entry":
        made = build(session, channel, selection)
        return lambda: made
    resolve(session, channel, view, selection, now())
    return partial(build, session, channel, selection)


def frame_of(
    view: str,
    selection: Selection,
    channel: Channel | None = None,
    labels: tuple[agenda.Label, ...] = (),
    *,
    is_widget: bool = False,
) -> Frame:
    """Return the frame of the page that is asked for."""
    own = supported(channel.language if channel else DEFAULT_LANGUAGE)
    return Frame(
        language=selection.lang or own,
        own_language=own,
        base_url=kit().settings.base_url,
        path=request.path,
        view=view,
        selection=selection,
        channel=channel,
        labels=labels,
        is_widget=is_widget,
    )


def render(template: str, frame: Frame, page: Any) -> bytes:
    return render_template(template, ui=frame, page=page).encode()
