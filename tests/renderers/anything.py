"""Events with everything an event can have, as an author may send them: strategies.

What comes out is JSON for the schema. Rules are drawn until one passes; texts are all
that the schema lets through, most of it what breaks a content line.
"""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from feeds import rules, text, times
from tests.test_expansion import rule_texts

Raw = dict[str, Any]

DAY = dt.timedelta(days=1)
FIRST = dt.datetime(1970, 2, 1)  # noqa: DTZ001 -- wall clock
LAST = dt.datetime(2099, 12, 31)  # noqa: DTZ001 -- wall clock
NASTY = (
    *("\r\n", "\r", "\n", "\n\n", "\t", " ", "\x0b", "\x0c", "\x1b", "\x7f", "\x85"),
    *("\u2028", "\u2029", "\ufeff", "\u00ad", "\u202e", "\u200d", "\uffff"),
    *(",", ";", ":", "=", '"', "'", "^", "^n", "^'", "^^", "\\", "\\n", "\\,", "\\\\"),
    *("BEGIN:VEVENT", "\r\nEND:VEVENT\r\n", "\r\nX-EVIL:1", '";X-EVIL=1:', "\r\n b"),
    *("&amp;", "&", "<b>", "</p>", "]]>", "%0D%0A", "http://example.org/a,b;c"),
    *(
        "ä",
        "ß",
        "é",
        "e\u0301",
        "中",
        "😀",
        "👩‍👩‍👧",
        "🇩🇪",
        "a" * 37,
        "ß" * 31,
        "😀" * 19,
    ),
)
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
WORDS = st.sampled_from(NASTY) | st.text(LETTERS, max_size=6)
TEXTS = st.lists(WORDS, max_size=8).map("".join)
LINES = TEXTS.map(lambda raw: raw[:500])
TITLES = LINES.filter(text.line)
ZONES = st.sampled_from(sorted(times.zone_names()))
LANGUAGES = st.sampled_from(
    ["de", "en", "de-AT", "fr", "ar", "pl", "tr", "uk", "it", "zh-Hant"]
)
STATUSES = st.sampled_from(["confirmed", "tentative", "cancelled"])
PATHS = st.sampled_from(
    (
        "a",
        "/",
        ",",
        ";",
        "?q=",
        "&x=",
        "#",
        "'",
        "(",
        "!",
        "ü",
        "😀",
        "%0D%0A",
        "%",
        "~",
    )
)
URLS = st.lists(PATHS, max_size=5).map(lambda parts: "https://ex.org/" + "".join(parts))
EMAILS = st.sampled_from(["a@example.org", "o'hara+x@example.org", "ä@example.org"])
MARKUP = st.sampled_from(
    ("<p>{}</p>", "<b>{}</b>", "<ul><li>{}</li></ul>", "<a href='/x?a,b;c'>{}</a>")
)
HTML = st.lists(
    st.builds(str.replace, MARKUP, st.just("{}"), TEXTS) | TEXTS, max_size=3
).map("".join)


def _some(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Raw]:
    """Return objects that have any of these members."""
    return st.fixed_dictionaries({}, optional=members)


PERSONS = _some(name=LINES, email=EMAILS, url=URLS)
ADDRESSES = _some(
    name=LINES, street=LINES, postal_code=WORDS.map(lambda raw: raw[:16]), city=LINES
)
POSITIONS = st.fixed_dictionaries(
    {
        "latitude": st.floats(-90, 90, allow_subnormal=False),
        "longitude": st.floats(-180, 180, allow_subnormal=False),
    }
)
LOCATIONS = ADDRESSES | st.builds(lambda a, b: a | b, ADDRESSES, POSITIONS)
PLACES = st.builds(
    lambda title, rest: {"title": title, **rest}, TITLES, ADDRESSES.map(dict)
).map(lambda raw: {key: value for key, value in raw.items() if key != "name"})
UIDS = st.lists(WORDS, max_size=3).map(
    lambda parts: "".join(c for c in "".join(parts) if c.isprintable()).strip()
)
SOURCES = st.fixed_dictionaries(
    {"text": TITLES}, optional={"url": URLS, "retrieved_on": st.just("2014-09-02")}
)
IMAGES = st.fixed_dictionaries({"url": URLS}, optional={"alt": LINES, "credit": LINES})
REGISTRATIONS = _some(
    url=URLS, deadline=st.just("2021-06-30"), capacity=st.integers(0, 99)
)


@st.composite
def moments(draw: st.DrawFn) -> dt.datetime:
    """Draw a wall-clock time; many are in a night in which clocks change."""
    near = dt.datetime(2021, 3, 28)  # noqa: DTZ001 -- wall clock
    day = draw(st.datetimes(FIRST, LAST) | st.sampled_from([near, near + 217 * DAY]))
    clock = draw(st.sampled_from([(0, 0, 0), (2, 30, 0), (9, 30, 0), (23, 59, 59)]))
    return dt.datetime.combine(day.date(), dt.time(*clock))


