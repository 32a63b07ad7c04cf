"""The whole permission policy: who may do what to which channel.

A grant comes from a bearer token. Scopes include one another: read < write < admin.
What a grant does not cover looks as if it were not there.
"""

from dataclasses import dataclass
from datetime import datetime

from feeds import tokens
from feeds.errors import Forbidden, NotFound, Unauthenticated
from feeds.store import Store
from feeds.store import tokens as queries

SCOPES = ("read", "write", "admin")
ACTIONS = {"read": "read", "write": "write", "found": "admin", "close": "admin"}


@dataclass(frozen=True)
class Grant:
    """What a token allows; `channel` is a slug, or None for all channels."""

    scope: str
    channel: str | None


def authenticate(store: Store, header: str | None, now: datetime) -> Grant:
    """Return the grant of an Authorization header. Raises Unauthenticated."""
    kind, _, token = (header or "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise Unauthenticated("Send a token: 'Authorization: Bearer …'.")
    digest = tokens.digest(token.strip())
    with store.reading() as session:
        found = queries.by_digest(session, digest)
        if found is None or not tokens.same(found.digest, digest):
            raise Unauthenticated("This token is not known.")
        if found.revoked_at is not None:
            raise Unauthenticated("This token has been revoked.")
        if found.expires_at is not None and found.expires_at <= now:
            raise Unauthenticated("This token has expired.")
        return Grant(found.scope, found.channel.slug if found.channel else None)


def require(grant: Grant, action: str, channel: str | None = None) -> None:
    """Check an action: read or write in a channel, found or close one.

    Raises NotFound for a foreign channel, Forbidden for too small a scope. To found a
    channel takes a token of no channel.
    """
    if channel is not None and grant.channel not in (None, channel):
        raise NotFound(f"There is no channel '{channel}'.")
    needed = ACTIONS[action]
    if SCOPES.index(grant.scope) < SCOPES.index(needed):
        raise Forbidden(f"This needs a token with the scope '{needed}'.")
    if action == "found" and grant.channel is not None:
        raise Forbidden("A token of one channel can't create others.")
