"""Which VEVENTs of a file belong together: series with their changed instances, and
UIDs that are used more than once."""

import re
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field

from feeds.importing.ics.events import content
from feeds.importing.ics.outline import Block, Outline

_NAMING = re.compile(
    rb"^(UID|RECURRENCE-ID|SEQUENCE|RRULE|RDATE|RELATED-TO|X-FEEDS-PART)"
    rb"[;:]([^\n]*(?:\n[ \t][^\n]*)*)",
    re.I | re.M,
)
_FOLD = re.compile(rb"\n[ \t]")


@dataclass
class Plan:
    """Positions are indexes of `outline.blocks`.

    `changes` are the instances of each series by its position, `lone` those whose
    series the file lacks, `left_out` copies and old versions with the position of what
    stands for them, `renamed` events whose UID another event has already. `parts` are
    the dates of one event of ours by the position of the first, all of them.
    """

    changes: dict[int, list[int]] = field(default_factory=dict)
    lone: set[int] = field(default_factory=set)
    left_out: dict[int, int] = field(default_factory=dict)
    renamed: set[int] = field(default_factory=set)
    parts: dict[int, list[int]] = field(default_factory=dict)

    def attached(self) -> set[int]:
        """Return the positions of what is read together with something before it."""
        changes = {at for found in self.changes.values() for at in found}
        return changes.union(*(found[1:] for found in self.parts.values()))


@dataclass(slots=True)
class _Naming:
    uid: bytes = b""
    is_change: bool = False
    is_series: bool = False
    sequence: int = 0
    related_to: bytes = b""
    is_part: bool = False


def plan(data: bytes, outline: Outline, own: Container[int] = ()) -> Plan:
    """Say which VEVENTs stand alone and which go together.

    `own` are the indexes of our own calendars, which mark the dates of one event.
    """
    masters: dict[bytes, list[tuple[int, _Naming]]] = defaultdict(list)
    changes: dict[bytes, list[int]] = defaultdict(list)
    parts: dict[bytes, dict[bytes, int]] = defaultdict(dict)
    result = Plan()
    for position, block in enumerate(outline.blocks):
        if block.name != "VEVENT" or block.fault:
            continue
        naming = _naming(data, block)
        if naming.is_part and naming.related_to and block.calendar in own:
            before = parts[naming.related_to].setdefault(naming.uid, position)
            if before != position:
                result.left_out[position] = before
        elif naming.is_change:
            changes[naming.uid].append(position)
        elif naming.uid:
            masters[naming.uid].append((position, naming))
    for uid, found in masters.items():
        if len(found) > 1:
            _part(found, data, outline.blocks, result)
        if uid in changes:
            _attach(found, changes.pop(uid), result)
    result.lone.update(position for rest in changes.values() for position in rest)
    for uid, dates in parts.items():
        kept = [at for at, _ in masters.get(uid, []) if at not in result.left_out]
        together = sorted([*kept[:1], *dates.values()])
        result.parts[together[0]] = together
    return result


def _naming(data: bytes, block: Block) -> _Naming:
    naming = _Naming()
    for name, value in _NAMING.findall(data, block.start, block.end):
        match name.upper():
            case b"UID":
                naming.uid = naming.uid or _FOLD.sub(b"", value).strip()
            case b"RECURRENCE-ID":
                naming.is_change = True
            case b"SEQUENCE":
                naming.sequence = int(value) if value.strip().isdigit() else 0
            case b"RELATED-TO":
                naming.related_to = _FOLD.sub(b"", value).strip()
            case b"X-FEEDS-PART":
                naming.is_part = True
            case _:
                naming.is_series = True
    return naming


def _attach(found: list[tuple[int, _Naming]], changes: list[int], result: Plan) -> None:
    """Give changed instances to their series; without one they stand alone."""
    for position, naming in found:
        if naming.is_series and position not in result.left_out:
            result.changes[position] = changes
            return
    result.lone.update(changes)


def _part(
    found: list[tuple[int, _Naming]], data: bytes, blocks: list[Block], result: Plan
) -> None:
    """Of one UID keep the newest; what is as new but different is renamed."""
    newest = max(naming.sequence for _, naming in found)
    kept: dict[bytes, int] = {}
    for position, naming in found:
        if naming.sequence == newest:
            said = content(data[blocks[position].start : blocks[position].end])
            if said in kept:
                result.left_out[position] = kept[said]
            elif kept:
                result.renamed.add(position)
            kept.setdefault(said, position)
    first = next(iter(kept.values()))
    for position, naming in found:
        if naming.sequence != newest:
            result.left_out[position] = first
