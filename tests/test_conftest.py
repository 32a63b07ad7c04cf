"""The shared fixtures and the rule about tests that a machine can't run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser

from feeds.store import Store
from feeds.store.schema import require
from tests.postgresql import PostgreSQL

HERE = Path(__file__).resolve().parent
TESTS = """
import pytest

def test_page(browser):
    assert False

def test_plain(record_property):
    record_property("counted", "12 things, 0 of them wrong")
"""
LINE = (
    "Left out 1 for want of Chromium (apt-get install chromium, or"
    " CHROMIUM=/path/to/it)"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with our conftest and one test of each kind."""
    (tmp_path / "tests" / "node").mkdir(parents=True)
    shutil.copy(HERE / "node" / "package.json", tmp_path / "tests" / "node")
    (tmp_path / "tests" / "test_kinds.py").write_text(TESTS)
    for path in HERE.glob("*.py"):
        if not path.name.startswith("test_"):
            shutil.copy(path, tmp_path / "tests")
    shutil.copy(HERE.parent / "pyproject.toml", tmp_path)
    return tmp_path


def run_tests(
    project: Path, *arguments: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ("CI", "CHROMIUM") and not name.startswith("PYTEST")
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=project,
        env={**inherited, "PATH": str(project), "PYTHONPATH": str(HERE.parent)}
        | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_what_is_left_out_is_said_in_one_line(project: Path) -> None:
    run = run_tests(project, "-n", "2")
    assert run.returncode == 0, run.stdout
    assert [line for line in run.stdout.splitlines() if "Left out" in line] == [
        f"{LINE}."
    ]
    assert "1 passed" in run.stdout


def test_leaving_out_fails_in_ci(project: Path) -> None:
    run = run_tests(project, CI="true")
    assert run.returncode == 1, run.stdout
    assert f"{LINE}; CI needs them all." in run.stdout.splitlines()


def test_skipping_fails_in_ci(project: Path) -> None:
    (project / "tests" / "test_kinds.py").write_text(
        "import pytest\n\ndef test_skipped():\n    pytest.skip('tired')\n"
    )
    run = run_tests(project, CI="true")
    assert run.returncode == 1, run.stdout
    assert "CI allows no skipped test." in run.stdout.splitlines()


def test_with_its_tools_every_test_runs(project: Path) -> None:
    (project / "browser-by-name").symlink_to(sys.executable)
    run = run_tests(project, CHROMIUM=str(project / "browser-by-name"))
    assert "1 passed, 1 error" in run.stdout


def test_what_was_counted_is_said_once(project: Path) -> None:
    run = run_tests(project, "-n", "2")
    assert run.stdout.splitlines().count("12 things, 0 of them wrong") == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing", "The tests need Node.js, and there is no node here."),
        (
            "node",
            "The tests need axe-core, feedsmith, ical.js, rss-parser: run `make test`,"
            " or in tests/node `npm ci --ignore-scripts`.",
        ),
    ],
)
def test_a_calendar_program_that_is_not_there_fails(
    project: Path, name: str, reason: str
) -> None:
    (project / name).symlink_to(sys.executable)
    (project / "tests" / "test_kinds.py").write_text("def test_it(node): pass\n")
    run = run_tests(project)
    assert run.returncode == 1, run.stdout
    assert f"Failed: {reason}\n" in run.stdout


def test_the_postgresql_is_a_real_one(postgresql: PostgreSQL) -> None:
    with psycopg.connect(host=str(postgresql.directory), user="postgres") as connection:
        assert connection.info.server_version // 10_000 == 18


def test_each_database_is_empty(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        assert not Path(database_url.removeprefix("sqlite:///")).exists()
        return
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE thing (id int)")


test_each_database_is_empty_again = test_each_database_is_empty


def test_each_store_has_its_tables(each_store: Store) -> None:
    require(each_store)


def test_the_store_is_a_file_in_the_tests_directory(
    store: Store, tmp_path: Path
) -> None:
    require(store)
    assert store.url.database == f"{tmp_path}/feeds.sqlite3"


@pytest.mark.browser
def test_the_browser_renders(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<p>Grüße</p>")
    assert page.inner_text("p") == "Grüße"
    page.close()


def test_all_that_counts_is_in_the_soak() -> None:
    """`make soak` runs what is marked: who counts differently there needs the mark."""
    counting = [
        path
        for path in sorted(HERE.rglob("test_*.py"))
        if "from tests.counts import" in path.read_text(encoding="utf-8")
    ]
    unmarked = [
        path.name
        for path in counting
        if "mark.counted" not in path.read_text(encoding="utf-8")
    ]

    assert len(counting) > 20
    assert unmarked == []
