"""Enhanced GET on a calendar (draft-ietf-calext-subscription-upgrade), experimental.

Who does not prefer it gets the plain calendar and a link that offers it.
"""

import re
from collections.abc import Callable

from flask import Response, request
from werkzeug.http import parse_list_header

from feeds import sync
from feeds.errors import Conflict
from feeds.question import Validators
from feeds.renderers import FORMATS
from feeds.schemas import parse_selection
from feeds.sync import Delta
from feeds.views import http, problems
from feeds.views.context import kit, now

NAME = "subscribe-enhanced-get"
VARY = "Accept-Encoding, Prefer, Sync-Token"

View = Callable[..., Response]


def enhanced(plain: View) -> View:
    """Wrap the view of a calendar."""

    def view(channel: str) -> Response:
        wishes = preferences(request.headers.get("Prefer", ""))
        response = _changes(channel, wishes) if NAME in wishes else plain(channel)
        response.headers["Vary"] = VARY
        response.headers.add("Link", f'<{_self_url()}>; rel="{NAME}"')
        return response

    return view


def preferences(header: str) -> dict[str, str]:
    """Return what a client prefers by name (RFC 7240 §2); the first of a name counts.

    The parameters of ours stand beside it.
    """
    found: dict[str, str] = {}
    for item in parse_list_header(header):
        (name, value), *parameters = map(_pair, item.split(";"))
        found.setdefault(name, value)
        if name == NAME:
            for name, value in parameters:
                found.setdefault(name, value)
    return found


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip().lower(), value.strip().strip('"')


def _changes(channel: str, wishes: dict[str, str]) -> Response:
    selection = parse_selection(sync.VIEW, request.args, ignore_tracking=False)
    limit = wishes.get("limit", "")
    given = request.headers.get("Sync-Token")
    try:
        found = sync.delta(
            kit().syndicate,
            channel,
            selection,
            token=None if given is None else given.strip(' "'),
            limit=int(limit) if re.fullmatch("[1-9][0-9]{0,8}", limit) else None,
            now=now(),
        )
    except Conflict as error:
        response = problems.problem(error)
        response.headers["Preference-Applied"] = NAME
        return response
    return _answer(found)


def _answer(found: Delta) -> Response:
    cut = "" if found.limit is None else f", limit={found.limit}"
    media_type = f"{FORMATS['ics'].media_type}; charset=utf-8"
    headers = {
        "Sync-Token": f'"{found.token}"',
        "Preference-Applied": NAME + cut,
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'inline; filename="{found.filename}"',
    }
    known = Validators("", now())
    response = http.answer(known, media_type, found.body, max_age=0, headers=headers)
    # Validators would be taken for those of the whole calendar.
    del response.headers["ETag"], response.headers["Last-Modified"]
    return response


def _self_url() -> str:
    selection = parse_selection(sync.VIEW, request.args, ignore_tracking=False)
    query = selection.canonical()
    return kit().settings.base_url + request.path + (f"?{query}" if query else "")
