"""Links to subscribe to a calendar, and to take one event into it.

The forms are those that calendars accept; no maker documents them all. Google takes a
calendar by its webcal address only, Outlook by its https address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote, urlencode

from feeds import times
from feeds.renderers import FORMATS

GOOGLE = "https://calendar.google.com/calendar"
OUTLOOK = "https://outlook.live.com/calendar/0"
OFFICE = "https://outlook.office.com/calendar/0"

# What a channel offers, in the order it is listed: noun, format, name for people.
OFFERS = (
    ("events", "ics", "iCalendar"),
    ("events", "rss", "RSS"),
    ("events", "atom", "Atom"),
    ("events", "json", "JSON Feed"),
    ("news", "rss", "RSS"),
    ("news", "atom", "Atom"),
    ("news", "json", "JSON Feed"),
)


@dataclass(frozen=True)
class Feed:
    """One address that a program can follow."""

    noun: str
    output: str
    name: str
    media_type: str
    title: str
    url: str

    @property
    def webcal(self) -> str | None:
        """Return the address that opens a calendar program, None of other formats."""
        return webcal(self.url) if self.output == "ics" else None


def feeds_of(
    home: str, titles: Mapping[str, Sequence[str]], queries: Mapping[str, str]
) -> tuple[Feed, ...]:
    """Return the feeds of the channel whose absolute address is `home`.

    `titles` are by noun, each with what narrows it; `queries` by noun too, and by
    "events.ics".
    """
    return tuple(
        Feed(
            noun,
            output,
            name,
            FORMATS[output].media_type.partition(";")[0],
            f"{titles[noun][0]} ({', '.join((*titles[noun][1:], name))})",
            f"{home}/{noun}.{output}{queries.get(f'{noun}.{output}', queries[noun])}",
        )
        for noun, output, name in OFFERS
    )


@dataclass(frozen=True)
class Subscribe:
    """The ways to subscribe to one calendar address."""

    https: str
    name: str

    @property
    def webcal(self) -> str:
        return webcal(self.https)

    @property
    def google(self) -> str:
        return f"{GOOGLE}/r?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        return f"{OUTLOOK}/{self._from_web}"

    @property
    def microsoft(self) -> str:
        """The same at work or at school, where the account is one of Microsoft 365."""
        return f"{OFFICE}/{self._from_web}"

    @property
    def _from_web(self) -> str:
        url, name = (quote(text, safe="") for text in (self.https, self.name))
        return f"addfromweb?url={url}&name={name}"


@dataclass(frozen=True)
class Add:
    """The ways to take one date of an event into a calendar.

    `start` and `end` are wall-clock in `timezone` or dates, `end` exclusive.
    """

    ics: str
    title: str
    start: date | datetime
    end: date | datetime
    start_at: datetime
    end_at: datetime
    timezone: str
    place: str
    page: str

    @property
    def webcal(self) -> str:
        return webcal(self.ics)

    @property
    def google(self) -> str:
        query = {
            "action": "TEMPLATE",
            "text": self.title,
            "dates": "/".join(self._stamps()),
            "details": self.page,
            "location": self.place,
            "ctz": self.timezone,
        }
        return f"{GOOGLE}/render?{_query(query)}"

    @property
    def outlook(self) -> str:
        return f"{OUTLOOK}/deeplink/compose?{self._composed}"

    @property
    def microsoft(self) -> str:
        """The same at work or at school, where the account is one of Microsoft 365."""
        return f"{OFFICE}/deeplink/compose?{self._composed}"

    @property
    def _composed(self) -> str:
        query = {
            "path": "/calendar/action/compose",
            "rru": "addevent",
            "startdt": self._iso(self.start, self.start_at),
            "enddt": self._iso(self.end, self.end_at),
            "subject": self.title,
            "body": self.page,
            "location": self.place,
            "allday": "false" if isinstance(self.start, datetime) else "true",
        }
        return _query(query)

    def _stamps(self) -> tuple[str, str]:
        if isinstance(self.start, datetime):
            first, last = self.start_at.astimezone(UTC), self.end_at.astimezone(UTC)
            return f"{first:%Y%m%dT%H%M%SZ}", f"{last:%Y%m%dT%H%M%SZ}"
        return f"{self.start:%Y%m%d}", f"{self.end:%Y%m%d}"

    def _iso(self, moment: date | datetime, at: datetime) -> str:
        if isinstance(moment, datetime):
            return at.astimezone(times.zone(self.timezone)).isoformat()
        return moment.isoformat()


def _query(values: Mapping[str, str]) -> str:
    """Return a query with %20 for a space: Outlook shows a plus sign as one."""
    return urlencode(values, quote_via=quote, safe="/:")


def webcal(url: str) -> str:
    """Return an https address the way calendar programs take it from a browser."""
    return f"webcal://{url.partition('://')[2]}"
