"""What only others understand in a VEVENT, kept as it came and given back as such.

Not kept: what says when a program looked at the event last, and lines with somebody's
address in them.
"""

import re
from collections.abc import Iterable, Mapping

from feeds import text
from feeds.importing.ics.lines import Line, unescaped
from feeds.renderers import extensions
from feeds.renderers.contentline import escaped

LONGEST, MOST = 2_000, 50
_NAME = re.compile("X-[A-Z0-9-]+")
_VOLATILE = re.compile(
    r"X-(LIC-.*|MOZ-(GENERATION|LASTACK|RECEIVED-.*|SNOOZE-TIME.*)|.*-ETAG)"
)
_ADDRESS = re.compile(r"mailto:", re.IGNORECASE)


def extensions_of(
    lines: Iterable[Line], labels: Iterable[str], repairs: list[str]
) -> list[str]:
    """Return the lines to keep: those of other programs, then unknown categories.

    `labels` are values of CATEGORIES with their escapes.
    """
    labelled, kept = _labelled(labels), list[str]()
    for line in lines:
        if _is_ours(line.name):
            continue
        said = f"{line.name}{line.raw[len(line.name) :]}"
        if reason := _reason(said, MOST - len(kept) - len(labelled)):
            repairs.append(f"line {line.number}: {line.name} left out: {reason}")
        else:
            kept.append(said)
    return kept + labelled


def categories(
    lines: Iterable[Line], known: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Return the slugs of known categories, and the words of the others escaped."""
    words = [item for line in lines for item in line.items() if _title(item)]
    slugs = [known.get(word_of(_title(word))) for word in words]
    unknown = [w for w, slug in zip(words, slugs, strict=True) if slug is None]
    return list(dict.fromkeys(filter(None, slugs))), unknown


def word_of(title: str) -> str:
    """Return the form in which the titles of categories are compared."""
    return text.slugify(title) or text.fold(title)


def _title(word: str) -> str:
    return text.line(unescaped(word))


def _is_ours(name: str) -> bool:
    is_taken = _NAME.fullmatch(name) and not extensions.is_kept(f"{name}:")
    return bool(is_taken or _VOLATILE.fullmatch(name))


def _reason(said: str, room: int) -> str:
    if _ADDRESS.search(said):
        return "it holds somebody's address"
    if len(said) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if room <= 0:
        return f"there are more than {MOST}"
    return "" if extensions.is_kept(said) else "it is not well-formed"


def _labelled(words: Iterable[str]) -> list[str]:
    """Return words as lines, as few as there may be; they read like one."""
    found: list[str] = []
    for word in words:
        if not extensions.categories([f"CATEGORIES:{word}"]):
            word = escaped(_title(word))
        if found and len(found[-1]) + len(word) < LONGEST:
            found[-1] += f",{word}"
        else:
            found.append(f"CATEGORIES:{word}")
    return found
