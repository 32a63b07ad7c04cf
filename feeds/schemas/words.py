"""Fields that hold words: strict about the JSON type, and with sentences that name
the value.

A text field refuses NUL and lone surrogates, which no output format can carry, and
has a bound. What the outside documents of a field (`maxLength`, `pattern`, …) stands
in its metadata, where the OpenAPI document takes it from.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError, fields

from feeds import text
from feeds.schemas.problems import printable

LINE, BLOCK, HTML = 500, 20_000, 200_000


def shown(value: Any) -> str:
    """Return a value as JSON for a sentence, shortened."""
    return printable(json.dumps(value, ensure_ascii=False, default=str), 60)


class Text(fields.String):
    """A string as it was given, at most `longest` characters."""

    longest: ClassVar[int] = LINE

    def __init__(self, longest: int | None = None, **settings: Any) -> None:
        self.limit = longest or self.longest
        settings["metadata"] = self.described() | settings.get("metadata", {})
        super().__init__(**settings)

    def described(self) -> dict[str, Any]:
        return {"maxLength": self.limit}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any
    ) -> Any:
        if not isinstance(value, str):
            raise ValidationError(f"{shown(value)} is not a text")
        if offender := text.offenders(value):
            raise ValidationError(f"'{printable(value)}' holds {offender}")
        if len(value) > self.limit:
            raise ValidationError(
                f"'{printable(value, 40)}' has {len(value)} characters,"
                f" at most {self.limit} are allowed"
            )
        return self.read(value)

    def read(self, value: str) -> Any:
        """Return the value meant, or raise ValidationError."""
        return value


class Line(Text):
    """One line of plain text; line breaks become spaces."""

    def read(self, value: str) -> str:
        return text.line(value)


class Title(Line):
    """A line that says something."""

    def described(self) -> dict[str, Any]:
        return super().described() | {"minLength": 1}

    def read(self, value: str) -> str:
        if not (line := super().read(value)):
            raise ValidationError(f"'{printable(value)}' is empty")
        return line


class Block(Text):
    """Plain text of several lines, kept as written."""

    longest = BLOCK

    def read(self, value: str) -> str:
        return text.block(value)


class Html(Text):
    """HTML as given: it is cleaned once the address it stands at is known."""

    longest = HTML

    def described(self) -> dict[str, Any]:
        return super().described() | {
            "description": "HTML; cleaned to a small allowed set."
        }


class Shaped(Text):
    """A string of one shape."""

    shape: ClassVar[re.Pattern[str]]
    sentence: ClassVar[str]

    def described(self) -> dict[str, Any]:
        return super().described() | {"pattern": f"^{self.shape.pattern}$"}

    def read(self, value: str) -> str:
        if not self.shape.fullmatch(value):
            raise ValidationError(f"'{printable(value)}' is not {self.sentence}")
        return value


class Choice(Text):
    """One of a few words."""

    def __init__(self, *words: str, **settings: Any) -> None:
        self.words = words
        super().__init__(**settings)

    def described(self) -> dict[str, Any]:
        return {"enum": list(self.words)}

    def read(self, value: str) -> str:
        if value not in self.words:
            allowed = ", ".join(self.words)
            raise ValidationError(f"'{printable(value)}' is none of {allowed}")
        return value
