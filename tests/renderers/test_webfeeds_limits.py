"""Feeds under load and with every character there is."""

import json
import locale
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree

from feeds import text
from tests.counts import count
from tests.renderers.cast import make_news
from tests.renderers.test_webfeeds_text import surrounded, titles
from tests.renderers.webfeeds import SUFFIXES, some_events, some_news, written

Record = Callable[[str, object], None]

THREADS = 8
STEP = 0x400


@pytest.mark.counted
def test_threads_write_the_same_bytes_and_leave_the_locale(
    record_property: Record,
) -> None:
    builds = count(20, 1000)
    before = locale.setlocale(locale.LC_ALL)
    entries = [some_news(), some_events()]
    wanted = documents(entries)
    with ThreadPoolExecutor(THREADS) as pool:
        runs = [
            pool.submit(lambda: {documents(entries) for _ in range(builds)})
            for _ in range(THREADS)
        ]
        found = {one for run in runs for one in run.result()}
    assert found == {wanted}
    assert locale.setlocale(locale.LC_ALL) == before
    record_property("counted", f"{THREADS} threads, {builds} builds of six feeds each")


def documents(entries: list[list[object]]) -> tuple[bytes, ...]:
    return tuple(written(suffix, *each) for each in entries for suffix in SUFFIXES)  # type: ignore[arg-type] -- either noun


@pytest.mark.counted
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_character_leaves_a_feed_whole(
    suffix: str, record_property: Record
) -> None:
    """Every code point stands once in every text field of an item."""
    stride = count(16, 1)
    blocks = range(0, 0x110000, STEP * stride)
    # In a sample, too: what XML forbids, and the ends of the planes.
    odd = {0, 0xD800, 0xDC00, 0xDFFF // STEP * STEP, 0xFC00, 0x10FC00}
    for first in sorted({*blocks, *odd}):
        bad = "".join(map(chr, range(first, first + STEP)))
        raw = surrounded(suffix, bad)
        assert titles(suffix, raw) == [
            "Vorher",
            text.line(bad) or "neues-buendnis",
            "Nachher",
        ]
    points = len({*blocks, *odd}) * STEP
    record_property("counted", f"{points} code points in every field of {suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_two_hundred_items_keep_their_names_apart(suffix: str) -> None:
    items = [make_news(uid=f"n{n}", slug=f"n{n}") for n in range(200)]
    raw = written(suffix, *items)
    if suffix == "json":
        found = [one["id"] for one in json.loads(raw)["items"]]
    else:
        path = "//item/guid | //*[local-name()='entry']/*[local-name()='id']"
        found = [one.text for one in etree.fromstring(raw).xpath(path)]
    assert len(found) == len(set(found)) == 200