@st.composite
def rule_of(draw: st.DrawFn, start: times.Moment, zone: str) -> str:
    """Draw a rule that may begin at `start`."""
    rule = draw(rule_texts())
    length = dt.timedelta(days=draw(st.integers(1, 3000)))
    timed = isinstance(start, dt.datetime)
    until = f"{start + length:%Y%m%d}" + ("T120000Z" if timed else "")
    rule += draw(st.sampled_from(["", ";COUNT=1", ";COUNT=17", f";UNTIL={until}"]))
    try:
        rules.parse(rule, start, times.zone(zone))
    except ValueError:
        return "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU;COUNT=9"
    return rule


class Span:
    """The dates of one event: whole days, or times of one zone."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.first = draw(moments())
        self.all_day = draw(st.booleans())
        self.minutes = draw(st.sampled_from([None, 1, 30, 90, 1440, 4000]))

    def moment(self, days: int) -> times.Moment:
        """Return the first start, moved by days."""
        found = self.first + days * DAY
        return found.date() if self.all_day else found

    def text(self, days: int) -> str:
        return times.format_moment(self.moment(days))

    def some(self, most: int) -> list[int]:
        """Draw distinct days after the first."""
        return self.draw(st.lists(st.integers(1, 40), unique=True, max_size=most))

    def ends(self, days: int, name: str = "end") -> Raw:
        """Return the end of what starts at that day, if it has one."""
        if self.minutes is None:
            return {}
        length = dt.timedelta(minutes=self.minutes)
        end = self.first + days * DAY + length
        if self.all_day:
            return {name: f"{(end + DAY).date()}"}
        return {name: times.format_moment(end)}


def _single(draw: st.DrawFn, span: Span, zone: str) -> Raw:
    return {"start": span.text(0), **span.ends(0)}


def _course(draw: st.DrawFn, span: Span, zone: str) -> Raw:
    titles = _some(title=LINES)
    days = [0, *span.some(4)]
    return {
        "sessions": [
            {"start": span.text(day), **span.ends(day), **draw(titles)} for day in days
        ]
    }


def _scattered(draw: st.DrawFn, span: Span, zone: str) -> Raw:
    further = [span.text(day) for day in span.some(4)] or [span.text(3)]
    excluded = draw(st.lists(st.sampled_from(further), max_size=2))
    return _single(draw, span, zone) | {
        "rdates": further,
        "exdates": excluded,
        "overrides": _overrides(draw, span),
    }


def _series(draw: st.DrawFn, span: Span, zone: str) -> Raw:
    rule = draw(rule_of(span.moment(0), zone))
    return _single(draw, span, zone) | {
        "rrule": rule,
        "rdates": [span.text(day) for day in span.some(3)],
        "exdates": [span.text(day) for day in span.some(3)],
        "overrides": _overrides(draw, span),
    }


def _overrides(draw: st.DrawFn, span: Span) -> list[Raw]:
    edited = _some(
        title=LINES,
        summary=TEXTS,
        description=HTML,
        location=LOCATIONS,
        online_url=URLS,
        status=STATUSES,
    )
    found = []
    for day in span.some(3):
        override = {"recurrence_id": span.text(day), **draw(edited)}
        if moved := draw(st.sampled_from([0, 0, 1, -1, 100])):
            override |= {"start": span.text(day + moved), **span.ends(day + moved)}
        found.append(override)
    return found


KINDS = (_single, _course, _scattered, _series, _series)


@st.composite
def events(draw: st.DrawFn, categories: int, places: int) -> Raw:
    """Draw one event; it may name the categories c0, c1, … and the places p0, p1, …"""
    zone = draw(ZONES)
    kind = draw(st.sampled_from(KINDS))
    members = {
        "summary": TEXTS,
        "description": HTML,
        "url": URLS,
        "image": IMAGES,
        "online_url": URLS,
        "organizer": PERSONS,
        "location": LOCATIONS,
        "price": LINES,
        "registration": REGISTRATIONS,
        "sources": st.lists(SOURCES, max_size=2),
        "accessibility": st.just(["step-free"]),
        "plain_language": TEXTS,
        "status": STATUSES,
        "language": LANGUAGES,
        "categories": st.lists(slugs("c", categories), unique=True, max_size=3),
        **({"place": slugs("p", places)} if places else {}),
    }
    return {
        "title": draw(TITLES),
        "timezone": zone,
        **draw(_some(**members)),
        **kind(draw, Span(draw), zone),
    }


def slugs(letter: str, count: int) -> st.SearchStrategy[str]:
    return st.sampled_from([f"{letter}{n}" for n in range(count)] or [""]).filter(bool)
