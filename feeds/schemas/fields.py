"""Fields whose text has a shape or a meaning: names, codes, addresses, times."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from marshmallow import ValidationError

from feeds import text, times
from feeds.schemas.problems import SENTENCE, printable
from feeds.schemas.words import Shaped, Text

URL = 2_000
T = TypeVar("T")


class Slug(Shaped):
    longest = 80
    shape = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
    sentence = "a slug: lower-case letters and digits, joined by single hyphens"


class Id(Shaped):
    longest = 64
    shape = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}")
    sentence = "an id: 1 to 64 letters, digits, dots, underscores and hyphens"


class Uid(Text):
    """A calendar's UID: any printable text without blanks at its ends."""

    longest = 255

    def described(self) -> dict[str, Any]:
        return super().described() | {"minLength": 1}

    def read(self, value: str) -> str:
        if not value.isprintable() or value.strip() != value or not value:
            raise ValidationError(
                f"'{printable(value)}' is not a uid: printable characters,"
                " none of them a blank at either end"
            )
        if {".", ".."} & set(value.split("/")):
            raise ValidationError(
                f"'{printable(value)}' would get lost as an address: no part of it may"
                " be '.' or '..'"
            )
        return value


class Key(Uid):
    """The slug or the uid of an event."""


class Colour(Shaped):
    longest = 7
    shape = re.compile("#[0-9a-fA-F]{6}")
    sentence = "a colour such as #0b5cad"

    def read(self, value: str) -> str:
        return super().read(value).lower()


class Country(Shaped):
    longest = 2
    shape = re.compile("[A-Z]{2}")
    sentence = "a country of two capital letters such as DE"


class Language(Shaped):
    """A language tag (RFC 5646): language, script, region, in their usual case."""

    longest = 16
    shape = re.compile("[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|[0-9]{3}))?")
    sentence = "a language tag such as de or de-AT"

    def read(self, value: str) -> str:
        language, *rest = super().read(value).split("-")
        cased = [part.title() if len(part) == 4 else part.upper() for part in rest]
        return "-".join([language.lower(), *cased])


class Email(Shaped):
    longest = 254
    shape = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]+\.[^\s@.]+")
    sentence = "an e-mail address"

    def described(self) -> dict[str, Any]:
        return {"format": "email"}


class MediaType(Shaped):
    longest = 127
    shape = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
    sentence = "a media type such as application/pdf"

    def read(self, value: str) -> str:
        return super().read(value.lower())


class Url(Shaped):
    """An absolute web address, in ASCII as `text.safe_url` writes it."""

    longest = URL
    shape = re.compile(
        r"[hH][tT][tT][pP][sS]?://[^\s\"<>\\^`/?#@:\x00-\x1f\x7f][^\s\"<>\\^`\x00-\x1f\x7f]*"
    )
    sentence = "a web address that begins with https:// or http://"

    def described(self) -> dict[str, Any]:
        return {"format": "uri"}

    def read(self, value: str) -> str:
        address = text.safe_url(super().read(value))
        if address is None:
            raise ValidationError(f"'{printable(value)}' is not {self.sentence}")
        return address


class Origin(Shaped):
    """Who may frame a widget: scheme and host, a leading `*.` for all subdomains."""

    longest = 300
    shape = re.compile(
        r"https?://(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?"
        r"(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?"
    )
    sentence = "an origin such as https://www.example.org, without a path"


class Zone(Text):
    longest = 64

    def described(self) -> dict[str, Any]:
        return {"description": "IANA time zone.", "example": "Europe/Berlin"}

    def read(self, value: str) -> str:
        return _meant(lambda: times.zone(value).key)


class Moment(Text):
    """A date, or a wall-clock time without an offset."""

    longest = 19

    def described(self) -> dict[str, Any]:
        return {
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$",
            "description": "A date, or a wall-clock time in `timezone`.",
            "example": "2021-07-06T09:30",
        }

    def read(self, value: str) -> times.Moment:
        return _meant(lambda: times.parse_moment(value))


class Day(Text):
    longest = 10

    def described(self) -> dict[str, Any]:
        return {"format": "date"}

    def read(self, value: str) -> Any:
        if "T" in value:
            raise ValidationError(f"'{printable(value)}' is not a date (2021-07-06)")
        return _meant(lambda: times.parse_moment(value))


class Instant(Text):
    """An RFC 3339 time, kept as text until the channel's zone is known."""

    longest = 40

    def described(self) -> dict[str, Any]:
        return {
            "description": "RFC 3339; without an offset in the channel's zone.",
            "maxLength": self.limit,
            "example": "2021-07-06T07:30:00Z",
        }

    def read(self, value: str) -> str:
        _meant(lambda: times.parse_instant(value, times.UTC))
        return value


def _meant(read: Callable[[], T]) -> T:
    try:
        return read()
    except ValueError as error:
        raise ValidationError(printable(str(error), SENTENCE)) from error
