"""Files from elsewhere turned into the raw dicts that the API takes.

Import is not a second way in: what comes out of this room goes through the schemas and
`publish.take_in` like any request. Nothing here knows the database.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Item:
    """One entry of a file: `raw` as the API takes it, or the reason why there is none.

    `line` is where the entry begins, counted from 1. `repairs` are whole sentences
    that name their line. `refused` is empty when `raw` can be taken in.
    """

    raw: dict[str, Any]
    line: int
    repairs: list[str] = field(default_factory=list)
    refused: str = ""

    @property
    def uid(self) -> str:
        """Return what the entry calls itself, or "" where it doesn't."""
        return str(self.raw.get("uid") or self.raw.get("id") or "")
