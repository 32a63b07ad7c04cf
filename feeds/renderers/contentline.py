"""Content lines of RFC 5545 §3.1: escaping, parameters, folding. Bytes out.

Nothing that is put in here can end its line or begin another one: line breaks become
"\\n" in text, vanish in parameters and are percent-encoded in URIs.
"""

import re
from urllib.parse import quote

from feeds import text

_ESCAPE = re.compile(r"\\(.)")
_URI_SAFE = "%/:?#[]@!$&'()*+,;=~"
_QUOTED = str.maketrans({"^": "^^", '"': "^'", "\n": "^n", "\t": " "})


def line(name: str, value: str) -> bytes:
    """Return `name:value` with its CRLF, folded to 75 octets.

    `name` carries the parameters. A fold never falls inside a UTF-8 sequence.
    """
    raw = f"{name}:{value}".encode()
    if len(raw) <= 75:
        return raw + b"\r\n"
    return _folded(raw)


def _folded(raw: bytes) -> bytes:
    pieces = []
    start, end = 0, 75
    while end < len(raw):
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(raw[start:end])
        start, end = end, end + 74
    pieces.append(raw[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def escaped(value: str) -> str:
    """Return a TEXT value (§3.3.11)."""
    return (
        text.legal(value)
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\n", "\\n")
    )


def unescaped(value: str) -> str:
    """Return the text of a TEXT value that `escaped` wrote."""
    return _ESCAPE.sub(lambda found: found[1].replace("n", "\n"), value)


def unfolded(raw: bytes) -> list[str]:
    """Return the content lines in bytes that `line` wrote."""
    return raw.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def quoted(value: str) -> str:
    """Return a quoted parameter value (RFC 6868)."""
    return '"' + text.legal(value).translate(_QUOTED) + '"'


def uri(value: str) -> str:
    """Return a URI in ASCII; what may not stand in one is percent-encoded."""
    return quote(text.legal(value).strip(), safe=_URI_SAFE)
