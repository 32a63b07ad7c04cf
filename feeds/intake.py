"""Taking in a whole file: the same door as the API, many entries in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from feeds import schemas
from feeds.authoring import MODELS, Ledger, free_slug, write
from feeds.errors import Conflict, FeedsError
from feeds.importing import Item, Revision, ics
from feeds.imprint import render
from feeds.models import Channel, Event
from feeds.publish import Publisher, defaults, settle
from feeds.renderers import FORMATS, Site
from feeds.store import Session, channels, entries, labels, removal, tombstones

MODES = ("merge", "replace")
CHUNK = 200
# Of a large file only the newest few ever stand in a web feed: those are left to the
# first reader, while a calendar shows them all.
FIRST = (FORMATS["ics"],)


@dataclass
class Report:
    """What happened to a file, entry by entry; `is_applied` says whether it was kept.

    `refused` holds (line, uid, reason), `repairs` whole sentences that name a line.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    is_applied: bool = False


class _Undone(Exception):
    """Rolls the transaction back on purpose."""


def take_in(
    publisher: Publisher,
    noun: str,
    channel: str,
    items: Iterable[Item],
    *,
    mode: str = "merge",
    now: datetime,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _count: None,
) -> Report:
    """Write the entries of a file: all good ones (merge), or all or nothing (replace).

    `replace` also removes what the file does not hold. `progress` is told how many
    entries were read since its last call. A dry run writes and rolls back.
    """
    report = Report()
    try:
        with publisher.store.writing() as session:
            home = channels.get(session, channel, lock=True)
            intake = _Intake(publisher, session, home, noun, now, report)
            for chunk in _chunks(items):
                intake.take(chunk)
                progress(len(chunk))
            if mode == "replace":
                intake.remove_missing()
            if report.created or report.changed or report.removed:
                channels.touch(home, now)
            if dry_run:
                raise _Undone
        report.is_applied = True
    except _Undone:
        pass
    return report


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


class _Register(Ledger):
    """A ledger for many writes: what it needs of the channel is read once."""

    def __init__(
        self, session: Session, home: Channel, new_uid: Callable[[], str], noun: str
    ) -> None:
        super().__init__(session, home, new_uid)
        self._slugs = set(entries.slugs(session, MODELS[noun], home.id))
        self._sequences = tombstones.sequences(session, home.id, noun)

    def taken(self, noun: str, stem: str) -> set[str]:
        return self._slugs

    def give(self, noun: str, slug: str, instead_of: str | None) -> None:
        self._slugs.discard(instead_of or "")
        self._slugs.add(slug)

    def last_sequence(self, noun: str, uid: str) -> int | None:
        return self._sequences.get(uid)


class _Intake:
    """One transaction's work on one file."""

    def __init__(
        self,
        publisher: Publisher,
        session: Session,
        home: Channel,
        noun: str,
        now: datetime,
        report: Report,
    ) -> None:
        self.session, self.home, self.noun, self.now = session, home, noun, now
        self.model: Any = MODELS[noun]
        self.site = Site(publisher.base_url, home, now)
        self.defaults = defaults(home)
        self.ledger = _Register(session, home, publisher.new_uid, noun)
        self.report = report
        self.seen: set[str] = set()

    def take(self, chunk: list[Item]) -> None:
        """Write a chunk; its models leave the session, so that memory stays bounded."""
        read = [(item, self._values(item)) for item in chunk]
        uids = [values["uid"] for _, values in read if values and values["uid"]]
        known = entries.with_uids(self.session, self.model, self.home.id, uids)
        written: dict[int, Any] = {}
        for item, values in read:
            self.report.repairs += item.repairs
            if values is None:
                continue
            try:
                made = self._write(item, values, known)
            except FeedsError as exc:
                self._refuse(item, _reasons(exc))
                continue
            if made is not None:
                written[id(made)] = made
        self._settle(list(written.values()))
        for one in {id(one): one for one in known.values()}.values():
            self.session.expunge(one)

    def remove_missing(self) -> None:
        """Remove what the file did not hold, unless something in it was refused."""
        if self.report.refused:
            raise _Undone
        for one in entries.others(self.session, self.model, self.home.id, self.seen):
            if self.noun == "places" and labels.place_uses(self.session, one.id):
                raise Conflict(f"'{one.slug}' is still used and not in the file.")
            removal.remove(self.session, self.noun, one, self.now)
            self.report.removed += 1

    def _values(self, item: Item) -> dict[str, Any] | None:
        if item.refused:
            self._refuse(item, item.refused)
            return None
        try:
            return schemas.load(self.noun, item.raw, self.defaults)
        except FeedsError as exc:
            self._refuse(item, _reasons(exc))
            return None

    def _write(
        self, item: Item, values: dict[str, Any], known: dict[str, Any]
    ) -> Any | None:
        found: Any = known.get(values["uid"])
        if found is None and item.slug and not values["slug"]:
            values["slug"] = free_slug(item.slug, self.ledger.taken(self.noun, ""))
        made, changed = found, False
        if found is None or not self._is_said(item, found):
            revision = item.revision or Revision()
            made, changed = write(
                self.ledger,
                self.noun,
                found,
                values,
                key=None,
                now=self.now,
                revision=revision,
            )
        self.seen.add(made.uid)
        if not changed:
            self.report.unchanged += 1
            return None
        self.report.created += found is None
        self.report.changed += found is not None
        known[made.uid] = made
        self.session.add(made)
        return made

    def _is_said(self, item: Item, found: Any) -> bool:
        """Tell whether the calendar that an event came with says just what ours does.

        A calendar holds less than there is: nothing is lost when it comes back.
        """
        if not item.said or not isinstance(found, Event):
            return False
        forms = filter(None, (FORMATS["ics"], FORMATS["ics"].rich))
        return item.said in (ics.said(render(one, found, self.site)) for one in forms)

    def _settle(self, written: list[Any]) -> None:
        self.session.flush()
        settle(self.session, self.noun, written, self.site, self.now, FIRST)

    def _refuse(self, item: Item, reason: str) -> None:
        self.report.refused.append((item.line, item.uid, reason))


def _reasons(exc: FeedsError) -> str:
    """Return all that is wrong with an entry, field by field."""
    errors = exc.errors.items()
    return "; ".join(f"{path}: {one}" for path, ones in errors for one in ones) or (
        str(exc)
    )
