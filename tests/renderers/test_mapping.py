"""The map as values: what is drawn, and where its pins stand."""

import math
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.boundaries import Point, load
from feeds.renderers.map_names import names
from feeds.renderers.mapping import APART, REACH, WIDTH, Chart, Pin, chart
from tests.counts import tries

OURS = load(None)
DORTMUND, KOELN, MINDEN, BERLIN = (
    (7.4662, 51.5118),
    (6.9593, 50.9382),
    (8.9169, 52.2886),
    (13.4050, 52.5200),
)
NEAR = st.tuples(st.floats(5.8, 9.5), st.floats(50.3, 52.6))
ANYWHERE = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
POINTS = st.lists(st.none() | NEAR, max_size=60) | st.lists(ANYWHERE, max_size=60)
# Rounding to whole units takes half of one from each end of a distance, each way.
ROUNDING = math.sqrt(2)


def drawn(*points: Point | None, is_sketch: bool = False) -> Chart:
    homes = [OURS.area_of(one) if one else None for one in points]
    found = chart(OURS, points, homes, is_sketch=is_sketch)
    assert found is not None
    return found


def outlines(path: str) -> int:
    return path.count("M")


@pytest.mark.counted
@given(POINTS)
@tries(150, 5_000)
def test_every_point_has_one_pin_in_reach(points: list[Point | None]) -> None:
    homes = [OURS.area_of(one) if one else None for one in points]
    found = chart(OURS, points, homes)
    placed = [index for index, one in enumerate(points) if one is not None]
    pins = found.pins if found else ()

    assert (found is None) is (placed == [])
    assert sorted(index for pin in pins for index in pin.members) == placed
    assert [pin.members for pin in pins] == sorted(pin.members for pin in pins)
    for one, other in combinations(pins, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) >= APART - ROUNDING
    for pin in pins:
        assert found is not None
        assert REACH <= pin.x <= WIDTH - REACH
        assert REACH <= pin.y <= found.height - REACH


@pytest.mark.counted
@given(st.lists(NEAR, min_size=1, max_size=30))
@tries(50, 1_000)
def test_the_same_points_give_the_same_map(points: list[Point]) -> None:
    assert drawn(*points) == drawn(*points)


def test_pins_have_24_pixels_where_the_map_is_narrowest() -> None:
    assert 2 * REACH * 288 / WIDTH >= 24
    assert APART > 2 * REACH


def test_places_all_over_the_state_show_all_districts() -> None:
    found = drawn(DORTMUND, KOELN, MINDEN, None)

    assert outlines(found.land) + outlines(found.lit) == sum(
        len(area.rings) for area in OURS.areas
    )
    assert found.grid == ""
    assert len(found.pins) == 3


def test_a_single_place_shows_its_district_and_what_is_around() -> None:
    found = drawn(DORTMUND)

    assert outlines(found.lit) == 1
    assert 3 <= outlines(found.land) <= 15


def test_north_is_up_and_east_is_right() -> None:
    dortmund, koeln, minden = drawn(DORTMUND, KOELN, MINDEN).pins

    assert koeln.x < dortmund.x < minden.x
    assert minden.y < dortmund.y < koeln.y


@pytest.mark.parametrize("points", [[BERLIN], [BERLIN, (11.58, 48.14), DORTMUND]])
def test_places_elsewhere_stand_on_a_grid(points: list[Point]) -> None:
    found = drawn(*points)

    assert (found.land, found.lit) == ("", "")
    assert found.grid != ""


def test_a_place_beside_many_of_the_state_is_on_their_map() -> None:
    found = drawn(DORTMUND, KOELN, BERLIN)

    assert outlines(found.lit) == 2
    assert found.pins[2].x > found.pins[0].x


def test_neighbours_share_a_pin_in_the_middle() -> None:
    (pin,) = drawn((7.46, 51.51), (7.47, 51.51), (7.46, 51.52)).pins[:1]
    found = drawn((7.4660, 51.5118), (7.4661, 51.5118), KOELN, MINDEN)

    assert pin.members[0] == 0
    assert [one.members for one in found.pins] == [(0, 1), (2,), (3,)]


def test_paths_hold_nothing_but_numbers_and_moves() -> None:
    found = drawn(DORTMUND, KOELN)
    grid = drawn(BERLIN).grid

    for path in (found.land, found.lit, grid):
        assert re.fullmatch(r"[Mlvhz0-9 -]+", path)


def test_a_sketch_is_small() -> None:
    found = drawn(DORTMUND, is_sketch=True)

    assert len(found.land) + len(found.lit) < 5_000
    assert len(found.pins) == 1


def pins_at(*spots: tuple[int, int, int]) -> Chart:
    pins = [Pin(x, y, tuple(range(count))) for x, y, count in spots]
    return Chart(height=800, land="", lit="", grid="", pins=tuple(pins))


def test_a_name_stands_where_there_is_room() -> None:
    alone = pins_at((500, 400, 1))
    at_the_edge = pins_at((950, 400, 1))
    between = pins_at((500, 400, 1), (600, 400, 1))

    assert [one.anchor for one in names(alone, ["Unna"])] == ["start"]
    assert [one.anchor for one in names(at_the_edge, ["Unna"])] == ["end"]
    assert [one.anchor for one in names(between, ["Unna", "Hamm"])] == ["end", "start"]


@pytest.mark.parametrize("words", ["", "Ein sehr langer Name eines Ortes"])
def test_a_name_that_says_nothing_or_too_much_is_left_out(words: str) -> None:
    assert names(pins_at((500, 400, 1)), [words]) == ()
