"""Whatever comes in: values or Invalid, and what is taken can be put back."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.errors import Invalid
from feeds.schemas import NOUNS, load
from feeds.views.api.examples import EXAMPLES
from tests.schemas.refusals import DEFAULTS

TEXTS = st.text(st.characters(), max_size=20) | st.sampled_from(
    ["2021-07-06", "2021-07-06T09:30", "https://a.example", "a", "de", "\ud800", ""]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXTS | st.sampled_from(["url", "start", "name"]), inner)
    ),
    max_leaves=6,
)
SETTINGS = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.parametrize("noun", NOUNS)
@given(data=st.data())
@SETTINGS
def test_anything_is_taken_or_refused_by_name(noun: str, data: st.DataObject) -> None:
    names = st.sampled_from(list(NOUNS[noun].schema().fields))
    raw: dict[str, Any] = data.draw(st.dictionaries(names | TEXTS, ANYTHING))
    try:
        load(noun, EXAMPLES[noun] | raw, DEFAULTS)
    except Invalid as error:
        assert error.errors
        # Whatever is named can be written: no surrogate, no control character.
        assert json.dumps(
            [error.detail, error.errors], ensure_ascii=False
        ).isprintable()
