"""The pages: a channel, its events and news, and the list of channels."""

from functools import partial

from flask import Blueprint, Flask, Response, request

from feeds import browse
from feeds.question import home_validators
from feeds.schemas import parse_selection
from feeds.text import legal
from feeds.times import http_date
from feeds.views import csp, http
from feeds.views.context import kit, now
from feeds.views.rendering import (
    HTML,
    channel_page,
    frame_of,
    page_seconds,
    render,
)

OPML = "text/x-opml; charset=utf-8"
STATIC_SECONDS = 31_536_000
ROBOTS = "User-agent: *\nDisallow: /api/v1/\n\nSitemap: {}/sitemap.xml\n"

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> Response:
    """Say what this service offers, and list the public channels."""
    selection = parse_selection("home", request.args, ignore_tracking=True)
    frame = frame_of("home", selection)
    with kit().store.reading() as session:
        return http.conditional(
            home_validators(session, selection),
            HTML,
            lambda: render("home.html", frame, browse.home_page(session)),
            max_age=page_seconds(),
            headers=csp.page_headers(frame.style),
        )


@blueprint.get("/opml")
def opml() -> Response:
    """List the feeds of all public channels for programs (OPML 2.0)."""
    selection = parse_selection("opml", request.args, ignore_tracking=False)
    with kit().store.reading() as session:
        known = home_validators(session, selection)

        def body() -> bytes:
            frames = [
                frame_of("opml", selection, channel)
                for channel in browse.home_page(session).channels
            ]
            page = {"frames": frames, "date": http_date(known.modified_at)}
            made = render("opml.xml", frame_of("opml", selection), page)
            return legal(made.decode()).encode()

        return http.conditional(
            known,
            OPML,
            body,
            max_age=kit().settings.cache_seconds,
            headers={"Content-Disposition": 'inline; filename="feeds.opml"'},
        )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let robots read what is public: some fetch a calendar only then."""
    body = ROBOTS.format(kit().settings.base_url)
    response = Response(body, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = (
        f"public, max-age={kit().settings.cache_seconds}"
    )
    return response


@blueprint.get("/<channel>")
def channel(channel: str) -> Response:
    """Show this month, the next events and the latest news."""
    build = partial(browse.channel_page, now=now())
    return channel_page("channel", "channel.html", channel, build)


@blueprint.get("/<channel>/events")
def events(channel: str) -> Response:
    """List all events from today on, or from the day asked for."""
    build = partial(browse.agenda_page, now=now())
    return channel_page("events", "events.html", channel, build)


@blueprint.get("/<channel>/events/<slug>")
def event(channel: str, slug: str) -> Response:
    """Show one event."""
    build = partial(browse.event_page, slug=slug, now=now())
    return channel_page("entry", "event.html", channel, build)


@blueprint.get("/<channel>/subscribe")
def subscribe(channel: str) -> Response:
    """Show every way to subscribe to all of the channel, or to what is chosen."""
    build = partial(browse.subscribe_page, now=now())
    return channel_page("subscribe", "subscribe.html", channel, build)


@blueprint.get("/<channel>/news")
def news(channel: str) -> Response:
    """List the news, newest first."""
    build = partial(browse.news_page, now=now())
    return channel_page("news", "news.html", channel, build)


@blueprint.get("/<channel>/news/<slug>")
def item(channel: str, slug: str) -> Response:
    """Show one news item."""
    build = partial(browse.item_page, slug=slug, now=now())
    return channel_page("entry", "item.html", channel, build)


def keep_whole(response: Response) -> Response:
    """Forbid browsers to guess what a file of ours is, and sites to frame it."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Content-Security-Policy", "frame-ancestors 'none'")
    return response


def register(app: Flask) -> None:
    # Static files carry their digest in the address: they never change under it.
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_SECONDS
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.after_request(keep_whole)
    app.register_blueprint(blueprint)
