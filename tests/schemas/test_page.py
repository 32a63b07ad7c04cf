"""Where a page of a list begins: opaque outside, a position inside."""

import base64

import pytest
from marshmallow import ValidationError

from feeds.schemas.page import PAGE, Cursor, NoQuery, PageQuery, cursor


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("position", [0, 1, 12, 123, 10**17])
def test_a_position_comes_back(position: int) -> None:
    assert Cursor().deserialize(cursor(position)) == position


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "",
        "a" * 101,
        "é=",
        encoded("12"),
        encoded("after:"),
        encoded("after:-1"),
        encoded("after:1 OR 1"),
        encoded("after:٣"),
        encoded("after:" + "9" * 19),
    ],
)
def test_what_we_did_not_write_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Cursor().deserialize(text)


def test_a_page_takes_a_limit() -> None:
    assert PageQuery().load({"limit": str(PAGE)}) == {"limit": PAGE}
    assert PageQuery().load({}) == {}
    with pytest.raises(ValidationError):
        NoQuery().load({"limit": "1"})
