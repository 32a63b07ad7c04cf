"""The OpenAPI 3.1 document: flask-smorest's, with our errors, headers and security."""

from http import HTTPStatus
from typing import Any

import flask_smorest
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from werkzeug.routing import BaseConverter

from feeds.views.problems import MEDIA_TYPE

OPENAPI_VERSION, API_VERSION = "3.1.0", "1"
ABOUT = (
    "Write events, news, places and categories of a channel. Send a token as"
    " `Authorization: Bearer …`; scopes are `read` (drafts too), `write` and `admin`."
    " A change needs `If-Match` with the ETag of the last GET. Members that only the"
    " service writes (`created_at`, `updated_at`, `sequence`, `links`, `announced_at`)"
    " may be sent back and are ignored."
)
VERBS = ("get", "post", "put", "patch", "delete")
PROBLEMS = {
    400: "The request can't be read: bad JSON, an unknown or wrong query parameter.",
    401: "No token, or one that is unknown, revoked or expired.",
    403: "The token's scope is too small.",
    404: "It is not there, or not for this token.",
    405: "The address does not take this method: Allow says which it takes.",
    409: "The key or slug is taken, or the entry is in use.",
    410: "The channel has been deleted.",
    412: "It has changed since it was read: read it again.",
    413: "The body is larger than 1 MiB, a calendar than 5 MiB.",
    415: "The body is of another media type.",
    422: "A value is wrong: `errors` says which and why.",
    428: "If-Match is missing.",
    429: "Too many changes: wait for as long as Retry-After says.",
    500: "A fault of the service.",
    503: "The service can't write or read just now.",
}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457. `errors` maps a path such as `sessions.1.start`.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
ETAG_PATTERN = '"3"'
HEADERS = {
    "ETag": ("The `sequence` in quotes.", ETAG_PATTERN),
    "Location": ("Where the new entry is.", None),
    "WWW-Authenticate": ("How to authenticate.", 'Bearer realm="feeds"'),
    "Retry-After": ("Seconds to wait.", "30"),
}
PROBLEM_HEADERS = {401: "WWW-Authenticate", 429: "Retry-After"}
PRECONDITIONS = {
    "IfMatch": ("If-Match", "The ETag of the last GET; `W/` and a list are accepted."),
    "IfNoneMatch": ("If-None-Match", "Answer 304 when it still has this ETag."),
}


class KeyConverter(BaseConverter):
    """The rest of a path, slashes and all: a uid may hold them."""

    regex = ".+"
    weight = 200
    part_isolating = False


class Api(flask_smorest.Api):
    """flask-smorest with our errors; the doors of the app handle them."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave them to the app."""

    def _register_pagination_header(self) -> None:
        """Lists say in their bodies how they go on."""

    def _register_responses(self) -> None:
        components = self.spec.components
        components.schema("Problem", PROBLEM_SCHEMA)
        for name, (sentence, example) in HEADERS.items():
            told = {"description": sentence, "schema": {"type": "string"}}
            components.header(name, told | ({"example": example} if example else {}))
        for name, (header, sentence) in PRECONDITIONS.items():
            described = {
                "name": header,
                "description": sentence,
                "required": False,
                "schema": {"type": "string"},
                "example": ETAG_PATTERN,
            }
            components.parameter(name, "header", described)
        for status, sentence in PROBLEMS.items():
            components.response(f"Problem{status}", _problem(status, sentence))
        # What the arguments decorator names; ours replaces it in every operation.
        bad = HTTPStatus.BAD_REQUEST
        components.response(bad.name, _problem(bad, PROBLEMS[bad]), lazy=True)


def extension(app: Flask, base_url: str) -> Api:
    """Return the API of an app, with nothing registered yet."""
    app.url_map.converters["key"] = KeyConverter
    api = Api()
    api.init_app(
        app,
        spec_kwargs={
            "title": "feeds",
            "version": API_VERSION,
            "openapi_version": OPENAPI_VERSION,
            "info": {"description": ABOUT},
            "servers": [{"url": base_url}],
            "security": [{"token": []}],
            "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_named),
        },
    )
    token = {"type": "http", "scheme": "bearer", "description": "A token of a channel."}
    api.spec.components.security_scheme("token", token)
    return api


def document(api: Api) -> dict[str, Any]:
    """Return the finished document, its answers in the order of their status."""
    made: dict[str, Any] = api.spec.to_dict()
    for item in made["paths"].values():
        for operation in (item[verb] for verb in item if verb in VERBS):
            operation["responses"] = dict(sorted(operation["responses"].items()))
    return made


def _named(schema: Any) -> str:
    """Return the component's name: `Event`, and `EventPatch` for a partial one."""
    is_class = isinstance(schema, type)
    name = (schema if is_class else type(schema)).__name__.removesuffix("Schema")
    return f"{name}Patch" if not is_class and schema.partial else name


def _problem(status: int, sentence: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    described: dict[str, Any] = {
        "description": sentence,
        "content": {MEDIA_TYPE: {"schema": schema}},
    }
    if header := PROBLEM_HEADERS.get(status):
        reference = {"$ref": f"#/components/headers/{header}"}
        described["headers"] = {header: reference}
    return described
