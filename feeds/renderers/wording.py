"""What is said of an event or a news item, the same in every format.

Titles, places, credits and the lines of facts under a text, as plain text or clean
HTML, in the entry's own language.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from feeds import i18n, text, times
from feeds.models import CourseSession, Event, Override, Source
from feeds.renderers.frame import Site

_ADDRESS = ("street", "postal_code", "city", "country")
_POSITION = ("latitude", "longitude")
_NOTHING = (None, "")
# Anything but paragraphs and line breaks.
_MARKUP = re.compile(r"<(?!/?p>|br>)")


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
        return f"{escape(self.label, quote=False)}: {linked(self.words, self.url)}"


def linked(words: str, url: str | None) -> str:
    """Return escaped words, as a link when there is somewhere to go."""
    shown = escape(text.line(words), quote=False)
    return f'<a href="{escape(url)}">{shown}</a>' if url else shown


def title(words: str, status: str, language: str) -> str:
    """Return a title that says when the thing is cancelled: some clients don't."""
    if status == "cancelled":
        return i18n.t("entry.cancelled", language, title=words)
    return words


def session_title(event: Event, session: CourseSession) -> str:
    """Return "Course: session" or, for one without a title, "Course (2/5)"."""
    if session.title:
        return f"{event.title}: {session.title}"
    if len(event.sessions) == 1:
        return event.title
    return f"{event.title} ({event.sessions.index(session) + 1}/{len(event.sessions)})"


def location(event: Event, override: Override | None = None) -> dict[str, Any]:
    """Return where it is: the location over the place, field by field.

    An override's location stands alone. Coordinates come as a pair from one of them.
    """
    if override is not None and override.location is not None:
        return override.location
    given = {
        key: value
        for key, value in (event.location or {}).items()
        if value not in _NOTHING
    }
    if (place := event.place) is None:
        return given
    own = {key: getattr(place, key) for key in _ADDRESS}
    merged = {"name": place.title} | {k: v for k, v in own.items() if v} | given
    if not all(given.get(key) is not None for key in _POSITION):
        merged |= {key: getattr(place, key) for key in _POSITION}
    return merged


def venue(location: dict[str, Any]) -> str:
    """Return a location as one line: "Name, Street, 44135 Town"."""
    town = " ".join(filter(None, (location.get("postal_code"), location.get("city"))))
    parts = (location.get("name"), location.get("street"), town)
    return ", ".join(part for part in parts if part)


def description(
    event: Event, site: Site, summary: str, html: str, online_url: str | None
) -> tuple[str, str]:
    """Return a calendar entry's text, plain and as HTML.

    The HTML is "" when it has nothing to show that the plain text has not.
    """
    page = site.event_url(event)
    more = Fact(i18n.t("entry.page", event.language), page, page)
    known = [*facts(event, online_url), more]
    lines = "\n".join(fact.plain for fact in known)
    whole = "\n\n".join(part for part in (summary, text.plain(html), lines) if part)
    if not _MARKUP.search(html):
        return whole, ""
    return whole, paragraphs(summary) + html + facts_html(known)


