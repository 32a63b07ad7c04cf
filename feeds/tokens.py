"""Secrets: make one, keep only its digest, compare in constant time."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

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


def kept(path: Path) -> str:
    """Return the key in `path`, which is made first when it is not there.

    Raises OSError, and UnicodeDecodeError for what is no key of ours.
    """
    if not path.exists():
        _write(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip()


def _write(path: Path, key: str) -> None:
    """Write `key` to `path`, unless another process was faster.

    A hard link appears whole or not at all, so that nobody ever reads half a key.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{key}\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
