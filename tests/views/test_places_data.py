"""Places for programs: GeoJSON, read as strictly as RFC 7946, and JSON Feed."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import ANY, Write, known, modified

GEOJSON = f"/{CHANNEL}/places.geojson"
FEED = f"/{CHANNEL}/places.json"
DORTMUND = {
    "id": "buero",
    "slug": "dortmund",
    "title": "Familienbüro",
    "category": "beratung",
    "description": "Rat für alle.",
    "postal_code": "44135",
    "city": "Dortmund",
    "latitude": 51.5118,
    "longitude": 7.4662,
}


@pytest.fixture
def placed(write: Write) -> None:
    write("categories", {"slug": "beratung", "title": "Beratung"})
    write("places", DORTMUND)
    write("places", {"id": "funk", "slug": "funk", "title": "Funk"})


def features(data: bytes) -> list[dict[str, Any]]:
    """Return the features of a document, which must be what RFC 7946 says."""
    whole = json.loads(data, parse_constant=pytest.fail)
    assert list(whole) == ["type", "features"]
    assert whole["type"] == "FeatureCollection"
    for feature in whole["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert isinstance(feature["id"], str)
        assert isinstance(feature["properties"], dict)
        if (geometry := feature["geometry"]) is not None:
            assert set(geometry) == {"type", "coordinates"}
            assert geometry["type"] == "Point"
            longitude, latitude = geometry["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90
    ids = [feature["id"] for feature in whole["features"]]
    assert len(set(ids)) == len(ids)
    found: list[dict[str, Any]] = whole["features"]
    return found


@pytest.mark.usefixtures("placed")
def test_geojson_has_points_and_what_lies_nowhere(client: FlaskClient) -> None:
    response = client.get(GEOJSON)
    placed, nowhere = features(response.data)

    assert response.content_type == "application/geo+json"
    assert placed["id"] == "buero"
    assert placed["geometry"] == {"type": "Point", "coordinates": [7.4662, 51.5118]}
    assert nowhere["geometry"] is None
    assert {name: placed["properties"][name] for name in DORTMUND} == DORTMUND
    assert placed["properties"]["district"] == "Dortmund"
    assert placed["properties"]["links"]["html"] == (
        f"{BASE_URL}/{CHANNEL}/places?place=dortmund#dortmund"
    )


@pytest.mark.usefixtures("placed")
def test_json_feed_carries_each_place_in_its_public_shape(client: FlaskClient) -> None:
    response = client.get(f"{FEED}?category=beratung")
    feed = json.loads(response.data)
    (item,) = feed["items"]

    assert response.content_type == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Familie in NRW: Orte"
    assert feed["home_page_url"] == f"{BASE_URL}/{CHANNEL}/places"
    assert feed["feed_url"] == f"{BASE_URL}{FEED}?category=beratung"
    assert item["id"].startswith("urn:uuid:")
    assert item["title"] == "Familienbüro"
    assert item["content_text"] == "Rat für alle.\n44135 Dortmund"
    assert item["tags"] == ["Beratung"]
    assert item["url"] == item["_place"]["links"]["html"]
    shown = features(client.get(GEOJSON).data)[0]["properties"]
    assert item["_place"] == shown


def test_a_place_of_nothing_but_a_name_is_a_whole_item(
    client: FlaskClient, write: Write
) -> None:
    write("places", {"title": "Funk"})

    (item,) = json.loads(client.get(FEED).data)["items"]

    assert item["content_text"] == "Funk"


@pytest.mark.usefixtures("placed")
@pytest.mark.parametrize("path", [GEOJSON, FEED])
def test_data_is_the_same_until_a_place_changes(
    client: FlaskClient, publisher: Publisher, clock: Clock, path: str
) -> None:
    first = client.get(path)
    clock.forward(days=3)
    later = client.get(path)
    same = client.get(path, headers=known(first))
    change = {"title": "Anders"}
    publisher.amend("places", CHANNEL, "funk", change, match=ANY, now=clock())
    changed = client.get(path, headers=known(first))

    assert (first.data, known(first)) == (later.data, known(later))
    assert same.status_code == 304
    assert changed.status_code == 200
    assert modified(changed) > modified(first)
    assert changed.headers["ETag"] != first.headers["ETag"]


@pytest.mark.usefixtures("placed")
@pytest.mark.parametrize("path", [GEOJSON, FEED])
def test_data_is_for_everybody(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    head = client.head(path)

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response.headers
    name = path.rpartition("/")[2]
    assert response.headers["Content-Disposition"] == (
        f'inline; filename="{CHANNEL}-{name}"'
    )
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == response.headers["ETag"]


@pytest.mark.usefixtures("placed")
@pytest.mark.parametrize("path", [GEOJSON, FEED])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?place=nirgends", 404),
        ("?category=nirgends", 404),
        ("?month=2021-07", 400),
        ("?utm_source=x", 400),
        ("?q=", 400),
        ("?q=rat&match=all&exclude=beratung&lang=en", 200),
    ],
)
def test_data_knows_the_parameters_of_places(
    client: FlaskClient, path: str, query: str, status: int
) -> None:
    response = client.get(f"{path}{query}")

    assert response.status_code == status
    if status != 200:
        assert response.content_type == "application/problem+json"


def test_a_channel_without_places_has_none(client: FlaskClient) -> None:
    assert client.get(GEOJSON).data == b'{"type":"FeatureCollection","features":[]}\n'
    assert json.loads(client.get(FEED).data)["items"] == []
