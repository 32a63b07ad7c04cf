"""Installations with the same address, and the calendars that go between them."""

from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from typing import Any

from feeds import intake
from feeds.calendars import Body
from feeds.importing import Item, ics
from feeds.publish import Publisher
from feeds.selection import Selection
from feeds.store import Store
from feeds.syndicate import Syndicate
from tests.cast import BASE_URL, make_channel

# Cancelled events stay for a week after their end: here all of them are to come.
LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
LATER = LONG_AGO + timedelta(hours=9)

Raw = dict[str, Any]


class House:
    """An installation, and the calendar that it gives to everybody."""

    def __init__(self, store: Store) -> None:
        self.publisher = Publisher(store, BASE_URL)
        self.syndicate = Syndicate(store, BASE_URL, 900, 900_000)

    def open(self, slug: str, now: datetime = LONG_AGO) -> None:
        make_channel(self.publisher, now, slug=slug)

    def write(self, slug: str, noun: str, raws: list[Raw], now: datetime) -> None:
        items = [Item(raw, number) for number, raw in enumerate(raws)]
        report = intake.take_in(self.publisher, noun, slug, items, now=now)
        assert report.refused == []

    def take(self, slug: str, data: bytes, now: datetime = LATER) -> intake.Report:
        calendar = ics.read(data, timezone="Europe/Berlin", language="de")
        items = calendar.items()
        return intake.take_in(self.publisher, "events", slug, items, now=now)

    def export(
        self, slug: str, now: datetime = LATER, *, rich: bool = False
    ) -> tuple[bytes, str]:
        found = self.syndicate.feed(
            "events",
            "ics",
            slug,
            Selection(all=True, rich=rich),
            now=now,
            is_fresh=lambda _: False,
        )
        body = found.body
        whole = body.read() if isinstance(body, Body) else body or b""
        return whole, found.validators.etag


def differences(ours: bytes, theirs: bytes) -> list[str]:
    """Return the first lines, unfolded, that two calendars don't share."""
    before, after = (
        data.decode().replace("\r\n ", "").split("\r\n") for data in (ours, theirs)
    )
    found = list(unified_diff(before, after, lineterm="", n=6))[:60]
    assert bool(found) == (ours != theirs)
    return found
