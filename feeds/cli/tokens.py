"""`token create`, `token list` and `token revoke`."""

from datetime import datetime

import click

from feeds import access, times
from feeds.cli import desk as desks
from feeds.models import Token


@click.group()
def token() -> None:
    """Create, list and revoke tokens for the API."""


@token.command()
@click.option("--name", required=True, help="What the token is for, or whose it is.")
@click.option("--channel", metavar="SLUG", help="Good for this channel; else for all.")
@click.option(
    "--scope", type=click.Choice(access.SCOPES), default="read", show_default=True
)
@click.option("--expires", metavar="DAY", help="The day it ends, in UTC: 2027-01-01.")
def create(name: str, channel: str | None, scope: str, expires: str | None) -> None:
    """Print a new token, alone and once: only its digest is kept."""
    now = desks.now()
    with desks.desk() as desk:
        made = access.issue(
            desk.store,
            name=name,
            scope=scope,
            channel=channel,
            expires_at=_ending(expires, now),
            now=now,
        )
    where = f"the channel '{channel}'" if channel else "all channels"
    said = f"A token with the scope '{scope}' for {where}. It is not shown again:"
    click.echo(said, err=True)
    click.echo(made)


@token.command("list")
def list_() -> None:
    """List the tokens: number, state, scope, channel, name."""
    now = desks.now()
    with desks.desk() as desk:
        found = access.issued(desk.store)
        desks.table([_row(one, now) for one in found])


@token.command()
@click.argument("key", metavar="NUMBER-OR-NAME")
def revoke(key: str) -> None:
    """End a token at once."""
    with desks.desk() as desk:
        ended = access.revoke(desk.store, key, now=desks.now())
        click.echo(f"Token {ended.id} '{ended.name}' is revoked.")


def _row(one: Token, now: datetime) -> list[str]:
    where = one.channel.slug if one.channel else "(all channels)"
    return [str(one.id), _state(one, now), one.scope, where, one.name]


def _state(one: Token, now: datetime) -> str:
    if one.revoked_at is not None:
        return f"revoked {one.revoked_at:%Y-%m-%d}"
    if one.expires_at is None:
        return "valid"
    verb = "expired" if one.expires_at <= now else "valid until"
    return f"{verb} {one.expires_at:%Y-%m-%d}"


def _ending(day: str | None, now: datetime) -> datetime | None:
    if day is None:
        return None
    try:
        return times.midnight(times.parse_day(day, now.date()), times.UTC)
    except ValueError as exc:
        raise click.BadParameter(str(exc), param_hint="--expires") from exc
