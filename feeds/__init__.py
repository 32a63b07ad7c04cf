"""feeds: an organisation's events and news as subscriptions, feeds and widgets.

`create_app` is the only thing that puts the rooms together.
"""

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from feeds.boundaries import load
from feeds.config import VERSION, Settings

__version__ = VERSION

HERE = Path(__file__).parent


def create_app(
    settings: Settings | None = None,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Flask:
    """Return the WSGI application on a migrated database.

    Raises SettingError for a wrong setting, and Unavailable when the database can't
    be reached or has another schema.
    """
    from feeds.publish import Publisher  # noqa: PLC0415 -- `feeds.config` must load alone
    from feeds.question import adopt_edition  # noqa: PLC0415 -- as above
    from feeds.store import Store, schema  # noqa: PLC0415 -- as above
    from feeds.syndicate import Syndicate  # noqa: PLC0415 -- as above
    from feeds.views import register  # noqa: PLC0415 -- as above
    from feeds.views.context import EXTENSION, Kit  # noqa: PLC0415 -- as above

    settings = settings or Settings.read(os.environ)
    store = Store(settings.database_url)
    schema.require(store)
    areas = load(settings.boundaries)
    shown = (
        settings.cache_seconds,
        settings.calendar_budget,
        settings.hub,
        areas.digest,
    )
    adopt_edition(store, settings.base_url, f"{code_digest()} {shown}", clock())
    app = Flask(__name__)
    # Werkzeug would redirect to whatever Host the request names.
    app.url_map.merge_slashes = False
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=1 << 20,
    )
    app.extensions[EXTENSION] = Kit(
        settings=settings,
        store=store,
        publisher=Publisher(store, settings.base_url),
        syndicate=Syndicate(
            store,
            settings.base_url,
            settings.cache_seconds,
            settings.calendar_budget,
            settings.hub,
        ),
        boundaries=areas,
        clock=clock,
    )
    register(app)
    return app


def code_digest() -> str:
    """Name the code, templates and catalogues that write what readers get."""
    digest = hashlib.sha256()
    for path in sorted(HERE.rglob("*")):
        if path.suffix in {
            ".py",
            ".html",
            ".xml",
            ".css",
            ".svg",
            ".js",
            ".json",
            ".toml",
        }:
            digest.update(path.relative_to(HERE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
