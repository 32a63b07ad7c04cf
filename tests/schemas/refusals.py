"""How the tests of the schemas ask what is wrong with a document."""

from typing import Any

import pytest

from feeds.errors import Invalid
from feeds.schemas import Defaults, load

DEFAULTS = Defaults(
    timezone="Europe/Berlin", language="de", url="https://example.org/haus/"
)


def refused(noun: str, **raw: Any) -> dict[str, list[str]]:
    """Return the problems of a document that has a title and is otherwise `raw`."""
    with pytest.raises(Invalid) as caught:
        load(noun, {"title": "T"} | raw, DEFAULTS)
    return caught.value.errors


def taken(noun: str, **raw: Any) -> dict[str, Any]:
    """Return the values of such a document."""
    return load(noun, {"title": "T"} | raw, DEFAULTS)
