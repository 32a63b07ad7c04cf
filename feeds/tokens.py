"""Secrets: make one, keep only its digest, compare in constant time."""

import hashlib
import hmac
import secrets

PREFIX = "feeds_"  # lets secret scanners recognise a leaked token


def make() -> str:
    """Return a new token: the prefix and 256 random bits, safe in a URL."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return the SHA-256 of a token in hex, the only form that is stored.

    A plain hash is enough: the token has 256 bits, there is nothing to guess.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same(first: str, second: str) -> bool:
    """Compare two secrets without telling by the time where they differ."""
    return hmac.compare_digest(
        first.encode("utf-8", "surrogatepass"), second.encode("utf-8", "surrogatepass")
    )
