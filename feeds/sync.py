"""Enhanced GET (draft-ietf-calext-subscription-upgrade): a calendar's changes only.

Experimental. A token says what its holder has; nothing is kept for anybody. The answer
is the difference between two filters, that of the token's instant and that of now, and
all that was written since the token's revision. See docs/adr/0008.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from feeds.errors import Conflict
from feeds.heading import Heading
from feeds.imprint import Press
from feeds.models import Event
from feeds.question import EPOCH, resolve, today, validators
from feeds.renderers import FORMATS, Format, Site, digest
from feeds.renderers.deleted import deleted
from feeds.renderers.ics import uids
from feeds.selection import Selection
from feeds.store import Session, changes, channels, fragments
from feeds.store.changes import Change, Key
from feeds.store.filters import Filter
from feeds.syndicate import Syndicate

VIEW = "events.ics"
# Departures are kept longer: see `departures.KEPT`.
LIFE = timedelta(days=365)
MOST, MOST_BYTES = 1000, 1 << 20
START: Key = (0, changes.LEFT, 0)
MICROSECOND = timedelta(microseconds=1)
TOKEN = re.compile(
    "data:,([0-9a-f]{16})-([0-9]{1,9})-([0-9]{1,16})"
    "(?:-([0-9]{1,16})-([0-9]{1,9})-([01])-([0-9]{1,9}))?"
)


@dataclass(frozen=True)
class Token:
    """What its holder has: everything as of a revision, as it was to see `at` a time.

    `at` is None for nothing. Where pages follow, `until` is the instant that they lead
    to, and `key` the last change that was sent.
    """

    binding: str
    revision: int
    at: datetime | None = None
    until: datetime | None = None
    key: Key = START

    def __str__(self) -> str:
        numbers = [self.revision, _count(self.at)]
        if self.until is not None:
            numbers += [_count(self.until), *self.key]
        return "data:," + "-".join([self.binding, *map(str, numbers)])

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises Conflict for what was never a token."""
        match = TOKEN.fullmatch(text)
        if match is None:
            raise refused("it is none of ours")
        binding, *numbers = match.groups()
        revision, at, until, *key = (int(one) if one else 0 for one in numbers)
        return cls(
            binding,
            revision,
            _instant(at),
            _instant(until),
            (key[0], key[1], key[2]),
        )


def refused(why: str) -> Conflict:
    return Conflict(
        f"Sync-Token: {why}. Drop what you have, and ask again without a token."
    )


@dataclass(frozen=True)
class Delta:
    """An answer; without a body nothing has changed. `limit` is what it was cut to."""

    token: str
    filename: str
    body: bytes | None = None
    limit: int | None = None


def delta(
    syndicate: Syndicate,
    channel: str,
    selection: Selection,
    *,
    token: str | None,
    limit: int | None,
    now: datetime,
) -> Delta:
    """Return what the holder of a token lacks, the first page without a token.

    Raises Conflict for a token that does not hold, and what `Syndicate.feed` raises.
    """
    with syndicate.store.reading() as session:
        home = channels.get_public(session, channel)
        resolve(session, home, VIEW, selection, now)
        site = Site(syndicate.base_url, home)
        binding = _binding(session, site, selection)
        held = Token(binding, home.revision)
        if token is not None:
            held = Token.read(token)
            _check(held, binding, home.revision, now)
        asked = _Question(syndicate, session, site, selection, held, now)
        return asked.answer(token, min(limit or MOST, MOST))


def _binding(session: Session, site: Site, selection: Selection) -> str:
    """Name all that a token presumes: another of it, and its holder starts again."""
    home, edition = site.channel, channels.edition(session)
    parts = [home.id, str(home.created_at), home.sequence, digest(site)]
    parts += [edition.id, edition.digest] if edition else []
    parts.append(selection.canonical())
    return sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _check(held: Token, binding: str, revision: int, now: datetime) -> None:
    if held.binding != binding:
        raise refused("the calendar or the question is another than it was made for")
    if max(held.revision, held.key[0]) > revision:
        raise refused("it is from a time to come")
    for instant in (held.at, held.until):
        if instant is not None and not now - LIFE <= instant <= now:
            raise refused(f"it does not hold for more than {LIFE.days} days")


