"""Files from elsewhere turned into the raw dicts that the API takes.

Import is not a second way in: what comes out of this room goes through the schemas and
`publish.take_in` like any request. Nothing here knows the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Revision:
    """How often and when an entry was written where it comes from, as far as known.

    `parts` are the same of the dates of a course, by their UID.
    """

    sequence: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    parts: Mapping[str, "Revision"] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One entry of a file: `raw` as the API takes it, or the reason why there is none.

    `line` is where the entry begins, counted from 1. `repairs` are whole sentences
    that name their line. `refused` is empty when `raw` can be taken in. `slug` is the
    one it had, and `said` names what a calendar of ours said of it.
    """

    raw: dict[str, Any]
    line: int
    repairs: list[str] = field(default_factory=list)
    refused: str = ""
    revision: Revision | None = None
    slug: str | None = None
    said: str = ""

    @property
    def uid(self) -> str:
        """Return what the entry calls itself, or "" where it doesn't."""
        return str(self.raw.get("uid") or self.raw.get("id") or "")
