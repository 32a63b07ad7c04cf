"""The one place that cleans text: HTML, control characters, slugs, links, hyphens.

Everything here is a pure function of strings. It knows no entry, no channel and no
request; what a field may hold is decided in `feeds.schemas`.
"""

from feeds.text.characters import legal, offenders
from feeds.text.links import CONTACT, URL_LENGTH, WEB, safe_url
from feeds.text.markup import ATTRIBUTES, TAGS, html, paragraphs
from feeds.text.reading import plain
from feeds.text.words import (
    SLUG_LENGTH,
    block,
    excerpt,
    fold,
    hyphenate,
    line,
    slugify,
)

__all__ = [
    "ATTRIBUTES",
    "CONTACT",
    "SLUG_LENGTH",
    "TAGS",
    "URL_LENGTH",
    "WEB",
    "block",
    "excerpt",
    "fold",
    "html",
    "hyphenate",
    "legal",
    "line",
    "offenders",
    "paragraphs",
    "plain",
    "safe_url",
    "slugify",
]
