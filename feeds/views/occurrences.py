"""`/{channel}/occurrences.json`: one row an occurrence, for programs."""

from flask import Blueprint, Flask, Response, request

from feeds.browse import instances
from feeds.question import validators
from feeds.renderers import Site
from feeds.renderers.jsonfeed import compact
from feeds.schemas import parse_selection
from feeds.store import channels
from feeds.views import http
from feeds.views.context import kit, now

NAME = "{0.slug}-occurrences.json"

blueprint = Blueprint("occurrences", __name__)


@blueprint.get("/<channel>/occurrences.json")
def occurrences(channel: str) -> Response:
    """List what takes place, from today on or from the day asked for."""
    selection = parse_selection(instances.VIEW, request.args, ignore_tracking=False)
    is_daily, at = instances.is_daily(selection), now()
    with kit().store.reading() as session:
        home = channels.get_public(session, channel)
        walk = instances.resolved(session, home, selection, at)
        site = Site(kit().settings.base_url, home)
        return http.conditional(
            validators(session, home, instances.VIEW, selection, at, is_daily=is_daily),
            "application/json",
            lambda: compact(walk.page(session, site, selection)),
            max_age=kit().settings.cache_seconds,
            headers={"Content-Disposition": f'inline; filename="{NAME.format(home)}"'},
        )


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
