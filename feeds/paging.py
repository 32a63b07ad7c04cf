"""Where a document of a web feed stands among others: its pages and archives.

RFC 5005. Pages (§3) count from the newest on: what is published while somebody walks
them moves the rest by one. Archives (§4) are the months of announcement in the
channel's zone, each in pages of its own, and move only with what is removed from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from feeds import times
from feeds.models import Channel
from feeds.question import archive_of, is_closed
from feeds.selection import MAX_PAGE, Selection, View
from feeds.store import Session, announcements, fragments
from feeds.store.filters import Filter
from feeds.store.fragments import Piece

# Bytes of items in a document; with what can stand around them it is below 1 MB.
ROOM = 850_000
ARCHIVE, COMPLETE = "archive", "complete"


@dataclass(frozen=True)
class Paging:
    """One document of a selection, which has the defaults of a view."""

    session: Session
    model: Any
    home: Channel
    wanted: Filter
    selection: Selection
    view: View

    @property
    def limit(self) -> int:
        """Return how many items are asked for at the most."""
        return self.selection.limit or self.view.limit or 0

    @property
    def offset(self) -> int:
        """Return how many items stand on the pages before."""
        return (self.selection.page - 1) * self.limit

    def found(self, output: str) -> list[Piece]:
        """Return the items of the page as stored in a format, and one more."""
        return fragments.pieces(
            self.session,
            self.model,
            output,
            self.wanted,
            order=self.selection.order or self.view.order,
            limit=self.limit + 1,
            offset=self.offset,
        )

    def held(self, sizes: Sequence[int]) -> int:
        """Return how many of the page's items there is room for: one at least.

        A page that is cut short becomes one of a smaller limit, which has to divide
        the offset: so the next of them begins with the first item left out.
        """
        room, most = ROOM, 0
        for size in sizes:
            room -= size
            most += room >= 0
        if most == len(sizes):
            return most
        if not self.offset:
            return 1 << max(1, most).bit_length() - 1
        return next(n for n in range(max(1, most), 0, -1) if self.offset % n == 0)

    def links(self, held: int, left: Piece | None) -> dict[str, str]:
        """Return the documents around as queries by relation.

        `left` is the first item that there is no room for, if any. There is
        no `last`: to find it, all would have to be counted.
        """
        if self.selection.archive:
            return self._archive_links(self.selection.archive, held, left)
        links = {}
        if left is not None or self.selection.page > 1:
            links["first"] = self.selection.canonical(page=1)
        if self.selection.page > 1:
            links["previous"] = self.selection.canonical(page=self.selection.page - 1)
        if left is not None:
            links |= self._next("next", held)
            if self._has_archives:
                links |= self._month("prev-archive", left.announced_at)
        return links

    def mark(self, now: datetime, held: int, left: Piece | None) -> str:
        """Say what the document is to RFC 5005: ARCHIVE, COMPLETE or neither."""
        if self.selection.archive:
            return ARCHIVE if is_closed(self.home, self.selection, now) else ""
        return COMPLETE if held and left is None and self.selection.page == 1 else ""

    def _archive_links(
        self, month: tuple[int, int], held: int, left: Piece | None
    ) -> dict[str, str]:
        since, until = archive_of(self.home, month)
        whole = replace(self.wanted, announced=None)
        asked = (self.session, self.model, whole)
        links = {"current": self._plain()}
        if left is not None:
            links |= self._next("prev-archive", held)
        else:
            links |= self._month("prev-archive", announcements.last(*asked, since))
        if self.selection.page > 1:
            before = self.selection.page - 1
            links["next-archive"] = self.selection.canonical(page=before)
        else:
            links |= self._month("next-archive", announcements.first(*asked, until))
        return links

    @property
    def _has_archives(self) -> bool:
        selection = self.selection
        return selection.page == 1 and not (
            selection.order or selection.since or selection.until
        )

    def _next(self, relation: str, held: int) -> dict[str, str]:
        """Return the page that begins after what is held, none after the last."""
        limit = held if held < self.limit else self.selection.limit
        page = (self.offset + held) // held + 1
        if page > MAX_PAGE:
            return {}
        return {relation: self.selection.canonical(limit=limit, page=page)}

    def _month(self, relation: str, at: datetime | None) -> dict[str, str]:
        """Return the first page of the month of an announcement, if there is one."""
        if at is None:
            return {}
        day = times.local(at, times.zone(self.home.timezone))
        return {relation: self._plain(archive=(day.year, day.month))}

    def _plain(self, **changes: Any) -> str:
        plain = {"page": 1, "limit": None, "archive": None}
        return self.selection.canonical(**plain | changes)
