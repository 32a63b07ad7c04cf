"""Query strings for flask-smorest, read our way.

Unknown and repeated parameters are 400, like a wrong value. A JSON body that a view
asks for through webargs goes through our own strict parser.
"""

from typing import Any, NoReturn

from flask import Request
from webargs.flaskparser import FlaskParser

from feeds.errors import Malformed
from feeds.schemas.problems import flat, printable
from feeds.views.api import strict


class Parser(FlaskParser):
    """The parser of every blueprint of the API."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}  # noqa: RUF012 -- webargs reads it from the class

    def load_querystring(self, req: Request, schema: Any) -> dict[str, str]:
        for name, values in req.args.lists():
            if len(values) > 1:
                raise Malformed.of(printable(name), "is given more than once")
        return req.args.to_dict()

    def _raw_load_json(self, req: Request) -> Any:
        return strict.parse(req.get_data())

    def handle_error(self, error: Any, req: Request, schema: Any, **_: Any) -> NoReturn:
        errors: dict[str, list[str]] = {}
        for path, sentence in flat(error.messages["query"]):
            errors.setdefault(path, []).append(sentence)
        path, sentences = next(iter(errors.items()))
        raise Malformed(f"{path}: {sentences[0]}", errors)
