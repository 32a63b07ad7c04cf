"""Calendars: whole, within a budget of bytes, and never all in memory.

All that can be known is asked before the first byte: how large the fragments are and
which no longer fit. Then they are read as they are sent, in one transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from feeds.errors import Conflict, Unavailable
from feeds.heading import Heading
from feeds.imprint import Press
from feeds.models import Event
from feeds.question import midnight
from feeds.renderers import FORMATS, Format, Head, Site, digest
from feeds.store import Session, Store, fragments
from feeds.store.filters import Filter

BATCH = 250
# Beyond so many events their ids are not held, and they are found as they are sent.
MANY = 5_000
MEASURE = FORMATS["ics"]


@dataclass
class Body:
    """Bytes that are read while they are sent; `size` is None when it isn't known.

    Close it when done, sent or not: until then it holds a transaction.
    """

    parts: Iterator[bytes]
    size: int | None
    close: Callable[[], None] = field(repr=False)

    def read(self) -> bytes:
        """Return all of it, and close."""
        try:
            return b"".join(self.parts)
        finally:
            self.close()


@dataclass(frozen=True)
class Calendar:
    """One calendar in the making, inside one read transaction.

    `budget` bounds its bytes in iCalendar's form, so that all forms hold the same
    events; None is no bound.
    """

    store: Store
    session: Session
    site: Site
    wanted: Filter
    heading: Heading
    budget: int | None
    now: datetime

    @cached_property
    def stamp(self) -> str:
        return digest(self.site)

    @cached_property
    def totals(self) -> fragments.Totals:
        return self._totals(self.heading.output)

    @cached_property
    def measured(self) -> fragments.Totals:
        output = self.heading.output
        return self.totals if output.name == MEASURE.name else self._totals(MEASURE)

    def _totals(self, output: Format) -> fragments.Totals:
        return fragments.totals(self.session, output.name, self.wanted, self.stamp)

    @property
    def unfit(self) -> list[Format]:
        """Return the formats whose fragments have to be made anew."""
        found = [(self.heading.output, self.totals)]
        if self.budget is not None and self.heading.output.name != MEASURE.name:
            found.append((MEASURE, self.measured))
        return [output for output, known in found if known.fit < known.events]

    def written(self, close: Callable[[], None]) -> tuple[Body, int]:
        """Return the body, and how many events it has no room for."""
        total = self.totals.events
        kept: Sequence[int] | None = None
        if self.budget is not None and self.measure > self.budget:
            kept = self._kept(self.budget)
        left_out = 0 if kept is None else total - len(kept)
        if kept is None and total <= MANY:
            kept = fragments.ids(self.session, self.wanted)
        head = self._head(kept, left_out)
        size = self._length(head, kept)
        return Body(self._parts(head, kept), size, close), left_out

    @cached_property
    def zones(self) -> dict[str, datetime]:
        return fragments.zones(self.session, self.wanted)

    @cached_property
    def strays(self) -> dict[int, int]:
        """Return the sizes of what does not fit and could not be made anew."""
        found: dict[int, int] = {}
        press, last = self._press(MEASURE), 0
        while self.measured.fit + len(found) < self.measured.events:
            pieces = fragments.following(
                self.session, MEASURE.name, self.wanted, last, BATCH, self.stamp
            )
            ids = [one.entry_id for one in pieces]
            found |= {one: len(body) for one, body in press.passing(ids).items()}
            last = ids[-1]
        return found

    def _press(self, output: Format) -> Press:
        return Press(self.store, self.session, Event, self.site, output)

    def _head(self, kept: Sequence[int] | None, left_out: int) -> bytes:
        zones = self.zones if kept is None else fragments.zones_of(self.session, kept)
        return self._opened(self.heading.output, zones, left_out)

    def _opened(
        self, output: Format, zones: dict[str, datetime], left_out: int
    ) -> bytes:
        total = self.totals.events
        head: Head = self.heading.head(
            output.suffix,
            zones=zones,
            has_entries=total > left_out,
            left_out=(left_out, total) if left_out else None,
        )
        return output.open(head, self.site)

    @property
    def measure(self) -> int:
        """Return the bytes of the whole calendar in iCalendar's form."""
        frame = len(self._opened(MEASURE, self.zones, 0)) + len(MEASURE.close)
        return frame + self.measured.size + sum(self.strays.values())

    def _kept(self, budget: int) -> list[int]:
        """Return the ids of the events that there is room for, in order of creation.

        What goes on or comes next stays longest; first to go is what is long over.
        """
        found = fragments.nearest(
            self.session,
            MEASURE.name,
            self.wanted,
            midnight(self.site.channel, self.now),
        )
        # No head is longer: it has all zones, and a count that is as long as can be.
        room = budget - len(self._opened(MEASURE, self.zones, max(1, len(found) - 1)))
        room -= len(MEASURE.close)
        kept: list[int] = []
        for one, size in found:
            room -= self.strays.get(one, size)
            if room < 0:
                break
            kept.append(one)
        return sorted(kept)

    def _length(self, head: bytes, kept: Sequence[int] | None) -> int | None:
        output, count, size = self.heading.output, self.totals.events, self.totals.size
        if output.separator and self.totals.filled < count:
            return None  # nothing stands between what is left out
        if kept is not None and len(kept) < count:
            found = fragments.size_of(self.session, output.name, kept, self.stamp)
            if found is None:
                return None
            count, size = len(kept), found
        elif self.totals.fit < count:
            return None
        between = len(output.separator) * max(0, count - 1)
        return len(head) + size + between + len(output.close)

    def _parts(self, head: bytes, kept: Sequence[int] | None) -> Iterator[bytes]:
        output = self.heading.output
        press = self._press(output)
        yield head
        separator = b""
        for pieces in self._pieces(kept):
            if bodies := press.fitting(pieces, keep=False):
                yield separator + output.separator.join(bodies)
                separator = output.separator
        yield output.close

    def _pieces(self, kept: Sequence[int] | None) -> Iterator[list[fragments.Piece]]:
        output = self.heading.output.name
        if kept is not None:
            for at in range(0, len(kept), BATCH):
                yield fragments.of(self.session, output, kept[at : at + BATCH])
            return
        last = 0
        while found := fragments.following(
            self.session, output, self.wanted, last, BATCH
        ):
            last = found[-1].entry_id
            yield found


def renew(store: Store, site: Site, output: Format, wanted: Filter) -> None:
    """Make the fragments of a format anew that no longer fit, a batch a transaction.

    Gives way to any other writer: what is left is rendered in passing.
    """
    last, stamp = 0, digest(site)
    try:
        while True:
            with store.writing(patience=0) as session:
                found = fragments.following(
                    session, output.name, wanted, last, BATCH, stamp
                )
                if not found:
                    return
                ids = [one.entry_id for one in found]
                Press(store, session, Event, site, output).kept(session, ids)
                last = ids[-1]
    except (Conflict, Unavailable):
        return
