import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feeds.config import ROOT
from feeds.store import Store
from feeds.store.schema import require
from tests.cli.conftest import Feeds

Start = Callable[..., subprocess.Popen[str]]


def test_migrate_makes_a_database_and_may_be_repeated(
    feeds: Feeds, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/new.sqlite3"
    for _ in range(2):
        result = feeds("migrate", FEEDS_DATABASE_URL=url)
        assert (result.exit_code, result.output) == (
            0,
            "The database is up to date.\n",
        )
    store = Store(url)
    require(store)
    store.close()


def test_demo_is_loaded_once(feeds: Feeds) -> None:
    first = feeds("demo")
    assert (first.exit_code, first.output) == (0, "The demo channel is loaded.\n")
    before = feeds("export", "events", "--channel", "familie-nrw").stdout
    second = feeds("demo")
    assert (second.exit_code, second.output) == (0, "The demo is there already.\n")
    assert feeds("export", "events", "--channel", "familie-nrw").stdout == before


@pytest.mark.parametrize(
    ("args", "environ", "sentence"),
    [
        (
            ("channel", "list"),
            {"FEEDS_DATABASE_URL": "sqlite:////nowhere/a.db"},
            "Error: There is no database at /nowhere/a.db;"
            " run: python -m feeds migrate",
        ),
        (
            ("migrate",),
            {"FEEDS_DATABASE_URL": "mysql://example.org/a"},
            "Error: FEEDS_DATABASE_URL: must begin with sqlite:/// or"
            " postgresql+psycopg://, not mysql",
        ),
        (
            ("migrate",),
            {"FEEDS_DATABASE_URI": "x"},
            "Error: FEEDS_DATABASE_URI is not a setting of this service; did you mean"
            " FEEDS_DATABASE_URL?",
        ),
        (
            ("migrate",),
            {"PORT": "http"},
            "Error: PORT: must be a whole number from 1 to 65,535, not 'http'",
        ),
    ],
)
def test_what_cannot_start_is_one_sentence(
    feeds: Feeds, args: tuple[str, ...], environ: dict[str, str], sentence: str
) -> None:
    result = feeds(*args, **environ)
    assert (result.exit_code, result.output) == (1, f"{sentence}\n")


def test_database_without_tables_is_one_sentence(feeds: Feeds, tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite3"
    path.touch()
    result = feeds("channel", "list", FEEDS_DATABASE_URL=f"sqlite:///{path}")
    assert (result.exit_code, result.output) == (
        1,
        "Error: The database has no tables yet; run: python -m feeds migrate\n",
    )


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return what starts `python -m feeds`; what still runs is stopped at the end."""
    started = []

    def start_with(*args: str, **environ: str) -> subprocess.Popen[str]:
        own = {"FEEDS_DATA_DIR": str(tmp_path)} | environ
        process = subprocess.Popen(
            [sys.executable, "-m", "feeds", *args],
            cwd=ROOT,
            env={**os.environ, **own},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_with
    for process in started:
        process.kill()
        process.communicate()


def test_run_migrates_loads_the_demo_and_serves(start: Start, port: int) -> None:
    process = start("run", "--demo", "--port", str(port))
    assert process.stdout is not None
    assert process.stderr is not None
    said = [process.stdout.readline() for _ in range(5)]
    base = f"http://127.0.0.1:{port}"
    page = f"{base}/familie-nrw"
    assert said[0] == f"Serving {base} (listening at 127.0.0.1:{port})\n"
    assert [line.split()[-1] for line in said[1:]] == [
        page,
        f"{page}/events.ics",
        f"{page}/news.rss",
        f"{base}/embed/familie-nrw/month",
    ]
    while "Booting worker" not in process.stderr.readline():
        assert process.poll() is None
    for url in said[1:]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", url.split()[-1].removeprefix(base))
        assert connection.getresponse().status == 200, url
        connection.close()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_port_in_use_is_one_sentence(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start("run", "--port", str(port))
        output, error = process.communicate(timeout=30)
    assert (process.returncode, output, error) == (
        1,
        "",
        f"Error: PORT: can't listen at 127.0.0.1 port {port}: address already in use\n",
    )


@pytest.mark.parametrize(
    "url", ["postgresql+psycopg://nobody@127.0.0.1:1/none", "sqlite:////nowhere/a.db"]
)
def test_database_out_of_reach_is_one_sentence(start: Start, url: str) -> None:
    process = start("run", FEEDS_DATABASE_URL=url)
    output, error = process.communicate(timeout=30)
    assert (process.returncode, output) == (1, "")
    assert error.startswith("Error: The database can't be ")
    assert error.count("\n") == 1