def facts(event: Event, online_url: str | None) -> list[Fact]:
    """Return the lines under an event's text."""
    language = event.language
    rows = [
        ("entry.online", online_url, online_url),
        ("entry.registration", *_registration(event)),
        ("entry.price", event.price, None),
        ("entry.organizer", *_organizer(event)),
        ("entry.website", event.url, event.url),
        ("entry.sources", credits_plain(event.sources, language), None),
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
    day = i18n.day_medium(date.fromisoformat(deadline), event.language)
    return i18n.t("entry.until", event.language, day=day), given.get("url")


def _organizer(event: Event) -> tuple[str, str | None]:
    given = event.organizer or {}
    return given.get("name") or "", given.get("url")


def facts_html(known: list[Fact]) -> str:
    return f"<p>{'<br>'.join(fact.html for fact in known)}</p>" if known else ""


def paragraphs(words: str) -> str:
    """Return plain text as HTML: a paragraph for each block, or "" for nothing."""
    blocks = [escape(block, quote=False) for block in words.split("\n\n") if block]
    return "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks)


def picture(image: dict[str, Any] | None, language: str) -> str:
    """Return a picture with its credit, for the law asks for it beside the picture."""
    if not image or not image.get("url"):
        return ""
    alt = escape(text.line(image.get("alt") or ""))
    shown = f'<img src="{escape(image["url"])}" alt="{alt}">'
    if credit := image.get("credit"):
        words = i18n.t("entry.image_credit", language, credit=text.line(credit))
        shown += f"<br>{escape(words, quote=False)}"
    return f"<p>{shown}</p>"


def credits_plain(sources: Sequence[Source], language: str) -> str:
    return "; ".join(_credit(source, language, source.text) for source in sources)


def credits_html(sources: Sequence[Source], language: str) -> str:
    """Return "Quellen: Text, 02.09.2014; …" as a paragraph, or "" without sources."""
    if not sources:
        return ""
    rows = (_credit(each, language, linked(each.text, each.url)) for each in sources)
    label = i18n.t("news.sources", language, count=len(sources))
    return f"<p>{escape(label, quote=False)} {'; '.join(rows)}</p>"


def _credit(source: Source, language: str, words: str) -> str:
    if source.retrieved_on is None:
        return words
    return f"{words}, {i18n.day_medium(source.retrieved_on, language)}"


def first_span(event: Event) -> tuple[times.Moment, times.Moment | None]:
    """Return the authored start and end, of a course those of its earliest session."""
    start, end = event.start_local, event.end_local
    if event.sessions:
        first = min(event.sessions, key=lambda session: session.start_local)
        start, end = first.start_local, first.end_local
    moment = event.moment(start)
    if moment is None:
        raise ValueError(f"event {event.uid} has neither a start nor sessions")
    return moment, event.moment(end)


def is_repeated(event: Event) -> bool:
    return bool(event.rrule or event.rdates or len(event.sessions) > 1)


def dated_title(event: Event) -> str:
    """Return "Di., 6. Juli 2021, 09:30 – Title"; a series has "ab" its first start."""
    start, _ = first_span(event)
    day = _day(start, event.language)
    if is_repeated(event):
        day = i18n.t("entry.from", event.language, day=day)
    return title(f"{day} – {event.title}", event.status, event.language)


def when_and_where(event: Event, site: Site) -> str:
    """Return the paragraph that an announcement begins with."""
    start, end = first_span(event)
    when = _span(start, end, event.language)
    if event.timezone != site.channel.timezone and not event.all_day:
        zone = i18n.t("event.timezone", event.language, zone=event.timezone)
        when += f" ({zone})"
    if is_repeated(event):
        when = i18n.t("entry.repeated", event.language, when=when)
    where = venue(location(event))
    shown = [
        f"<strong>{escape(text.line(line), quote=False)}</strong>"
        for line in (when, where)
        if line
    ]
    dates = _session_dates(event) if len(event.sessions) > 1 else ""
    return f"<p>{'<br>'.join(shown)}</p>{dates}"


def _session_dates(event: Event) -> str:
    rows = []
    for session in event.sessions:
        start = event.moment(session.start_local) or session.start_local
        words = _span(start, event.moment(session.end_local), event.language)
        named = f"{words}: {text.line(session.title)}" if session.title else words
        rows.append(f"<li>{escape(named, quote=False)}</li>")
    return f"<ul>{''.join(rows)}</ul>"


# Each web feed asks for the same words in turn, and CLDR patterns are slow to fill.
_day = lru_cache(maxsize=256)(i18n.moment_short)
_span = lru_cache(maxsize=256)(i18n.span_words)


def calendar_link(event: Event, site: Site) -> str:
    """Return a link to the event's own calendar file."""
    words = i18n.t("entry.calendar_file", event.language)
    return f"<p>{linked(words, f'{site.event_url(event)}.ics')}</p>"
