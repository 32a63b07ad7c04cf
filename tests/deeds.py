"""Random lives of a channel: what is written in it, and what its followers make of it.

A deed is a verb of `World` and what it is about; days count from the present one.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import strategies as st

from feeds import intake, tenancy
from feeds.errors import FeedsError
from feeds.importing import Item
from feeds.models import Channel, Event, Fragment
from feeds.publish import Match
from feeds.renderers.ics import uids
from feeds.times import format_instant
from tests.cast import Clock, make_channel, publisher_of
from tests.following import DELETED, Follower, vevents

ANY = Match(any=True)
UIDS = ("a", "b", "c", "d")
SLUGS = ("x", "y", "z")
QUESTIONS = (
    "",
    "?all=1",
    "?rich=1",
    "?category=x",
    "?category=x&category=y&match=all",
    "?exclude=x",
    "?q=yoga",
    "?status=cancelled",
    "?status=confirmed&all=1",
    "?from=-3d&to=%2B10d",
    "?from=today",
    "?to=%2B30d",
    "?place=x&from=2021-01-01",
    "?language=en",
)
# Days from the present one: around the edges of the windows, and far from them.
DAYS = st.sampled_from((-400, -181, -179, -8, -6, -3, -1, 0, 1, 9, 10, 29, 31, 200))
FORWARD = (0, 1, 3600, 86_400, 3 * 86_400, 9 * 86_400, 40 * 86_400, 200 * 86_400)

Raw = dict[str, Any]
Deed = tuple[str, Any]


def timed(days: int) -> Raw:
    return {"start": days, "length": 2}


SHAPES = st.one_of(
    st.builds(timed, DAYS),
    st.builds(
        lambda day, rule: timed(day) | {"rrule": rule},
        DAYS,
        st.sampled_from(
            ("FREQ=WEEKLY;COUNT=4", "FREQ=MONTHLY", "FREQ=DAILY;COUNT=2", "FREQ=YEARLY")
        ),
    ),
    st.builds(lambda days: {"sessions": days}, st.lists(DAYS, min_size=1, max_size=3)),
    st.builds(lambda day, more: timed(day) | {"rdates": more}, DAYS, st.lists(DAYS)),
    st.builds(lambda day: timed(day) | {"rdates": [day + 1], "exdates": [day]}, DAYS),
)
EVENTS = st.fixed_dictionaries(
    {
        "shape": SHAPES,
        "title": st.sampled_from(("Yoga", "Chor", "Rat")),
        "status": st.sampled_from(("confirmed", "confirmed", "tentative", "cancelled")),
        "state": st.sampled_from(("published",) * 4 + ("draft", "rejected")),
        "publish_at": st.sampled_from((None, None, None, -20, 0.01, 2, 35)),
        "expires_at": st.sampled_from((None, None, None, -30, 0.02, 5, 60)),
        "categories": st.lists(st.sampled_from("xxyyz"), max_size=2, unique=True),
        "place": st.sampled_from((None, None, *SLUGS[:2])),
        "language": st.sampled_from(("de", "de", "en")),
        "minor": st.booleans(),
    }
)
NAMED = st.tuples(st.sampled_from(UIDS), EVENTS)
LABELS = st.sampled_from(("categories", "places"))
DEEDS = st.one_of(
    st.tuples(st.just("put"), NAMED),
    st.tuples(st.just("put"), NAMED),
    st.tuples(
        st.just("amend"),
        st.tuples(
            st.sampled_from(UIDS),
            st.sampled_from(
                (
                    {"status": "cancelled"},
                    {"state": "draft"},
                    {"state": "published"},
                    {"title": "Yoga im Park"},
                    {"expires_at": None},
                )
            ),
        ),
    ),
    st.tuples(st.just("delete"), st.sampled_from(UIDS)),
    st.tuples(st.just("merge"), st.lists(NAMED, max_size=4)),
    st.tuples(st.just("replace"), st.lists(NAMED, max_size=4)),
    st.tuples(st.just("label"), st.tuples(LABELS, st.sampled_from(SLUGS))),
    st.tuples(st.just("rename"), st.tuples(LABELS, *[st.sampled_from(SLUGS)] * 2)),
    st.tuples(st.just("news"), st.none()),
    st.tuples(st.just("channel"), st.sampled_from(("#0b5cad",) * 4 + ("#a00000",))),
    st.tuples(st.just("forward"), st.sampled_from(FORWARD)),
    st.tuples(st.just("let_pass"), st.sampled_from(FORWARD)),
    st.tuples(st.just("turn"), st.sampled_from(FORWARD)),
    *[st.tuples(st.just("step"), st.none())] * 4,
    st.tuples(st.just("compare"), st.none()),
)


@dataclass
class World:
    """A channel, who writes in it, and who follows it.

    `public` are the calendar UIDs that everybody could see at any time.
    """

    app: Flask
    clock: Clock
    slug: str
    followers: list[Follower] = field(default_factory=list)
    public: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.publisher = publisher_of(self.app)
        self.client: FlaskClient = self.app.test_client(use_cookies=False)
        make_channel(self.publisher, self.clock.now, slug=self.slug)
        self.looked_at = self.clock.now
        for noun in ("categories", "places"):
            for slug in SLUGS[:2]:
                self.label((noun, slug))

    def do(self, deed: Deed) -> None:
        verb, what = deed
        try:
            getattr(self, verb)(what)
            self.counts[verb] += 1
        except FeedsError:
            self.counts["refused"] += 1
        self.look()

    def look(self) -> None:
        """Notice what everybody could see since the last look."""
        now, before = self.clock.now, self.looked_at
        self.looked_at = now
        self.seen: set[str] = set()
        for event, body in self.rows():
            start, end = event.announced_at, event.expires_at
            if event.state == "published" and start is not None and start <= now:
                if end is None or end > max(start, before):
                    self.public.update(uids(body))
                if end is None or end > now:
                    self.seen.update(uids(body))

    def rows(self) -> list[Any]:
        with self.publisher.store.reading() as session:
            return (
                session.query(Event, Fragment.body)
                .join(Fragment, Fragment.event_id == Event.id)
                .join(Channel, Channel.id == Event.channel_id)
                .filter(Fragment.format == "ics", Channel.slug == self.slug)
                .all()
            )

    def put(self, what: tuple[str, Raw]) -> None:
        uid, event = what
        given = self.raw(event), self.clock.now, ANY
        try:
            self._replace(uid, *given)
        except FeedsError:
            self._replace(uid, *given[:2], None)

    def _replace(self, uid: str, raw: Raw, now: Any, match: Match | None) -> None:
        self.publisher.replace("events", self.slug, uid, raw, now=now, match=match)

    def amend(self, what: tuple[str, Raw]) -> None:
        uid, patch = what
        self.publisher.amend(
            "events", self.slug, uid, patch, now=self.clock.now, match=ANY
        )

    def delete(self, uid: str) -> None:
        self.publisher.withdraw("events", self.slug, uid, now=self.clock.now, match=ANY)

    def merge(self, what: list[tuple[str, Raw]], mode: str = "merge") -> None:
        items = [
            Item({**self.raw(event), "uid": uid}, line=line)
            for line, (uid, event) in enumerate(what)
        ]
        intake.take_in(
            self.publisher, "events", self.slug, items, mode=mode, now=self.clock.now
        )

    def replace(self, what: list[tuple[str, Raw]]) -> None:
        self.merge(what, "replace")

    def label(self, what: tuple[str, str]) -> None:
        noun, slug = what
        raw = {"title": slug.upper(), "slug": slug}
        if noun == "places":
            raw["id"] = slug
        self.publisher.create(noun, self.slug, raw, now=self.clock.now)

    def rename(self, what: tuple[str, str, str]) -> None:
        noun, slug, other = what
        self.publisher.amend(
            noun,
            self.slug,
            slug,
            {"slug": other, "title": f"{other} ehemals {slug}"},
            now=self.clock.now,
            match=ANY,
        )

    def news(self, _: None) -> None:
        raw = {"title": "Neues"}
        self.publisher.create("news", self.slug, raw, now=self.clock.now)

    def channel(self, colour: str) -> None:
        patch = {"colour": colour}
        tenancy.amend(self.publisher, self.slug, patch, now=self.clock.now, match=ANY)

    def forward(self, seconds: int) -> None:
        self.clock.forward(seconds=seconds)

    def let_pass(self, seconds: int) -> None:
        """Leave all to time between two looks at everything."""
        self.compare(None)
        self.forward(seconds)
        self.compare(None)

    def turn(self, seconds: int) -> None:
        """Let time pass between two pages."""
        self.step(None)
        self.forward(seconds)
        self.step(None)

    def step(self, _: None) -> None:
        self.look()
        for follower in self.followers:
            status = follower.step().status_code
            self.counts[f"answers {status}"] += 1
            self.check(follower)

    def compare(self, _: None) -> None:
        self.look()
        for follower in self.followers:
            status = follower.finish()
            plain = self.client.get(follower.path)
            self.check(follower)
            if plain.status_code == 200:
                assert status == 304
                assert follower.kept == vevents(plain.data)
                assert DELETED not in plain.data
            else:
                assert status == plain.status_code

    def check(self, follower: Follower) -> None:
        """Nobody hears of what was never public, nor reads what no longer is."""
        assert set(follower.gone) <= self.public
        told = {uid for uid, body in follower.told.items() if DELETED not in body}
        assert told <= self.seen

    def raw(self, event: Raw) -> Raw:
        raw = {**event}
        shape = raw.pop("shape")
        for name in ("publish_at", "expires_at"):
            if raw[name] is not None:
                at = self.clock.now + timedelta(days=raw[name])
                raw[name] = format_instant(at)
        if raw["publish_at"] and (raw["expires_at"] or "9") <= raw["publish_at"]:
            raw["expires_at"] = None
        if "sessions" in shape:
            dates = [{"start": self.moment(day)} for day in shape["sessions"]]
            return raw | {"sessions": dates}
        raw["start"] = self.moment(shape["start"])
        raw |= {
            name: [self.moment(day) for day in shape[name]]
            for name in ("rdates", "exdates")
            if name in shape
        }
        return raw | ({"rrule": shape["rrule"]} if "rrule" in shape else {})

    def moment(self, days: int) -> str:
        day = self.clock.now + timedelta(days=days)
        return f"{day:%Y-%m-%d}T18:00"
