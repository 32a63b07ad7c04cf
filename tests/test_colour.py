"""Colours: contrast as WCAG counts it, corrections, names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import colour

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_of_black_and_white_is_21() -> None:
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_of_a_known_pair() -> None:
    # The grey that WCAG's own examples call just enough on white.
    assert colour.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_readable_keeps_what_is_enough() -> None:
    assert colour.readable("#0b5cad", "#ffffff") == "#0b5cad"


def test_readable_darkens_yellow_on_white() -> None:
    assert colour.readable("#ffff00", "#ffffff") == "#787800"


@given(colours, st.sampled_from(["#ffffff", "#000000", colour.LIGHT, colour.DARK]))
def test_readable_reaches_the_ratio(own: str, surface: str) -> None:
    assert colour.contrast(colour.readable(own, surface), surface) >= 4.5


@given(colours)
def test_accent_is_readable_in_both_modes_and_so_is_text_upon_it(own: str) -> None:
    tint = colour.accent(own)
    pairs = (
        (tint.light, colour.LIGHT),
        (tint.dark, colour.DARK),
        (tint.on_light, tint.light),
        (tint.on_dark, tint.dark),
    )
    assert [pair for pair in pairs if colour.contrast(*pair) < 4.5] == []


@given(colours)
def test_mark_stands_out_in_both_modes(own: str) -> None:
    light, dark = colour.mark(own)
    assert colour.contrast(light, colour.LIGHT) >= 3
    assert colour.contrast(dark, colour.DARK) >= 3


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("#ff0000", "red"),
        ("#ff0001", "red"),
        ("#0b5cad", "royalblue"),
        ("#ffcc00", "gold"),
        ("#808080", "gray"),
        ("#00ffff", "cyan"),
        ("#000000", "black"),
    ],
)
def test_name_is_the_nearest(own: str, expected: str) -> None:
    assert colour.name(own) == expected
