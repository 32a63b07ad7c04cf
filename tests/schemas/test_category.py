"""A category's JSON and its values."""

from typing import Any

import pytest

from feeds.models import Category
from feeds.schemas import load, writable
from feeds.views.api.examples import EXAMPLES
from tests.schemas.refusals import DEFAULTS, refused

FULL = {
    "slug": "lesung",
    "title": "Lesung",
    "colour": "#7a2e8e",
    "description": "Eine liest, <alle> hören zu",
}


@pytest.mark.parametrize("raw", [FULL, {"title": "T"}])
def test_what_is_written_back_changes_nothing(raw: dict[str, Any]) -> None:
    values = load("categories", raw, DEFAULTS)
    back = writable("categories", Category(**values))
    assert load("categories", back, DEFAULTS) == values
    assert {name: back[name] for name in raw} == raw


@pytest.mark.parametrize(
    ("path", "raw"),
    [("slug", {"slug": "a_b"}), ("colour", {"colour": 3}), ("icon", {"icon": None})],
)
def test_a_wrong_value_is_named(path: str, raw: dict[str, Any]) -> None:
    assert list(refused("categories", **raw)) == [path]


def test_the_example_of_the_documentation_is_good() -> None:
    assert load("categories", EXAMPLES["categories"], DEFAULTS)["title"] == "Lesung"
