"""The page of a list that a client of the API asks for."""

import base64
import binascii
import re
from typing import Any

from marshmallow import ValidationError, fields

from feeds.schemas.problems import printable
from feeds.schemas.shape import Shape
from feeds.schemas.words import Text
from feeds.selection import DEFAULT_MAX_LIMIT

PAGE = 50
_PREFIX = b"after:"
_POSITION = re.compile(rb"[0-9]{1,18}")


class Limit(Text):
    """How many items a page has, as a query string says it."""

    longest = 10

    def described(self) -> dict[str, Any]:
        # In a query string it is text, to whoever writes one it is a number.
        return {"type": "integer", "minimum": 1, "maximum": DEFAULT_MAX_LIMIT}

    def read(self, value: str) -> int:
        digits = value.isascii() and value.isdigit()
        if not digits or not 1 <= int(value) <= DEFAULT_MAX_LIMIT:
            raise ValidationError(
                f"'{printable(value)}' is not a whole number"
                f" from 1 to {DEFAULT_MAX_LIMIT}"
            )
        return int(value)


class Cursor(Text):
    """Where a page begins: opaque outside, the last item's position inside."""

    longest = 100

    def read(self, value: str) -> int:
        try:
            raw = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
        except (binascii.Error, ValueError):
            raw = b""
        position = raw.removeprefix(_PREFIX)
        if not (raw.startswith(_PREFIX) and _POSITION.fullmatch(position)):
            raise ValidationError(f"'{printable(value)}' is not from an answer's next")
        return int(position)


class Query(Shape):
    """A query string, in which nothing is null."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.allow_none = False


class PageQuery(Query):
    """The query of a list: `limit` and `after`."""

    limit = Limit(metadata={"default": PAGE})
    after = Cursor(metadata={"description": "Opaque: taken from `next`."})


class NoQuery(Query):
    """The query of everything else: none."""


class Refusal(Shape):
    """A component of a file that was left out, and why."""

    line = fields.Integer()
    uid = fields.String()
    reason = fields.String()


class Report(Shape):
    """What became of a file; `repairs` are sentences that name a line."""

    created = fields.Integer()
    changed = fields.Integer()
    unchanged = fields.Integer()
    removed = fields.Integer()
    refused = fields.List(fields.Nested(Refusal))
    repairs = fields.List(fields.String())


def cursor(position: int) -> str:
    """Return the `after` of the page that follows an item's position."""
    raw = _PREFIX + str(position).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def listed(schema: type[Shape], name: str) -> Shape:
    """Return the schema of a list's answer."""
    members = {
        "items": fields.List(fields.Nested(schema), required=True),
        "next": fields.String(
            required=True,
            metadata={
                "type": ["string", "null"],
                "description": "The next page's URL, null on the last.",
            },
        ),
    }
    return Shape.from_dict(members, name=name)()  # type: ignore[arg-type,return-value] # stubs know only Schema
