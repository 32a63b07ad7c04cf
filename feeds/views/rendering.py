"""From a page's values to its answer: template, frame, headers, validators."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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

# What is there or not, and no list that may be empty.
SINGLE = ("entry", "embed.event")

Build = Callable[[Session, Channel, Selection], Any]


@dataclass(frozen=True)
class Output:
    """How a page is sent: its bytes from frame and values, and its own headers.

    `level` is that of its first heading; `path` the address that it knows itself by,
    where that is another than the one asked for.
    """

    draw: Callable[[Any, Any], bytes]
    headers: Callable[[Any], Mapping[str, str]]
    media_type: str = HTML
    kind: type[Frame] = Frame
    level: int = 2
    path: str | None = None

    def at(self, path: str) -> "Output":
        return replace(self, path=path)


def channel_page(view: str, template: str, slug: str, build: Build) -> Response:
    """Answer with a page of a channel that nobody may frame."""
    output = Output(partial(render, template), _headers_of_page)
    return channel_answer(view, output, slug, build)


def _headers_of_page(frame: Frame) -> Mapping[str, str]:
    return csp.page_headers(frame.style)


def channel_answer(view: str, output: Output, slug: str, build: Build) -> Response:
    """Answer with what a view shows of a channel, or 304."""
    selection = parse_selection(view, request.args, ignore_tracking=True)
    with kit().store.reading() as session:
        channel = channels.get_public(session, slug)
        labels = browse.labels_of(session, channel)
        frame = frame_of(
            view,
            selection,
            channel,
            labels,
            output=output,
            has_plain=partial(browse.has_plain, session, channel, now()),
            has_places=partial(browse.has_places, session, channel),
        )
        make = _maker(session, channel, view, selection, build)
        known = validators(
            session, channel, request.path, selection, now(), is_daily=True
        )
        return http.conditional(
            known,
            output.media_type,
            lambda: output.draw(frame, make()),
            max_age=page_seconds(),
            headers=output.headers(frame),
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
    if view in SINGLE:
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
    output: Output | None = None,
    has_plain: Callable[[], bool] = bool,
    has_places: Callable[[], bool] = bool,
) -> Frame:
    """Return the frame of the page that is asked for."""
    own = supported(channel.language if channel else DEFAULT_LANGUAGE)
    made = output.kind if output else Frame
    return made(
        language=selection.lang or own,
        own_language=own,
        base_url=kit().settings.base_url,
        path=(output and output.path) or request.path,
        view=view,
        selection=selection,
        channel=channel,
        labels=labels,
        level=selection.level or (output.level if output else 2),
        has_plain=has_plain,
        has_places=has_places,
    )


def render(template: str, frame: Frame, page: Any) -> bytes:
    return render_template(template, ui=frame, page=page).encode()
