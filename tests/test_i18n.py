"""Words and dates: catalogues that match, forms that people write."""

from datetime import date, datetime, time
from string import Formatter

import pytest
from babel import Locale

from feeds import i18n, times
from feeds.catalogues import CATALOGUES


def forms(text: str | dict[str, str]) -> dict[str, str]:
    return text if isinstance(text, dict) else {"other": text}


def placeholders(text: str | dict[str, str]) -> set[str]:
    found: set[str] = set()
    for form in forms(text).values():
        found |= {name for _, name, _, _ in Formatter().parse(form) if name}
    return found


def counts_of(language: str) -> dict[str, list[int]]:
    """Return the plural forms of CLDR, each with numbers that take it."""
    rule = Locale.parse(i18n.LOCALES[language]).plural_form
    found: dict[str, list[int]] = {}
    for number in (*range(201), 1_000_000):
        found.setdefault(rule(number), []).append(number)
    return found


def test_languages_are_the_seven() -> None:
    assert i18n.LANGUAGES == ("ar", "de", "en", "fr", "pl", "tr", "uk")
    assert tuple(i18n.LOCALES) == i18n.LANGUAGES


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_catalogues_have_the_same_keys_in_alphabetical_order(language: str) -> None:
    assert list(CATALOGUES[language]) == sorted(CATALOGUES["en"])


@pytest.mark.parametrize("key", CATALOGUES["en"])
def test_text_has_the_same_placeholders_in_all_languages(key: str) -> None:
    texts = {language: CATALOGUES[language].get(key, "") for language in i18n.LANGUAGES}
    found = {code: placeholders(text) - {"count"} for code, text in texts.items()}
    assert found == dict.fromkeys(i18n.LANGUAGES, found["en"])
    is_plural = {code: isinstance(text, dict) for code, text in texts.items()}
    assert is_plural == dict.fromkeys(i18n.LANGUAGES, is_plural["en"])


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_text_is_empty_or_badly_spaced(language: str) -> None:
    texts = [
        form for text in CATALOGUES[language].values() for form in forms(text).values()
    ]
    assert [text for text in texts if not all(text.split(" "))] == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_plural_texts_have_the_forms_of_cldr(language: str) -> None:
    plurals = [text for text in CATALOGUES[language].values() if isinstance(text, dict)]
    assert {frozenset(text) for text in plurals} == {frozenset(counts_of(language))}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_plural_form_of_many_numbers_tells_the_number(language: str) -> None:
    shared = {form for form, numbers in counts_of(language).items() if numbers[1:]}
    plurals = [text for text in CATALOGUES[language].values() if isinstance(text, dict)]
    told = [text[form] for text in plurals for form in shared if form in text]
    assert [text for text in told if "{count}" not in text] == []


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE_ch", "de"),
        ("en-US", "en"),
        ("fr-CA", "fr"),
        ("pt", "en"),
        ("", "en"),
    ],
)
def test_supported_is_the_nearest_language(tag: str, expected: str) -> None:
    assert i18n.supported(tag) == expected


def test_t_fills_placeholders() -> None:
    assert i18n.t("entry.day_of", "de", day=2, days=3) == "Tag 2 von 3"
    assert i18n.t("entry.day_of", "en", day=2, days=3) == "day 2 of 3"


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 weitere"), (1, "1 weiterer"), (2, "2 weitere")]
)
def test_t_takes_the_plural_form(count: int, expected: str) -> None:
    assert i18n.t("month.more", "de", count=count) == expected


def test_t_does_not_read_values_as_templates() -> None:
    assert i18n.t("entry.cancelled", "en", title="{key}") == "Cancelled: {key}"


def test_t_with_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        i18n.t("no.such.key", "de")


def test_t_without_a_value_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        i18n.t("entry.day_of", "de", day=2)


