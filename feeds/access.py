"""The whole permission policy: who may do what to which channel.

A grant comes from a bearer token. Scopes include one another: read < write < admin.
What a grant does not cover looks as if it were not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds import tokens
from feeds.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from feeds.models import Token
from feeds.store import Store, channels
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


def issue(
    store: Store,
    *,
    name: str,
    scope: str,
    channel: str | None,
    expires_at: datetime | None,
    now: datetime,
) -> str:
    """Return a new token; nobody can read it again. Raises Invalid, NotFound, Gone."""
    if not name.strip():
        raise Invalid.of("name", "say what the token is for")
    if scope not in SCOPES:
        raise Invalid.of("scope", f"'{scope}' is none of {', '.join(SCOPES)}")
    if expires_at is not None and expires_at <= now:
        raise Invalid.of("expires", f"{expires_at:%Y-%m-%d} has passed")
    token = tokens.make()
    with store.writing() as session:
        home = channels.get(session, channel) if channel is not None else None
        session.add(
            Token(
                name=name.strip(),
                digest=tokens.digest(token),
                scope=scope,
                channel_id=home.id if home is not None else None,
                created_at=now,
                expires_at=expires_at,
            )
        )
    return token


def issued(store: Store) -> Sequence[Token]:
    """Return all tokens with their channels, oldest first; none can be read back."""
    with store.reading() as session:
        return queries.every(session)


def revoke(store: Store, key: str, *, now: datetime) -> Token:
    """End a token, named by its number or by a name that only one living token has.

    Raises NotFound, and Conflict where several have the name.
    """
    with store.writing() as session:
        living = [one for one in queries.every(session) if one.revoked_at is None]
        found = [one for one in living if str(one.id) == key]
        found = found or [one for one in living if one.name == key]
        if not found:
            raise NotFound(f"No living token has the number or the name '{key}'.")
        if len(found) > 1:
            numbers = ", ".join(str(one.id) for one in found)
            raise Conflict(f"'{key}' is the name of {numbers}; give a number.")
        found[0].revoked_at = now
        return found[0]
