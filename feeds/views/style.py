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
# What a document's root and body are in a shadow root, with the weight of neither.
INNER = ":where(:host>section,:host>p)"
# Nothing comes in from the page around it but its font and, within bounds, its size;
# nothing inside can lie over what is outside.
ISOLATED = (
    ":host{display:block;contain:layout;overflow:clip;overflow-clip-margin:6px;"
    "font-size:clamp(14px,1em,20px)!important}"
    ":host([hidden]),::slotted(svg){display:none}"
    f"{INNER}{{all:initial;display:block;color-scheme:inherit}}"
)
AT_HOME = f"{INNER}{{font-size:inherit;font-family:var(--feeds-font,inherit)}}"
_DEFAULT = re.compile(r"--feeds-([a-z-]+):([^;}]+)")
_USE = re.compile(r"var\(--feeds-(?!cat-)([a-z-]+)\)")
_ROOTS = {r":root(?=[ {,])": ":host", r"(?<![\w.#-])(html|body)(?=[{,])": INNER}


@lru_cache(maxsize=32)
def squeezed(name: str) -> str:
    """Return a style sheet of `static/` without comments and needless space."""
    text = _COMMENT.sub("", (STATIC / name).read_text(encoding="utf-8"))
    return _SPACE.sub(_tight, re.sub(r"\s+", " ", text)).replace(";}", "}")


def of_widget(parts: Iterable[str]) -> str:
    """Return the style sheet of a widget with these parts."""
    return squeezed("widget.css") + of_parts(parts)


def of_parts(parts: Iterable[str]) -> str:
    """Return the style of parts: a view, or what several views may have.

    Each is a file in `static/views/`, if it has a style of its own.
    """
    paths = (f"views/{name}.css" for name in sorted(set(parts)))
    return "".join(squeezed(path) for path in paths if (STATIC / path).is_file())


def _tight(found: re.Match[str]) -> str:
    return found[1] or ":"


@lru_cache(maxsize=32)
def version(name: str) -> str:
    """Return a short digest of a static file, for its address."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def colours(accent: str, labels: Sequence[Label]) -> str:
    """Return the rules for the accent and for each label's class, both modes.

    A site that embeds us can have its own colour for a label, by its slug.
    """
    tint = colour.accent(accent)
    rules = [
        f":root{{--feeds-accent:light-dark({tint.light},{tint.dark});"
        f"--feeds-on-accent:light-dark({tint.on_light},{tint.on_dark})}}"
    ]
    rules += [
        f".{name}{{--c:{_mark(slug, shade)}}}"
        for name, (slug, shade) in marks(labels).items()
    ]
    return "".join(rules)


def scoped(sheet: str) -> str:
    """Return a squeezed style sheet of documents as one for a shadow root."""
    return f"{ISOLATED}{inner(sheet)}{AT_HOME}"


def inner(sheet: str) -> str:
    """Return a style sheet with what a shadow root has in place of a document.

    What the page outside says of a `--feeds-` property, for the element or for all of
    itself, wins over our default.
    """
    made = _USE.sub(r"var(--_\1)", sheet)
    made = _DEFAULT.sub(r"--_\1:var(--feeds-\1,\2)", made)
    for found, instead in _ROOTS.items():
        made = re.sub(found, instead, made)
    return made


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
