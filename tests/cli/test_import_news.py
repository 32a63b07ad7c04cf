"""`import news` on feeds of others."""

import json

import pytest

from tests.cli.conftest import Feeds
from tests.importing.webfeeds import ATOM, DATED, JSON, RSS

ITEM = f"<item><guid>{{0}}</guid><title>{{0}}</title>{DATED}</item>"
GOOD = RSS.format("\n".join(map(ITEM.format, "ab"))).encode()
BAD = RSS.format(ITEM.format("c") + "\n<item><guid>d</guid></item>").encode()
REFUSED = "line 7: refused: it has neither a title nor a text (d)"


def news(feeds: Feeds, channel: str) -> dict[str, dict[str, object]]:
    listed = json.loads(feeds("export", "news", "--channel", channel).stdout)
    return {entry["id"]: entry for entry in listed["items"]}


def taken(feeds: Feeds, channel: str, data: bytes, *more: str) -> list[str]:
    """Import news from standard input, and return what is said of it."""
    result = feeds("import", "news", "-", "--channel", channel, *more, stdin=data)
    assert result.exit_code == int(" 0 refused" not in result.stdout)
    return result.stdout.splitlines()


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        ATOM.format(
            "<entry><id>a</id><title>a</title><updated>2021-07-01T08:00:00Z</updated>"
            "</entry><entry><id>b</id><title>b</title>"
            "<published>2021-07-01T08:00:00Z</published></entry>"
        ).encode(),
        JSON.format(
            '{"id": "a", "title": "a", "date_published": "2021-07-01T08:00:00Z"},'
            '{"id": "b", "title": "b", "date_published": "2021-07-01T08:00:00Z"}'
        ).encode(),
        b'[{"id": "a", "title": "a", "published_at": "2021-07-01T08:00:00Z"},'
        b'{"id": "b", "title": "b", "published_at": "2021-07-01T08:00:00Z"}]',
    ],
    ids=["rss", "atom", "jsonfeed", "json"],
)
def test_feeds_are_taken_in_and_again_change_nothing(
    feeds: Feeds, stadt: str, data: bytes
) -> None:
    assert taken(feeds, stadt, data) == [
        "All of it was written.",
        "2 created, 0 changed, 0 unchanged, 0 refused",
    ]
    before = news(feeds, stadt)
    assert [(key, row["published_at"]) for key, row in before.items()] == [
        ("a", "2021-07-01T08:00:00Z"),
        ("b", "2021-07-01T08:00:00Z"),
    ]
    assert taken(feeds, stadt, data) == [
        "All of it was there already.",
        "0 created, 0 changed, 2 unchanged, 0 refused",
    ]
    assert news(feeds, stadt) == before


def test_day_of_retrieval_stays_that_of_the_first_import(
    feeds: Feeds, stadt: str
) -> None:
    taken(feeds, stadt, GOOD)
    rows = list(news(feeds, stadt).values())
    for row in rows:
        (credit,) = row["sources"]
        credit["retrieved_on"] = "2020-01-01"
    taken(feeds, stadt, json.dumps(rows).encode())
    assert taken(feeds, stadt, GOOD)[-1] == (
        "0 created, 0 changed, 2 unchanged, 0 refused"
    )


def test_undated_items_keep_the_moment_of_their_first_import(
    feeds: Feeds, stadt: str
) -> None:
    data = GOOD.replace(DATED.encode(), b"")
    said = [
        "line 6: no date, published as of this import",
        "line 7: no date, published as of this import",
    ]
    assert taken(feeds, stadt, data)[:2] == said
    assert taken(feeds, stadt, data) == [
        *said,
        "All of it was there already.",
        "0 created, 0 changed, 2 unchanged, 0 refused",
    ]


def test_merge_keeps_the_good_and_lists_the_bad(feeds: Feeds, stadt: str) -> None:
    assert taken(feeds, stadt, BAD) == [
        REFUSED,
        "All but the refused ones were written.",
        "1 created, 0 changed, 0 unchanged, 1 refused",
    ]
    assert list(news(feeds, stadt)) == ["c"]


def test_replace_is_all_or_nothing(feeds: Feeds, stadt: str) -> None:
    taken(feeds, stadt, GOOD)
    assert taken(feeds, stadt, BAD, "--mode", "replace")[-1] == (
        "0 created, 0 changed, 0 unchanged, 0 removed, 1 refused"
    )
    assert list(news(feeds, stadt)) == ["a", "b"]
    only = RSS.format(ITEM.format("c")).encode()
    assert taken(feeds, stadt, only, "--mode", "replace")[-1] == (
        "1 created, 0 changed, 0 unchanged, 2 removed, 0 refused"
    )
    assert list(news(feeds, stadt)) == ["c"]


def test_dry_run_writes_nothing(feeds: Feeds, stadt: str) -> None:
    assert taken(feeds, stadt, GOOD, "--dry-run")[-1] == (
        "2 created, 0 changed, 0 unchanged, 0 refused"
    )
    assert news(feeds, stadt) == {}


def test_web_page_is_refused_with_the_feeds_that_it_names(
    feeds: Feeds, stadt: str
) -> None:
    data = (
        b'<!DOCTYPE html><head><link rel="alternate" type="application/rss+xml"'
        b' href="https://bote.example/feed"></head>'
    )
    result = feeds("import", "news", "-", "--channel", stadt, stdin=data)
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: this is a web page and no feed; its feeds are:"
        " https://bote.example/feed\n",
    )
