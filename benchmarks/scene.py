"""The service with channels of any size, filled through the door that users take."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from benchmarks import samples
from feeds import create_app, intake, tenancy
from feeds.config import Settings
from feeds.importing.ics import calendar
from feeds.intake import Report
from feeds.publish import Publisher
from feeds.store import Store, migrate

NOW = datetime(2026, 7, 8, 10, tzinfo=UTC)
MIDDLE = datetime(2026, 7, 1)  # noqa: DTZ001 -- wall clock


def app_in(folder: Path) -> Flask:
    """Return the service on a new SQLite file, at one moment for ever."""
    url = f"sqlite:///{folder}/feeds.sqlite3"
    migrate(Store(url))
    environ = {"FEEDS_DATABASE_URL": url, "FEEDS_DATA_DIR": str(folder)}
    return create_app(Settings.read(environ), clock=lambda: NOW)


def publisher_of(app: Flask) -> Publisher:
    found: Publisher = app.extensions["feeds"].publisher
    return found


def channel(app: Flask, slug: str) -> None:
    raw = {"slug": slug, "title": slug.capitalize()}
    tenancy.create(publisher_of(app), raw, now=NOW - timedelta(days=1))


def around_now(count: int) -> bytes:
    """Return a calendar of so many events, four a day, as many before as after now."""
    return samples.calendar(count, MIDDLE - timedelta(days=count // 8))


def take_in(
    app: Flask,
    slug: str,
    data: bytes,
    progress: Callable[[int], None] = lambda _count: None,
) -> Report:
    """Import a calendar file into a channel."""
    items = calendar.read(data, timezone="Europe/Berlin").items()
    return intake.take_in(
        publisher_of(app), "events", slug, items, now=NOW, progress=progress
    )
