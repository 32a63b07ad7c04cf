"""What is written under a title: texts, facts, pictures and credits, for every format.

Plain text or clean HTML, in the entry's own language.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from feeds import i18n, text
from feeds.models import Event, Source
from feeds.renderers.frame import Site

# The same few days come up again and again, and CLDR patterns are slow to fill.
_day = lru_cache(maxsize=256)(i18n.day_medium)

# Anything but paragraphs and line breaks.
_MARKUP = re.compile(r"<(?!/?p>|br>)")
_RELATIVE = re.compile(r'(?:href|src|cite)="(?!https?:|mailto:|tel:)')


@dataclass(frozen=True)
class Fact:
    """One line under a text: a label, what it says, and where it leads."""

    label: str
    words: str
    url: str | None = None

    @property
    def plain(self) -> str:
        words = self.words if self.words != self.url else ""
        return f"{self.label}: " + " – ".join(filter(None, (words, self.url)))

    @property
    def html(self) -> str:
        return f"{self.label}: {linked(self.words, self.url)}"


def linked(words: str, url: str | None) -> str:
    """Return escaped words, as a link when there is somewhere to go."""
    shown = escape(words, quote=False)
    return f'<a href="{escape(url)}">{shown}</a>' if url else shown


def absolute(html: str, page: str) -> str:
    """Return clean HTML whose relative addresses are made absolute from the page."""
    return text.html(html, page) if _RELATIVE.search(html) else html


def description(
    event: Event, site: Site, summary: str, html: str, online_url: str | None
) -> tuple[str, str]:
    """Return a calendar entry's text, plain and as HTML.

    The HTML is "" when it has nothing to show that the plain text has not.
    """
    page = site.event_url(event)
    html = absolute(html, page)
    more = Fact(i18n.t("entry.page", event.language), page, page)
    known = [*facts(event, online_url), more]
    lines = "\n".join(fact.plain for fact in known)
    credit = credits_plain(event.sources, event.language)
    parts = (summary, text.plain(html), credit, lines)
    whole = "\n\n".join(part for part in parts if part)
    if not _MARKUP.search(html):
        return whole, ""
    credit = credits_html(event.sources, event.language)
    return whole, text.paragraphs(summary) + html + credit + facts_html(known)


def facts(event: Event, online_url: str | None) -> list[Fact]:
    """Return the lines under an event's text."""
    language = event.language
    rows = [
        ("entry.online", online_url, online_url),
        ("entry.registration", *_registration(event)),
        ("entry.price", event.price, None),
        ("entry.organizer", *_organizer(event)),
        ("entry.website", event.url, event.url),
    ]
    return [
        Fact(i18n.t(key, language), words or url or "", url)
        for key, words, url in rows
        if words or url
    ]


def _registration(event: Event) -> tuple[str, str | None]:
    given = event.registration or {}
    if not (deadline := given.get("deadline")):
        return "", given.get("url")
    day = _day(date.fromisoformat(deadline), event.language)
    return i18n.t("entry.until", event.language, day=day), given.get("url")


def _organizer(event: Event) -> tuple[str, str | None]:
    given = event.organizer or {}
    return given.get("name") or "", given.get("url")


def facts_html(known: list[Fact]) -> str:
    return f"<p>{'<br>'.join(fact.html for fact in known)}</p>" if known else ""


def items(rows: Iterable[str]) -> str:
    """Return HTML rows as a list, or "" without any."""
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f"<ul>{listed}</ul>" if listed else ""


def picture(image: dict[str, Any] | None, language: str) -> str:
    """Return a picture with its credit, which the law wants beside it, or ""."""
    if not image or not image.get("url"):
        return ""
    alt = escape(image.get("alt") or "")
    shown = f'<img src="{escape(image["url"])}" alt="{alt}">'
    if credit := image.get("credit"):
        words = i18n.t("entry.image_credit", language, credit=credit)
        shown += f"<br>{escape(words, quote=False)}"
    return f"<p>{shown}</p>"


def credits_plain(sources: Sequence[Source], language: str) -> str:
    """Return "Quellen: Text (URL), 02.09.2014; …", or "" without sources."""
    rows = (
        _dated(one, language, f"{one.text} ({one.url})" if one.url else one.text)
        for one in sources
    )
    return _credits(sources, language, rows)


def credits_html(sources: Sequence[Source], language: str) -> str:
    """Return the same as a paragraph with links, or ""."""
    rows = (_dated(one, language, linked(one.text, one.url)) for one in sources)
    line = _credits(sources, language, rows)
    return f"<p>{line}</p>" if line else ""


def _credits(sources: Sequence[Source], language: str, rows: Iterable[str]) -> str:
    if not sources:
        return ""
    label = i18n.t("news.sources", language)
    return f"{label} {'; '.join(rows)}"


def _dated(source: Source, language: str, words: str) -> str:
    if source.retrieved_on is None:
        return words
    return f"{words}, {_day(source.retrieved_on, language)}"
