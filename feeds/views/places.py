"""Places: the page with its map and its list, and the same ones for programs."""

from datetime import datetime
from functools import partial

from flask import Blueprint, Flask, Response, request

from feeds import browse
from feeds.browse import gazetteer, places
from feeds.models import Channel
from feeds.question import resolve, validators
from feeds.schemas import parse_selection
from feeds.selection import Selection
from feeds.store import Session, channels
from feeds.views import http
from feeds.views.context import kit, now
from feeds.views.rendering import channel_page

VIEW = "places.data"


def places_page(
    session: Session, channel: Channel, selection: Selection, *, now: datetime
) -> places.PlacesPage:
    """Return the places asked for, on the map of this service."""
    areas = kit().boundaries
    return browse.places_page(session, channel, selection, now=now, boundaries=areas)


def listing(channel: str) -> Response:
    """Show the places on a map and in a list."""
    return channel_page(
        "places", "places.html", channel, partial(places_page, now=now())
    )


def data(suffix: str, channel: str) -> Response:
    """Answer `/{channel}/places.geojson` and `/{channel}/places.json`."""
    selection = parse_selection(VIEW, request.args, ignore_tracking=False)
    media_type, made = gazetteer.DATA[suffix]
    with kit().store.reading() as session:
        home = channels.get_public(session, channel)
        at = now()
        resolve(session, home, VIEW, selection, at)

        def body() -> bytes:
            spots = places.spots_of(
                session, home, selection, now=at, boundaries=kit().boundaries
            )
            base_url = kit().settings.base_url
            return made(gazetteer.Directory(base_url, home, selection, spots))

        return http.conditional(
            validators(session, home, f"places{suffix}", selection, at),
            media_type,
            body,
            max_age=kit().settings.cache_seconds,
            headers={
                "Content-Disposition": f'inline; filename="{home.slug}-places{suffix}"'
            },
        )


def register(app: Flask) -> None:
    blueprint = Blueprint("gazetteer", __name__)
    blueprint.add_url_rule("/<channel>/places", "listing", listing)
    for suffix in gazetteer.DATA:
        blueprint.add_url_rule(
            f"/<channel>/places{suffix}", suffix[1:], partial(data, suffix)
        )
    app.register_blueprint(blueprint)
