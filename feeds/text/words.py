"""Plain text: lines, blocks, slugs, the form for searching, soft hyphens."""

import re
import unicodedata
from functools import lru_cache

import pyphen

from feeds.text.characters import legal

SLUG_LENGTH = 80
SOFT_HYPHEN = "\u00ad"

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"}
    | {"þ": "th", "\u0131": "i", SOFT_HYPHEN: "", "\u200b": ""}
    | {"'": "", "\u2019": ""}  # both apostrophes
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LONG_WORD = re.compile(r"[^\W\d_]{10,60}")
_ADDRESS = re.compile(r"://|www\.|@|\w\.\w|\w/\w.*/|^mailto:|^tel:", re.IGNORECASE)


def line(raw: str) -> str:
    """Return one line: each line break with the space around it becomes a space."""
    pieces = (piece.strip() for piece in legal(raw).replace("\t", " ").split("\n"))
    return " ".join(piece for piece in pieces if piece)


def block(raw: str) -> str:
    """Return plain text of many lines, "\\n" only, without space at both ends."""
    return legal(raw).strip()


def excerpt(text: str, length: int) -> str:
    """Return at most `length` characters on one line, cut between words, with "…"."""
    whole = " ".join(text.split())
    if len(whole) <= length:
        return whole
    cut = whole[:length].rpartition(" ")[0] or whole[: length - 1]
    return cut.rstrip(" ,;:\u2013-") + "…"


def slugify(title: str) -> str:
    """Return `[a-z0-9]+(-[a-z0-9]+)*` of at most 80, or "" if no letter is left."""
    lowered = unicodedata.normalize("NFKC", title).lower().translate(_UMLAUTS)
    slug = "-".join(re.findall("[a-z0-9]+", _unaccented(lowered)))
    if len(slug) <= SLUG_LENGTH:
        return slug
    return slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]


def fold(text: str) -> str:
    """Return the form in which words are searched: no case, no accents, one space."""
    folded = _unaccented(unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char))


def hyphenate(text: str, language: str) -> str:
    """Put soft hyphens into words of ten letters and more, never into addresses.

    Only for what is shown in HTML: never in calendars, labels or stored text. A
    language without patterns leaves the text as it is.
    """
    if pyphen.language_fallback(language) is None:
        return text
    return re.sub(r"\S+", lambda found: _hyphenate_token(found[0], language), text)


def _hyphenate_token(token: str, language: str) -> str:
    if len(token) < 10 or SOFT_HYPHEN in token or _ADDRESS.search(token):
        return token
    return _LONG_WORD.sub(lambda found: _syllables(found[0], language), token)


@lru_cache(maxsize=4096)
def _syllables(word: str, language: str) -> str:
    patterns = pyphen.Pyphen(lang=language, left=3, right=3)
    return str(patterns.inserted(word, SOFT_HYPHEN))
