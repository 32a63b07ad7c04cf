"""What is written under a title: texts, facts, pictures and credits, for every format.

Plain text or clean HTML, in the entry's own language.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
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

    @cached_property
    def plain(self) -> str:
        return text.plain(self.html)

    def is_in(self, lines: list[str]) -> bool:
        """Tell whether a line says it, perhaps with an address that is lost here."""
        own = self.plain
        return any(line == own or line.startswith(f"{own} (") for line in lines)

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

    The plain text reads what the HTML says; the HTML is "" when it has nothing to show
    that the plain text has not. What the text says already is not said again, so that
    a calendar that comes back as it left is written as before.
    """
    page = site.event_url(event)
    html = absolute(html, page)
    more = Fact(i18n.t("entry.page", event.language), page, page)
    body = text.paragraphs(summary) + html
    whole = text.plain(body)
    said = whole.split("\n")
    known = [one for one in (*facts(event, online_url), more) if not one.is_in(said)]
    credit = credits_html(event.sources, event.language)
    if (plain_credit := text.plain(credit) if credit else "") in said:
        credit = plain_credit = ""
    lines = "\n".join(fact.plain for fact in known)
    whole = "\n\n".join(part for part in (whole, plain_credit, lines) if part)
    if not _MARKUP.search(html):
        return whole, ""
    return whole, text.html(body + credit + facts_html(known))


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


def credits_html(sources: Sequence[Source], language: str) -> str:
    """Return "Quellen: Text, 02.09.2014; …" with links, or "" without sources."""
    if not sources:
        return ""
    rows = (_dated(one, language, linked(one.text, one.url)) for one in sources)
    label = i18n.t("news.sources", language)
    return f"<p>{label} {'; '.join(rows)}</p>"


def _dated(source: Source, language: str, words: str) -> str:
    if source.retrieved_on is None:
        return words
    return f"{words}, {_day(source.retrieved_on, language)}"
