"""FEEDS_BOUNDARIES: a file of the operator's own, or one sentence why it is not one."""

import json
from pathlib import Path
from typing import Any

import pytest

from feeds.boundaries import load
from feeds.config import Settings
from feeds.errors import SettingError

SQUARE = [[7.0, 51.0], [8.0, 51.0], [8.0, 52.0], [7.0, 52.0], [7.0, 51.0]]


def area(name: Any = "Nord", kind: str = "Polygon", shape: Any = None) -> Any:
    geometry = {"type": kind, "coordinates": [SQUARE] if shape is None else shape}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def collection(*features: Any, **members: Any) -> str:
    given = {"type": "FeatureCollection", "features": features, **members}
    return json.dumps(given)


def read(tmp_path: Path, path: Path) -> Settings:
    return Settings.read(
        {"FEEDS_DATA_DIR": str(tmp_path), "FEEDS_BOUNDARIES": str(path)}
    )


def refusal(tmp_path: Path, path: Path) -> str:
    with pytest.raises(SettingError) as caught:
        read(tmp_path, path)
    return caught.value.detail


def test_boundaries_are_ours_unless_told(tmp_path: Path) -> None:
    assert Settings.read({"FEEDS_DATA_DIR": str(tmp_path)}).boundaries is None
    assert len(load(None).areas) == 53


def test_boundaries_of_an_operator_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "areas.geojson"
    url = "https://example.org/"
    file = collection(area(), attribution=" Amt ", attribution_url=url)
    path.write_text(file, encoding="utf-8")

    assert read(tmp_path, path).boundaries == path
    found = load(path)
    assert [one.name for one in found.areas] == ["Nord"]
    assert (found.attribution, found.attribution_url) == ("Amt", url)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it is not JSON in UTF-8"),
        ("[" * 100_000, "it is not JSON in UTF-8"),
        ("[]", "it is neither a GeoJSON FeatureCollection nor TopoJSON"),
        (
            '{"type": "Feature"}',
            "it is neither a GeoJSON FeatureCollection nor TopoJSON",
        ),
        (collection(), "it holds no area"),
        ('{"type": "FeatureCollection"}', "it is not a whole FeatureCollection"),
        (collection(1), "it is not a whole FeatureCollection"),
        ('{"type": "Topology", "arcs": []}', "it is not a whole Topology"),
        (
            '{"type": "Topology", "arcs": [], "objects": {"a": {"geometries":'
            ' [{"type": "Polygon", "arcs": [[7]]}]}}}',
            "it is not a whole Topology",
        ),
        (
            collection(area(), area(name=" ")),
            "feature 2 has no name among its properties",
        ),
        (
            collection(area(kind="Point", shape=[7, 51])),
            "'Nord' is neither a Polygon nor a MultiPolygon",
        ),
        (
            collection(area(shape=[[[5_700_000, 0], *SQUARE]])),
            "'Nord' has a position that is no longitude and latitude in degrees",
        ),
        (
            collection(area(shape=[[["7", None], *SQUARE]])),
            "'Nord' has a position that is no longitude and latitude in degrees",
        ),
        (
            collection(area(shape=[[[float("nan"), 51], *SQUARE]])),
            "'Nord' has a position that is no longitude and latitude in degrees",
        ),
        (
            collection(area(shape=[[[10**400, 51], *SQUARE]])),
            "'Nord' has a position that is no longitude and latitude in degrees",
        ),
        (collection(area(shape=[SQUARE[:-1]])), "'Nord' has a ring that is not closed"),
        (collection(area(shape=[])), "'Nord' has a ring that is not closed"),
        (collection(area(), attribution=1), "its 'attribution' is no text"),
        (
            collection(area(), attribution_url="javascript:alert(1)"),
            "its 'attribution_url' is no web address",
        ),
    ],
)
def test_boundaries_that_are_none_stop_the_start(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(text, encoding="utf-8")

    assert refusal(tmp_path, path) == (
        f"FEEDS_BOUNDARIES: {path} can't be used: {sentence}"
    )


def test_boundaries_that_are_not_there_stop_the_start(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.json"

    assert refusal(tmp_path, path) == (
        f"FEEDS_BOUNDARIES: {path} can't be read: no such file or directory"
    )


def test_boundaries_of_any_size_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "areas.geojson"
    path.write_bytes(b" " * 5_242_881)

    assert refusal(tmp_path, path) == (
        f"FEEDS_BOUNDARIES: {path} can't be used: it has 5,242,881 bytes,"
        " at most 5,242,880 are read"
    )
