"""Areas and points: our districts, and what holds for all outlines."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.boundaries import OURS as FILE
from feeds.boundaries import Area, Box, load
from tests.counts import tries

OURS = load(None)
X = st.floats(OURS.box.west - 0.1, OURS.box.east + 0.1)
Y = st.floats(OURS.box.south - 0.1, OURS.box.north + 0.1)
OUTER = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0))
HOLE = ((1.0, 1.0), (1.0, 3.0), (3.0, 3.0), (3.0, 1.0), (1.0, 1.0))


def test_ours_are_the_districts_of_north_rhine_westphalia() -> None:
    names = [area.name for area in OURS.areas]

    assert len(set(names)) == len(names) == 53
    assert {"Köln", "Kreis Kleve", "Städteregion Aachen", "Märkischer Kreis"} < {*names}
    assert OURS.attribution == "© GeoBasis-DE / BKG (2017), Daten verändert"
    assert OURS.attribution_url.startswith("https://")


@pytest.mark.parametrize(
    ("point", "name"),
    [
        ((7.4662, 51.5118), "Dortmund"),
        ((6.9593, 50.9382), "Köln"),
        ((6.0838, 50.7763), "Städteregion Aachen"),
        ((8.0644, 51.3967), "Hochsauerlandkreis"),
        ((6.6153, 51.8388), "Kreis Borken"),
        ((7.0982, 50.7374), "Bonn"),
        ((13.4050, 52.5200), None),
        ((8.0472, 52.2799), None),
    ],
)
def test_a_town_lies_in_its_district(
    point: tuple[float, float], name: str | None
) -> None:
    area = OURS.area_of(point)

    assert (area.name if area else None) == name


@pytest.mark.counted
@given(st.tuples(X, Y))
@tries(500, 20_000)
def test_no_point_lies_in_two_districts(point: tuple[float, float]) -> None:
    assert sum(area.holds(point) for area in OURS.areas) <= 1


@pytest.mark.counted
@given(st.sampled_from(OURS.areas), st.data())
@tries(300, 5_000)
def test_even_a_corner_lies_in_one_district_at_the_most(
    area: Area, data: st.DataObject
) -> None:
    corner = data.draw(st.sampled_from(area.rings[0]))

    assert sum(one.holds(corner) for one in OURS.areas) <= 1


def test_a_border_inside_the_state_is_shared_by_two_districts() -> None:
    # Where one district ends the next begins: torn, each edge would stand alone.
    seen: dict[frozenset[tuple[float, float]], int] = {}
    for area in OURS.areas:
        for ring in area.rings:
            for edge in pairwise(ring):
                seen[frozenset(edge)] = seen.get(frozenset(edge), 0) + 1
    shared = sum(count == 2 for count in seen.values())

    assert max(seen.values()) == 2
    assert shared > len(seen) / 2


def test_a_hole_is_not_inside() -> None:
    area = Area("Ring", (OUTER, HOLE))

    assert area.holds((0.5, 0.5)) is True
    assert area.holds((2.0, 2.0)) is False
    assert area.holds((5.0, 2.0)) is False
    assert area.box == Box(0, 0, 4, 4)


def test_topology_and_geojson_mean_the_same(tmp_path: Path) -> None:
    square = {"type": "Polygon", "coordinates": [[*map(list, OUTER)]]}
    properties = {"name": "Feld"}
    plain = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": properties, "geometry": square}],
    }
    packed = {
        "type": "Topology",
        "transform": {"scale": [2, 2], "translate": [0, 0]},
        "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
        "objects": {
            "all": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, -2]], "properties": properties}
                ],
            }
        },
    }
    found = []
    for name, document in (("plain", plain), ("packed", packed)):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(document))
        found.append(load(path).areas)

    assert found[0] == found[1] == (Area("Feld", (OUTER,)),)


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "areas.json"
    path.write_bytes(FILE.read_bytes() + b" ")

    assert load(path).areas == OURS.areas
    assert load(path).digest != OURS.digest
