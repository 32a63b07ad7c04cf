"""`/oembed`: what to show in place of a pasted address of this service (oEmbed 1.0).

The answer is a frame and no script: who takes it in would strip that.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from flask import Blueprint, Flask, Response, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from feeds.errors import FeedsError, Malformed, Moved, NotFound, NotOffered, Renamed
from feeds.models import Channel, Event, NewsItem
from feeds.question import resolve, validators
from feeds.renderers.jsonfeed import compact
from feeds.schemas import parse_selection
from feeds.schemas.problems import printable
from feeds.selection import Selection
from feeds.store import Session, channels, entries
from feeds.text import legal
from feeds.views import embedding, http
from feeds.views.context import kit, now
from feeds.views.frame import Frame
from feeds.views.pasted import Pasted, pasted
from feeds.views.rendering import frame_of, render
from feeds.views.snippets import SANDBOX, SCHEMES

WIDTH = 600
# WordPress makes no frame taller.
TALLEST = 1000
FEW = 5
CACHE_SECONDS = 3600
HOPS = 3
# What names the one entry that a view shows.
NAMED: Mapping[str, tuple[str, Any]] = MappingProxyType({"news": ("item", NewsItem)})
TYPES = MappingProxyType({"json": "application/json", "xml": "text/xml; charset=utf-8"})

Raw = dict[str, Any]

blueprint = Blueprint("oembed", __name__)


@dataclass(frozen=True)
class Found:
    """What is at an address: its channel, the widget's question, and its own title."""

    channel: Channel
    selection: Selection
    title: str | None


@blueprint.get("/oembed")
def oembed() -> Response:
    """Say what to show for an address. Other parameters are other providers' affair."""
    url, output = _given("url"), _given("format") or "json"
    if output not in TYPES:
        raise NotOffered(f"format: '{printable(output)}' is neither json nor xml")
    width, height = _most("maxwidth", WIDTH), _most("maxheight", TALLEST)
    with kit().store.reading() as session:
        found = _find(session, _address(url))
        frame = frame_of("embed", found.selection, found.channel)
        asked = f"oembed {url} {width} {height} {output}"
        return http.conditional(
            validators(session, found.channel, asked, found.selection, now()),
            TYPES[output],
            lambda: _drawn(output, frame, _answer(frame, found, width, height)),
            max_age=kit().settings.cache_seconds,
        )


def _given(name: str) -> str:
    values = request.args.getlist(name)
    if len(values) > 1:
        raise Malformed.of(name, f"is given {len(values)} times, only once is allowed")
    return values[0] if values else ""


def _most(name: str, default: int) -> int:
    """Return the smaller of what a page has room for, and what we like."""
    text = _given(name)
    if not text:
        return default
    if not re.fullmatch("[1-9][0-9]{0,8}", text):
        raise Malformed.of(name, f"'{printable(text)}' is not a whole number above 0")
    return min(int(text), default)


def _address(url: str) -> SplitResult:
    """Return the parts of an address of ours, and of nobody else's."""
    if not url:
        raise Malformed.of("url", "is missing: say which address")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _nothing(url) from None
    home = urlsplit(kit().settings.base_url).netloc
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != home:
        raise _nothing(url)
    return parts


def _nothing(url: str) -> NotFound:
    return NotFound.of("url", f"there is nothing to embed at '{printable(url)}'")


def _find(session: Session, parts: SplitResult) -> Found:
    """Return what is at an address, or where that has moved to."""
    there, query = pasted(parts.path), parts.query
    for _ in range(HOPS):
        if there is None:
            break
        try:
            return _look(session, there, query)
        except Renamed as renamed:
            there = replace(there, channel=renamed.new)
        except Moved as moved:
            path, mark, asked = moved.location.partition("?")
            there, query = pasted(path) if path else there, asked if mark else query
        except FeedsError:
            break
    raise _nothing(parts.geturl())


def _look(session: Session, there: Pasted, query: str) -> Found:
    """Return what is at a path. Raises what the page would."""
    args = MultiDict(parse_qsl(query, keep_blank_values=True))
    asked = parse_selection(there.row, args, ignore_tracking=True)
    channel = channels.get_public(session, there.channel)
    resolve(session, channel, there.row, asked, now())
    name, model = NAMED.get(there.view, ("event", Event))
    title, slug = None, there.slug or getattr(asked, name)
    if there.view == "event" and slug is None:
        raise NotFound("no event is named")
    if slug:
        entry = entries.published(session, model, channel, slug, now=now())
        title = entry.title
    elif not there.row.startswith("embed."):
        limit = min(asked.limit or FEW, FEW)
        asked = replace(asked, limit=limit, page=1)
    named: Raw = {"view": there.view, name: slug}
    return Found(channel, replace(asked, **named), title)


def _answer(frame: Frame, found: Found, width: int, height: int) -> Raw:
    """Return the answer; its frame is no larger than `width` and `height`."""
    embed = embedding.of(frame, found.selection, title=found.title)
    height = min(embed.height, height)
    html = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0"'
        ' style="border:0;max-width:100%;color-scheme:{}" loading="lazy"'
        ' referrerpolicy="no-referrer" sandbox="{}"></iframe>'
    ).format(
        *(embed.src, embed.title, width, height),
        *(SCHEMES.get(embed.asked.theme, embed.asked.theme), SANDBOX),
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": embed.title,
        "author_name": found.channel.title,
        "author_url": f"{frame.base_url}/{found.channel.slug}",
        "provider_name": frame.t("home.name"),
        "provider_url": frame.base_url,
        "cache_age": CACHE_SECONDS,
        "width": width,
        "height": height,
        "html": str(html),
    }


def _drawn(output: str, frame: Frame, answer: Raw) -> bytes:
    if output == "json":
        return compact(answer)
    return legal(render("oembed.xml", frame, answer).decode()).encode()


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
