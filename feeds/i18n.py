"""The words and dates that people read, in each language of the interface.

`t` looks a key up in `feeds.catalogues`; everything about dates comes from CLDR through
Babel. All functions take any language tag and answer in the nearest interface language.
Dates and times are wall-clock values; no zone is converted here.
"""

import math
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError, dates, numbers
from babel.core import get_global

from feeds.catalogues import CATALOGUES
from feeds.times import Moment

LANGUAGES = tuple(CATALOGUES)
OTHERWISE = "en"
# British English writes the day before the month; Arabic has the month names of CLDR.
LOCALES = {
    "ar": "ar",
    "de": "de_DE",
    "en": "en_GB",
    "fr": "fr_FR",
    "pl": "pl_PL",
    "tr": "tr_TR",
    "uk": "uk_UA",
}
_DAY = timedelta(days=1)


def supported(language: str) -> str:
    """Return the interface language nearest to a language tag ("de-AT" is "de")."""
    base = language.replace("_", "-").partition("-")[0].lower()
    return base if base in CATALOGUES else OTHERWISE


def t(key: str, language: str, /, **values: Any) -> str:  # values: whatever str() takes
    """Return the text of a key with its placeholders filled.

    A text with plural forms takes the form that CLDR has for `count`. An unknown key
    or a missing value is a KeyError: a mistake in our code.
    """
    code = supported(language)
    text = CATALOGUES[code][key]
    if isinstance(text, dict):
        text = text[_locale(code).plural_form(values["count"])]
    return text.format(**values)


def feature(slug: str, language: str) -> str:
    """Return the label of an accessibility feature; a foreign one in its own words."""
    key = f"feature.{slug}"
    is_known = key in CATALOGUES[OTHERWISE]
    return t(key, language) if is_known else slug.replace("-", " ")


def zone_note(zone: str, language: str) -> str:
    """Return whose clock a time is told by: "Ortszeit in Lissabon"."""
    place = dates.get_timezone_location(
        zone, locale=_locale(language), return_city=True
    )
    return t("event.timezone", language, zone=place.rpartition("/")[2])


def language_name(tag: str, language: str) -> str:
    """Return what a language is called: "Englisch"; an unknown one as its tag."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(_locale(language))
    except (UnknownLocaleError, ValueError):
        return tag
    return name or tag


def own_name(language: str) -> str:
    """Return what an interface language calls itself in a list: "Français"."""
    name = Locale.parse(language).get_language_name() or language
    return name[:1].upper() + name[1:]


def likely(tag: str) -> str:
    """Return "de_DE" for "de", "de_AT" for "de-AT", "" for what CLDR doesn't know."""
    try:
        found = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    guess = get_global("likely_subtags").get(found.language, "")
    return f"{found.language}_{found.territory or guess.rpartition('_')[2]}"


def ratio(value: float, language: str) -> str:
    """Return "4,5": one digit after the mark, and never more than it is."""
    cut = math.floor(value * 10) / 10
    return numbers.format_decimal(cut, format="0.0", locale=_locale(language))


