"""A calendar file, looked through once and then read one event at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from feeds.importing import Item
from feeds.importing.ics import events
from feeds.importing.ics.events import Raw, Source
from feeds.importing.ics.header import Header, headers
from feeds.importing.ics.lines import normalised
from feeds.importing.ics.outline import Block, Outline, scan
from feeds.importing.ics.plan import Plan, plan
from feeds.importing.ics.span import ENDS, Habit, Reading, Span
from feeds.text import slugify

_LEFT_OUT = ("ORGANIZER", "ATTENDEE", "ATTACH")


@dataclass
class Calendar:
    """`items` reads it; `notes` are sentences about the file as a whole, complete once
    `items` is at its end. `known` are the channel's categories, slugs by the words
    that mean them.
    """

    data: bytes
    outline: Outline
    plan: Plan
    headers: list[Header]
    known: Mapping[str, str]
    notes: list[str] = field(default_factory=list)
    habit: Habit = field(default_factory=Habit)
    said: set[str] = field(default_factory=set)
    uids: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many events and refusals `items` is going to yield, about."""
        attached = sum(map(len, self.plan.changes.values()))
        zones = sum(block.name == "VTIMEZONE" for block in self.outline.blocks)
        return len(self.outline.blocks) - attached - zones

    def items(self) -> Iterator[Item]:
        """Yield every event, and every component that is refused, in order."""
        if not self.outline.headers and not self.outline.blocks:
            yield Item({}, 1, refused="this is no calendar: it has no BEGIN:VCALENDAR")
        attached = {at for found in self.plan.changes.values() for at in found}
        for position, block in enumerate(self.outline.blocks):
            if block.name != "VTIMEZONE" and position not in attached:
                yield from self._items(position, block)
        self._judge_ends()

    def _leave_out(self, line: int, of: int) -> None:
        self.notes.append(
            f"line {line}: a copy or an older version of the event of line {of},"
            " left out"
        )

    def _judge_ends(self) -> None:
        count = self.habit.ends
        if count and self.headers[-1].clock.ends == "inclusive":
            self.notes.append(f"{count} all-day ends were read as inclusive")
        elif self.habit.looks_inclusive:
            self.notes.append(
                f"{count} all-day ends were read as exclusive, and they look"
                " inclusive: if so, import again with --ends inclusive"
            )

    def _items(self, position: int, block: Block) -> Iterator[Item]:
        if reason := self._refusal(block):
            yield Item({}, block.line, refused=reason)
        elif position in self.plan.left_out:
            of = self.outline.blocks[self.plan.left_out[position]].line
            self._leave_out(block.line, of)
        else:
            yield from self._event(position, block)

    def _refusal(self, block: Block) -> str:
        if block.name != "VEVENT":
            return f"{block.name} is not an event"
        if block.fault:
            return f"it has no END:VEVENT ({block.fault})"
        return self.headers[block.calendar].refused

    def _event(self, position: int, block: Block) -> Iterator[Item]:
        header, content = self.headers[block.calendar], self._inside(block)
        source = events.source(content, block.line)
        uid = events.uid(source, content)
        if position in self.plan.lone or position in self.plan.renamed:
            uid = self._other_uid(position, uid, source, content)
        if self.uids.setdefault(uid, block.line) != block.line:
            self._leave_out(block.line, self.uids[uid])
            return
        changes = self.plan.changes.get(position, [])
        try:
            raw, at = events.event(source, header.clock, self.habit)
        except ValueError as error:
            yield Item({"uid": uid}, block.line, source.repairs, str(error))
            yield from self._refused_with(changes, uid)
            return
        raw |= {"uid": uid, "categories": self._categories(source)}
        if header.is_cancelled:
            raw["status"] = "cancelled"
        self._notice(source)
        item = Item(raw, block.line, source.repairs)
        yield from self._change(item, at, changes)
        yield item

    def _change(self, item: Item, at: Span, changes: list[int]) -> Iterator[Item]:
        """Add the changed instances of a series to its item; yield the refused ones."""
        overrides: dict[str, Raw] = {}
        for block in (self.outline.blocks[position] for position in changes):
            source = events.source(self._inside(block), block.line)
            clock = self.headers[block.calendar].clock
            reading = Reading(clock, self.habit, source.repairs, "instance")
            try:
                override = events.instance(source, reading, item.raw, at)
            except ValueError as error:
                yield Item({"uid": item.uid}, block.line, source.repairs, str(error))
                continue
            if override["recurrence_id"] in overrides:
                item.repairs.append(
                    f"line {block.line}: changes an instance again, the last counts"
                )
            overrides[override["recurrence_id"]] = override
            item.repairs.extend(source.repairs)
        if overrides:
            item.raw["overrides"] = list(overrides.values())

    def _refused_with(self, changes: list[int], uid: str) -> Iterator[Item]:
        for position in changes:
            line = self.outline.blocks[position].line
            yield Item({"uid": uid}, line, refused="its series is refused")

    def _other_uid(
        self, position: int, uid: str, source: Source, content: bytes
    ) -> str:
        why = (
            "its series is not in the file, kept as an event of its own"
            if position in self.plan.lone
            else f"the UID '{uid}' is that of another event, a new one made"
        )
        source.repairs.append(f"line {source.line}: {why}")
        return events.derived_uid(uid, events.content(content))

    def _categories(self, source: Source) -> list[str]:
        slugs, unknown = events.categories(source, self.known)
        for title in unknown:
            self._once(
                f"category {title}",
                f"line {source.line}: the channel has no category '{title}', left out"
                " here and below: create it and import again to keep it",
            )
        return slugs

    def _notice(self, source: Source) -> None:
        if "DTSTAMP" not in source.lines:
            self._once("DTSTAMP", f"line {source.line}: no DTSTAMP, here or below")
        for name in _LEFT_OUT:
            if line := source.lines.get(name):
                self._once(name, f"line {line.number}: {name} left out, here and below")

    def _once(self, key: str, note: str) -> None:
        if key not in self.said:
            self.said.add(key)
            self.notes.append(note)

    def _inside(self, block: Block) -> bytes:
        return self.data[block.start : block.end]


def read(
    data: bytes,
    *,
    timezone: str,
    categories: Mapping[str, str] = MappingProxyType({}),
    ends: str = ENDS[0],
) -> Calendar:
    """Look through a calendar file.

    `timezone` is the channel's, `categories` are its titles by slug; `ends` says how
    the file means the ends of all-day events.
    """
    data = normalised(data)
    outline, notes = scan(data), list[str]()
    found = headers(data, outline, notes, timezone=timezone, ends=ends)
    known = {slugify(title): slug for slug, title in categories.items()}
    known |= {slug: slug for slug in categories}
    return Calendar(data, outline, plan(data, outline), found, known, notes)


def said(fragment: bytes) -> str:
    return ""
