"""Answers over HTTP: validators, 304, gzip, caching and CORS, in one place.

RFC 9110 §13: If-None-Match wins over If-Modified-Since. The plain body has a strong
ETag, the compressed one the same ETag as a weak one.
"""

import gzip
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.http import parse_date

from feeds.question import Validators
from feeds.syndicate import Document
from feeds.times import http_date

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

STALE_SECONDS = 86_400
LARGE = 1 << 20
# Proxies that compress on their own mark the ETag they pass on.
SUFFIXES = ("-gzip", ";gzip", "-br", "--gzip")


class Answer(Response):
    """A response whose 304 repeats Last-Modified, which Werkzeug takes out."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        headers = super().get_wsgi_headers(environ)
        if self.status_code == 304 and "Last-Modified" in self.headers:
            headers["Last-Modified"] = self.headers["Last-Modified"]
        return headers


def is_fresh(known: Validators) -> bool:
    """Say whether the client of this request has this very representation."""
    if "If-None-Match" in request.headers:
        asked = request.if_none_match
        tags = {_bare(tag) for tag in asked.as_set(include_weak=True)}
        return asked.star_tag or known.etag in tags
    since = parse_date(request.headers.get("If-Modified-Since"))
    return since is not None and known.modified_at <= since


def _bare(tag: str) -> str:
    for suffix in SUFFIXES:
        tag = tag.removesuffix(suffix)
    return tag


def conditional(
    known: Validators,
    media_type: str,
    body: Callable[[], bytes],
    *,
    max_age: int,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return 304, or the body, which is only made when the client needs it."""
    return answer(
        known,
        media_type,
        None if is_fresh(known) else body(),
        max_age=max_age,
        headers=headers,
    )


def answer(
    known: Validators,
    media_type: str,
    body: bytes | None,
    *,
    max_age: int,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a public answer with its validators; without a body it is a 304."""
    is_zipped = request.accept_encodings["gzip"] > 0
    if body is None:
        response: Response = Answer(status=304)
    else:
        response = Answer(_zipped(body) if is_zipped else body)
        response.content_type = media_type
        if is_zipped:
            response.headers["Content-Encoding"] = "gzip"
    response.set_etag(known.etag, weak=is_zipped)
    response.headers["Last-Modified"] = http_date(known.modified_at)
    response.headers["Cache-Control"] = (
        f"public, max-age={max_age}, stale-while-revalidate={max_age},"
        f" stale-if-error={STALE_SECONDS}"
    )
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.update(headers or {})
    return response


def _zipped(body: bytes) -> bytes:
    # Without a time in it, the same body gives the same bytes everywhere.
    return gzip.compress(body, compresslevel=1 if len(body) > LARGE else 6, mtime=0)


def document(found: Document, *, max_age: int) -> Response:
    """Return a feed or a single entry as data."""
    headers = {"Content-Disposition": f'inline; filename="{found.filename}"'}
    if found.links:
        headers["Link"] = ", ".join(
            f'<{url}>; rel="{relation}"' for relation, url in found.links.items()
        )
    return answer(
        found.validators,
        _with_charset(found.media_type),
        found.body,
        max_age=max_age,
        headers=headers,
    )


def _with_charset(media_type: str) -> str:
    """Say UTF-8 where the type's default is another; JSON has no charset."""
    if media_type.endswith("json"):
        return media_type
    return f"{media_type}; charset=utf-8"
