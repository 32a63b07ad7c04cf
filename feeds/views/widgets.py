"""The widgets: pages for an iframe on a partner's site, in one request each."""

from functools import partial

from flask import Blueprint, Flask, Response

from feeds import browse
from feeds.views.context import now
from feeds.views.rendering import widget

blueprint = Blueprint("widgets", __name__, url_prefix="/embed")


@blueprint.get("/<channel>/month")
def month(channel: str) -> Response:
    """Show the month that is asked for, else the one it is."""
    build = partial(browse.month_page, now=now())
    return widget("embed.month", "widget.html", channel, build)


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
