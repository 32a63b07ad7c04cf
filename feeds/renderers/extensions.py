"""Lines of other programs that an import brought and a calendar gives back.

A line is unfolded, "X-NAME;PARAMETER=…:value". One that could be taken for a line of
ours, or for two, is not kept: the way in refuses it with the same functions.
"""

import re
from collections.abc import Iterable

from feeds import text

_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_LINE = re.compile(rf"(X-[A-Z0-9-]+)(?:;[A-Za-z0-9-]+={_VALUE}(?:,{_VALUE})*)*:.*")
_OURS = re.compile(
    r"X-(?:ALT-DESC|APPLE-CALENDAR-COLOR|PUBLISHED-TTL|TITLE|FEEDS-.*|WR-.*)"
)
_CATEGORIES = re.compile(r"CATEGORIES:((?:[^\\]|\\[\\;,nN])+)")


def is_kept(line: str) -> bool:
    """Say whether a line is given back as it stands."""
    found = _LINE.fullmatch(line)
    return found is not None and not _OURS.fullmatch(found[1]) and _is_one(line)


def lines(given: Iterable[str] | None) -> list[str]:
    """Return those of the lines that are kept."""
    return [line for line in given or () if is_kept(line)]


def categories(given: Iterable[str] | None) -> list[str]:
    """Return the values of the CATEGORIES lines among them, escaped as they came."""
    found = (_CATEGORIES.fullmatch(line) for line in given or () if _is_one(line))
    return [match[1] for match in found if match]


def _is_one(line: str) -> bool:
    return "\n" not in line and text.legal(line) == line
