"""The write API: `/api/v1`, its OpenAPI document and the page made of it."""

from typing import Any

from flask import Blueprint, Flask, Response, render_template, request

from feeds.renderers.jsonfeed import compact
from feeds.schemas import NOUNS
from feeds.views import csp, style
from feeds.views.api import calendar
from feeds.views.api.nouns import blueprint
from feeds.views.api.openapi import document, extension
from feeds.views.api.reference import reference
from feeds.views.context import kit

STYLE = "api.css"


def register(app: Flask) -> None:
    """Add the API and its documentation to an app that has its kit."""
    with app.app_context():
        api = extension(app, kit().settings.base_url)
    for noun in NOUNS:
        api.register_blueprint(blueprint(noun))
    api.register_blueprint(calendar.blueprint())
    app.register_blueprint(_documents(document(api)))


def _documents(made_of: dict[str, Any]) -> Blueprint:
    """Return the public views of the OpenAPI document."""
    made = Blueprint("api", __name__)
    text = compact(made_of)
    shown = reference(made_of)

    @made.get("/api/openapi.json")
    def openapi() -> Response:
        response = _cached(Response(text, content_type="application/json"))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    @made.get("/api/docs")
    def docs() -> Response:
        page = render_template("api.html", api=shown, version=style.version(STYLE))
        response = _cached(Response(page, content_type="text/html; charset=utf-8"))
        response.headers.update(csp.page_headers(""))
        return response

    return made


def _cached(response: Response) -> Response:
    seconds = kit().settings.cache_seconds
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.add_etag()
    response.make_conditional(request)
    return response