def test_feature_of_its_own_words() -> None:
    assert i18n.feature("step-free", "de") == "Stufenloser Zugang"
    assert i18n.feature("baby-changing-room", "de") == "baby changing room"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("tlh", "ltr"),
        ("?", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction(tag: str, expected: str) -> None:
    assert i18n.direction(tag) == expected


DAY = date(2021, 7, 6)


@pytest.mark.parametrize(
    ("write", "german", "english"),
    [
        (i18n.day_long, "Dienstag, 6. Juli 2021", "Tuesday, 6 July 2021"),
        (i18n.day_plain, "6. Juli 2021", "6 July 2021"),
        (i18n.day_medium, "06.07.2021", "6 Jul 2021"),
        (i18n.weekday_short, "Di", "Tue"),
        (i18n.moment_short, "Di., 6. Juli 2021", "Tue, 6 Jul 2021"),
    ],
)
def test_day_in_words(write, german: str, english: str) -> None:  # type: ignore[no-untyped-def]  # five functions of one shape
    assert (write(DAY, "de"), write(DAY, "en")) == (german, english)


def test_month_in_words() -> None:
    assert i18n.month_title(2021, 3, "de") == "März 2021"
    assert i18n.month_name(3, "de") == "März"
    assert i18n.month_short(3, "en") == "Mar"


def test_weekday_names_from_monday_and_sunday() -> None:
    shorts = [short for short, _ in i18n.weekday_names("de")]
    assert " ".join(shorts) == "Mo Di Mi Do Fr Sa So"
    assert i18n.weekday_names("en", 6)[:2] == (("Sun", "Sunday"), ("Mon", "Monday"))


def test_time_in_words() -> None:
    assert i18n.time_text(time(9, 30), "de") == "09:30 Uhr"
    assert i18n.time_text(datetime(2021, 7, 6, 14, 5), "en") == "14:05"  # noqa: DTZ001 -- wall clock


def at(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "german", "english"),
    [
        (
            "2021-07-06T09:30",
            "2021-07-06T11:00",
            "Dienstag, 6. Juli 2021, 09:30 bis 11:00 Uhr",
            "Tuesday, 6 July 2021, 09:30 to 11:00",
        ),
        (
            "2021-07-06T09:30",
            None,
            "Dienstag, 6. Juli 2021, 09:30 Uhr",
            "Tuesday, 6 July 2021, 09:30",
        ),
        (
            "2021-07-06T09:30",
            "2021-07-06T09:30",
            "Dienstag, 6. Juli 2021, 09:30 Uhr",
            "Tuesday, 6 July 2021, 09:30",
        ),
        (
            "2021-07-30T22:00",
            "2021-07-31T02:00",
            "Freitag, 30. Juli 2021, 22:00 Uhr bis Samstag, 31. Juli 2021, 02:00 Uhr",
            "Friday, 30 July 2021, 22:00 to Saturday, 31 July 2021, 02:00",
        ),
        (
            "2021-07-30T20:00",
            "2021-07-31T00:00",
            "Freitag, 30. Juli 2021, 20:00 bis 24:00 Uhr",
            "Friday, 30 July 2021, 20:00 to midnight",
        ),
        ("2021-07-06", None, "Dienstag, 6. Juli 2021", "Tuesday, 6 July 2021"),
        ("2021-07-06", "2021-07-07", "Dienstag, 6. Juli 2021", "Tuesday, 6 July 2021"),
        ("2021-08-05", "2021-08-18", "5. bis 17. August 2021", "5 to 17 August 2021"),
        (
            "2021-07-28",
            "2021-08-06",
            "28. Juli bis 5. August 2021",
            "28 July to 5 August 2021",
        ),
        (
            "2021-12-28",
            "2022-01-03",
            "28. Dezember 2021 bis 2. Januar 2022",
            "28 December 2021 to 2 January 2022",
        ),
    ],
)
def test_span_in_words(start: str, end: str | None, german: str, english: str) -> None:
    span = (at(start), at(end) if end else None)
    assert i18n.span_words(*span, "de") == german
    assert i18n.span_words(*span, "en") == english


@pytest.mark.parametrize(
    ("language", "times", "days"),
    [
        (
            "ar",
            "الثلاثاء، 6 يوليو 2021، من 09:30 إلى 14:00",
            "من 5 إلى 17 أغسطس 2021",
        ),
        ("fr", "mardi 6 juillet 2021, de 09:30 à 14:00", "du 5 au 17 août 2021"),
        ("pl", "wtorek, 6 lipca 2021, 09:30–14:00", "5 – 17 sierpnia 2021"),
        ("tr", "6 Temmuz 2021 Salı, 09:30 – 14:00", "5 – 17 Ağustos 2021"),
        ("uk", "вівторок, 6 липня 2021 р., 09:30–14:00", "5 – 17 серпня 2021 р."),
        ("nl", "Tuesday, 6 July 2021, 09:30 to 14:00", "5 to 17 August 2021"),
    ],
)
def test_span_in_five_more_languages(language: str, times: str, days: str) -> None:
    afternoon = at("2021-07-06T09:30"), at("2021-07-06T14:00")
    assert i18n.span_words(*afternoon, language) == times
    assert i18n.span_words(at("2021-08-05"), at("2021-08-18"), language) == days


def test_languages_are_named_in_their_own_words() -> None:
    names = [i18n.own_name(language) for language in i18n.LANGUAGES]
    assert " ".join(names) == (
        "العربية Deutsch English Français Polski Türkçe Українська"
    )


def test_moment_short_with_a_time() -> None:
    assert i18n.moment_short(at("2021-07-06T09:30"), "de") == "Di., 6. Juli 2021, 09:30"


@pytest.mark.parametrize(
    ("zone", "language", "expected"),
    [
        ("Europe/Lisbon", "de", "Ortszeit in Lissabon"),
        ("Europe/Lisbon", "en", "local time in Lisbon"),
        ("America/Argentina/Buenos_Aires", "de", "Ortszeit in Buenos Aires"),
        ("America/New_York", "nl", "local time in New York"),
    ],
)
def test_zone_is_named_after_its_town(zone: str, language: str, expected: str) -> None:
    assert i18n.zone_note(zone, language) == expected


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_zone_that_we_take_has_a_town(language: str) -> None:
    notes = [i18n.zone_note(zone, language) for zone in times.zone_names()]

    assert [note for note in notes if "/" in note or "_" in note] == []
