"""Answers over HTTP: validators, 304, gzip, caching and CORS, in one place.

RFC 9110 §13: If-None-Match wins over If-Modified-Since. The plain body has a strong
ETag, the compressed one the same ETag as a weak one.
"""

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.http import parse_date

from feeds.calendars import Body
from feeds.hub import SHARED
from feeds.question import Validators
from feeds.syndicate import Document
from feeds.times import http_date

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

STALE_SECONDS = 86_400
LARGE = 1 << 20
# What is larger is never in memory as a whole.
JOINED = 2 << 20
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
    body: bytes | Body | None,
    *,
    max_age: int,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a public answer with its validators; without a body it is a 304."""
    wants_gzip = request.accept_encodings["gzip"] > 0
    is_bare = request.method == "HEAD" and not wants_gzip
    if isinstance(body, Body) and not is_bare and _is_read(body):
        body = body.read()
    is_zipped = wants_gzip and (_is_chunkable() or not isinstance(body, Body))
    if body is None:
        response: Response = Answer(status=304)
    else:
        response = _sent(body, is_zipped=is_zipped)
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


def _is_read(body: Body) -> bool:
    """Say whether all of a body is read first: a broken one must be seen as broken."""
    if body.size is None:
        return not _is_chunkable()
    return body.size <= JOINED


def _is_chunkable() -> bool:
    return bool(request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0")


def _sent(body: bytes | Body, *, is_zipped: bool) -> Response:
    """Return the answer with a body: one that is large is read as it is sent.

    HEAD reads only what a compressed length asks for.
    """
    if isinstance(body, bytes):
        return Answer(_zipped(body) if is_zipped else body)
    response = Answer(_zipping(body.parts) if is_zipped else body.parts)
    response.call_on_close(body.close)
    if body.size is not None and not is_zipped:
        response.content_length = body.size
    return response


def _zipped(body: bytes) -> bytes:
    # Without a time in it, the same body gives the same bytes everywhere.
    return gzip.compress(body, compresslevel=1 if len(body) > LARGE else 6, mtime=0)


def _zipping(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Compress what passes by, as `_zipped` does what is large."""
    press = zlib.compressobj(1, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for part in parts:
        if done := press.compress(part):
            yield done
    yield press.flush()


def document(found: Document) -> Response:
    """Return a feed or a single entry as data."""
    max_age = found.ttl
    headers = {"Content-Disposition": f'inline; filename="{found.filename}"'}
    if found.left_out:
        headers["Feeds-Left-Out"] = str(found.left_out)
    if "hub" in found.links:
        headers["Cache-Control"] = (
            f"public, max-age={max_age}, s-maxage={min(max_age, SHARED)},"
            f" stale-if-error={STALE_SECONDS}"
        )
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
