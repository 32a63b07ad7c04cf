"""Is the process alive, and can it serve? Without detail, for everybody."""

from flask import Blueprint, Flask, Response

from feeds.store import schema
from feeds.views.context import kit

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Answer without touching anything."""
    return _plain("ok")


@blueprint.get("/readyz")
def ready() -> Response:
    """Answer when the database has our schema. Raises Unavailable."""
    schema.require(kit().store)
    return _plain("ok")


def _plain(text: str) -> Response:
    response = Response(f"{text}\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
