"""The widgets: what partners show of a channel on their own sites.

One row a view, and each in three shapes: `/embed/{channel}/{view}` for an iframe, in
one request, with `.json` the tree that the element builds, and with `.html` a fragment
that a server puts into its own page.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Flask, Response, request

from feeds import browse
from feeds.views import csp, tree
from feeds.views.context import kit, now
from feeds.views.places import places_page
from feeds.views.rendering import HTML, Output, channel_answer, render
from feeds.views.widget_frame import WidgetFrame

# What each view shows; its macros stand in `templates/widgets/`, its parameters and its
# defaults in the row `embed.…` of `selection.VIEWS`.
BUILDERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "month": browse.month_page,
        "mini": browse.month_page,
        "agenda": partial(browse.agenda_page, view="embed.agenda"),
        "news": partial(browse.news_page, view="embed.news"),
        "event": browse.event_card,
        "map": places_page,
    }
)


def show(name: str, output: Output, channel: str) -> Response:
    """Answer `/embed/{channel}/{name}` in one of its shapes."""
    path = f"/embed/{channel}/{name}"
    shape = output.at(path)
    build = partial(BUILDERS[name], now=now())
    return channel_answer(f"embed.{name}", shape, channel, build)


def _framed(frame: WidgetFrame) -> dict[str, str]:
    return _guest(frame, frame.style, frame.script)


def _included(frame: WidgetFrame) -> dict[str, str]:
    return _guest(frame, frame.shadow_style, "")


def _guest(frame: WidgetFrame, style: str, script: str) -> dict[str, str]:
    origins = frame.channel.embed_origins if frame.channel else []
    policy = csp.widget_headers(
        style, script, origins, has_images=frame.shows("images")
    )
    return _read(frame) | policy | {"Link": frame.link_header}


def _read(frame: WidgetFrame) -> dict[str, str]:
    """Return the headers for who fetches it from a page elsewhere."""
    origins = frame.channel.embed_origins if frame.channel else []
    origin = request.headers.get("Origin")
    return csp.WIDGET | csp.readers(origins, origin, kit().settings.base_url)


OUTPUTS: Mapping[str, Output] = MappingProxyType(
    {
        "": Output(partial(render, "widget.html"), _framed, HTML, WidgetFrame, level=1),
        ".json": Output(tree.json_of, _read, tree.JSON, WidgetFrame),
        ".html": Output(tree.html_of, _included, HTML, WidgetFrame),
    }
)


def register(app: Flask) -> None:
    """Add one route for each shape of each view."""
    blueprint = Blueprint("widgets", __name__, url_prefix="/embed")
    for name in BUILDERS:
        for suffix, output in OUTPUTS.items():
            blueprint.add_url_rule(
                f"/<channel>/{name}{suffix}",
                f"{name}{suffix.replace('.', '-')}",
                partial(show, name, output),
            )
    app.register_blueprint(blueprint)
