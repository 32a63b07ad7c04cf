"""`/sitemap.xml`: every public page, for search engines (sitemaps.org 0.9).

What is too much for one file is spread over `?page=1`, `?page=2`, …, and the plain
address lists these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Flask, Response, request

from feeds.errors import NotFound
from feeds.question import home_validators
from feeds.schemas import parse_selection
from feeds.store import Session
from feeds.store import sitemap as queries
from feeds.times import format_instant
from feeds.views import http
from feeds.views.context import kit, now
from feeds.views.rendering import frame_of, render

# Well below what engines take, 50,000 addresses or 50 MB: it is made in memory.
SIZE = 10_000

blueprint = Blueprint("sitemap", __name__)


@dataclass(frozen=True)
class Listed:
    """Addresses with their last change as RFC 3339, or sitemaps with none."""

    is_index: bool
    rows: Iterator[tuple[str, str]]


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List all public pages, or the sitemaps that do."""
    selection = parse_selection("sitemap", request.args, ignore_tracking=False)
    at, is_whole = now(), "page" not in request.args
    with kit().store.reading() as session:
        last = max(1, -(-queries.count(session, at) // SIZE))
        if selection.page > last:
            raise NotFound(f"page: there are no more than {last}")
        is_index = is_whole and last > 1
        rows = _sitemaps(last) if is_index else _pages(session, at, selection.page)
        frame, listed = frame_of("home", selection), Listed(is_index, rows)
        return http.conditional(
            home_validators(session, selection, queries.last_due(session, at)),
            "application/xml; charset=utf-8",
            lambda: render("sitemap.xml", frame, listed),
            max_age=kit().settings.cache_seconds,
        )


def _sitemaps(last: int) -> Iterator[tuple[str, str]]:
    for page in range(1, last + 1):
        yield f"{kit().settings.base_url}/sitemap.xml?page={page}", ""


def _pages(session: Session, at: datetime, page: int) -> Iterator[tuple[str, str]]:
    base_url = kit().settings.base_url
    if page == 1:
        yield f"{base_url}/", ""
    offset = (page - 1) * SIZE
    for path, changed in queries.pages(session, at, limit=SIZE, offset=offset):
        yield f"{base_url}{path}", format_instant(changed)


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
