"""What an API request says beyond its path, and how the answer to it is made.

The grant of its token, its JSON body, its preconditions; the answer's ETag.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Response, g, request

from feeds import access, tokens
from feeds.errors import Malformed, NotFound, TooLarge, UnsupportedType
from feeds.publish import Match
from feeds.renderers.jsonfeed import compact
from feeds.schemas import page
from feeds.schemas.problems import printable
from feeds.views import rate
from feeds.views.api import strict
from feeds.views.context import kit, now

JSON, MERGE_PATCH = "application/json", "application/merge-patch+json"
CALENDAR = "text/calendar"
LARGEST_BODY, READ_ON, CHUNK = 1024 * 1024, 32 * 1024 * 1024, 64 * 1024
ETAG = re.compile('"([^"]*)"')
ETAGS = re.compile(r'\s*(W/)?"[^"]*"(\s*,\s*(W/)?"[^"]*")*\s*')
READS = ("GET", "HEAD")
TAKEN = {"PATCH": (MERGE_PATCH, JSON)}

View = TypeVar("View", bound=Callable[..., Any])


def guarded(action: str, by: str = "channel") -> Callable[[View], View]:
    """Let only a token through that allows `action` in a channel.

    `by` names the variable of the path that holds the channel's slug.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guard(*args: Any, **values: Any) -> Any:
            if "\0" in request.path:  # no database takes it, and nothing is called so
                raise NotFound("There is nothing at this address.")
            header = request.headers.get("Authorization")
            g.grant = access.authenticate(kit().store, header, now())
            if request.method not in READS:
                _count(header or "")
            access.require(g.grant, action, values.get(by))
            return view(*args, **values)

        return guard  # type: ignore[return-value] # the same signature

    return decorate


def _count(header: str) -> None:
    settings = kit().settings
    if settings.write_rate:
        name = tokens.digest(header.partition(" ")[2].strip())
        rate.spend(settings.data_dir, settings.write_rate, name, now())


def body() -> dict[str, Any]:
    """Return the JSON object of the request.

    Raises UnsupportedType, TooLarge or Malformed, in this order.
    """
    return strict.parse(content(TAKEN.get(request.method, (JSON,)), LARGEST_BODY))


def content(taken: tuple[str, ...], largest: int) -> bytes:
    """Return the body of the request, at most `largest` bytes of a type in `taken`."""
    if request.mimetype not in taken:
        given = f"'{request.mimetype}'" if request.mimetype else "no Content-Type"
        raise UnsupportedType(f"Send {' or '.join(taken)}, not {given}.")
    if request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise UnsupportedType("Send it in UTF-8.")
    return _bytes(largest)


def _bytes(largest: int) -> bytes:
    # Werkzeug cuts a body without a length off at its own limit and says nothing, so
    # that one stands higher. What is too large is read on for a while, for a client
    # that still sends does not see the answer.
    request.max_content_length = max(request.content_length or 0, READ_ON) + 1
    data, size = bytearray(), 0
    while size <= READ_ON and (chunk := request.stream.read(CHUNK)):
        size += len(chunk)
        if size <= largest:
            data += chunk
    if size > largest:
        raise TooLarge(f"The body is larger than {largest:,} bytes.")
    return bytes(data)


def match() -> Match | None:
    """Return the If-Match of the request, weak ETags counting as strong ones."""
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None if header is None else Match(any=True)
    if not ETAGS.fullmatch(header):
        shown = printable(header)
        raise Malformed(f"If-Match: '{shown}' is no list of ETags such as \"3\".")
    etags = [etag.removesuffix("-gzip") for etag in ETAG.findall(header)]
    return Match(tuple(f'"{etag}"' for etag in etags))


def answer(shape: dict[str, Any], status: int = 200) -> Response:
    """Return one entry with its ETag; 304 when the client has this very one."""
    etag = str(shape["sequence"])
    known = request.if_none_match
    if request.method in READS and (known.star_tag or known.contains_weak(etag)):
        response = private(Response(status=304))
    else:
        response = private(json(shape, status))
    response.set_etag(etag)
    if status == 201:
        response.headers["Location"] = shape["links"]["self"]
    return response


def listed(
    items: list[dict[str, Any]], following: int | None, query: dict[str, int]
) -> Response:
    """Return a page of a list, with the address of the next one."""
    address = None
    if following is not None:
        more = query | {"after": page.cursor(following)}
        path = f"{kit().settings.base_url}{request.path}"
        address = f"{path}?{urlencode(more)}"
    return private(json({"items": items, "next": address}, 200))


def private(response: Response) -> Response:
    """Keep an answer out of every cache: it depends on the token."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def json(value: Any, status: int) -> Response:
    """Return a value as JSON."""
    return Response(compact(value), status, content_type=JSON)
