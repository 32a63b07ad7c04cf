"""JSON bodies, read strictly: what two parsers could read differently is refused.

Duplicate keys, NaN, numbers beyond what a double holds, a byte-order mark, bytes that
are not UTF-8 and nesting deeper than 20 are 400, each with its sentence.
"""

import json
import math
import re
from typing import Any

from feeds.errors import Malformed

DEEPEST = 20
LONGEST_NUMBER = 30
BOM = b"\xef\xbb\xbf"
# A string that never ends matches too, so that the search stays linear.
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


def parse(body: bytes) -> dict[str, Any]:
    """Return the JSON object in a body, or raise Malformed."""
    if not body:
        raise Malformed("The body is empty: send a JSON object.")
    if body.startswith(BOM):
        raise Malformed("The body begins with a byte-order mark: send plain UTF-8.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(
            f"The body is not UTF-8: byte 0x{body[error.start]:02x}"
            f" at position {error.start}."
        ) from error
    _refuse_depth(text)
    value = _loaded(text)
    if not isinstance(value, dict):
        raise Malformed(f"The body is {_kind(value)}: send a JSON object.")
    return value


def _refuse_depth(text: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Malformed(
                    f"The JSON is nested deeper than {DEEPEST} levels"
                    f" at position {token.start()}."
                )
        elif token[0] in "]}":
            depth -= 1


def _loaded(text: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except json.JSONDecodeError as error:
        raise Malformed(
            f"The body is not JSON: {error.msg}"
            f" in line {error.lineno}, column {error.colno}."
        ) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Malformed(f"The member {json.dumps(twice)[:80]} is there twice.")
    return found


def _constant(name: str) -> Any:
    raise Malformed(f"{name} is not a JSON number.")


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Malformed(f"The number {text[:LONGEST_NUMBER]} is too large.")
    return number


def _int(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Malformed(f"The number {text[:LONGEST_NUMBER]}… is too large.")
    return int(text)


def _kind(value: Any) -> str:
    kinds = {list: "a list", str: "a text", bool: "a truth value", type(None): "null"}
    return kinds.get(type(value), "a number")
