"""What every test can ask for, and which tests this machine can't run."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright

from feeds import create_app
from feeds.publish import Publisher
from feeds.store import Store, migrate
from tests.cast import (
    CHANNEL,
    Api,
    Clock,
    make_channel,
    make_token,
    publisher_of,
    settings_for,
)
from tests.javascript import Ask, ask, missing
from tests.postgresql import PostgreSQL, running

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOW_TO_GET = {
    "browser": "Chromium (apt-get install chromium, or CHROMIUM=/path/to/it)",
}
LEFT_OUT = pytest.StashKey[Counter[str]]()


def find_chromium() -> str | None:
    """Return the path of Chromium, None where there is none."""
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM)
    return next(filter(None, map(shutil.which, filter(None, names))), None)


def is_ci() -> bool:
    return os.environ.get("CI", "") == "true"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = Counter()


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    tools = {"browser": find_chromium()}
    missing = [name for name, path in tools.items() if path is None]
    for name in missing:
        needing = [item for item in items if needs(item, name)]
        config.stash[LEFT_OUT][name] += len(needing)
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if not needs(item, name)]


def needs(item: pytest.Item, tool: str) -> bool:
    """Tell whether the test has the tool's mark, or asks for its fixture."""
    asked = tool in getattr(item, "fixturenames", ())
    return asked or item.get_closest_marker(tool) is not None


def pytest_sessionfinish(session: pytest.Session) -> None:
    left_out = session.config.stash[LEFT_OUT]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(left_out)
        return
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    if is_ci() and (left_out.total() or reporter.stats.get("skipped")):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of pytest-xdist left out; all leave out the same."""
    output = getattr(node, "workeroutput", {})
    node.config.stash[LEFT_OUT] |= Counter(output.get("left_out", {}))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    left_out = {name: n for name, n in config.stash[LEFT_OUT].items() if n}
    for line in dict.fromkeys(counted(terminalreporter)):
        terminalreporter.write_line(line)
    if left_out:
        parts = [f"{n} for want of {HOW_TO_GET[name]}" for name, n in left_out.items()]
        verdict = "; CI needs them all" if is_ci() else ""
        line = f"Left out {', '.join(parts)}{verdict}."
        terminalreporter.write_line(line, yellow=True)
    if is_ci() and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("CI allows no skipped test.", red=True)


def counted(reporter: pytest.TerminalReporter) -> Iterator[str]:
    """Yield what tests have counted: `record_property("counted", "12 zones, …")`."""
    for outcome in ("passed", "failed"):
        for report in reporter.stats.get(outcome, []):
            yield from (
                said for name, said in report.user_properties if name == "counted"
            )


@pytest.fixture
def now() -> datetime:
    """Return the moment at which every test takes place."""
    return datetime(2021, 7, 6, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """Return a running PostgreSQL server."""
    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of an empty database, once on each system."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/feeds.sqlite3"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = server.create()
    yield server.url(name)
    server.drop(name)


def migrated(url: str) -> str:
    """Give the database at `url` its tables, and let go of it."""
    store = Store(url)
    migrate(store)
    store.close()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "feeds.sqlite3"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql: PostgreSQL) -> str:
    """Return the name of a migrated PostgreSQL database, to be copied."""
    name = postgresql.create()
    migrated(postgresql.url(name))
    return name


@pytest.fixture
def store(tmp_path: Path, sqlite_template: Path) -> Iterator[Store]:
    """Return a migrated, empty store on SQLite."""
    path = shutil.copy(sqlite_template, tmp_path / "feeds.sqlite3")
    made = Store(f"sqlite:///{path}")
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def each_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Return a migrated, empty store, once on each system."""
    if request.param == "sqlite":
        yield request.getfixturevalue("store")
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = server.create(request.getfixturevalue("postgresql_template"))
    made = Store(server.url(name))
    yield made
    made.close()
    server.drop(name)


@pytest.fixture
def clock() -> Clock:
    """Return the application's clock; it stands at `now` until it is moved."""
    return Clock()


@pytest.fixture
def app(store: Store, clock: Clock, tmp_path: Path) -> Flask:
    """Return an application with the channel `familie` and nothing in it."""
    made = create_app(settings_for(store, tmp_path), clock=clock)
    make_channel(publisher_of(made), clock.now - timedelta(days=1))
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a reader: no token, no cookie."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def publisher(app: Flask) -> Publisher:
    return publisher_of(app)


@pytest.fixture
def owner(client: FlaskClient, store: Store, now: datetime) -> Api:
    """Return a client that may write to the channel."""
    return Api(client, make_token(store, "write", CHANNEL, now))


@pytest.fixture
def admin(client: FlaskClient, store: Store, now: datetime) -> Api:
    """Return a client that may do everything."""
    return Api(client, make_token(store, "admin", None, now))


@pytest.fixture
def reader(client: FlaskClient, store: Store, now: datetime) -> Api:
    """Return a client that may read all of the channel, drafts too."""
    return Api(client, make_token(store, "read", CHANNEL, now))


@pytest.fixture
def stranger(
    client: FlaskClient, publisher: Publisher, store: Store, now: datetime
) -> Api:
    """Return a client that may write to another channel only."""
    make_channel(publisher, now, slug="other", title="Other")
    return Api(client, make_token(store, "write", "other", now))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium; for tests with the mark `browser`."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), args=CHROMIUM_FLAGS
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def node() -> Ask:
    """Return what asks a script of tests/node; a machine without Node.js fails."""
    if reason := missing():
        pytest.fail(reason)
    return ask
