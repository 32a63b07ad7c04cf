"""Content lines of a calendar, with the number of the line each began on.

Tolerant where no meaning is lost: any line ends, a byte order mark, folds inside a
character, Windows-1252 instead of UTF-8, control characters (RFC 5545 §3.1).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_LINE_ENDS = re.compile(rb"\r+\n|\r")
_BOM = b"\xef\xbb\xbf"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:])*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ITEM = re.compile(r"((?:\\.?|[^,\\])*)(?:,|$)", re.DOTALL)
_CARET = re.compile(r"\^([n^'])")  # RFC 6868
_MEANT = {"n": "\n", "^": "^", "'": '"'}


@dataclass(slots=True)
class Line:
    """One property; `params` holds upper-case names and values without quotes.

    `raw` is the whole line as it came, without folds.
    """

    number: int
    name: str
    value: str
    params: dict[str, str] = field(default_factory=dict)
    raw: str = ""

    @property
    def text(self) -> str:
        """Return the value with the escapes of TEXT resolved (RFC 5545 §3.3.11)."""
        return unescaped(self.value) if "\\" in self.value else self.value

    def texts(self) -> list[str]:
        """Return the values of a comma-separated list of TEXT."""
        return [unescaped(part) for part in self.items()]

    def items(self) -> list[str]:
        """Return the same with their escapes, without empty ones."""
        return [item for item in _ITEM.findall(self.value) if item]


def normalised(data: bytes) -> bytes:
    """Return the file with LF line ends, without a byte order mark."""
    data = data.removeprefix(_BOM)
    return _LINE_ENDS.sub(b"\n", data) if b"\r" in data else data


def unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], text)


def unfolded(raw: bytes, first: int) -> Iterator[tuple[int, bytes]]:
    """Yield each content line with the number of its first physical line."""
    number, parts = first, b""
    for here, physical in enumerate(raw.split(b"\n"), first):
        if physical[:1] in (b" ", b"\t"):
            parts += physical[1:]
            continue
        if parts.strip():
            yield number, parts
        number, parts = here, physical
    if parts.strip():
        yield number, parts


def properties(
    raw: bytes, first: int, is_wanted: Callable[[str], bool], repairs: list[str]
) -> Iterator[Line]:
    """Yield the wanted properties of one component, nested components left out."""
    depth = 0
    for number, content in unfolded(raw, first):
        head = content.split(b":", 1)[0].split(b";", 1)[0].strip().upper()
        name = head.decode("ascii", "replace")
        if name in ("BEGIN", "END"):
            depth += 1 if name == "BEGIN" else -1
        elif depth == 0 and is_wanted(name):
            line = _line(number, name, _decoded(content, number, repairs))
            if line is None:
                repairs.append(f"line {number}: {name} has no value, left out")
            else:
                yield line
        elif depth == 0 and b":" not in content:
            shown = content[:40].decode("utf-8", "replace")
            repairs.append(f"line {number}: '{shown}' is no property, left out")


def _decoded(content: bytes, number: int, repairs: list[str]) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        repairs.append(f"line {number}: not UTF-8, read as Windows-1252")
    if _CONTROLS.search(text):
        text = _CONTROLS.sub("", text)
        repairs.append(f"line {number}: control characters removed")
    return text


def _line(number: int, name: str, text: str) -> Line | None:
    head, colon, value = text.partition(":")
    if ";" not in head:
        return Line(number, name, value.strip(), raw=text) if colon else None
    at, params = text.index(";"), {}
    while match := _PARAMETER.match(text, at):
        said = match[2].replace('"', "").strip()
        params[match[1].upper()] = _CARET.sub(lambda m: _MEANT[m[1]], said)
        at = match.end()
    rest = text[at:]
    if not rest.startswith(":"):  # a parameter out of shape: keep what follows it
        rest = rest[rest.find(":") :] if ":" in rest else ""
    return Line(number, name, rest[1:].strip(), params, text) if rest else None
