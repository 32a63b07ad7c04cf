"""What every test can ask for, and which tests this machine can't run."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

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
    "node": "Node.js (apt-get install nodejs)",
}
LEFT_OUT = pytest.StashKey[Counter[str]]()


def find_chromium() -> str | None:
    """Return the path of Chromium, None where there is none."""
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM)
    return next(filter(None, map(shutil.which, filter(None, names))), None)


def find_node() -> str | None:
    return shutil.which("node")


def is_ci() -> bool:
    return os.environ.get("CI", "") == "true"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = Counter()


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    tools = {"browser": find_chromium(), "node": find_node()}
    missing = [name for name, path in tools.items() if path is None]
    for name in missing:
        needing = [item for item in items if item.get_closest_marker(name)]
        config.stash[LEFT_OUT][name] += len(needing)
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


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
    if left_out:
        parts = [f"{n} for want of {HOW_TO_GET[name]}" for name, n in left_out.items()]
        verdict = "; CI needs them all" if is_ci() else ""
        line = f"Left out {', '.join(parts)}{verdict}."
        terminalreporter.write_line(line, yellow=True)
    if is_ci() and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("CI allows no skipped test.", red=True)


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
        yield f"sqlite:///{tmp_path}/feeds.db"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium; for tests with the mark `browser`."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), args=CHROMIUM_FLAGS
        )
        yield chromium
        chromium.close()
