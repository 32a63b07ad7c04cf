"""What repeats: rules, added and excepted dates, and instances that differ.

A rule that can't be kept as it is becomes dates, the first thousand if there are more;
one without a meaning is left out. Never a loss without a word.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from feeds import recurrence, times
from feeds.importing.ics import spelled
from feeds.importing.ics.lines import Line
from feeds.importing.ics.moments import When
from feeds.importing.ics.span import Reading, Span
from feeds.importing.ics.spelled import MOST

_NEEDLESS = ("RSCALE=GREGORIAN", "SKIP=OMIT")
_UNTIL = re.compile(r"(?<=UNTIL=)(\d{8})(T\d{6}Z?)?")

Lists = Mapping[str, list[Line]]
Raw = dict[str, Any]


def is_series(lists: Lists) -> bool:
    return any(name in lists for name in ("RRULE", "RDATE"))


def take(lists: Lists, span: Span, reading: Reading, raw: Raw) -> None:
    """Add rrule, rdates and exdates to `raw`."""
    added = _listed(lists.get("RDATE", []), span, reading)
    rules = lists.get("RRULE", [])
    for line in rules[:1]:
        rule, dates = _rule(line, span, reading)
        added += dates
        if rule:
            raw["rrule"] = rule
    for line in rules[1:]:
        added += _as_dates(line, span, reading, "a second RRULE")
    if added:
        raw["rdates"] = _first(
            lists, sorted({*map(times.format_moment, added)}), reading
        )
    if "rrule" in raw or added:
        _except(lists, span, reading, raw)


def _first(lists: Lists, dates: list[str], reading: Reading) -> list[str]:
    """Return as many dates as an event may have."""
    if len(dates) > MOST:
        line = [*lists.get("RDATE", []), *lists.get("RRULE", [])][0]
        reading.repaired(
            line, f"{len(dates)} dates, the last to be kept is {dates[MOST - 1]}"
        )
    return dates[:MOST]


def named(lines: Mapping[str, Line], reading: Reading, span: Span) -> times.Moment:
    """Return the moment of its series that a RECURRENCE-ID names, or ValueError."""
    line = lines["RECURRENCE-ID"]
    found = reading.moments(line)
    if len(found) != 1:
        raise ValueError(f"line {line.number}: RECURRENCE-ID names no one date")
    return aligned(found[0], span)


def aligned(when: When, span: Span) -> times.Moment:
    """Return a moment in the kind and the zone of the series."""
    start = span.start
    if start.is_day:
        return when.day()
    if when.is_day:
        return dt.datetime.combine(when.day(), start.local().time())
    return (when if not when.zone else when.seen_in(start.zone)).local()


def _except(lists: Lists, span: Span, reading: Reading, raw: Raw) -> None:
    out = _listed(lists.get("EXDATE", []), span, reading)
    for line in lists.get("EXRULE", []):
        out += _as_dates(line, span, reading, "EXRULE")
    if out:
        raw["exdates"] = sorted({times.format_moment(moment) for moment in out})


def _listed(lines: list[Line], span: Span, reading: Reading) -> list[times.Moment]:
    found = []
    for line in lines:
        whens = reading.moments(line)
        if any(when.is_day != span.start.is_day for when in whens):
            kind = "a date" if span.start.is_day else "a time"
            reading.repaired(
                line, f"{line.name} is of another kind than the start, read as {kind}"
            )
        found += [aligned(when, span) for when in whens]
    return found


def _rule(
    line: Line, span: Span, reading: Reading
) -> tuple[str | None, list[times.Moment]]:
    """Return the rule to keep, or the dates that stand for it."""
    said = _said(line)
    zone = times.zone(span.zone or reading.clock.floating)
    start = span.start.value
    for text in dict.fromkeys((said, _tidied(said, span))):
        try:
            recurrence.validate_rule(text, start, zone)
        except ValueError as error:
            reason = str(error)
            continue
        if text != said:
            reading.repaired(line, f"RRULE '{said}' read as '{text}'")
        return text, []
    if reason.endswith("is before the start"):
        reading.repaired(line, f"RRULE left out: {reason}")
        return None, []
    return None, _as_dates(line, span, reading, f"RRULE '{_shown(said)}'")


def _tidied(rule: str, span: Span) -> str:
    """Return a rule without empty and X- parts, its UNTIL of the start's kind."""
    parts = dict(
        part.split("=", 1)
        for part in rule.split(";")
        if "=" in part and not part.startswith("X-") and part not in _NEEDLESS
    )
    if parts.get("COUNT") and parts.get("UNTIL"):
        parts.pop("UNTIL" if parts["COUNT"].isdecimal() else "COUNT")
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    if span.start.is_day:
        return _UNTIL.sub(r"\1", text)
    return _UNTIL.sub(lambda m: m[0] if m[2] else f"{m[1]}T235959", text)


def _as_dates(
    line: Line, span: Span, reading: Reading, what: str
) -> list[times.Moment]:
    """Return the dates of a rule, the first of them if there are too many."""
    zone = times.zone(span.zone or reading.clock.floating)
    try:
        reading.habit.spell()
        dates, is_whole = spelled.dates(
            _said(line), span.start.value, zone, with_start=line.name == "RRULE"
        )
    except ValueError as error:
        reading.repaired(line, f"{what} left out: {error}")
        return []
    if not dates:
        return []
    last = times.format_moment(dates[-1])
    rest = "" if is_whole else f", the last of them {last}: what comes later is not"
    kept = "single date" if len(dates) == 1 else "single dates"
    reading.repaired(line, f"{what}, kept as {len(dates)} {kept}{rest}")
    return dates


def _said(line: Line) -> str:
    return line.value.upper().replace(" ", "").removeprefix("RRULE:")


def _shown(rule: str) -> str:
    return rule if len(rule) <= 80 else f"{rule[:79]}…"
