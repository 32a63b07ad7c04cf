"""Errors as pages for people: what is wrong, and what to do about it."""

from dataclasses import dataclass
from datetime import date

from flask import Response, request
from werkzeug.exceptions import HTTPException

from feeds import i18n
from feeds.errors import FeedsError
from feeds.models import Channel
from feeds.selection import Selection
from feeds.store import channels
from feeds.text import excerpt
from feeds.views import csp
from feeds.views.context import kit
from feeds.views.frame import Frame
from feeds.views.rendering import HTML, frame_of, render

# Statuses with words of their own; others are told as their class.
TOLD = (400, 404, 405, 410, 500, 503)
RETRY_SECONDS = "120"
LONGEST_VALUE = 60


@dataclass(frozen=True)
class FailurePage:
    """`details` name the parameters that were wrong, and their values."""

    status: int
    title: str
    what: str
    details: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def page(error: FeedsError | HTTPException) -> Response:
    """Return an error as a page, in the language of its channel if it has one."""
    status = (error.status if isinstance(error, FeedsError) else error.code) or 500
    channel = None if status >= 500 else _channel()
    frame = frame_of("channel", _selection(), channel)
    shown = _failure(error, status, frame)
    body = render("error.html", frame, shown)
    response = Response(body, status, content_type=HTML)
    is_framed = request.path.startswith("/embed/")
    headers = csp.framed_headers if is_framed else csp.page_headers
    response.headers.update(headers(frame.style))
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _failure(error: Exception, status: int, frame: Frame) -> FailurePage:
    told = status if status in TOLD else (400 if status < 500 else 500)
    found = error.errors if isinstance(error, FeedsError) else {}
    links = [(frame.root, frame.t("error.home"))]
    if frame.channel is not None:
        links.insert(0, (frame.href("events", "/events"), frame.t("error.events")))
    return FailurePage(
        status=status,
        title=frame.t(f"error.{told}"),
        what=frame.t(f"error.{told}_what"),
        details=tuple(f"{name}: {_detail(name, frame)}" for name in found),
        links=tuple(links),
    )


def _detail(name: str, frame: Frame) -> str:
    """Say what is wrong with a parameter; the parser's own words are for programs."""
    value = ", ".join(request.args.getlist(name))
    if name == "to" and _is_day(value) and _is_day(request.args.get("from", "")):
        return frame.t("error.order")
    return frame.t("error.value", value=excerpt(value, LONGEST_VALUE))


def _is_day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _selection() -> Selection:
    asked = request.args.get("lang")
    return Selection(lang=asked if asked in i18n.LANGUAGES else None)


def _channel() -> Channel | None:
    """Return the channel that the address begins with, if there is one to show."""
    parts = request.path.strip("/").split("/")
    slug = parts[1] if parts[0] == "embed" and len(parts) > 1 else parts[0]
    try:
        with kit().store.reading() as session:
            return channels.get_public(session, slug)
    except FeedsError:
        return None
