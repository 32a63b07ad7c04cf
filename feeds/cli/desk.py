"""What every command needs: the settings, the open database, the time, the way out."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from feeds.config import Settings
from feeds.errors import FeedsError, Unavailable
from feeds.publish import Publisher
from feeds.store import Store, schema

PAGE = 200

Raw = dict[str, Any]


class Door(click.Group):
    """The outermost door: what was refused leaves as one sentence and status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FeedsError as exc:
            raise click.ClickException(str(exc)) from exc
        except BrokenPipeError:
            raise  # nobody reads any more: click ends quietly
        except OSError as exc:
            name = f"{exc.filename}: " if exc.filename else ""
            raise click.ClickException(f"{name}{exc.strerror or exc}") from exc


@dataclass(frozen=True)
class Desk:
    settings: Settings
    store: Store
    publisher: Publisher


def settings(overrides: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of the environment. Raises SettingError."""
    return Settings.read({**os.environ, **(overrides or {})})


@contextmanager
def desk(read: Settings | None = None) -> Iterator[Desk]:
    """Open the database. Raises SettingError, and Unavailable without its tables."""
    with unchecked(read or settings()) as opened:
        _require_file(opened.store)
        schema.require(opened.store)
        yield opened


@contextmanager
def unchecked(read: Settings) -> Iterator[Desk]:
    """Open the database whatever its schema, to migrate it."""
    store = Store(read.database_url)
    try:
        yield Desk(read, store, Publisher(store, read.base_url))
    finally:
        store.close()


def now() -> datetime:
    return datetime.now(UTC)


def every(listing: Callable[..., tuple[list[Raw], int | None]]) -> Iterator[Raw]:
    """Yield what the pages of a listing of the corridor hold."""
    after: int | None = 0
    while after is not None:
        page, after = listing(limit=PAGE, after=after)
        yield from page


def table(rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns; nothing for no rows."""
    filled = [[cell or "-" for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*filled, strict=True)]
    for row in filled:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _require_file(store: Store) -> None:
    """Say that a SQLite file is missing: opening it would make an empty one."""
    path = store.url.database
    if store.is_sqlite and path and not Path(path).exists():
        raise Unavailable(
            f"There is no database at {path}; run: python -m feeds migrate"
        )
