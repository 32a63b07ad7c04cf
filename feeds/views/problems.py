"""Every error as problem+json (RFC 9457), under `/api` and for data suffixes.

`type` leads to the paragraph about it in the documentation of the API.
"""

import json
from typing import Any

from flask import Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from feeds.errors import FeedsError, TooMany
from feeds.text import slugify
from feeds.views.context import kit

MEDIA_TYPE = "application/problem+json"
UNEXPECTED = "Something went wrong here. It has been noted."
TITLES = {kind.status: kind.title for kind in FeedsError.__subclasses__()} | {
    405: "Method not allowed"
}
SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not take {method}.",
    413: "The body is larger than this address takes.",
    500: UNEXPECTED,
}


def problem(error: FeedsError) -> Response:
    """Return the answer to an error that we raised on purpose."""
    detail = UNEXPECTED if error.status == 500 else error.detail
    response = _response(error.status, error.title, detail, error.errors)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="feeds"'
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def http_problem(error: HTTPException) -> Response:
    """Return the answer to an error of routing or of HTTP itself."""
    status = error.code or 500
    sentence = SENTENCES.get(status, error.description or "")
    title = TITLES.get(status) or HTTP_STATUS_CODES.get(status, FeedsError.title)
    response = _response(status, title, sentence.format(method=request.method), {})
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _response(
    status: int, title: str, detail: str, errors: dict[str, list[str]]
) -> Response:
    body: dict[str, Any] = {
        "type": f"{kit().settings.base_url}/api/docs#{slugify(title)}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    response = Response(json.dumps(body), status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    return response
