"""Every error as an answer: problem+json for programs, a page for people."""

import logging

from flask import Flask, Response, request, url_for
from werkzeug.exceptions import HTTPException

from feeds.errors import FeedsError, Moved, Renamed
from feeds.views import failures, problems
from feeds.views.context import kit

DATA = (".ics", ".rss", ".atom", ".json", ".jcal", ".geojson", ".xml", "/oembed")
log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    app.register_error_handler(FeedsError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def wants_problem() -> bool:
    """Say whether a program asks: under /api, for a data suffix, or by oEmbed."""
    return f"{request.path}/".startswith("/api/") or request.path.endswith(DATA)


def _ours(error: FeedsError) -> Response:
    if isinstance(error, Moved):
        return _moved(error)
    if error.status in (500, 503):
        log.error("%s %s: %s", request.method, request.path, error)
    return _told(error)


def _http(error: HTTPException) -> Response:
    if wants_problem():
        return problems.http_problem(error)
    return failures.page(error)


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected: %s %s", request.method, request.path)
    return _told(FeedsError())


def _told(error: FeedsError) -> Response:
    return problems.problem(error) if wants_problem() else failures.page(error)


def _moved(error: Moved) -> Response:
    location = error.location or request.path
    if isinstance(error, Renamed):
        location = _renamed(error)
    if location.startswith("?"):
        location = request.path + location
    elif request.query_string:
        location += f"?{request.query_string.decode()}"
    response = Response(status=308)
    response.headers["Location"] = kit().settings.base_url + location
    return response


def _renamed(error: Renamed) -> str:
    """Return the path of this request with the channel's new slug in it."""
    values = request.view_args or {}
    name = "channel" if "channel" in values else "key"
    return url_for(str(request.endpoint), **{**values, name: error.new})
