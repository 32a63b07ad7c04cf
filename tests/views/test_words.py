"""Words of a page: where they may break."""

import pytest

from feeds.views.words import Words


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Schülerinnen und -schüler", "Schü|le|rin|nen und -+schüler"),
        ("-tag", "-+tag"),
        ("Kinder- und Jugend", "Kinder- und Jugend"),
        ("von 10 - 12", "von 10 - 12"),
    ],
)
def test_word_keeps_the_hyphen_it_begins_with(raw: str, expected: str) -> None:
    shown = Words("de", "de").shy(raw)

    assert shown.replace("\u00ad", "|").replace("\u2060", "+") == expected
