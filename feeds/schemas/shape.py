"""Objects, lists, numbers and flags of the JSON that the API and the importers take.

An absent member and a null one mean the default. Members that only the service writes
are taken back without a word, so that one can GET, edit and PUT.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load
from marshmallow import validates_schema as checks

from feeds.schemas.problems import UNKNOWN
from feeds.schemas.words import Choice, shown

STATES = ("draft", "pending", "published", "rejected")
COORDINATES = ("latitude", "longitude")
BOTH = "latitude and longitude belong together: give both or neither"


def told(sentence: str, **more: Any) -> dict[str, Any]:
    """Return the metadata with which a field says what it means."""
    return {"description": sentence, **more}


def columns(model: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return the members that a model keeps as columns of the same name."""
    return {name: getattr(model, name) for name in names}


class Shape(Schema):
    """An object with these members and no others."""

    error_messages = {  # noqa: RUF012 -- marshmallow reads it from the class
        "unknown": UNKNOWN,
        "type": "is not an object",
    }

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.allow_none = not (field_obj.required or field_obj.dump_only)
        if isinstance(field_obj, Choice) and field_obj.allow_none:
            choices = {"enum": [*field_obj.words, None]}
            field_obj.metadata = {**field_obj.metadata, **choices}
        field_obj.error_messages["required"] = "is required"
        field_obj.error_messages["null"] = "is required"

    @pre_load
    def _spare(self, raw: Any, **_: Any) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        return {key: value for key, value in raw.items() if self._counts(key, value)}

    def _counts(self, key: str, value: Any) -> bool:
        field = self.fields.get(key)
        return field is None or not (field.dump_only or self._resets(field, value))

    @staticmethod
    def _resets(field: fields.Field[Any], value: Any) -> bool:
        return value is None and not field.required


class Located(Shape):
    """An object that may have coordinates."""

    @checks(skip_on_field_errors=False, pass_original=True)
    def _both(self, data: Any, raw: Mapping[str, Any], **_: Any) -> None:
        missing = [name for name in COORDINATES if raw.get(name) is None]
        if len(missing) == 1:
            raise ValidationError(BOTH, missing[0])


class Part(fields.Nested):
    """An object inside another; an empty one counts as absent (None)."""

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        if not isinstance(value, Mapping):
            raise ValidationError(f"{shown(value)} is not an object")
        return super()._deserialize(value, *args, **more) or None


class Many(fields.List[Any]):
    """A list of at most `most`; in one with problems, None stands for a bad item."""

    def __init__(self, item: fields.Field[Any], most: int, **settings: Any) -> None:
        self.most = most
        settings["metadata"] = {"maxItems": most} | settings.get("metadata", {})
        super().__init__(item, **settings)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any
    ) -> list[Any]:
        if not isinstance(value, list):
            raise ValidationError(f"{shown(value)} is not a list")
        if len(value) > self.most:
            raise ValidationError(
                f"has {len(value)} items, at most {self.most} are allowed"
            )
        items, errors = [], {}
        for index, raw in enumerate(value):
            try:
                items.append(self._item(raw))
            except ValidationError as error:
                errors[index] = error.messages
                valid = error.valid_data
                items.append(valid if isinstance(valid, dict) else None)
        if errors:
            raise ValidationError(errors, valid_data=items)
        return items

    def _item(self, raw: Any) -> Any:
        if raw is None:
            raise ValidationError("null is not allowed in a list")
        return self.inner.deserialize(raw)


class Number(fields.Float):
    """A finite JSON number within bounds."""

    def __init__(self, least: float, most: float, **settings: Any) -> None:
        self.least, self.most = least, most
        bounds = {"minimum": least, "maximum": most}
        settings["metadata"] = bounds | settings.get("metadata", {})
        super().__init__(**settings)

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValidationError(f"{shown(value)} is not a number")
        if not math.isfinite(value) or not self.least <= value <= self.most:
            raise ValidationError(
                f"{value} is not between {self.least} and {self.most}"
            )
        return value


class Whole(fields.Integer):
    """A JSON number without a fraction, from 0 to `most`."""

    def __init__(self, most: int, **settings: Any) -> None:
        self.most = most
        bounds = {"minimum": 0, "maximum": most}
        settings["metadata"] = bounds | settings.get("metadata", {})
        super().__init__(**settings)

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError(f"{shown(value)} is not a whole number")
        if not 0 <= value <= self.most:
            raise ValidationError(f"{shown(value)} is not between 0 and {self.most}")
        return value


class Flag(fields.Boolean):
    """true or false, and nothing that merely looks like it."""

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(f"{shown(value)} is neither true nor false")
        return value


class Stamps(Shape):
    """What the service alone writes, on every noun."""

    created_at = fields.String(dump_only=True, metadata={"format": "date-time"})
    updated_at = fields.String(dump_only=True, metadata={"format": "date-time"})
    sequence = fields.Integer(
        dump_only=True, metadata={"description": "Rises with each change: the ETag."}
    )
    links = fields.Dict(keys=fields.String(), values=fields.String(), dump_only=True)
