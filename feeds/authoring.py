"""From checked values to a model: references, identity, stamps and what is derived.

The step between the schema and the store. It works inside the caller's transaction
and knows nothing of formats or requests.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from operator import itemgetter
from typing import Any

from feeds import courses, recurrence, stamps, text
from feeds.errors import Conflict, Invalid
from feeds.importing import Revision
from feeds.models import (
    Category,
    Channel,
    Event,
    NewsItem,
    Override,
    Place,
    Source,
)
from feeds.stamps import stamp as stamp
from feeds.store import Session, entries, labels, tombstones
from feeds.text import plain

Values = dict[str, Any]
Authored = Category | Channel | Event | NewsItem | Place
MODELS: dict[str, type[Authored]] = {
    "channels": Channel,
    "categories": Category,
    "events": Event,
    "news": NewsItem,
    "places": Place,
}
PLAIN = ("title", "summary", "plain_language", "author")
HTML = ("description", "content")


@dataclass
class Ledger:
    """What one transaction knows of a channel: no more than one write needs."""

    session: Session
    channel: Channel
    new_uid: Callable[[], str]
    categories: dict[str, Category] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = labels.categories(self.session, self.channel.id)
        self.categories = {one.slug: one for one in found}
        self.places = {
            one.slug: one for one in labels.places(self.session, self.channel.id)
        }

    def taken(self, noun: str, stem: str) -> set[str]:
        """Return the slugs in use that are `stem` or a numbered form of it, or more."""
        model, channel_id = MODELS[noun], self.channel.id
        # A long stem is cut where the number begins.
        return set(entries.slugs(self.session, model, channel_id, stem[:70]))

    def give(self, noun: str, slug: str, instead_of: str | None) -> None:
        """Hear of a slug that is given away, and of one that is free for it."""

    def last_sequence(self, noun: str, uid: str) -> int | None:
        """Return the highest sequence that a withdrawn uid ever showed."""
        found = tombstones.sequences(self.session, self.channel.id, noun, uid)
        return found.get(uid)


def write(
    ledger: Ledger,
    noun: str,
    found: Any,
    values: Values,
    *,
    key: str | None,
    now: datetime,
    revision: Revision = stamps.UNKNOWN,
) -> tuple[Any, bool]:
    """Write values to `found`, or to a new model when it is None.

    `key` is the uid from the address, `revision` the one that an entry had elsewhere.
    Returns the model and whether anything changed. Raises Invalid for a reference to
    nothing, Conflict for a slug that is taken.
    """
    values = dict(values)
    minor = values.pop("minor", False)
    made: Any = found if found is not None else MODELS[noun]()
    _refer(ledger, values)
    _identify(ledger, noun, found, values, key)
    if noun in ("events", "news"):
        _announce(noun, made, values, now)
    checksum = _checksum(values)
    if found is not None and found.checksum == checksum:
        return found, False
    if found is None:
        made.channel_id = ledger.channel.id
        _stamp_new(ledger, noun, made, values, now)
        stamps.begin(made, revision, now)
    else:
        stamps.rise(made, now, minor=minor, revision=revision)
    made.checksum = checksum
    _assign(made, values)
    if isinstance(made, Event | NewsItem):
        made.search = _search(made)
    if isinstance(made, Event):
        made.first_at, made.last_at = recurrence.bounds(made)
        alike = {name: value for name, value in values.items() if name != "sessions"}
        courses.stamp(
            made, _checksum(alike), revision if found is None else stamps.UNKNOWN, now
        )
    return made, True


def _stamp_new(
    ledger: Ledger, noun: str, made: Any, values: Values, now: datetime
) -> None:
    made.created_at = made.updated_at = made.revised_at = now
    uid: str = values.get("uid") or values["slug"]
    last = ledger.last_sequence(noun, uid)
    made.sequence = 0 if last is None else last + 1


def _refer(ledger: Ledger, values: Values) -> None:
    """Replace slugs by what they name. Raises Invalid naming all that are unknown."""
    unknown: dict[str, list[str]] = {}
    where = f"in the channel '{ledger.channel.slug}'"

    def look(path: str, slug: str, known: dict[str, Any], noun: str) -> Any:
        if slug not in known:
            unknown[path] = [f"there is no {noun} '{slug}' {where}"]
        return known.get(slug)

    if "categories" in values:
        values["categories"] = [
            look(f"categories.{at}", slug, ledger.categories, "category")
            for at, slug in enumerate(dict.fromkeys(values["categories"]))
        ]
    if values.get("category"):
        values["category"] = look(
            "category", values["category"], ledger.categories, "category"
        )
    if values.get("place"):
        values["place"] = look("place", values["place"], ledger.places, "place")
    if values.get("event"):
        name = values["event"]
        event = entries.named(ledger.session, Event, ledger.channel.id, name)
        values["event"] = look("event", name, {name: event} if event else {}, "event")
    if unknown:
        sentence = "; ".join(f"{path}: {one[0]}" for path, one in unknown.items())
        raise Invalid(sentence, unknown)


def _identify(
    ledger: Ledger, noun: str, found: Any, values: Values, key: str | None
) -> None:
    """Settle uid and slug: given, kept, or made."""
    if noun in ("events", "news", "places"):
        given = values.get("uid")
        if key is not None and given not in (None, key):
            name = "uid" if noun == "events" else "id"
            raise Invalid.of(name, f"'{given}' is not the '{key}' of the address")
        values["uid"] = key or given or ledger.new_uid()
        _check_dates(ledger, values)
    elif found is None and key is not None and values["slug"] not in (None, key):
        raise Invalid.of(
            "slug", f"'{values['slug']}' is not the '{key}' of the address"
        )
    kept = found.slug if found is not None else None
    slug = values.get("slug") or kept or (key if noun == "categories" else None)
    if slug is None:
        stem = text.slugify(values["title"]) or noun
        slug = free_slug(stem, ledger.taken(noun, stem))
    elif slug != kept and slug in ledger.taken(noun, slug):
        raise Conflict(
            f"slug: '{slug}' is taken in the channel '{ledger.channel.slug}'",
            {"slug": [f"'{slug}' is taken"]},
        )
    if slug != kept:
        ledger.give(noun, slug, instead_of=kept)
    values["slug"] = slug


def _check_dates(ledger: Ledger, values: Values) -> None:
    """Raise Invalid when a date of a course claims the uid of something else."""
    rows = enumerate(values.get("sessions", []))
    given = {row["uid"]: at for at, row in rows if row["uid"]}
    known = given and entries.others_uids(
        ledger.session, ledger.channel.id, values["uid"], list(given)
    )
    for uid in known:
        raise Invalid.of(f"sessions.{given[uid]}.uid", f"'{uid}' is another event's")


def free_slug(slug: str, taken: set[str]) -> str:
    """Return the slug, or its first free numbered form: -2, -3, …"""
    number, free = 1, slug
    while free in taken:
        number += 1
        ending = f"-{number}"
        free = slug[: 80 - len(ending)].rstrip("-") + ending
    return free


def _announce(noun: str, made: Any, values: Values, now: datetime) -> None:
    """Settle when an entry is announced; once public, that moment stays.

    In whole seconds, as it is written: what was read can be put back unchanged.
    """
    before, now = made.announced_at, now.replace(microsecond=0)
    if values.get("publish_at") is not None:
        values["announced_at"] = values["publish_at"]
    elif values["state"] == "published":
        values["announced_at"] = min(before or now, now)
    else:
        values["announced_at"] = before
    if noun == "news":
        values["publish_at"] = values["announced_at"]


def _checksum(values: Values) -> str:
    """Name the values, references by their ids, as hex SHA-256.

    The uid of a session is none of them: it counts for a new one alone.
    """
    if rows := values.get("sessions"):
        rows = [{k: row[k] for k in row.keys() - {"uid"}} for row in rows]
        values = values | {"sessions": rows}

    def plain(value: Any) -> Any:
        return getattr(value, "id", None) or str(value)

    written = json.dumps(values, sort_keys=True, default=plain)
    return sha256(written.encode()).hexdigest()


def _assign(made: Any, values: Values) -> None:
    # Children last: the uid of a session is made from its event's.
    for name, value in sorted(values.items(), key=lambda item: item[0] in CHILDREN):
        if name in CHILDREN:
            CHILDREN[name](made, value)
        else:
            setattr(made, name, value)
            if name in ("place", "category", "event"):
                setattr(made, f"{name}_id", value.id if value is not None else None)


def _overrides(event: Event, rows: list[Values]) -> None:
    before = {one.recurrence_local: one for one in event.overrides}
    event.overrides = [  # in the order in which they are read again
        _updated(before.get(row["recurrence_local"]) or Override(), row)
        for row in sorted(rows, key=itemgetter("recurrence_local"))
    ]


def _sources(entry: Event | NewsItem, rows: list[Values]) -> None:
    entry.sources = [Source(**{**row, "position": at}) for at, row in enumerate(rows)]


def _updated(one: Any, row: Values) -> Any:
    for name, value in row.items():
        setattr(one, name, value)
    return one


CHILDREN: dict[str, Callable[[Any, list[Values]], None]] = {
    "overrides": _overrides,
    "sessions": courses.arrange,
    "sources": _sources,
}


def _search(entry: Event | NewsItem) -> str:
    parts = [getattr(entry, name, None) for name in PLAIN]
    parts += [plain(getattr(entry, name, "")) for name in HTML]
    parts += [category.title for category in entry.categories]
    place = entry.place
    parts += [place.title, place.city] if place is not None else []
    if isinstance(entry, Event):
        parts += [str(part) for part in (entry.location or {}).values()]
        parts += [one.title for one in entry.overrides]
        parts += [one.title for one in entry.sessions]
        parts.append((entry.organizer or {}).get("name"))
    return text.fold(" ".join(part for part in parts if part))
