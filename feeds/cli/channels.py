"""`channel create` and `channel list`."""

from functools import partial

import click

from feeds import tenancy
from feeds.cli import desk as desks


@click.group()
def channel() -> None:
    """Create and list channels."""


@channel.command()
@click.argument("slug")
@click.option("--title", required=True, help="The name that people read.")
@click.option("--timezone", metavar="ZONE", help="IANA name; else Europe/Berlin.")
@click.option("--language", metavar="TAG", help="Such as de or en; else de.")
def create(slug: str, title: str, timezone: str | None, language: str | None) -> None:
    """Create the channel SLUG, which will be its address."""
    raw = {"slug": slug, "title": title, "timezone": timezone, "language": language}
    given = {name: value for name, value in raw.items() if value is not None}
    with desks.desk() as desk:
        made = tenancy.create(desk.publisher, given, now=desks.now())
    click.echo(f"Channel '{made['slug']}' created: {made['links']['html']}")


@channel.command("list")
def list_() -> None:
    """List the channels, oldest first."""
    with desks.desk() as desk:
        rows = list(desks.every(partial(tenancy.listing, desk.publisher)))
    names = ("slug", "state", "language", "timezone", "title")
    desks.table([[str(row[name]) for name in names] for row in rows])
