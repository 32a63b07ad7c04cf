"""The times of an event: one kind throughout, ends after starts, a rule within bounds.

All-day events have dates, others wall-clock times in the event's zone. Ends are
exclusive. A course has `sessions` in place of a rule.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from feeds import recurrence, times
from feeds.schemas.problems import SENTENCE, Problems, printable
from feeds.times import Moment

REPEATS = ("rrule", "rdates", "exdates", "overrides")
Located = tuple[str, Moment]


def values(data: dict[str, Any], zone: str, problems: Problems) -> dict[str, Any]:
    """Return the columns of the event's times, as far as they are sound."""
    moments = [located for located in _moments(data) if located[1] is not None]
    all_day = bool(moments) and not isinstance(moments[0][1], datetime)
    _check_parts(data, problems)
    _check_kind(moments, all_day, problems)
    _check_ends(data, problems)
    return {
        "all_day": all_day,
        "timezone": zone,
        "start_local": local(data.get("start")),
        "end_local": local(data.get("end")),
        "rrule": _rule(data, zone, problems),
        "rdates": _texts(data.get("rdates", [])),
        "exdates": _texts(data.get("exdates", [])),
        "sessions": [_session(session or {}) for session in data.get("sessions", [])],
    }


def local(moment: Moment | None) -> datetime | None:
    """Return a moment as the models keep it: a date stands at 00:00."""
    return None if moment is None else times.wall_clock(moment)


def _moments(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in ("start", "end"):
        yield name, data.get(name)
    for name in ("rdates", "exdates"):
        for index, moment in enumerate(data.get(name, [])):
            yield f"{name}.{index}", moment
    for name in ("overrides", "sessions"):
        for index, part in enumerate(data.get(name, [])):
            for member in ("recurrence_id", "start", "end"):
                yield f"{name}.{index}.{member}", (part or {}).get(member)


def _check_kind(moments: list[Located], all_day: bool, problems: Problems) -> None:
    odd = [(p, m) for p, m in moments if isinstance(m, datetime) == all_day]
    first = moments[0][0] if moments else ""
    for path, moment in odd:
        problems.add(
            path,
            f"'{times.format_moment(moment)}' {'has a' if all_day else 'is without a'}"
            f" time of day, unlike {first}: an event has dates or times throughout",
        )


def _check_parts(data: dict[str, Any], problems: Problems) -> None:
    sessions = data.get("sessions")
    if not sessions and "start" not in data and not problems.has("start"):
        problems.add("start", "is required")
    for name in REPEATS:
        if sessions and data.get(name):
            problems.add(name, f"sessions and {name} exclude each other")
    if sessions or data.get("rrule") or data.get("rdates"):
        return
    for name in ("exdates", "overrides"):
        if data.get(name) and not problems.has("rrule"):
            problems.add(name, f"{name} need an rrule or rdates")


def _check_ends(data: dict[str, Any], problems: Problems) -> None:
    for path, start, end in _spans(data):
        if type(start) is type(end) and end is not None and end <= start:
            problems.add(
                f"{path}end",
                f"'{times.format_moment(end)}' is not after the start"
                f" '{times.format_moment(start)}'; an end is exclusive",
            )


def _spans(data: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    yield "", data.get("start"), data.get("end")
    for name in ("overrides", "sessions"):
        for index, part in enumerate(data.get(name, [])):
            start = (part or {}).get("start", (part or {}).get("recurrence_id"))
            yield f"{name}.{index}.", start, (part or {}).get("end")


def _rule(data: dict[str, Any], zone: str, problems: Problems) -> str | None:
    rule, start = data.get("rrule"), data.get("start")
    if not rule or start is None:
        return None
    try:
        valid = recurrence.validate_rule(rule, start, times.zone(zone))
    except ValueError as error:
        problems.add("rrule", printable(str(error), SENTENCE))
        return None
    _check_crowd(valid, start, data.get("end"), zone, problems)
    return valid


def _check_crowd(
    rule: str, start: Moment, end: Moment | None, zone: str, problems: Problems
) -> None:
    """Refuse a series that nobody can be shown: all of it goes on all of the time."""
    if end is None or type(end) is not type(start) or problems.has("end"):
        return
    most = recurrence.MAX_AT_ONCE
    if recurrence.at_once(rule, start, end, times.zone(zone)) > most:
        problems.add(
            "end",
            f"'{times.format_moment(end)}': more than {most} dates of the rule"
            " would begin before the first one ends",
        )


def _texts(moments: list[date | None]) -> list[str]:
    return sorted({times.format_moment(moment) for moment in moments if moment})


def _session(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "uid": data.get("uid"),
        "start_local": local(data.get("start")),
        "end_local": local(data.get("end")),
        "title": data.get("title") or None,
    }
