"""Lists of entries as JSON: what the API lists and what `export` writes.

Either `{"items": […]}` or the bare list. Read entry by entry, so that each keeps its
line; strict as the API is: no key twice, no NaN, no deep nesting.
"""

import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from feeds.errors import Malformed
from feeds.importing import Item

MAX_DEPTH = 20
# What only the service writes; it differs from one database to the next.
READ_ONLY = ("created_at", "updated_at", "announced_at", "sequence", "links")
_SPACE = re.compile(r"[ \t\r\n]*")

Raw = dict[str, Any]
Entry = tuple[int, Any]
# It yields entries, and returns the position after them.
Walk = Generator[Entry, None, int]


@dataclass(frozen=True)
class Document:
    """A list: `entries` are its values, each with the line on which it begins.

    `head` holds the members beside it, all of them once `entries` is at its end.
    """

    head: Raw
    entries: Iterator[Entry]


def items(data: bytes) -> Iterator[Item]:
    """Yield the entries of a list. Raises Malformed with the line for broken JSON."""
    return (item(value, line) for line, value in read(data).entries)


def read(data: bytes) -> Document:
    """Return a list as it is read, which raises Malformed as `items` does."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Malformed(f"line {line}: this is not UTF-8") from error
    reader = _Reader(text)
    return Document(reader.head, _placed(text, reader.entries()))


def pieces(entries: Iterable[Raw]) -> Iterator[str]:
    """Yield a list as text, entry by entry: the shape that `items` reads."""
    before = '{"items": [\n'
    for entry in entries:
        kept = {name: entry[name] for name in entry if name not in READ_ONLY}
        yield before + json.dumps(kept, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n" if before == ",\n" else '{"items": []}\n'


def item(value: Any, line: int) -> Item:
    """Return an entry of a list as it is taken in, or the reason why not."""
    if not isinstance(value, dict):
        return Item({}, line, refused=f"{json.dumps(value)[:60]} is not an object")
    if _depth(value) > MAX_DEPTH:
        return Item({}, line, refused=f"it is nested deeper than {MAX_DEPTH}")
    raw = {name: value[name] for name in value if name not in READ_ONLY}
    return Item(raw, line)


def _placed(text: str, entries: Iterator[Entry]) -> Iterator[Entry]:
    line, counted = 1, 0
    for at, value in entries:
        line += text.count("\n", counted, at)
        counted = at
        yield line, value


def _depth(value: Any) -> int:
    """Return how deep a value is nested, without recursion, at most one too deep."""
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        nested = (v for v in level if isinstance(v, dict | list))
        level = [
            inner
            for v in nested
            for inner in (v.values() if isinstance(v, dict) else v)
        ]
    return depth - 1 if not level else depth


class _Reader:
    """Finds the list of a document and decodes it one entry at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.head: Raw = {}
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant
        )

    def entries(self) -> Iterator[Entry]:
        """Yield each entry with the position where it begins."""
        at = self._space(0)
        if self.text[at : at + 1] == "[":
            at = yield from self._list(at)
        elif self.text[at : at + 1] == "{":
            at = yield from self._wrapped(at)
        else:
            self._fail(at, "expected a list of entries, or an object with 'items'")
        if self._space(at) != len(self.text):
            self._fail(at, "something follows the list")

    def _wrapped(self, at: int) -> Walk:
        found, at = False, self._space(at + 1)
        while self.text[at : at + 1] != "}":
            key, at = self._value(at)
            at = self._space(self._expect(self._space(at), ":"))
            if key == "items" and self.text[at : at + 1] == "[" and not found:
                found = True
                at = yield from self._list(at)
            else:
                self.head[str(key)], at = self._value(at)
            at = self._next(at, "}")
        if not found:
            self._fail(at, "there is no list named 'items'")
        return at + 1

    def _list(self, at: int) -> Walk:
        at = self._space(at + 1)
        while self.text[at : at + 1] != "]":
            start = at
            value, at = self._value(at)
            yield start, value
            at = self._next(at, "]")
        return at + 1

    def _next(self, at: int, end: str) -> int:
        """Return the position of the next entry, or of the end."""
        at = self._space(at)
        if self.text[at : at + 1] == end:
            return at
        at = self._space(self._expect(at, ","))
        if self.text[at : at + 1] == end:
            self._fail(at, "a comma stands before the end")
        return at

    def _value(self, at: int) -> tuple[Any, int]:
        try:
            return self.decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            self._fail(error.pos, error.msg)
        except RecursionError:
            self._fail(at, f"it is nested deeper than {MAX_DEPTH}")
        except ValueError as error:
            self._fail(at, str(error))

    def _space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _expect(self, at: int, mark: str) -> int:
        if self.text[at : at + 1] != mark:
            self._fail(at, f"expected '{mark}'")
        return at + 1

    def _fail(self, at: int, sentence: str) -> NoReturn:
        line = self.text.count("\n", 0, at) + 1
        column = at - self.text.rfind("\n", 0, at)
        raise Malformed(f"line {line}, column {column}: {sentence}") from None

    @staticmethod
    def _object(pairs: list[tuple[str, Any]]) -> Raw:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise ValueError(f"the name '{twice}' is there twice in one object")
        return found

    @staticmethod
    def _constant(name: str) -> NoReturn:
        raise ValueError(f"{name} is not JSON")
