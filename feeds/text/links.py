"""Which URLs may become a link, and in which form."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

URL_LENGTH = 2000
WEB = ("http", "https")
CONTACT = (*WEB, "mailto", "tel")

_URL_NOISE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def safe_url(raw: str, schemes: tuple[str, ...] = WEB) -> str | None:
    """Return the absolute URL in ASCII, or None when it must not become a link.

    Spaces at the ends and control characters go, as browsers drop them; other
    characters are percent-encoded, foreign hosts become punycode (RFC 3492). Refused:
    other schemes, user names and passwords, a bad host or port, over 2,000 characters.
    """
    cleaned = _URL_NOISE.sub("", raw).strip()
    try:
        scheme, netloc, path, query, fragment = urlsplit(cleaned)
        host = _host(netloc) if scheme in WEB else ""
    except (ValueError, UnicodeError):
        return None
    if scheme not in schemes or (not host and (scheme in WEB or netloc or not path)):
        return None
    rest = _encode(path) + (f"?{_encode(query)}" if query else "")
    rest += f"#{_encode(fragment)}" if fragment else ""
    url = f"{scheme}:{'//' if host else ''}{host}{rest}"
    return url if len(url) <= URL_LENGTH else None


def _encode(part: str) -> str:
    """Return a part with the characters that RFC 3986 §3.3 to §3.5 lets stand there."""
    encoded = quote(part, safe="%/:?@!$&'()*+,;=~")
    return _PERCENT.sub("%25", encoded)


def _host(netloc: str) -> str:
    """Return the host in ASCII with its port; ValueError when it can't be one."""
    if netloc.startswith("["):
        parts = urlsplit(f"//{netloc}")
        return f"[{parts.hostname}]" + (f":{parts.port}" if parts.port else "")
    name, _, port = netloc.partition(":")
    ascii_name = ".".join(_label(label) for label in name.split("."))
    if not re.fullmatch(r"[a-z0-9_.-]{1,253}", ascii_name) or ".." in ascii_name:
        raise ValueError(netloc)
    if port and not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise ValueError(netloc)
    return ascii_name + (f":{port}" if port else "")


def _label(label: str) -> str:
    lowered = unicodedata.normalize("NFC", label.lower())
    if lowered.isascii():
        return lowered
    return "xn--" + lowered.encode("punycode").decode("ascii")
