"""The command line on a migrated, empty database."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from feeds.cli import cli
from feeds.store import Store
from tests.importing.conftest import origin

__all__ = ["origin"]

Feeds = Callable[..., Result]


@pytest.fixture
def environ(store: Store, tmp_path: object) -> dict[str, str]:
    return {
        "FEEDS_DATA_DIR": str(tmp_path),
        "FEEDS_DATABASE_URL": str(store.url),
        "FEEDS_BASE_URL": "https://feeds.example.org",
    }


@pytest.fixture
def feeds(environ: dict[str, str]) -> Feeds:
    """Return what runs one command; an error that is not ours is raised."""

    def run(*args: object, stdin: bytes | None = None, **more: str) -> Result:
        result = CliRunner().invoke(
            cli,
            [str(arg) for arg in args],
            input=stdin,
            env=environ | more,
            prog_name="python -m feeds",
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def stadt(feeds: Feeds) -> str:
    """Return the slug of a channel."""
    assert feeds("channel", "create", "stadt", "--title", "Stadt").exit_code == 0
    return "stadt"
