"""Bodies that the API does not take, and what it says about each."""

import io

import pytest

from tests.cast import Api

EVENTS = "/channels/familie/events"
EVENT = '{"title": "T", "start": "2021-07-20"}'
SMALL = 1024 * 1024


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The body is empty: send a JSON object."),
        (b"[]", "The body is a list: send a JSON object."),
        (b"null", "The body is null: send a JSON object."),
        (b'"text"', "The body is a text: send a JSON object."),
        (b"3", "The body is a number: send a JSON object."),
        (b"true", "The body is a truth value: send a JSON object."),
        (b'{"title": NaN}', "NaN is not a JSON number."),
        (b'{"title": -Infinity}', "-Infinity is not a JSON number."),
        (b'{"title": 1e999}', "The number 1e999 is too large."),
        (b'{"a": ' + b"9" * 31 + b"}", f"The number {'9' * 30}… is too large."),
        (b'{"title": 1, "title": 1}', 'The member "title" is there twice.'),
        (b'{"a": {"b": 1, "b": 2}}', 'The member "b" is there twice.'),
        (
            b'{"a": ' + b"[" * 20 + b"]" * 20 + b"}",
            "The JSON is nested deeper than 20 levels at position 25.",
        ),
        (b"[" * 100_000, "The JSON is nested deeper than 20 levels at position 20."),
        (
            b'\xef\xbb\xbf{"title": "T"}',
            "The body begins with a byte-order mark: send plain UTF-8.",
        ),
        (b'{"title": "\xe9"}', "The body is not UTF-8: byte 0xe9 at position 11."),
        (
            b'{"title": }',
            "The body is not JSON: Expecting value in line 1, column 11.",
        ),
        (
            b'{"title": "a\nb"}',
            "The body is not JSON: Invalid control character at in line 1, column 13.",
        ),
    ],
)
def test_what_is_not_plain_json_is_refused(
    owner: Api, body: bytes, sentence: str
) -> None:
    answer = owner("POST", EVENTS, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.get_json()["detail"] == sentence


def test_brackets_in_strings_are_not_nesting(owner: Api) -> None:
    body = r'{"title": "\"[[[[[[[[[[[[[[[[[[[[[[[[[{{{\\", "start": "2021-07-20"}'
    answer = owner("POST", EVENTS, data=body, content_type="application/json")
    assert answer.get_json()["title"] == '"[[[[[[[[[[[[[[[[[[[[[[[[[{{{\\'


def test_a_string_without_an_end_is_refused_at_once(owner: Api) -> None:
    body = b'{"title": "' + b'\\"' * 500_000
    answer = owner("POST", EVENTS, data=body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (r'"a\u0000b"', "holds NUL (U+0000) at position 1"),
        (r'"a\ud800b"', "holds a lone surrogate (U+D800) at position 1"),
    ],
)
def test_unfit_characters_are_a_wrong_value(
    owner: Api, value: str, sentence: str
) -> None:
    body = (
        f'{{"title": {value}, "start": "2021-07-20", "organizer": {{"{"name"}": 1}}}}'
    )
    answer = owner("POST", EVENTS, data=body, content_type="application/json")
    assert answer.status_code == 422
    errors = answer.get_json()["errors"]
    assert list(errors) == ["title", "organizer.name"]
    assert sentence in errors["title"][0]


def test_an_unknown_name_that_cannot_be_printed_is_still_named(owner: Api) -> None:
    body = r'{"title": "T", "start": "2021-07-20", "\ud800\u0000": 1}'
    answer = owner("POST", EVENTS, data=body, content_type="application/json")
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [r"\ud800\x00"]


@pytest.mark.parametrize(
    ("method", "path", "media_type", "sentence"),
    [
        ("POST", EVENTS, "text/plain", "Send application/json, not 'text/plain'."),
        ("POST", EVENTS, None, "Send application/json, not no Content-Type."),
        (
            "PUT",
            f"{EVENTS}/u",
            "application/merge-patch+json",
            "Send application/json, not 'application/merge-patch+json'.",
        ),
        (
            "PATCH",
            f"{EVENTS}/u",
            "application/json-patch+json",
            "Send application/merge-patch+json or application/json,"
            " not 'application/json-patch+json'.",
        ),
        ("POST", EVENTS, "application/json; charset=latin-1", "Send it in UTF-8."),
    ],
)
def test_another_media_type_is_refused(
    owner: Api, method: str, path: str, media_type: str | None, sentence: str
) -> None:
    answer = owner(method, path, data=EVENT, content_type=media_type)
    assert answer.status_code == 415
    assert answer.get_json()["detail"] == sentence


def test_the_charset_may_be_said(owner: Api) -> None:
    media_type = 'application/json; charset="UTF-8"'
    answer = owner("POST", EVENTS, data=EVENT, content_type=media_type)
    assert answer.status_code == 201


def test_a_body_of_one_mebibyte_is_read(owner: Api) -> None:
    body = EVENT.ljust(SMALL).encode()
    answer = owner("POST", EVENTS, data=body, content_type="application/json")
    assert answer.status_code == 201


def test_a_larger_body_is_refused(owner: Api) -> None:
    body = EVENT.ljust(SMALL + 1).encode()
    answer = owner("POST", EVENTS, data=body, content_type="application/json")
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_larger_body_in_chunks_is_refused(owner: Api) -> None:
    answer = owner(
        "POST",
        EVENTS,
        content_type="application/json",
        input_stream=io.BytesIO(EVENT.ljust(SMALL + 1).encode()),
        environ_overrides={"wsgi.input_terminated": True},
        headers={"Transfer-Encoding": "chunked"},
    )
    assert answer.status_code == 413
