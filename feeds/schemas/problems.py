"""Every problem of one document, gathered by flat path before anything is raised."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from feeds.errors import Invalid

UNKNOWN = "unknown"
SENTENCE = 300


class Problems:
    """Sentences by flat path: `sessions.1.start` is field `start` of the second one."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def add(self, path: str, sentence: str) -> None:
        self.found.setdefault(path, []).append(sentence)

    def has(self, path: str) -> bool:
        return path in self.found

    def load(self, schema: Schema, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is valid of `raw`; the rest is added to the problems.

        In a list with problems, None stands for an item of which nothing is valid.
        """
        try:
            data = schema.load(raw)
        except ValidationError as error:
            for path, sentence in flat(error.messages):
                self.add(path, sentence)
            data = error.valid_data
        return data if isinstance(data, dict) else {}

    def raise_any(self) -> None:
        """Raise Invalid with all that was found, if anything was."""
        if self.found:
            raise Invalid(self._summary(), self.found)

    def _summary(self) -> str:
        path, sentences = next(iter(self.found.items()))
        more = sum(map(len, self.found.values())) - 1
        first = f"{path}: {sentences[0]}" if path else sentences[0]
        return f"{first} (and {more} more)" if more else first


def flat(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield marshmallow's nested messages as (path, sentence)."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from flat(inner, _joined(path, key))
        return
    for sentence in messages if isinstance(messages, list) else [messages]:
        yield path, _named(sentence, path)


def _joined(path: str, key: Any) -> str:
    if key == "_schema":
        return path
    return f"{path}.{printable(str(key))}" if path else printable(str(key))


def _named(sentence: str, path: str) -> str:
    if sentence != UNKNOWN:
        return sentence
    return f"'{path.rpartition('.')[2]}' is unknown here"


def printable(text: str, longest: int = 80) -> str:
    """Return `text` fit for a sentence: control characters escaped, and cut."""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)
