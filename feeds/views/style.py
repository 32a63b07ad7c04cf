"""The style sheets: files for pages, one inline text for widgets, and the colours.

Colours stand in a style sheet by class, never in attributes: the policy of our pages
and of many hosts allows no other.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from feeds import colour
from feeds.agenda import Label

STATIC = Path(__file__).resolve().parent.parent / "static"
# A colon in a selector may follow a space that means something; one in a rule not.
_SPACE = re.compile(r"\s*([{};,>])\s*|(?<=[a-z]):\s+")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@lru_cache(maxsize=8)
def squeezed(name: str) -> str:
    """Return a style sheet of `static/` without comments and needless space."""
    text = _COMMENT.sub("", (STATIC / name).read_text(encoding="utf-8"))
    return _SPACE.sub(_tight, re.sub(r"\s+", " ", text)).replace(";}", "}")


def _tight(found: re.Match[str]) -> str:
    return found[1] or ":"


@lru_cache(maxsize=32)
def version(name: str) -> str:
    """Return a short digest of a static file, for its address."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def colours(accent: str, labels: Sequence[Label], root: str = ":root") -> str:
    """Return the rules for the accent and for each label's class, both modes.

    A site that embeds us can have its own colour for a label, by its slug.
    """
    tint = colour.accent(accent)
    rules = [
        f"{root}{{--feeds-accent:light-dark({tint.light},{tint.dark});"
        f"--feeds-on-accent:light-dark({tint.on_light},{tint.on_dark})}}"
    ]
    rules += [
        f".{name}{{--c:{_mark(slug, shade)}}}"
        for name, (slug, shade) in marks(labels).items()
    ]
    return "".join(rules)


def marks(labels: Iterable[Label]) -> dict[str, tuple[str, tuple[str, str]]]:
    """Return the slug and both colours of each class whose label has a colour."""
    return {
        f"c{number}": (label.slug, colour.mark(label.colour))
        for number, label in enumerate(labels)
        if label.colour
    }


def _mark(slug: str, shade: tuple[str, str]) -> str:
    return f"var(--feeds-cat-{slug},light-dark({','.join(shade)}))"


def squeezed_script(name: str) -> str:
    """Return a script of `static/` without comments, indents and line breaks.

    For scripts whose every line ends in a mark of its own.
    """
    lines = (STATIC / name).read_text(encoding="utf-8").splitlines()
    kept = (line.strip() for line in lines)
    return "".join(line for line in kept if not line.startswith("//"))


def classes(labels: Iterable[Label]) -> dict[str, str]:
    """Return the class of each label by its slug."""
    return {label.slug: f"c{number}" for number, label in enumerate(labels)}
