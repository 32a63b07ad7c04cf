"""What an event is called, where and when it is: the same words in every format.

Plain text in the event's own language.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from feeds import i18n, times
from feeds.models import CourseSession, Event, Override

_ADDRESS = ("street", "postal_code", "city", "country")
_POSITION = ("latitude", "longitude")
_NOTHING = (None, "")
_CHANGES = 10

# Each web feed asks for the same words in turn, and CLDR patterns are slow to fill.
_day = lru_cache(maxsize=256)(i18n.moment_short)
_span = lru_cache(maxsize=256)(i18n.span_words)


def title(words: str, status: str, language: str) -> str:
    """Return a title that says when the thing is cancelled: some clients don't."""
    if status == "cancelled":
        return i18n.t("entry.cancelled", language, title=words)
    return words


def status(event: Event, override: Override | None) -> str:
    """Return the status of an instance; none takes place of what is cancelled."""
    if override is None or event.status == "cancelled":
        return event.status
    return override.status or event.status


def session_title(event: Event, session: CourseSession) -> str:
    """Return "Course: session" or, for one without a title, "Course (2/5)"."""
    if session.title:
        return f"{event.title}: {session.title}"
    if len(event.sessions) == 1:
        return event.title
    return f"{event.title} ({event.sessions.index(session) + 1}/{len(event.sessions)})"


def dated_title(event: Event) -> str:
    """Return "Di., 6. Juli 2021, 09:30 – Title"; a series has "ab" its first start."""
    start, _ = first_span(event)
    day = _day(start, event.language)
    if is_repeated(event):
        day = i18n.t("entry.from", event.language, day=day)
    return title(f"{day} – {event.title}", event.status, event.language)


def location(event: Event, override: Override | None = None) -> dict[str, Any]:
    """Return where it is: the location over the place, field by field.

    An override's location stands alone. Coordinates come as a pair from one of them.
    """
    if override is not None and override.location is not None:
        return override.location
    own = event.location or {}
    given = {key: value for key, value in own.items() if value not in _NOTHING}
    if (place := event.place) is None:
        return given
    address = {key: getattr(place, key) for key in _ADDRESS}
    known = {key: value for key, value in address.items() if value}
    if not all(key in given for key in _POSITION):
        known |= {key: getattr(place, key) for key in _POSITION}
        given = {key: given[key] for key in given.keys() - set(_POSITION)}
    return {"name": place.title} | known | given


def address(location: dict[str, Any]) -> tuple[str, ...]:
    """Return a location as lines: "Name", "Street", "44135 Town"."""
    town = " ".join(filter(None, (location.get("postal_code"), location.get("city"))))
    lines = (location.get("name"), location.get("street"), town)
    return tuple(line for line in lines if line)


def venue(location: dict[str, Any]) -> str:
    """Return a location as one line: "Name, Street, 44135 Town"."""
    return ", ".join(address(location))


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
    """Say whether there may be more dates than the first."""
    return bool(event.rrule or event.rdates or len(event.sessions) > 1)


def when(event: Event, home: str) -> str:
    """Return the first date in words, with its zone where that is not `home`'s."""
    words = _span(*first_span(event), event.language)
    if event.timezone != home and not event.all_day:
        zone = i18n.zone_note(event.timezone, event.language)
        words += f" ({zone})"
    if event.status == "tentative":
        words += f" ({i18n.t('status.tentative', event.language)})"
    if is_repeated(event) and not event.sessions:
        return i18n.t("entry.repeated", event.language, when=words)
    return words


def changed_dates(event: Event) -> list[str]:
    """Return which dates of a series are cancelled or moved: the first ten, in order.

    Left out are those of the days before the event was last written: there is no clock
    here that knew which are over.
    """
    zone = times.zone(event.timezone)
    since = times.local(event.updated_at, zone).date()
    overrides = [] if event.status == "cancelled" else event.overrides
    said = [
        words
        for planned, now, status in sorted(_plans(event, overrides))
        if max(planned, now).date() >= since
        and (words := _change(event, planned, now, status))
    ]
    more = len(said) - _CHANGES
    if more <= 0:
        return said
    rest = i18n.t("entry.more_changes", event.language, count=more)
    return [*said[:_CHANGES], rest]


def _plans(
    event: Event, overrides: list[Override]
) -> Iterator[tuple[datetime, datetime, str]]:
    """Yield of each date when it was to be, when it is, and its status."""
    for one in overrides:
        planned = one.recurrence_local
        if times.format_moment(event.moment(planned) or planned) not in event.exdates:
            yield planned, one.start_local or planned, one.status or event.status


def _change(event: Event, planned: datetime, now: datetime, status: str) -> str:
    """Return what became of a date, or "" when it takes place as planned."""
    before, after = (
        _day(event.moment(local) or local, event.language) for local in (planned, now)
    )
    if status == "cancelled":
        return title(before, status, event.language)
    if now == planned:
        return ""
    return i18n.t("entry.moved", event.language, planned=before, now=after)


def session_dates(event: Event) -> list[str]:
    """Return each date of a course in words, with its title, if there are several."""
    if len(event.sessions) < 2:
        return []
    return [_session_date(event, session) for session in event.sessions]


def _session_date(event: Event, session: CourseSession) -> str:
    start = event.moment(session.start_local) or session.start_local
    words = _span(start, event.moment(session.end_local), event.language)
    return f"{words}: {session.title}" if session.title else words
