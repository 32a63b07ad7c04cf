"""Fetching a file from a URL of a stranger, with a guard.

Each address is looked up once, checked, and then connected to as a number; redirects
pass the same gate. Nothing of the environment counts: no proxy, no netrc, no cookie.
"""

import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError

from feeds import text
from feeds.errors import Forbidden, Malformed, TooLarge, Unavailable
from feeds.importing import addresses
from feeds.importing.addresses import Resolve

LIMIT = 5 * 1024 * 1024
CONNECT_SECONDS, TOTAL_SECONDS = 10, 30
MAX_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65_536
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([a-z0-9._-]{1,40})")
_HEADERS = {
    "User-Agent": "feeds (import)",
    "Accept": "text/calendar, application/rss+xml, application/atom+xml,"
    " application/feed+json, application/json;q=0.9, */*;q=0.1",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_FORM = {
    "User-Agent": "feeds",
    "Content-Type": "application/x-www-form-urlencoded",
    "Connection": "close",
}


@dataclass(frozen=True)
class Guard:
    """How far a fetch may go. `allow_private` opens every address and port."""

    allow_private: bool = False
    resolve: Resolve = addresses.resolve
    limit: int = LIMIT
    total_seconds: float = TOTAL_SECONDS


@dataclass(frozen=True)
class Fetched:
    """The decoded body, what it says it is, and the URL that it was found at.

    `charset` is the encoding that the server names, in lower case, or "".
    """

    data: bytes
    media_type: str = ""
    url: str = ""
    charset: str = ""


def fetch(url: str, guard: Guard | None = None) -> Fetched:
    """Return what is at a URL.

    Raises Malformed or Forbidden for a URL that must not be fetched, TooLarge, and
    Unavailable for whatever goes wrong on the way.
    """
    guard = guard or Guard()
    deadline = time.monotonic() + guard.total_seconds
    for _ in range(MAX_REDIRECTS + 1):
        parts = _parsed(url, guard)
        with _response(parts, guard, deadline) as response:
            if response.status not in _REDIRECTS:
                return _received(url, response, guard, deadline)
            url = _followed(url, response.headers.get("Location", ""))
    raise Unavailable(f"{url}: more than {MAX_REDIRECTS} redirects")


def post(url: str, form: Mapping[str, str], guard: Guard) -> int:
    """Send a form, and return the status of the answer, whose body nobody reads.

    Follows no redirect; raises what `fetch` does.
    """
    deadline = time.monotonic() + guard.total_seconds
    body = urlencode(form).encode()
    with _response(_parsed(url, guard), guard, deadline, body) as response:
        return response.status


def _parsed(url: str, guard: Guard) -> SplitResult:
    safe = text.safe_url(url)
    if safe is None:
        raise Malformed(f"'{url[:200]}' is no web address: https:// or http:// only")
    parts = urlsplit(safe)
    port = parts.port or PORTS[parts.scheme]
    if port != PORTS[parts.scheme] and not guard.allow_private:
        raise Forbidden(f"'{url[:200]}': port {port} is not open to imports")
    return parts


def _followed(url: str, location: str) -> str:
    if not location:
        raise Unavailable(f"{url}: redirects to nowhere")
    target = urljoin(url, location)
    if urlsplit(url).scheme == "https" and not target.lower().startswith("https:"):
        raise Forbidden(f"{url}: redirects from https to '{target[:200]}'")
    return target


@contextmanager
def _response(
    parts: SplitResult, guard: Guard, deadline: float, form: bytes | None = None
) -> Iterator[BaseHTTPResponse]:
    """Yield the answer to a GET, or to a form; whatever fails becomes Unavailable."""
    method = "GET" if form is None else "POST"
    connection = _connection(parts, guard)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.connect()
        # A socket's own timeout starts anew with each byte that drips in.
        with _cut_off(connection, deadline):
            headers = (_HEADERS if form is None else _FORM) | {"Host": parts.netloc}
            connection.request(
                method, path, body=form, headers=headers, preload_content=False
            )
            with closing(connection.getresponse()) as response:
                yield response
    except (HTTPError, HTTPException, OSError) as exc:
        late = time.monotonic() >= deadline
        reason = f"not done after {guard.total_seconds:g} s" if late else _reason(exc)
        raise Unavailable(f"{parts.geturl()}: {reason}") from exc
    finally:
        connection.close()


def _connection(parts: SplitResult, guard: Guard) -> HTTPConnection:
    host = parts.hostname or ""
    port = parts.port or PORTS[parts.scheme]
    address = addresses.checked(
        host, port, allow_private=guard.allow_private, resolve=guard.resolve
    )
    if parts.scheme == "http":
        return HTTPConnection(address, port, timeout=CONNECT_SECONDS)
    return HTTPSConnection(
        address,
        port,
        timeout=CONNECT_SECONDS,
        server_hostname=host,
        cert_reqs="CERT_REQUIRED",
    )


@contextmanager
def _cut_off(connection: HTTPConnection, deadline: float) -> Iterator[None]:
    """End the connection at the deadline, whatever it is doing."""
    sock = connection.sock
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _shut, [sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was over already


def _received(
    url: str, response: BaseHTTPResponse, guard: Guard, deadline: float
) -> Fetched:
    if response.status != 200:
        raise Unavailable(f"{url}: the server answers {response.status}")
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise Unavailable(f"{url}: is encoded as '{encoding}', and only gzip is read")
    body = bytearray()
    try:
        while chunk := response.read(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > guard.limit:
                raise TooLarge(f"{url}: more than {guard.limit:,} bytes")
    except DecodeError as exc:
        raise Unavailable(f"{url}: its gzip is broken") from exc
    if time.monotonic() >= deadline:
        raise Unavailable(f"{url}: not done after {guard.total_seconds:g} s")
    told = response.headers.get("Content-Type", "").lower()
    found = _CHARSET.search(told)
    media_type = told.partition(";")[0].strip()
    return Fetched(bytes(body), media_type, url, found[1] if found else "")


def _reason(exc: Exception) -> str:
    sentence = str(exc).strip().splitlines()
    return sentence[0] if sentence else type(exc).__name__
