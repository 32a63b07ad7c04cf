"""Any news, in three formats, as four programs read it: equal to what was written."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reader import make_reader

from feeds import text
from feeds.models import NewsItem
from feeds.renderers.frame import entry_id
from tests.counts import count, tries
from tests.javascript import Ask
from tests.renderers import anything
from tests.renderers.cast import BASE_URL, make_news, make_source
from tests.renderers.webfeeds import SUFFIXES, parsed, written

Record = Callable[[str, object], None]
Facts = list[dict[str, Any]]

_REFERENCE = re.compile(r"&#?\w+;")


def is_left_alone(raw: str) -> bool:
    """Tell whether feedparser sees no HTML, and no UTF-8 read as Latin-1 to mend.

    JavaScript trims a byte order mark as space. `test_a_title_stays_as_it_is` has what
    looks like a reference of HTML, which feedparser mends in some neighbourhoods.
    """
    if "</" in raw or _REFERENCE.search(raw) or raw != raw.strip("\ufeff"):
        return False
    try:
        return raw.encode("latin-1").decode() == raw
    except UnicodeError:
        return True


LINES = anything.LINES.map(text.line).filter(is_left_alone)
# `reader` takes a comma in RSS for the end of a name, and tags for none of it.
NAMES = st.sampled_from(["", "Redaktion", "Ä. Öztürk-O'Neill", "A & B"]) | LINES.filter(
    lambda raw: set(",<&@").isdisjoint(raw)
)
FILES = st.builds(
    lambda url, kind, length, title: {
        "url": url,
        "type": kind,
        "length": length,
        "title": title,
    },
    anything.URLS.map(text.safe_url),
    st.sampled_from(["application/pdf", "audio/mpeg"]),
    st.none() | st.integers(1, 2**40),
    LINES,
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2021, 1, 1)).map(  # noqa: DTZ001 -- UTC follows
    lambda at: at.replace(tzinfo=UTC)
)
NEWS = st.fixed_dictionaries(
    {
        "title": LINES.filter(bool),
        "author": NAMES,
        "summary": anything.TEXTS.map(text.legal),
        "content": anything.HTML.map(text.html),
        "attachments": st.lists(FILES, max_size=3),
        "sources": st.lists(st.builds(make_source, LINES.filter(bool)), max_size=2),
        "announced_at": MOMENTS,
        "language": anything.LANGUAGES,
    }
)
TRIES = settings(tries(10, 400), phases=[Phase.generate])  # node is slow to shrink


@pytest.mark.counted
@pytest.mark.node
def test_four_programs_read_what_was_written(
    node: Ask, tmp_path: Path, record_property: Record
) -> None:
    read = []

    @TRIES
    @given(drawn=st.lists(NEWS, min_size=1, max_size=12))
    def check(drawn: list[dict[str, Any]]) -> None:
        items = [
            make_news(uid=str(n), slug=f"s{n}", **one) for n, one in enumerate(drawn)
        ]
        raw = {suffix: written(suffix, *items) for suffix in SUFFIXES}
        asked = node("webfeeds", [[name, raw[name].decode()] for name in SUFFIXES])
        for suffix, (smith, parser) in zip(SUFFIXES, asked, strict=True):
            wanted = [facts(one, suffix) for one in items]
            assert [*map(dated, smith)] == wanted
            assert by_reader(suffix, raw[suffix], tmp_path) == known_to_reader(wanted)
            if suffix != "json":
                assert by_feedparser(raw[suffix]) == wanted
                assert [*map(dated, parser)] == [
                    known_to_parser(one, suffix) for one in wanted
                ]
        read.append(len(items))

    check()
    said = f"{sum(read)} news items in three formats, read by four programs"
    record_property("counted", said)
    assert len(read) >= count(10, 400)


def facts(item: NewsItem, suffix: str) -> dict[str, Any]:
    """Return what a format carries of an item; RSS has room for one file."""
    files = [(one["url"], one["type"], one["length"]) for one in item.attachments]
    if suffix == "rss":
        files = [(url, kind, length or 0) for url, kind, length in files[:1]]
    return {
        "id": entry_id("news", item.uid),
        "title": item.title,
        "url": f"{BASE_URL}/familie/news/{item.slug}",
        "published": (item.announced_at or item.created_at).replace(microsecond=0),
        "authors": [item.author] if item.author else [],
        "files": files,
    }


def known_to_parser(one: dict[str, Any], suffix: str) -> dict[str, Any]:
    """Return what rss-parser can tell: it reads no enclosures of Atom."""
    return one if suffix == "rss" else one | {"files": []}


def dated(one: dict[str, Any]) -> dict[str, Any]:
    """Return what a script answered, with its moment and files as values."""
    written_as = one["published"]
    moment = (
        datetime.fromisoformat(written_as)
        if written_as[0].isdigit()
        else parsedate_to_datetime(written_as)
    )
    files = [(url, kind, length) for url, kind, length in one["files"]]
    return one | {"published": moment, "files": files}


def by_feedparser(raw: bytes) -> Facts:
    return [
        {
            "id": entry.id,
            "title": entry.title,
            "url": entry.link,
            "published": datetime(*entry.published_parsed[:6], tzinfo=UTC),
            "authors": [one["name"] for one in entry.get("authors", []) if one],
            "files": [
                (one.href, one.type, int(one.length) if "length" in one else None)
                for one in entry.get("enclosures", [])
            ],
        }
        for entry in parsed(raw).entries
    ]


def by_reader(suffix: str, raw: bytes, home: Path) -> Facts:
    path = home / f"feed.{suffix}"
    path.write_bytes(raw)
    with make_reader(":memory:", feed_root=str(home)) as reader:
        reader.add_feed(path.name)
        reader.update_feed(path.name)
        found = {one.id: one for one in reader.get_entries()}
    return [
        {
            "id": one.id,
            "title": one.title,
            "url": one.link,
            "published": one.published,
            "authors": [one.authors_str] if one.authors_str else [],
            "files": [(file.href, file.type, file.length) for file in one.enclosures],
        }
        for one in sorted(found.values(), key=lambda one: str(one.link))
    ]


def known_to_reader(wanted: Facts) -> Facts:
    return sorted(wanted, key=lambda one: str(one["url"]))