@dataclass(frozen=True)
class _Question:
    """One request, inside one read transaction."""

    syndicate: Syndicate
    session: Session
    site: Site
    selection: Selection
    held: Token
    now: datetime

    @property
    def until(self) -> datetime:
        return self.held.until or self.now

    def answer(self, token: str | None, limit: int) -> Delta:
        home = self.site.channel
        found = self._found(limit + 1)
        answer = Delta(str(self.held), f"{home.slug}-events.ics")
        if token is not None and self.held.until is None and not found:
            return answer
        page = found[: _fitting(found, limit)]
        body = self._body(page)
        if len(page) < len(found):
            held = replace(self.held, until=self.until, key=page[-1].key)
            return replace(answer, token=str(held), body=body, limit=len(page))
        held = Token(self.held.binding, home.revision, self.until)
        return replace(answer, token=str(held), body=body)

    def _found(self, limit: int) -> list[Change]:
        """Return what follows the last page: moved by time, then written by somebody.

        What changes between two pages moves to the end of them.
        """
        held, found = self.held, list[Change]()
        if held.key[0] == 0 and not self._is_still():
            wanted = self._filter(self.until)
            before = None if held.at is None else self._filter(held.at)
            found = changes.moved(
                self.session,
                wanted,
                before,
                revision=held.revision,
                after=held.key[2],
                limit=limit,
            )
        after = max(held.key, (held.revision, changes.LAST, 0))
        home_id, room = self.site.channel.id, limit - len(found)
        return found + changes.written(
            self.session, home_id, after=after, now=self.now, limit=room
        )

    def _is_still(self) -> bool:
        """Say whether time alone has changed nothing for any selection."""
        if self.held.at is None:
            return False
        home = self.site.channel
        due = channels.last_due(self.session, home.id, self.until)
        return today(home, self.held.at) == today(home, self.until) and (
            due is None or due <= self.held.at <= self.until
        )

    def _filter(self, at: datetime) -> Filter:
        return resolve(self.session, self.site.channel, VIEW, self.selection, at)

    def _body(self, page: list[Change]) -> bytes:
        """Return a calendar of what is there and of what is gone."""
        plain = FORMATS["ics"]
        output = (self.selection.rich and plain.rich) or plain
        session, site = self.session, self.site
        ids = [one.key[2] for one in page if one.uid is None]
        wanted = self._filter(self.until)
        found = changes.shown(session, output.name, wanted, ids, self.now)
        present = [one.entry_id for one in found]
        press = Press(self.syndicate.store, session, Event, site, output)
        bodies = press.fitting(found, keep=True)
        gone = self._gone(page, set(ids).difference(present))
        gone = gone.difference(*map(uids, bodies))
        bodies += [deleted(uid, self.until) for uid in sorted(gone)]
        zones = fragments.zones_of(session, present)
        head = self._heading(output).head(
            output.suffix, zones=zones, has_entries=bool(bodies)
        )
        return output.whole(head, site, bodies)

    def _gone(self, page: list[Change], absent: set[int]) -> set[str]:
        """Return the UIDs of departures, and of events that show themselves no more."""
        gone = {one.uid for one in page if one.uid is not None}
        hidden = changes.hidden(self.session, sorted(absent), self.now)
        return gone.union(*map(uids, hidden))

    def _heading(self, output: Format) -> Heading:
        home, selection = self.site.channel, self.selection
        known = validators(self.session, home, VIEW, selection, self.now, is_daily=True)
        ttl = self.syndicate.ttl
        return Heading(self.site, "events", output, selection, known.modified_at, ttl)


def _fitting(found: list[Change], limit: int) -> int:
    """Return how many changes a page takes: one at least."""
    size = 0
    for count, change in enumerate(found[:limit]):
        size += change.size
        if size > MOST_BYTES and count:
            return count
    return min(len(found), limit)


def _count(instant: datetime | None) -> int:
    return 0 if instant is None else (instant - EPOCH) // MICROSECOND


def _instant(count: int) -> datetime | None:
    return EPOCH + count * MICROSECOND if count else None
