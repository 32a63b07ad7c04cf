"""Content lines of RFC 5545 §3.1: escaping, parameters, folding. Bytes out.

Nothing that is put in here can end its line or begin another one: line breaks become
"\\n" in text, vanish in parameters and are percent-encoded in URIs.
"""

import re
from urllib.parse import quote

from feeds import text

_NAME = re.compile(r"[A-Z0-9-]+")
_ONE = r'(?:"[^"]*"|[^";:,]*)'
_PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({_ONE}(?:,{_ONE})*)")
_LISTED = re.compile(r'"[^"]*"|[^",]+')
_CARET = re.compile(r"\^([n'^])")
_LETTERS = {"n": "\n", "N": "\n"}
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
    return _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]), value)


def unfolded(raw: bytes) -> list[str]:
    """Return the content lines in bytes that `line` wrote."""
    return raw.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def parameters(row: str) -> tuple[str, dict[str, list[str]], str]:
    """Return name, parameters and value of an unfolded line (§3.2, RFC 6868)."""
    found = _NAME.match(row)
    name, at = (found[0], found.end()) if found else (row, len(row))
    given: dict[str, list[str]] = {}
    while match := _PARAMETER.match(row, at):
        values = (one.strip('"') for one in _LISTED.findall(match[2]))
        given[match[1].upper()] = [_CARET.sub(_uncaret, one) for one in values]
        at = match.end()
    return name, given, row[at + 1 :]


def _uncaret(found: re.Match[str]) -> str:
    return {"n": "\n", "'": '"', "^": "^"}[found[1]]


def quoted(value: str) -> str:
    """Return a quoted parameter value (RFC 6868)."""
    return '"' + text.legal(value).translate(_QUOTED) + '"'


def uri(value: str) -> str:
    """Return a URI in ASCII; what may not stand in one is percent-encoded."""
    return quote(text.legal(value).strip(), safe=_URI_SAFE)
