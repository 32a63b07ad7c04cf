"""What repeats: rules, added and excepted dates, and instances that differ.

A rule that can't be kept as it is becomes dates where that says the same; otherwise the
component is refused with the reason. Never a loss without a word.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from feeds import recurrence, times
from feeds.importing.ics.lines import Line
from feeds.importing.ics.moments import When
from feeds.importing.ics.span import Reading, Span
from feeds.models import Event

MOST = 1000
_STEPS = {
    "HOURLY": dt.timedelta(hours=1),
    "MINUTELY": dt.timedelta(minutes=1),
    "SECONDLY": dt.timedelta(seconds=1),
}
_NEEDLESS = ("RSCALE=GREGORIAN", "SKIP=OMIT")
_UNTIL = re.compile(r"(?<=UNTIL=)(\d{8})(T\d{6}Z?)?")

Lists = Mapping[str, list[Line]]
Raw = dict[str, Any]


def is_series(lists: Lists) -> bool:
    return any(name in lists for name in ("RRULE", "RDATE"))


def take(lists: Lists, span: Span, reading: Reading, raw: Raw) -> None:
    """Add rrule, rdates and exdates to `raw`; ValueError refuses the component."""
    added = _listed(lists.get("RDATE", []), span, reading)
    rules = lists.get("RRULE", [])
    for line in rules[:1]:
        rule, dates = _rule(line, span, reading)
        added += dates
        if rule:
            raw["rrule"] = rule
    for line in rules[1:]:
        added += _as_dates(line, span, reading)
        reading.repaired(line, "a second RRULE, kept as single dates")
    if added:
        raw["rdates"] = sorted({times.format_moment(moment) for moment in added})
    if "rrule" in raw or added:
        _except(lists, span, reading, raw)


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
        out += _as_dates(line, span, reading)
        reading.repaired(line, "EXRULE, kept as single dates")
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
    said = line.value.upper().replace(" ", "").removeprefix("RRULE:")
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
    dates = _stepped(said, span, zone)
    if dates is None:
        raise ValueError(f"line {line.number}: RRULE: {reason}")
    reading.repaired(line, f"RRULE '{said}' kept as {len(dates)} single dates")
    return None, dates


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


def _as_dates(line: Line, span: Span, reading: Reading) -> list[times.Moment]:
    """Return all dates of a rule that ends; ValueError refuses one that doesn't."""
    rule, dates = _rule(line, span, replace(reading, repairs=[]))
    if rule is None:
        return dates
    event = Event(
        all_day=span.start.is_day,
        timezone=span.zone or reading.clock.floating,
        rrule=rule,
        start_local=span.start.local(),
        end_local=None,
        rdates=[],
        exdates=[],
        overrides=[],
        sessions=[],
    )
    found = list(recurrence.occurrences(event, (None, None), MOST + 1))
    if recurrence.is_endless(event) or len(found) > MOST:
        raise ValueError(
            f"line {line.number}: {line.name} has no end or more than {MOST} dates,"
            " and only one RRULE can be kept"
        )
    return [instance.start for instance in found]


def _stepped(rule: str, span: Span, zone: dt.tzinfo) -> list[times.Moment] | None:
    """Return the times of an hourly or faster rule that is plain and soon over."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    step = _STEPS.get(parts.get("FREQ", ""))
    count, interval = parts.get("COUNT", ""), parts.get("INTERVAL", "1")
    plain = not parts.keys() - {"FREQ", "COUNT", "INTERVAL", "WKST"}
    if step is None or not plain or span.start.is_day:
        return None
    if not (count.isdecimal() and interval.isdecimal() and 0 < int(interval) <= MOST):
        return None
    if not 0 < int(count) <= MOST:
        return None
    first = times.resolve(span.start.local(), zone)
    return [
        times.local(first + n * int(interval) * step, zone) for n in range(int(count))
    ]
