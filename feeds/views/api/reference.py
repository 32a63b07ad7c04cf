"""The OpenAPI document as values for the page that people read."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from feeds.errors import FeedsError
from feeds.text import slugify
from feeds.views.api.openapi import VERBS
from feeds.views.problems import TITLES

Document = dict[str, Any]
FORMATS = {
    "uri": "web address",
    "email": "e-mail address",
    "date": "date such as 2021-07-06",
    "date-time": "moment in UTC",
}
PREFIX = "/api/v1"
WORDS = {"string": "text", "integer": "whole number", "boolean": "true or false"}


@dataclass(frozen=True)
class Type:
    """A member's type in words; `link` is the shape it leads to, "" for none."""

    words: str
    link: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Member:
    name: str
    type: Type
    is_required: bool
    is_read_only: bool
    note: str


@dataclass(frozen=True)
class Shape:
    name: str
    note: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Answer:
    """A status that an operation answers with; `link` leads to the error's text."""

    status: str
    sentence: str
    link: str = ""


@dataclass(frozen=True)
class Operation:
    id: str
    verb: str
    path: str
    summary: str
    note: str
    parameters: tuple[Member, ...]
    shape: str
    example: str
    answers: tuple[Answer, ...]
    refusals: tuple[Answer, ...]


@dataclass(frozen=True)
class Group:
    name: str
    note: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Reference:
    """All of the page, in its order."""

    about: str
    server: str
    groups: tuple[Group, ...]
    shapes: tuple[Shape, ...]
    problems: tuple[Answer, ...]


def reference(document: Document) -> Reference:
    """Return what the page shows of an OpenAPI document."""
    schemas = document["components"]["schemas"]
    return Reference(
        about=document["info"]["description"],
        server=document["servers"][0]["url"],
        groups=tuple(_groups(document)),
        shapes=tuple(
            _shape(name, schema)
            for name, schema in schemas.items()
            if not name.endswith(("Patch", "List"))
        ),
        problems=tuple(_problems(document)),
    )


def _groups(document: Document) -> Iterator[Group]:
    for tag in document["tags"]:
        operations = [
            _operation(document, path, verb, item[verb])
            for path, item in document["paths"].items()
            for verb in VERBS
            if verb in item and tag["name"] in item[verb]["tags"]
        ]
        yield Group(tag["name"], tag["description"], tuple(operations))


def _operation(
    document: Document, path: str, verb: str, described: Document
) -> Operation:
    body = described.get("requestBody", {}).get("content", {})
    media_type: str = next(iter(body), "")
    content: Document = body.get(media_type, {})
    responses = described["responses"]
    own = {code: told for code, told in responses.items() if "$ref" not in told}
    return Operation(
        id=slugify(described["summary"]),
        verb=verb.upper(),
        path=path.removeprefix(PREFIX),
        summary=described["summary"],
        note=described["description"],
        parameters=tuple(
            _member(told["name"], told["schema"] | told, is_required=False)
            for told in described.get("parameters", ())
            if told.get("in") == "query"
        ),
        shape=_name(content.get("schema", {})).removesuffix("Patch"),
        example=_example(verb, path, media_type, content.get("example")),
        answers=tuple(
            Answer(code, told["description"]) for code, told in sorted(own.items())
        ),
        refusals=tuple(
            Answer(code, "", link=_anchor(int(code)))
            for code in sorted(responses.keys() - own.keys())
        ),
    )


def _example(verb: str, path: str, media_type: str, value: Any) -> str:
    if value is None:
        return ""
    conditions = 'If-Match: "3"\n' if verb in ("put", "patch") else ""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return f"{verb.upper()} {path}\n{conditions}Content-Type: {media_type}\n\n{text}"


def _shape(title: str, schema: Document) -> Shape:
    required = schema.get("required", ())
    members = [
        _member(name, told, is_required=name in required)
        for name, told in schema.get("properties", {}).items()
    ]
    members.sort(key=lambda member: (member.is_read_only, not member.is_required))
    return Shape(title, schema.get("description", ""), tuple(members))


def _member(name: str, told: Document, *, is_required: bool) -> Member:
    return Member(
        name=name,
        type=_type(told),
        is_required=is_required,
        is_read_only=bool(told.get("readOnly")),
        note=told.get("description", ""),
    )


def _type(schema: Document) -> Type:
    for choice in (schema, *schema.get("anyOf", ()), *schema.get("allOf", ())):
        if name := _name(choice):
            return Type(name, link=name)
    if "items" in schema:
        inner = _type(schema["items"])
        return Type(f"list: {inner.words}", inner.link, inner.values)
    values = tuple(str(value) for value in schema.get("enum", ()) if value is not None)
    return Type(_words(schema), values=values)


def _words(schema: Document) -> str:
    kind = schema.get("type", "object")
    name = next(one for one in kind if one != "null") if type(kind) is list else kind
    words = FORMATS.get(schema.get("format", "")) or WORDS.get(name, name)
    if "maxLength" in schema and "example" not in schema:
        words += f", at most {schema['maxLength']:,} characters"
    if "minimum" in schema:
        words += f", {schema['minimum']:,} to {schema['maximum']:,}"
    if "example" in schema:
        words += f", such as {schema['example']}"
    return str(words)


def _name(schema: Document) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _problems(document: Document) -> Iterator[Answer]:
    for name, told in document["components"]["responses"].items():
        if number := re.fullmatch("Problem([0-9]+)", name):
            status = int(number[1])
            yield Answer(number[1], told["description"], link=_anchor(status))


def _anchor(status: int) -> str:
    """Return the id of the text about a status: the end of a problem's `type`."""
    return slugify(TITLES.get(status, FeedsError.title))
