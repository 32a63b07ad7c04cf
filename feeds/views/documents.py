"""Feeds and single entries as data: whatever has a suffix."""

from functools import partial

from flask import Blueprint, Flask, Response, request

from feeds.renderers import FORMATS
from feeds.schemas import NOUNS, parse_selection
from feeds.views import http, polling, sync
from feeds.views.context import kit, now
from feeds.views.polling import Polls


def feed(noun: str, output: str, polls: Polls, channel: str) -> Response:
    """Answer `/{channel}/events.ics` and its siblings."""
    polling.check(polls)
    view = "events.ics" if FORMATS[output].is_calendar else f"{noun}.feed"
    selection = parse_selection(view, request.args, ignore_tracking=False)
    found = kit().syndicate.feed(
        noun, output, channel, selection, now=now(), is_fresh=http.is_fresh
    )
    return http.document(found)


def single(noun: str, output: str, channel: str, slug: str) -> Response:
    """Answer `/{channel}/events/{slug}.ics` and its siblings."""
    selection = parse_selection("entry.data", request.args, ignore_tracking=False)
    found = kit().syndicate.single(
        noun, output, channel, slug, selection, now=now(), is_fresh=http.is_fresh
    )
    return http.document(found)


def register(app: Flask) -> None:
    """Add one route for each format that a noun has."""
    blueprint, polls = Blueprint("documents", __name__), Polls()
    for output in FORMATS.values():
        for noun in sorted(output.nouns):
            view = partial(feed, noun, output.name, polls)
            blueprint.add_url_rule(
                f"/<channel>/{noun}{output.suffix}",
                f"{noun}-{output.name}",
                sync.enhanced(view) if output.name == "ics" else view,
            )
    for noun, row in NOUNS.items():
        for name in row.suffixes:
            blueprint.add_url_rule(
                f"/<channel>/{noun}/<slug>.{name}",
                f"{noun}-single-{name}",
                partial(single, noun, name),
            )
    app.register_blueprint(blueprint)
