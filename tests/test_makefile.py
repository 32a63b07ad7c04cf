import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKE = shutil.which("make") or "make"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a directory with the Makefile and what its environment is made of."""
    for path in (ROOT / "Makefile", *ROOT.glob("requirements*.txt")):
        shutil.copy(path, tmp_path)
    return tmp_path


def make(
    project: Path, *arguments: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        [MAKE, "--no-print-directory", *arguments],
        cwd=project,
        env=kept | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_alone_lists_the_commands(project: Path) -> None:
    listed = re.findall(r"^  make (\w+)", make(project).stdout, re.MULTILINE)
    assert listed == [
        *("help", "serve", "test", "check", "bench", "soak", "lock", "pin")
    ]


def python_that_says(project: Path, version: str) -> str:
    path = project / "python"
    path.write_text(f'#!/bin/sh\n[ "$1" = -V ] && echo Python {version}\nexit 1\n')
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_an_old_python_is_one_sentence(project: Path) -> None:
    run = make(project, "serve", python_that_says(project, "3.10.4"))
    assert run.returncode != 0
    assert run.stdout == ""
    assert run.stderr.splitlines()[0] == (
        f"feeds needs Python 3.11 or newer; {project}/python is Python 3.10.4."
        " Name another one: make PYTHON=/path/to/python3"
    )
    assert not (project / ".venv").exists()


def test_no_python_is_one_sentence(project: Path) -> None:
    run = make(project, "test", "PYTHON=no-such-python")
    assert run.returncode != 0
    assert run.stderr.splitlines()[0] == (
        "feeds needs Python 3.11 or newer, and there is no no-such-python here."
    )


def test_a_second_run_installs_nothing(project: Path) -> None:
    stamps = project / ".venv" / ".stamps"
    stamps.mkdir(parents=True)
    for name in ("venv", "runtime", "dev"):
        (stamps / name).touch()
    assert make(project, "--question", ".venv/.stamps/dev").returncode == 0
    later = (stamps / "dev").stat().st_mtime + 60
    os.utime(project / "requirements-dev.txt", (later, later))
    assert make(project, "--question", ".venv/.stamps/dev").returncode == 1


def test_no_npm_is_one_sentence(project: Path) -> None:
    node = project / "tests" / "node"
    node.mkdir(parents=True)
    (node / "package-lock.json").touch()
    (node / ".npmrc").touch()
    target = "tests/node/node_modules/.package-lock.json"
    assert make(project, "--question", target).returncode == 1
    run = make(project, target, "SHELL=/bin/sh", PATH="/nowhere")
    assert run.returncode != 0
    assert run.stderr.splitlines()[0] == (
        "The tests need Node.js with npm; on Debian and Ubuntu the packages nodejs"
        " and npm bring it."
    )


def test_the_lock_of_the_calendar_programs_names_no_host() -> None:
    lock = json.loads((ROOT / "tests" / "node" / "package-lock.json").read_text())
    packages = lock["packages"].values()
    assert any("integrity" in package for package in packages)
    for package in packages:
        package.pop("funding", None)  # where its makers ask for support
    assert "://" not in json.dumps(lock)
