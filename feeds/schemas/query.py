"""The reader's question: query string → Selection.

`selection.VIEWS` says which view takes which parameter; `PARAMETERS` here says what a
value may be. An empty value is a form field left empty on pages, and an error
elsewhere.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from feeds import text, times
from feeds.errors import Malformed
from feeds.i18n import LANGUAGES
from feeds.schemas.fields import Colour, Key, Language, Slug
from feeds.schemas.problems import SENTENCE, printable
from feeds.selection import (
    FIRST_MONTH,
    LAST_MONTH,
    MAX_PAGE,
    MAX_SIZE,
    NOTHING,
    QUERY_NAMES,
    SHOWABLE,
    STATUSES,
    VIEWS,
    WEEK_STARTS,
    WIDEST,
    WIDGETS,
    Selection,
    View,
)

LONGEST_SEARCH = 200
TRACKING = re.compile("utm_.*|fbclid|gclid|mc_.*")
# A relative day must hold whenever in this century it is asked.
_CENTURY = (date(2000, 1, 1), date(2099, 12, 31))

Read = Callable[[str, View], Any]


@dataclass(frozen=True)
class Parameter:
    """One row of the table: the field of Selection, and how its text is read."""

    field: str
    read: Read
    is_repeatable: bool = False


def parse_selection(
    view: str, args: MultiDict[str, str], *, ignore_tracking: bool
) -> Selection:
    """Return the question that a query string asks of a view.

    Raises Malformed with every parameter that is unknown, repeated or wrong.
    """
    row = VIEWS[view]
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for name, given in args.lists():
        if ignore_tracking and TRACKING.fullmatch(name):
            continue
        try:
            values |= _value(name, given, row)
        except ValidationError as error:
            errors[printable(name)] = list(error.messages)
    _check_window(values, errors)
    _check_archive(values, errors)
    if errors:
        name, sentences = next(iter(errors.items()))
        raise Malformed(f"{name}: {sentences[0]}", errors)
    return Selection(**values)


def _value(name: str, given: list[str], row: View) -> dict[str, Any]:
    if name not in row.takes or name not in PARAMETERS:
        known = ", ".join(sorted(row.takes)) or "none"
        raise ValidationError(
            f"'{printable(name)}' is not a parameter here; allowed are: {known}"
        )
    parameter = PARAMETERS[name]
    texts = [item for item in given if item] if row.is_html else given
    if len(texts) > 1 and not parameter.is_repeatable:
        raise ValidationError(f"is given {len(texts)} times, only once is allowed")
    if not texts:
        return {}
    read = [_read(parameter, item, row) for item in texts]
    if not parameter.is_repeatable:
        return {parameter.field: read[0]}
    found = {item for items in read for item in items}
    if name == "show" and len(found) > 1:
        found.discard(NOTHING)
    return {parameter.field: tuple(sorted(found))}


def _read(parameter: Parameter, value: str, row: View) -> Any:
    if not value:
        raise ValidationError("is empty")
    if offender := text.offenders(value):
        raise ValidationError(f"'{printable(value)}' holds {offender}")
    return parameter.read(value, row)


def _check_window(values: dict[str, Any], errors: dict[str, list[str]]) -> None:
    since, until = values.get("since"), values.get("until")
    if since and until and since[0].isdigit() and until[0].isdigit() and since >= until:
        errors["to"] = [f"'{until}' is not after from '{since}'; to is exclusive"]


def _check_archive(values: dict[str, Any], errors: dict[str, list[str]]) -> None:
    """An archive is a month of announcements, in their order: nothing else is one."""
    beside = [
        QUERY_NAMES.get(n, n) for n in ("since", "until", "order") if values.get(n)
    ]
    if values.get("archive") and beside:
        errors["archive"] = [f"is not taken beside {', '.join(beside)}"]


def _one_of(*words: str) -> Read:
    def read(value: str, row: View) -> str:
        if value not in words:
            raise ValidationError(f"'{printable(value)}' is none of {', '.join(words)}")
        return value

    return read


def _field(kind: type[Slug | Key | Colour | Language]) -> Read:
    field = kind()
    return lambda value, row: field.deserialize(value)


def _many(read: Read) -> Read:
    return lambda value, row: [read(value, row)]


def _flag(value: str, row: View) -> bool:
    return bool(int(_one_of("0", "1")(value, row)))


def _number(value: str, most: int) -> int:
    if not re.fullmatch("[1-9][0-9]{0,5}", value) or int(value) > most:
        raise ValidationError(
            f"'{printable(value)}' is not a whole number from 1 to {most}"
        )
    return int(value)


def _limit(value: str, row: View) -> int | None:
    limit = _number(value, row.max_limit)
    return None if limit == row.limit else limit


def _width(value: str, row: View) -> int | None:
    width = _number(value, WIDEST)
    return None if width == WIDEST else width


def _order(value: str, row: View) -> str | None:
    order = _one_of("start", "published")(value, row)
    return None if order == row.order else str(order)


def _day(value: str, row: View) -> str:
    try:
        for today in _CENTURY:
            times.parse_day(value, today)
    except ValueError as error:
        raise ValidationError(printable(str(error), SENTENCE)) from error
    return value.replace(" ", "+")


def _month(value: str, row: View) -> tuple[int, int]:
    if match := re.fullmatch("([0-9]{4})-(0[1-9]|1[0-2])", value):
        month = int(match[1]), int(match[2])
        if FIRST_MONTH <= month <= LAST_MONTH:
            return month
    raise ValidationError(
        f"'{printable(value)}' is not a month from {FIRST_MONTH[0]}-01"
        f" to {LAST_MONTH[0]}-12, such as 2021-07"
    )


def _search(value: str, row: View) -> str | None:
    if len(value) > LONGEST_SEARCH:
        raise ValidationError(
            f"has {len(value)} characters, at most {LONGEST_SEARCH} are allowed"
        )
    return text.line(value) or None


def _accent(value: str, row: View) -> str:
    colour = value if value.startswith("#") else f"#{value}"
    return str(Colour().deserialize(colour))


def _show(value: str, row: View) -> list[str]:
    return [str(_one_of(*SHOWABLE, NOTHING)(word, row)) for word in value.split(",")]


def _cursor(value: str, row: View) -> str:
    if not re.fullmatch("[A-Za-z0-9_=-]{1,200}", value):
        raise ValidationError(f"'{printable(value)}' is not from an answer's next")
    return value


PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {
        "category": Parameter("category", _many(_field(Slug)), True),
        "match": Parameter("match", _one_of("any", "all")),
        "exclude": Parameter("exclude", _many(_field(Slug)), True),
        "place": Parameter("place", _field(Slug)),
        "language": Parameter("language", _field(Language)),
        "status": Parameter("status", _one_of(*STATUSES)),
        "plain_language": Parameter("plain_language", _flag),
        "q": Parameter("q", _search),
        "from": Parameter("since", _day),
        "to": Parameter("until", _day),
        "order": Parameter("order", _order),
        "limit": Parameter("limit", _limit),
        "page": Parameter("page", lambda value, row: _number(value, MAX_PAGE)),
        "archive": Parameter("archive", _month),
        "after": Parameter("after", _cursor),
        "all": Parameter("all", _flag),
        "rich": Parameter("rich", _flag),
        "lang": Parameter("lang", _one_of(*LANGUAGES)),
        "month": Parameter("month", _month),
        "event": Parameter("event", _field(Slug)),
        "item": Parameter("item", _field(Slug)),
        "weeknumbers": Parameter("weeknumbers", _flag),
        "week": Parameter("week", _one_of(*WEEK_STARTS)),
        "theme": Parameter("theme", _one_of("auto", "light", "dark")),
        "accent": Parameter("accent", _accent),
        "show": Parameter("show", _show, True),
        "level": Parameter("level", lambda value, row: _number(value, 6)),
        "view": Parameter("view", _one_of(*WIDGETS)),
        "width": Parameter("width", _width),
        "height": Parameter("height", lambda value, row: _number(value, MAX_SIZE)),
        "measured": Parameter("measured", lambda value, row: _number(value, MAX_SIZE)),
        "pinned": Parameter("pinned", _flag),
    }
)
