"""Words and dates of a page, in the language of its interface."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from feeds import agenda, i18n, text, times
from feeds.selection import STATUSES, WEEK_STARTS
from feeds.times import Moment

# Spaces at which a date or a time must not break: "6. Juli 2021", "11:00 Uhr".
_TIED = re.compile(r"(?<=\d\.) (?=\w)|(?<=\w) (?=\d{4})|(?<=\d) (?=Uhr\b)")
# A hyphen that stands for a word before it: "Schülerinnen und -schüler".
_SUSPENDED = re.compile(r"(?<!\S)-(?=\w)")


@dataclass(frozen=True)
class Words:
    """`language` is the interface's; entries keep theirs, a channel's own too."""

    language: str
    own_language: str

    def t(self, key: str, **values: Any) -> str:
        return i18n.t(key, self.language, **values)

    def shy(self, words: str, language: str | None = None) -> str:
        """Return words with soft hyphens, so that long ones break well."""
        return text.hyphenate(self.tied(words), language or self.own_language)

    @staticmethod
    def tied(words: str) -> str:
        """Return words that keep the hyphen they begin with on their line."""
        return _SUSPENDED.sub("-\u2060", words)

    @property
    def lang_attr(self) -> Markup:
        return self.lang_of(self.own_language)

    def lang_of(self, language: str) -> Markup:
        """Return the attributes of words in another language (WCAG 3.1.2).

        Words that run the other way say so: their `dir` keeps them apart, too.
        """
        if language == self.language:
            return Markup("")
        own = i18n.direction(language)
        way = "" if own == self.direction else Markup(' dir="{}"').format(own)
        return Markup(' lang="{}"').format(language) + way

    @staticmethod
    def clean(html: str) -> Markup:
        """Return HTML that was cleaned on its way in, to be shown as it is."""
        return Markup(html)  # noqa: S704 -- feeds.text.html made it

    @staticmethod
    def stamp(moment: Moment) -> str:
        return times.format_moment(moment)

    def time(self, moment: datetime) -> str:
        return i18n.clock(moment, self.language)

    def month_name(self, year: int, month: int) -> str:
        return i18n.month_name(month, self.language)

    def month_year(self, year: int, month: int) -> str:
        return i18n.month_title(year, month, self.language)

    def month_short(self, day: date) -> str:
        return i18n.month_short(day.month, self.language)

    def weekday_short(self, day: date) -> str:
        return i18n.weekday_short(day, self.language)

    def weekdays(self, week: str) -> tuple[tuple[str, str], ...]:
        return i18n.weekday_names(self.language, WEEK_STARTS[week])

    def day_long(self, day: date) -> str:
        return i18n.day_long(day, self.language)

    def day_plain(self, day: date) -> str:
        return i18n.day_plain(day, self.language)

    def day_medium(self, day: date) -> str:
        return i18n.day_medium(day, self.language)

    def moment(self, moment: Moment) -> str:
        return i18n.moment_long(moment, self.language)

    def span(self, start: Moment, end: Moment) -> str:
        words = i18n.span_words(start, end, self.language)
        return _TIED.sub("\u00a0", words)

    def feature(self, slug: str) -> str:
        return i18n.feature(slug, self.language)

    def language_name(self, tag: str) -> str:
        return i18n.language_name(tag, self.language)

    def language_names(self, tags: Iterable[str]) -> list[tuple[str, str]]:
        return [(tag, self.language_name(tag)) for tag in tags]

    @property
    def status_names(self) -> list[tuple[str, str]]:
        return [(status, self.t(f"status.{status}")) for status in STATUSES]

    def zone_note(self, zone: str) -> str:
        return i18n.zone_note(zone, self.language)

    @property
    def direction(self) -> str:
        return i18n.direction(self.language)

    def times(self, item: agenda.DayEntry) -> str:
        """Return when an entry is, on the only day where a list shows it."""
        start, end = item.entry.start, item.entry.end
        if item.days > 1:
            words, day = self.span(start, end), item.day
            of = self.t("entry.day_of", day=day, days=item.days)
            return words if day == 1 else f"{words} ({of})"
        if isinstance(start, datetime) and isinstance(end, datetime):
            return i18n.time_span(start, end, self.language)
        return self.t("entry.all_day")

    def cell_words(self, day: agenda.Day) -> str:
        """Return what a cell says for its number: its day, and how much is on."""
        count = self.t("events.count_short", count=len(day.entries) + day.more)
        return f"{self.day_plain(day.date)}, {count}"
