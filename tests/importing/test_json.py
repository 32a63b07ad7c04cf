import json as standard
from typing import Any

import pytest

from feeds.errors import Malformed
from feeds.importing import json

ENTRY = {"title": "Elterncafé", "start": "2021-07-06T09:30"}


def read(text: str) -> list[Any]:
    return list(json.items(text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        '[\n{"title": "A"},\n{"title": "B"}\n]',
        '{"items": [\n{"title": "A"},\n{"title": "B"}]}',
        '\ufeff{"items":[\n{"title":"A"},\n\n{"title":"B"}],"next":null}',
        '{"next": {"items": [1]}, "items": [\n{"title": "A"}, {"title": "B"}]}',
    ],
)
def test_both_shapes_of_a_list_are_read(text: str) -> None:
    items = read(text)
    assert [item.raw for item in items] == [{"title": "A"}, {"title": "B"}]
    assert items[0].line == 2


@pytest.mark.parametrize("text", ["[]", '{"items": []}', ' { "items" : [ ] } \n'])
def test_empty_list_has_no_entries(text: str) -> None:
    assert read(text) == []


def test_entries_keep_their_lines() -> None:
    items = read('[\n  {"title":\n "A"},\n\n  {"title": "B"}, 7\n]')
    assert [(item.line, item.refused) for item in items] == [
        (2, ""),
        (5, ""),
        (5, "7 is not an object"),
    ]


def test_what_only_the_service_writes_is_left_out() -> None:
    entry = ENTRY | {"sequence": 3, "created_at": "x", "updated_at": "y", "links": {}}
    (item,) = read(standard.dumps([entry | {"announced_at": "z"}]))
    assert item.raw == ENTRY


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1, column 1: expected a list of entries, or an object with 'items'"),
        (
            "7",
            "line 1, column 1: expected a list of entries, or an object with 'items'",
        ),
        ("{}", "line 1, column 2: there is no list named 'items'"),
        ('{"items": 7}', "line 1, column 12: there is no list named 'items'"),
        (
            '[\n{"a": 1,}]',
            "line 2, column 9: Expecting property name enclosed in double quotes",
        ),
        ("[{},]", "line 1, column 5: a comma stands before the end"),
        ("[{} {}]", "line 1, column 5: expected ','"),
        ("[{}", "line 1, column 4: expected ','"),
        ("[{}] x", "line 1, column 5: something follows the list"),
        ('[\n{"a": NaN}]', "line 2, column 1: NaN is not JSON"),
        (
            '[{"a": 1, "a": 2}]',
            "line 1, column 2: the name 'a' is there twice in one object",
        ),
        (
            "[" * 100_000,
            "line 1, column 2: it is nested deeper than 20",
        ),
    ],
)
def test_broken_json_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(text)
    assert str(caught.value) == sentence


def test_other_bytes_than_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(Malformed, match="line 2: this is not UTF-8"):
        list(json.items(b'[\n{"title": "Elterncaf\xe9"}]'))


def test_deep_entry_is_refused_alone() -> None:
    deep = '{"a":' * 20 + "1" + "}" * 20
    deeper = '{"a":' * 21 + "1" + "}" * 21
    items = read(f"[{deep},{deeper}]")
    assert [item.refused for item in items] == ["", "it is nested deeper than 20"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_what_is_written_is_read_again(count: int) -> None:
    entries = [{"uid": str(number), "title": "Ä\n\u2028"} for number in range(count)]
    written = "".join(json.pieces({**one, "sequence": 1} for one in entries))
    assert [item.raw for item in read(written)] == entries
    assert standard.loads(written) == {"items": entries}
