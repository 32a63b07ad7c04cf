"""Pages of a feed: each item once, in a megabyte each (RFC 5005 §3)."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from feeds.paging import ROOM, Paging
from feeds.selection import VIEWS, Selection
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import Write
from tests.views.history import read, walk

WEB = ["rss", "atom", "json"]


def url_of(suffix: str, query: str = "", noun: str = "news") -> str:
    return f"{BASE_URL}/{CHANNEL}/{noun}.{suffix}{query}"


def fill(write: Write, clock: Clock, count: int, **over: object) -> list[str]:
    """Write so many news items, a minute apart; return their ids, newest first."""
    ids = []
    for number in range(count):
        raw = {"title": f"Nachricht {number}", **over}
        ids.append(f"urn:uuid:{write('news', raw)['id']}")
        clock.forward(minutes=1)
    return ids[::-1]


@pytest.mark.parametrize("suffix", WEB)
def test_next_leads_to_each_item_once(
    client: FlaskClient, write: Write, clock: Clock, suffix: str
) -> None:
    ids = fill(write, clock, 7)
    pages = list(walk(client, url_of(suffix, "?limit=3"), "next"))
    assert [one for page in pages for one in page.ids] == ids
    assert [len(page.ids) for page in pages] == [3, 3, 1]
    assert len({page.feed_id for page in pages}) == 1


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_pages_name_those_around(
    client: FlaskClient, write: Write, clock: Clock, suffix: str
) -> None:
    fill(write, clock, 3)
    first, second = (url_of(suffix, f"?limit=2{one}") for one in ("", "&page=2"))
    links = [dict(page.links) for page in walk(client, first, "next")]
    for one, url in zip(links, (first, second), strict=True):
        assert one.pop("self") == url
        one.pop("alternate", None)
    assert links[0].pop("prev-archive") == url_of(suffix, "?archive=2021-07")
    assert links == [
        {"first": first, "next": second},
        {"first": first, "previous": first},
    ]


def test_what_is_published_meanwhile_moves_the_rest_by_one(
    client: FlaskClient, write: Write, clock: Clock
) -> None:
    ids = fill(write, clock, 4)
    first = read(client, url_of("atom", "?limit=2"))
    fill(write, clock, 1)
    second = read(client, first.links["next"])
    assert first.ids + second.ids == [ids[0], ids[1], ids[1], ids[2]]


@pytest.mark.parametrize("suffix", WEB)
def test_large_items_make_more_pages_and_none_is_lost(
    client: FlaskClient, write: Write, clock: Clock, suffix: str
) -> None:
    ids = fill(write, clock, 9, content=f"<p>{'Wort ' * 38_000}</p>")
    ids = fill(write, clock, 2) + ids
    pages = list(walk(client, url_of(suffix), "next"))
    assert [one for page in pages for one in page.ids] == ids
    assert len(pages) == 3


@given(
    st.lists(st.integers(0, ROOM + 9), max_size=60),
    st.integers(1, 60),
)
def test_pages_of_any_sizes_go_on_where_the_last_ended(
    sizes: list[int], limit: int
) -> None:
    selection, seen = Selection(limit=limit), list[int]()
    while len(seen) < len(sizes):
        paging = Paging(None, None, None, None, selection, VIEWS["news.feed"])  # type: ignore[arg-type] # only sums are done
        assert paging.offset == len(seen)
        page = sizes[paging.offset : paging.offset + paging.limit]
        held = paging.held(page)
        assert held == 1 or sum(page[:held]) <= ROOM
        seen += page[:held]
        smaller = held if held < paging.limit else paging.limit
        number = paging.offset // smaller + held // smaller + 1
        selection = Selection(limit=smaller, page=number)
    assert seen == sizes
