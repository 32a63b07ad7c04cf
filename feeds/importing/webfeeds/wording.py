"""Titles, names and texts in which feeds say plain things as HTML, or the reverse."""

import re
from html import unescape

from feeds import text

# What is longer is refused before it costs anything.
LONGEST = 500_000
_TITLE, _NAME, _PEOPLE = 10_000, 1_000, 50
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
)
_IS_HTML = re.compile(r"</?[a-zA-Z]|&[#a-zA-Z]")


def title(raw: str, *, is_html: bool) -> str:
    """Return a title as plain text, whatever its feed escaped once too often.

    Where it should be plain already, tags are taken for such only when one is closed.
    """
    raw = raw[:_TITLE]
    bare = _TAG.sub("", raw) if is_html or "</" in raw else raw
    for _ in range(2):
        bare = _REFERENCE.sub(lambda found: unescape(found[0]), bare)
    return text.line(bare)


def html(raw: str) -> str:
    """Return a text that may be HTML as HTML: without a tag, its lines are lines."""
    is_plain = "\n" in raw.strip() and not _IS_HTML.search(raw)
    return text.paragraphs(unescape(raw)) if is_plain else raw


def plain(raw: str) -> str:
    """Return a text that may be HTML as plain text."""
    if len(raw) > LONGEST:
        return raw
    if "<" not in raw:
        return text.block(_REFERENCE.sub(lambda found: unescape(found[0]), raw))
    return text.plain(text.html(raw))


def person(raw: str) -> str:
    """Return the name of a person, never the e-mail address.

    "ada@example.org (Ada)", "Ada <ada@example.org>", or only the one or the other.
    """
    before, bracket, inside = raw[:_NAME].partition("(")
    if bracket and "@" in before:
        raw = inside.rpartition(")")[0] or inside
    name = raw.partition("<")[0] if "@" in raw else raw
    return "" if "@" in name else text.line(name[:_NAME]).strip("\"' ")


def people(names: list[str], *, is_ours: bool = False) -> str:
    """Return those that have a name, each once; what we wrote is one name as it is."""
    read = text.line if is_ours else person
    return ", ".join(dict.fromkeys(filter(None, map(read, names[:_PEOPLE]))))
