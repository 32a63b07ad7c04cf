"""Whoever follows the changes of a calendar has what everybody gets who reads it whole.

Random writes through the publisher, a clock that jumps, several questions, pages of
any length with writes between them; all reading over HTTP.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from feeds import create_app
from feeds.store import Store
from feeds.views import rolling
from feeds.views.context import EXTENSION, Kit
from tests.cast import Clock, settings_for
from tests.counts import tries
from tests.deeds import DEEDS, QUESTIONS, Deed, World
from tests.following import Follower

Worlds = Callable[[], World]
LIMITS = (None, 1, 2, 3)
FOLLOWERS = st.tuples(st.sampled_from(QUESTIONS), st.sampled_from(LIMITS))
# A life takes half a second: making it shorter would take minutes.
UNSHRUNK = (Phase.generate,)
LARGE = (HealthCheck.too_slow, HealthCheck.data_too_large)


@pytest.fixture
def worlds(each_store: Store, tmp_path: Path) -> Iterator[Worlds]:
    """Yield what makes a world with a channel and a clock of its own."""
    clock = Clock()
    app = create_app(settings_for(each_store, tmp_path), clock=clock)
    numbers = count()

    def make() -> World:
        clock.now = Clock().now
        return World(app, clock, f"c{next(numbers)}")

    yield make
    for thread in threading.enumerate():
        if thread.name == rolling.NAME:
            thread.join()
    kit: Kit = app.extensions[EXTENSION]
    kit.store.close()


@pytest.mark.counted
def test_following_ends_where_reading_everything_does(
    worlds: Worlds,
    each_store: Store,
    record_property: Callable[[str, object], None],
) -> None:
    counts: Counter[str] = Counter()

    @settings(
        tries(40, 3000) if each_store.is_sqlite else tries(6, 300),
        phases=UNSHRUNK,
        suppress_health_check=LARGE,
    )
    @given(
        st.lists(DEEDS, min_size=25, max_size=40),
        st.lists(FOLLOWERS, min_size=1, max_size=3),
    )
    def check(deeds: list[Deed], asked: list[tuple[str, int | None]]) -> None:
        world = worlds()
        path = f"/{world.slug}/events.ics"
        world.followers = [
            Follower(world.client, path + query, limit) for query, limit in asked
        ]
        for deed in [*deeds, ("compare", None)]:
            world.do(deed)
        counts.update(world.counts)

    check()
    system = "SQLite" if each_store.is_sqlite else "PostgreSQL"
    record_property("counted", f"Followed on {system}: {dict(sorted(counts.items()))}")
