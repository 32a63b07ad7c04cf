from pathlib import Path

import pytest

from feeds.config import Settings
from feeds.errors import SettingError


@pytest.mark.parametrize(
    "value",
    [
        "hub.example.org",
        "ftp://hub.example.org/",
        "https:///publish",
        "https://[::1",
        "https://me@hub.example.org/",
        "https://hub.example.org/#top",
        "https://hub.example.org/a b",
        "https://hub.example.org/>;rel=x",
        "https://hub.example.org/ä",
        "https://hub.example.org:http/",
    ],
)
def test_hub_is_a_web_address_that_fits_into_a_header(
    tmp_path: Path, value: str
) -> None:
    with pytest.raises(SettingError) as caught:
        Settings.read({"FEEDS_DATA_DIR": str(tmp_path), "FEEDS_HUB": value})
    assert caught.value.detail == (
        f"FEEDS_HUB: must look like https://hub.example.org/, not {value!r}"
    )


@pytest.mark.parametrize(
    "value", ["http://127.0.0.1:9000/", "https://[::1]:8080/?a=b&c=d", "https://hub"]
)
def test_hub_is_taken_as_it_is(tmp_path: Path, value: str) -> None:
    read = Settings.read({"FEEDS_DATA_DIR": str(tmp_path), "FEEDS_HUB": value})
    assert read.hub == value
