"""Which Host a request may name: only an address that is ours.

Werkzeug's own check knows no IPv6 address and no capital letter.
"""

import re
from collections.abc import Iterable

from flask import Flask, request

from feeds.errors import Malformed
from feeds.schemas.problems import printable
from feeds.views.context import kit

HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")


def is_trusted(host: str, trusted: Iterable[str]) -> bool:
    """Say whether a Host is among the trusted; `.a.org` stands for a.org and below."""
    found = HOST.fullmatch(host.lower())
    return found is not None and any(
        f".{found[1]}".endswith(name) if name.startswith(".") else found[1] == name
        for name in trusted
    )


def check() -> None:
    """Refuse a request to anybody else. Raises Malformed."""
    host = request.headers.get("Host", request.host)
    if not is_trusted(host, kit().settings.trusted_hosts):
        raise Malformed(f"Host '{printable(host)}' is not trusted.")


def register(app: Flask) -> None:
    app.before_request(check)
