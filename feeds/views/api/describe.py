"""What the OpenAPI document says about each operation, said once for all nouns."""

from collections.abc import Callable
from typing import Any

from flask_smorest import Blueprint

from feeds.schemas import NOUNS
from feeds.schemas.page import Report, listed
from feeds.views.api.examples import CALENDAR_EXAMPLE, EXAMPLES, PATCHES
from feeds.views.api.exchange import CALENDAR, JSON, MERGE_PATCH

SINGULAR = {
    "channels": "channel",
    "categories": "category",
    "events": "event",
    "news": "news item",
    "places": "place",
}
ABOUT = {
    "channels": "One publisher's container. Only admin makes and deletes them; a"
    " token with the scope write changes its own.",
    "categories": "A channel's labels for events, news and places.",
    "events": "Single, recurring (`rrule`, `rdates`) or a course (`sessions`).",
    "news": "Articles with their sources.",
    "places": "Where things are, and whom to ask.",
}
ALWAYS = (400, 401, 404, 410, 500, 503)
IF_MATCH = "IfMatch"
IF_NONE_MATCH = "IfNoneMatch"
ETAG = {"ETag": {"$ref": "#/components/headers/ETag"}}
LOCATION = {"Location": {"$ref": "#/components/headers/Location"}}

Decorator = Callable[[Any], Any]


def key(noun: str) -> dict[str, Any]:
    """Return the parameter of the path that names one entry."""
    name = NOUNS[noun].key
    slashes = " Slashes may stand as they are, or as %2F." if noun == "events" else ""
    sentence = f"The `{name}` of the {SINGULAR[noun]}.{slashes}"
    return {"name": "key", "in": "path", "description": sentence}


def listing(noun: str) -> Decorator:
    row = NOUNS[noun]
    name = row.schema.__name__.removesuffix("Schema")
    return _operation(
        f"list_{noun}",
        f"List {_plural(noun)}",
        "In order of creation, drafts too. Follow `next` until it is null.",
        {200: _content("A page of the list.", listed(row.schema, f"{name}List"))},
        ALWAYS,
    )


def creating(noun: str) -> Decorator:
    return _operation(
        f"create_{noun}",
        f"Add {_one(noun)}",
        "Answers with what was stored. An existing key is 409.",
        {201: _entry(noun, "It has been created.", LOCATION)},
        (*ALWAYS, 403, 409, 413, 415, 422, 429),
        requestBody=_body(noun),
    )


def reading(noun: str) -> Decorator:
    return _operation(
        f"read_{noun}",
        f"Read {_one(noun)}",
        "The ETag of the answer is what a change needs as If-Match.",
        {
            200: _entry(noun, "As it is now."),
            304: {"description": "The client has this version already."},
        },
        ALWAYS,
        parameters=[IF_NONE_MATCH],
    )


def replacing(noun: str) -> Decorator:
    return _operation(
        f"replace_{noun}",
        f"Write {_one(noun)}",
        "Replaces all of it: what is left out gets its default. Read-only members are"
        " taken and ignored. A key that is not there yet is created, without If-Match.",
        {
            200: _entry(noun, "It has been replaced."),
            201: _entry(noun, "It has been created.", LOCATION),
        },
        (*ALWAYS, 403, 409, 412, 413, 415, 422, 428, 429),
        parameters=[IF_MATCH],
        requestBody=_body(noun),
    )


def amending(noun: str) -> Decorator:
    patch = {"schema": NOUNS[noun].schema(partial=True), "example": PATCHES[noun]}
    return _operation(
        f"amend_{noun}",
        f"Change {_one(noun)}",
        "A merge patch (RFC 7396): lists are replaced whole, null resets.",
        {200: _entry(noun, "It has been changed.")},
        (*ALWAYS, 403, 409, 412, 413, 415, 422, 428, 429),
        parameters=[IF_MATCH],
        requestBody={"required": True, "content": {MERGE_PATCH: patch, JSON: patch}},
    )


def withdrawing(noun: str) -> Decorator:
    return _operation(
        f"withdraw_{noun}",
        f"Delete {_one(noun)}",
        "Its public addresses answer 410 from then on. A category or a place in use"
        " is 409.",
        {204: {"description": "It is gone."}},
        (*ALWAYS, 403, 409, 412, 428, 429),
        parameters=[IF_MATCH],
    )


def taking_in(view: Any) -> Any:
    sent = {"schema": {"type": "string"}, "example": CALENDAR_EXAMPLE}
    decorate = _operation(
        "replace_calendar",
        "Write a whole calendar",
        "Events are known by their UID: the same file again changes nothing. `merge`"
        " keeps what the file lacks; `replace` removes it, and is all or nothing."
        " Needs no If-Match. The answer is a report.",
        {200: _content("What became of the file.", Report)},
        (*ALWAYS, 403, 409, 413, 415, 422, 429),
        requestBody={"required": True, "content": {CALENDAR: sent}},
    )
    return decorate(view)


def _operation(
    name: str,
    summary: str,
    description: str,
    responses: dict[int, Any],
    problems: tuple[int, ...],
    **more: Any,
) -> Decorator:
    refused = {status: f"Problem{status}" for status in problems}
    doc: Decorator = Blueprint.doc(
        operationId=name,
        summary=summary,
        description=description,
        responses=responses | dict(sorted(refused.items())),
        **more,
    )
    return doc


def _entry(noun: str, sentence: str, headers: Any = None) -> dict[str, Any]:
    return _content(sentence, NOUNS[noun].schema, ETAG | (headers or {}))


def _content(sentence: str, schema: Any, headers: Any = None) -> dict[str, Any]:
    described = {"description": sentence, "content": {JSON: {"schema": schema}}}
    return described | ({"headers": headers} if headers else {})


def _body(noun: str) -> dict[str, Any]:
    sent = {"schema": NOUNS[noun].schema, "example": EXAMPLES[noun]}
    return {"required": True, "content": {JSON: sent}}


def _plural(noun: str) -> str:
    return "news items" if noun == "news" else noun


def _one(noun: str) -> str:
    word = SINGULAR[noun]
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
