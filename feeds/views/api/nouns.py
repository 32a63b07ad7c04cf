"""The five nouns as one pair of addresses each: the list and the single entry.

A channel has no channel above it; otherwise all five are alike, and so there is one
factory and no copies.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, g
from flask.views import MethodView
from flask_smorest import Blueprint

from feeds import access, tenancy
from feeds.errors import NotFound
from feeds.schemas import NOUNS
from feeds.schemas.page import PAGE, NoQuery, PageQuery
from feeds.views.api import describe
from feeds.views.api.arguments import Parser
from feeds.views.api.exchange import answer, body, guarded, listed, match, private
from feeds.views.context import kit, now

CHANNELS = "channels"
ROOT = "/api/v1/channels"


class Nouns(Blueprint):
    """A flask-smorest blueprint whose arguments are read our way."""

    ARGUMENTS_PARSER = Parser()


def blueprint(noun: str) -> Nouns:
    """Return the views of a noun."""
    of_channel = "" if noun == CHANNELS else f"/<channel>/{noun}"
    made = Nouns(
        noun, __name__, url_prefix=ROOT + of_channel, description=describe.ABOUT[noun]
    )
    # A uid may hold a slash; no other key does.
    key = "<key:key>" if noun == "events" else "<key>"
    parameters = [describe.key(noun)]
    made.route("")(_collection(noun, made))
    made.route(f"/{key}", parameters=parameters)(_single(noun, made))
    return made


def _collection(noun: str, blueprint: Nouns) -> type[MethodView]:
    paged, plain = _query(blueprint, PageQuery), _query(blueprint, NoQuery)

    class Collection(MethodView):
        @describe.listing(noun)
        @guarded("read")
        @paged
        def get(self, query: dict[str, int], channel: str | None = None) -> Response:
            only = {"only": g.grant.channel} if channel is None else {}
            page = {"limit": PAGE, "after": 0} | query
            items, following = _do(noun, channel, "listing")(**page, **only)
            return listed(items, following, query)

        @describe.creating(noun)
        @guarded("found" if noun == CHANNELS else "write")
        @plain
        def post(self, query: dict[str, int], channel: str | None = None) -> Response:
            return answer(_do(noun, channel, "create")(body(), now=now()), 201)

    return Collection


def _single(noun: str, blueprint: Nouns) -> type[MethodView]:
    plain = _query(blueprint, NoQuery)

    class Single(MethodView):
        @describe.reading(noun)
        @_guarded(noun, "read")
        @plain
        def get(self, query: Any, key: str, channel: str | None = None) -> Response:
            return answer(_do(noun, channel, "read")(key))

        @describe.replacing(noun)
        @_guarded(noun, "write")
        @plain
        def put(self, query: Any, key: str, channel: str | None = None) -> Response:
            if channel is None:
                _may_found(key)
            raw = _addressed(noun, key, body())
            replace = _do(noun, channel, "replace")
            shape, is_new = replace(key, raw, now=now(), match=match())
            return answer(shape, 201 if is_new else 200)

        @describe.amending(noun)
        @_guarded(noun, "write")
        @plain
        def patch(self, query: Any, key: str, channel: str | None = None) -> Response:
            amend = _do(noun, channel, "amend")
            return answer(amend(key, body(), now=now(), match=match()))

        @describe.withdrawing(noun)
        @_guarded(noun, "close" if noun == CHANNELS else "write")
        @plain
        def delete(self, query: Any, key: str, channel: str | None = None) -> Response:
            _do(noun, channel, "withdraw")(key, now=now(), match=match())
            return private(Response(status=204))

    return Single


def _query(blueprint: Nouns, schema: type[Any]) -> Callable[[Any], Any]:
    return blueprint.arguments(schema, location="query", error_status_code=400)  # type: ignore[no-any-return] # flask-smorest is unannotated


def _guarded(noun: str, action: str) -> Callable[[Any], Any]:
    return guarded(action, by="key" if noun == CHANNELS else "channel")


def _do(noun: str, channel: str | None, verb: str) -> Callable[..., Any]:
    """Return the corridor's function for a verb, with what the path says."""
    publisher = kit().publisher
    if channel is None:
        return partial(getattr(tenancy, verb), publisher)
    return partial(getattr(publisher, verb), noun, channel)


def _addressed(noun: str, key: str, raw: dict[str, Any]) -> dict[str, Any]:
    """Return a body whose key is that of the address unless it has its own.

    So the schema checks the address as well.
    """
    name = NOUNS[noun].key
    return raw if raw.get(name) is not None else raw | {name: key}


def _may_found(slug: str) -> None:
    """A PUT that makes a channel needs what a POST needs."""
    try:
        tenancy.read(kit().publisher, slug)
    except NotFound:
        access.require(g.grant, "found", slug)
