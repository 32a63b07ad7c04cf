"""`run`, `migrate` and `demo`."""

import logging
from collections.abc import Iterator
from functools import partial
from threading import Event

import click

from feeds import create_app, tenancy
from feeds import demo as demos
from feeds.cli import desk as desks
from feeds.cli.desk import Desk
from feeds.config import Settings
from feeds.errors import FeedsError
from feeds.hub import PAUSE, Herald
from feeds.publish import roll
from feeds.server import serve
from feeds.store import migrate as migrate_store

log = logging.getLogger(__name__)


@click.command()
@click.option("--host", metavar="ADDRESS", help="Where to listen (FEEDS_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="The port (PORT).")
@click.option("--demo", is_flag=True, help="Load the demo if no channel is there.")
def run(host: str | None, port: int | None, demo: bool) -> None:
    """Migrate the database and serve it until Ctrl+C."""
    given = {"FEEDS_HOST": host, "PORT": str(port) if port else None}
    settings = desks.settings({k: v for k, v in given.items() if v is not None})
    with desks.unchecked(settings) as desk:
        _prepare(desk)
        if demo and not tenancy.listing(desk.publisher, limit=1)[0]:
            demos.load(desk.publisher, desks.now())
        welcome = "\n".join(_welcome(desk))
    serve(
        settings,
        lambda: create_app(settings),
        lambda: click.echo(welcome),
        partial(_herald, settings, settings.hub) if settings.hub else None,
    )


@click.command()
def migrate() -> None:
    """Give the database the tables that this version needs."""
    with desks.unchecked(desks.settings()) as desk:
        _prepare(desk)
    click.echo("The database is up to date.")


@click.command()
def demo() -> None:
    """Load the demo channel, unless it is there."""
    with desks.desk() as desk:
        is_new = demos.load(desk.publisher, desks.now())
    click.echo(
        "The demo channel is loaded." if is_new else "The demo is there already."
    )


def _prepare(desk: Desk) -> None:
    migrate_store(desk.store)
    after: int | None = 0
    while after is not None:
        after = roll(desk.store, desks.now(), after)


def _herald(settings: Settings, hub: str, is_over: Event) -> None:
    """Tell a hub of changes until it is over."""
    with desks.unchecked(settings) as desk:
        herald = Herald(desk.store, settings.base_url, hub, desks.now)
        while not is_over.wait(PAUSE):
            try:
                herald.look()
            except FeedsError as error:
                log.warning("the hub is told later: %s", error)
            except Exception:
                # Nobody above this thread would begin again.
                log.exception("the hub is told later")


def _welcome(desk: Desk) -> Iterator[str]:
    settings, base = desk.settings, desk.settings.base_url
    yield f"Serving {base} (listening at {settings.host}:{settings.port})"
    for channel in tenancy.listing(desk.publisher, limit=5)[0]:
        page = channel["links"]["html"]
        yield f"  {channel['title']}: {page}"
        yield f"    calendar  {page}/events.ics"
        yield f"    news      {page}/news.rss"
        yield f"    widget    {base}/embed/{channel['slug']}/month"
