"""A calendar file, looked through once and then read one event at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from feeds.importing import Item
from feeds.importing.ics import cuts, events, foreign, parts
from feeds.importing.ics.cuts import Cut
from feeds.importing.ics.events import Raw, Source
from feeds.importing.ics.header import Header, headers
from feeds.importing.ics.lines import normalised
from feeds.importing.ics.outline import Block, Outline, scan
from feeds.importing.ics.plan import Plan, plan
from feeds.importing.ics.span import ENDS, Clock, Habit, Reading, Span

_LEFT_OUT = ("ORGANIZER", "ATTENDEE", "ATTACH")
_LEFT_OUT_OF_OURS = ("ATTENDEE", "ATTACH")


@dataclass
class Calendar:
    """`items` reads it; `notes` are sentences about the file as a whole, complete once
    `items` is at its end. `known` are the channel's categories, slugs by the words
    that mean them; `language` is the channel's.
    """

    data: bytes
    outline: Outline
    plan: Plan
    headers: list[Header]
    known: Mapping[str, str]
    language: str
    notes: list[str] = field(default_factory=list)
    habit: Habit = field(default_factory=Habit)
    said: set[str] = field(default_factory=set)
    uids: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many events and refusals `items` is going to yield, about."""
        zones = sum(block.name == "VTIMEZONE" for block in self.outline.blocks)
        return len(self.outline.blocks) - len(self.plan.attached()) - zones

    def items(self) -> Iterator[Item]:
        """Yield every event, and every component that is refused, in order."""
        if not self.outline.headers and not self.outline.blocks:
            yield Item({}, 1, refused="this is no calendar: it has no BEGIN:VCALENDAR")
        attached = self.plan.attached()
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
        elif position in self.plan.parts:
            yield self._reunited(self.plan.parts[position])
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
        source = self._source(block)
        uid = events.uid(source, content)
        if position in self.plan.lone or position in self.plan.renamed:
            uid = self._other_uid(position, uid, source, content)
        if self.uids.setdefault(uid, block.line) != block.line:
            self._leave_out(block.line, self.uids[uid])
            return
        changes = [
            self.outline.blocks[at] for at in self.plan.changes.get(position, [])
        ]
        sources = [source, *map(self._source, changes)]
        try:
            raw, at = events.event(source, header.clock, self.habit)
        except ValueError as error:
            yield Item({"uid": uid}, block.line, source.repairs, str(error))
            yield from self._refused_with(changes, uid)
            return
        raw["uid"] = uid
        if header.is_cancelled:
            raw["status"] = "cancelled"
        self._notice(source)
        item = self._item(raw, [block, *changes], sources)
        single = [one for one in sources[1:] if not cuts.is_cut(one)]
        yield from self._change(item, at, single, header.clock)
        if len(single) == len(changes):
            yield item
        else:
            yield from self._cut(item, at, sources[1:], header.clock)

    def _item(self, raw: Raw, blocks: list[Block], sources: list[Source]) -> Item:
        """Return what VEVENTs that belong together make."""
        first, zones = sources[0], self.headers[blocks[0].calendar].clock.zones
        revision = parts.revision(sources, zones)
        if not first.is_own:
            return Item(raw, first.line, first.repairs, revision=revision)
        raw["language"] = parts.language(first, self.language)
        said = events.said(events.content(self._inside(block)) for block in blocks)
        return Item(
            raw,
            first.line,
            first.repairs,
            revision=revision,
            slug=parts.slug(first),
            said=said,
        )

    def _reunited(self, positions: list[int]) -> Item:
        """Return the event of which one of our calendars holds the dates."""
        blocks = [self.outline.blocks[position] for position in positions]
        sources = [self._source(block) for block in blocks]
        uid, clock = parts.event_uid(sources), self.headers[blocks[0].calendar].clock
        for source in sources:
            self._notice(source)
        try:
            raw = parts.joined(sources, clock, self.habit)
        except ValueError as error:
            return Item({"uid": uid}, blocks[0].line, refused=str(error))
        self.uids[uid] = blocks[0].line
        return self._item(raw | {"uid": uid}, blocks, sources)

    def _change(
        self, item: Item, at: Span, sources: list[Source], clock: Clock
    ) -> Iterator[Item]:
        """Add the changed instances of a series to its item; yield the refused ones."""
        overrides: dict[str, Raw] = {}
        for source in sources:
            reading = Reading(clock, self.habit, source.repairs, "instance")
            try:
                override = events.instance(source, reading, item.raw, at)
            except ValueError as error:
                yield Item({"uid": item.uid}, source.line, source.repairs, str(error))
                continue
            if override["recurrence_id"] in overrides:
                item.repairs.append(
                    f"line {source.line}: changes an instance again, the last counts"
                )
            overrides[override["recurrence_id"]] = override
            item.repairs.extend(source.repairs)
        if overrides:
            item.raw["overrides"] = list(overrides.values())

    def _cut(
        self, item: Item, at: Span, sources: list[Source], clock: Clock
    ) -> Iterator[Item]:
        """Yield the events that a series falls into."""
        found: list[Cut] = []
        for source in filter(cuts.is_cut, sources):
            reading = Reading(clock, self.habit, item.repairs, "instance")
            try:
                found.append(cuts.read(source, reading, at))
            except ValueError as error:
                yield Item({"uid": item.uid}, source.line, source.repairs, str(error))
        lines = {cut.at: cut.line for cut in found}
        for raw, cut, notes in cuts.pieces(item.raw, at, found):
            line = item.line if cut is None else lines[cut.at]
            said = [f"line {line}: {note}" for note in notes]
            self.uids[raw["uid"]] = line
            if raw["uid"] == item.uid:
                said = item.repairs + said
            yield Item(raw, line, said, revision=item.revision)

    def _refused_with(self, changes: list[Block], uid: str) -> Iterator[Item]:
        for block in changes:
            yield Item({"uid": uid}, block.line, refused="its series is refused")

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

    def _source(self, block: Block) -> Source:
        is_own = self.headers[block.calendar].is_own
        found = events.source(
            self._inside(block), block.line, self.known, is_own=is_own
        )
        for title in found.unknown:
            self._once(
                f"category {title}",
                f"line {block.line}: the channel has no category '{title}', kept for"
                " calendars alone, here and below: create it and import again",
            )
        return found

    def _notice(self, source: Source) -> None:
        if "DTSTAMP" not in source.lines:
            self._once("DTSTAMP", f"line {source.line}: no DTSTAMP, here or below")
        for name in _LEFT_OUT_OF_OURS if source.is_own else _LEFT_OUT:
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
    language: str = "en",
    categories: Mapping[str, str] = MappingProxyType({}),
    ends: str = ENDS[0],
) -> Calendar:
    """Look through a calendar file.

    `timezone` and `language` are the channel's, `categories` are its titles by slug;
    `ends` says how the file means the ends of all-day events.
    """
    data = normalised(data)
    outline, notes = scan(data), list[str]()
    found = headers(data, outline, notes, timezone=timezone, ends=ends)
    own = {index for index, header in enumerate(found) if header.is_own}
    known = {foreign.word_of(title): slug for slug, title in categories.items()}
    known |= {slug: slug for slug in categories}
    planned = plan(data, outline, own)
    return Calendar(data, outline, planned, found, known, language, notes)


def said(fragment: bytes) -> str:
    """Name what the VEVENTs of one event say, as `Item.said` does."""
    data = normalised(fragment)
    blocks = scan(data).blocks
    return events.said(events.content(data[one.start : one.end]) for one in blocks)