def direction(language: str) -> str:
    """Return "ltr" or "rtl", the way the script of an entry's language runs."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        return "ltr"


def day_long(day: date, language: str) -> str:
    """Return "Dienstag, 6. Juli 2021"."""
    return dates.format_date(day, "full", locale=_locale(language))


def day_plain(day: date, language: str) -> str:
    """Return "6. Juli 2021"."""
    return dates.format_date(day, "long", locale=_locale(language))


def day_medium(day: date, language: str) -> str:
    """Return "06.07.2021", in English "6 Jul 2021"."""
    return dates.format_date(day, "medium", locale=_locale(language))


def month_title(year: int, month: int, language: str) -> str:
    """Return "Juli 2021"."""
    return _skeleton("yMMMM", date(year, month, 1), language)


def month_name(month: int, language: str) -> str:
    """Return "Juli"."""
    return str(_locale(language).months["stand-alone"]["wide"][month])


def month_short(month: int, language: str) -> str:
    """Return "Jul"."""
    return str(_locale(language).months["stand-alone"]["abbreviated"][month])


def weekday_short(day: date, language: str) -> str:
    """Return "Di", in English "Tue"."""
    return _weekday("abbreviated", day.weekday(), language)


def weekday_names(language: str, week_start: int = 0) -> tuple[tuple[str, str], ...]:
    """Return seven pairs ("Mo", "Montag"); `week_start` 0 is Monday, 6 is Sunday."""
    order = [(week_start + number) % 7 for number in range(7)]
    return tuple(
        (_weekday("abbreviated", number, language), _weekday("wide", number, language))
        for number in order
    )


def clock(moment: datetime | time, language: str) -> str:
    """Return "09:30": by 24 hours in every language, as the country does."""
    at = moment.time() if isinstance(moment, datetime) else moment
    return dates.format_time(at, _clock_pattern(language), locale=_locale(language))


def time_text(moment: datetime | time, language: str) -> str:
    """Return "09:30 Uhr", in English "09:30"."""
    return t("time.at", language, time=clock(moment, language))


def time_span(start: datetime, end: datetime | None, language: str) -> str:
    """Return "09:30 bis 11:00 Uhr" of one day; an end at midnight is "24:00"."""
    if end is None or end == start:
        return time_text(start, language)
    is_midnight = end.time() == time(0)
    until = t("time.midnight", language) if is_midnight else clock(end, language)
    return t("time.span", language, start=clock(start, language), end=until)


def moment_short(moment: Moment, language: str) -> str:
    """Return "Di., 6. Juli 2021, 09:30", without a time for a date."""
    day = _skeleton("yMMMEd", moment, language)
    if not isinstance(moment, datetime):
        return day
    return t("time.moment", language, day=day, time=clock(moment, language))


def moment_long(moment: Moment, language: str) -> str:
    """Return "Dienstag, 6. Juli 2021, 09:30 Uhr", without a time for a date."""
    if not isinstance(moment, datetime):
        return day_long(moment, language)
    day, at = day_long(moment, language), time_text(moment, language)
    return t("time.moment", language, day=day, time=at)


def span_words(start: Moment, end: Moment | None, language: str) -> str:
    """Return the time from `start` to the exclusive `end` in words.

    "Dienstag, 6. Juli 2021, 09:30 bis 11:00 Uhr" for date-times, "5. bis 17. August
    2021" for dates. Without an end, or with one equal to its start: a moment or a day.
    """
    if isinstance(start, datetime):
        finish = end if isinstance(end, datetime) else None
        return _times_in_words(start, finish, language)
    return _days_in_words(start, end, language)


def _times_in_words(start: datetime, end: datetime | None, language: str) -> str:
    if end is None or end == start:
        return moment_long(start, language)
    ends_at_midnight = end == datetime.combine(start + _DAY, time(0))
    if end.date() == start.date() or ends_at_midnight:
        day, at = day_long(start, language), time_span(start, end, language)
        return t("time.moment", language, day=day, time=at)
    first, last = moment_long(start, language), moment_long(end, language)
    return t("time.days", language, start=first, end=last)


def _days_in_words(start: date, end: date | None, language: str) -> str:
    last = start if end is None or end <= start else end - _DAY
    if last == start:
        return day_long(start, language)
    first = _range_start(start, last, language)
    return t("time.days", language, start=first, end=day_plain(last, language))


def _range_start(start: date, last: date, language: str) -> str:
    if start.year != last.year:
        return day_plain(start, language)
    if start.month != last.month:
        return _skeleton("MMMMd", start, language)
    return dates.format_date(start, _day_of_range(language), locale=_locale(language))


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[supported(language)])


@lru_cache(maxsize=32)
def _day_of_range(language: str) -> str:
    """Return how CLDR writes the first day of two in one month: "d." of "d.–d. MMM"."""
    first, _ = _locale(language).interval_formats["yMMMd"]["d"]
    return str(first).rstrip(" \u2009\u2013")


@lru_cache(maxsize=32)
def _clock_pattern(language: str) -> str:
    return str(_locale(language).datetime_skeletons["Hm"].pattern)


def _skeleton(skeleton: str, day: date, language: str) -> str:
    midnight = datetime.combine(day, time(0))
    return dates.format_skeleton(skeleton, midnight, locale=_locale(language))


def _weekday(width: str, number: int, language: str) -> str:
    return str(_locale(language).days["stand-alone"][width][number])
