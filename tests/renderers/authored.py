"""What a calendar has to say of an event, from what its author sent.

Taken from the rules of the design alone: which VEVENTs there are and what each shows.
Texts are as the schema cleaned them.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from feeds import recurrence, text
from feeds.models import Event
from feeds.renderers.frame import part_uid
from tests.renderers.readers import Property, moment, position, rule

Values = dict[str, Any]
DAY = dt.timedelta(days=1)
ONE_EACH = (
    *("UID", "RECURRENCE-ID", "SUMMARY", "LOCATION", "STATUS", "GEO", "DTSTART"),
    *("DTEND", "RRULE", "CONFERENCE", "IMAGE", "ORGANIZER", "RELATED-TO"),
)
# In front of a title, in the event's language; in English where we don't speak it.
CANCELLED = {
    "ar": "أُلغيت: ",
    "de": "Abgesagt: ",
    "fr": "Annulé\N{NO-BREAK SPACE}: ",
    "pl": "Odwołane: ",
    "tr": "İptal edildi: ",
    "uk": "Скасовано: ",
}


@dataclass
class Entry:
    """An event's values, and those of what it names."""

    values: Values
    categories: list[str]
    place: Values | None

    def vevents(self) -> Iterator[dict[str, Any]]:
        """Yield what each VEVENT shows: the values of ONE_EACH, and the lists."""
        values = self.values
        if values["sessions"]:
            for number, session in enumerate(values["sessions"], 1):
                yield self._session(session, number)
            return
        overrides = {one["recurrence_local"]: one for one in values["overrides"]}
        excluded, further = locals_of(values["exdates"]), locals_of(values["rdates"])
        first = values["start_local"]
        if values["rrule"]:
            names = ("all_day", "timezone", "start_local", "rrule", "rdates")
            series = Event(**{name: values[name] for name in names})
            further = locals_of(recurrence.added(series))
            yield self._shown(first) | self._repeats(further, excluded)
            for start in overrides.keys() - excluded:
                named = {"RECURRENCE-ID": self._moment(start)}
                yield self._shown(start, overrides[start]) | named
            return
        for start in ({first} | further | overrides.keys()) - excluded:
            apart = {} if start == first else self._apart(start)
            yield self._shown(start, overrides.get(start)) | apart

    def _session(self, session: Values, number: int) -> dict[str, Any]:
        title, count = self.values["title"], len(self.values["sessions"])
        if session["title"]:
            title += f": {session['title']}"
        elif count > 1:
            title += f" ({number}/{count})"
        start = session["start_local"]
        own = {"title": title, "start_local": start, "end_local": session["end_local"]}
        return self._shown(start, own) | self._apart(start)

    def _apart(self, start: dt.datetime) -> dict[str, str]:
        uid = self.values["uid"]
        form = "%Y-%m-%d" if self.values["all_day"] else "%Y-%m-%dT%H:%M"
        form += ":%S" if start.second else ""
        return {"UID": part_uid(uid, f"{start:{form}}"), "RELATED-TO": uid}

    def _repeats(
        self, further: set[dt.datetime], excluded: set[dt.datetime]
    ) -> dict[str, Any]:
        return {
            "RRULE": rule(self.values["rrule"]),
            "RDATE": sorted(map(self._moment, further)),
            "EXDATE": sorted(map(self._moment, excluded)),
        }

    def _shown(self, start: dt.datetime, own: Values | None = None) -> dict[str, Any]:
        own = own or {}
        values = self.values | {k: v for k, v in own.items() if v is not None}
        cancelled = "cancelled" in (self.values["status"], values["status"])
        title, status = values["title"], values["status"]
        if cancelled:
            title = CANCELLED.get(values["language"][:2], "Cancelled: ") + title
            status = "cancelled"
        location = own.get("location") or self._location()
        organizer = values["organizer"] or {}
        begins = own.get("start_local") or start
        shown = {
            "UID": values["uid"],
            "SUMMARY": title,
            "LOCATION": venue(location),
            "STATUS": status.upper(),
            "GEO": geo(location),
            "DTSTART": self._moment(begins),
            "DTEND": self._end(begins, own.get("end_local")),
            "CONFERENCE": values["online_url"],
            "IMAGE": (values["image"] or {}).get("url"),
        }
        if organizer.get("email"):
            shown["ORGANIZER"] = organizer.get("name") or "nameless"
        return {key: value for key, value in shown.items() if value} | {
            "CATEGORIES": sorted(self.categories),
            "DESCRIPTION": (values["summary"], values["description"]),
        }

    def _location(self) -> Values:
        own = {k: v for k, v in (self.values["location"] or {}).items() if v != ""}
        if self.place is None:
            return own
        names = ("street", "postal_code", "city", "latitude", "longitude")
        place = {"name": self.place["title"]} | {k: self.place.get(k) for k in names}
        return place | own

    def _end(self, start: dt.datetime, end: dt.datetime | None) -> str | None:
        first, last = self.values["start_local"], self.values["end_local"]
        if end is None and last is not None:
            end = start + (last - first)
        if end is None and self.values["all_day"]:
            end = start + DAY
        return None if end is None else self._moment(end)

    def _moment(self, local: dt.datetime) -> str:
        if self.values["all_day"]:
            return moment(local.date())
        return moment(local.replace(tzinfo=ZoneInfo(self.values["timezone"])))


def locals_of(texts: list[str]) -> set[dt.datetime]:
    return {dt.datetime.fromisoformat(one) for one in texts}


def venue(location: Values) -> str:
    town = f"{location.get('postal_code') or ''} {location.get('city') or ''}".strip()
    lines = (location.get("name"), location.get("street"), town)
    return ", ".join(line for line in lines if line)


def geo(location: Values) -> str | None:
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if latitude is None or longitude is None:
        return None
    return position(float(f"{latitude:.6f}"), float(f"{longitude:.6f}"))


def shown_by(event: list[Property]) -> dict[str, Any]:
    """Return of a VEVENT that was read what `Entry.vevents` says of one."""
    found = {one.name: one for one in event}
    shown: dict[str, Any] = {
        name: found[name].value for name in ONE_EACH if name in found
    }
    if "ORGANIZER" in found:
        shown["ORGANIZER"] = dict(found["ORGANIZER"].params).get("CN", "nameless")
    for name in ("CATEGORIES", "RDATE", "EXDATE"):
        values = sorted(one.value for one in event if one.name == name)
        if values or name == "CATEGORIES" or "RRULE" in found:
            shown[name] = values
    return shown


def words(summary: str, html: str, page: str) -> str:
    """Return the text that a description begins with."""
    return text.plain(text.paragraphs(summary) + text.html(html, page))
