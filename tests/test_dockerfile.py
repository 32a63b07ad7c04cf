"""The image without an engine: its steps in an empty directory, by an ordinary user."""

import re
import shutil
import signal
import socket
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from tests.dockerfile import Instruction, Stage, context, is_seen, parse

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 60.0


@pytest.fixture(scope="module")
def steps() -> list[Instruction]:
    return parse((ROOT / "Dockerfile").read_text())


@pytest.fixture(scope="module")
def image(steps: list[Instruction]) -> Iterator[Stage]:
    """Return the last stage, built, with everything but its volume read-only."""
    # Not below the directory of pytest, which its owner alone may enter.
    base = Path(tempfile.mkdtemp(prefix="feeds-image-"))
    base.chmod(0o755)
    for path in context(ROOT):
        target = base / "context" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, target)
    stages: dict[str, Stage] = {}
    for step in steps:
        if step.word == "FROM":
            name = step.argument.split()[-1]
            stage = Stage(base / f"stage{len(stages)}", base / "context", others=stages)
            stages[name] = stage
        stage.carry_out(step)
    stage.close(open_for_writing="/app/data")
    yield stage
    for path in [base, *base.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(base)


def only(steps: list[Instruction], word: str) -> Instruction:
    (found,) = [step for step in steps if step.word == word]
    return found


def test_the_build_sees_what_it_needs_alone() -> None:
    seen = list(context(ROOT))
    assert {path.parts[0] for path in seen} == {
        "LICENSE",
        "data",
        "feeds",
        "requirements-build.txt",
        "requirements-postgres.txt",
        "requirements.txt",
        "wsgi.py",
    }
    assert [path.name for path in seen if path.parts[0] == "data"] == [".gitkeep"]
    assert [path for path in seen if path.suffix == ".pyc"] == []


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("a", False),
        ("b/c", True),
        ("d/e", False),
        ("d/.keep", True),
        ("b/x/__pycache__/y", False),
    ],
)
def test_the_last_rule_that_matches_decides(path: str, seen: bool) -> None:
    rules = ["*", "!b", "!d", "d/*", "!d/.keep", "**/__pycache__"]
    assert is_seen(PurePosixPath(path), rules) == seen


def test_comments_and_continued_lines_are_read() -> None:
    assert parse('# a\nRUN a \\\n  # b\n  && c\n\ncmd ["d"]\n') == [
        Instruction("RUN", "a  && c"),
        Instruction("CMD", '["d"]'),
    ]


def test_each_base_image_names_its_version(steps: list[Instruction]) -> None:
    bases = [step.argument.split()[0] for step in steps if step.word == "FROM"]
    assert len(bases) == 2
    pinned = re.compile(r"python:3\.14-slim(@sha256:[0-9a-f]{64})?")
    assert [base for base in bases if not pinned.fullmatch(base)] == []


def test_nothing_is_installed_without_its_hash(steps: list[Instruction]) -> None:
    installs = [
        command
        for step in steps
        if step.word == "RUN"
        for command in step.argument.split("&&")
        if " install " in command
    ]
    assert len(installs) == 2
    assert ["--require-hashes" in command for command in installs] == [True, True]


def test_it_runs_as_somebody_else_and_writes_in_one_place(
    steps: list[Instruction],
) -> None:
    assert only(steps, "USER").argument == "10001:10001"
    assert only(steps, "VOLUME").argument == "/app/data"
    assert only(steps, "STOPSIGNAL").argument == "SIGTERM"


def test_it_starts_answers_and_stops(image: Stage, steps: list[Instruction]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        image.environ["PORT"] = str(probe.getsockname()[1])
    log = image.path("data/log")
    with log.open("w") as output:
        server = image.start(only(steps, "CMD").command, stdout=output, stderr=output)
    try:
        assert is_healthy_in_time(image, steps, server.poll), log.read_text()
    finally:
        server.send_signal(signal.SIGTERM)
        status = server.wait(30)
    assert status == 0, log.read_text()
    mode = image.path("data/secret_key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def is_healthy_in_time(image: Stage, steps: list[Instruction], ended: object) -> bool:
    assert callable(ended)
    check = only(steps, "HEALTHCHECK").command
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and ended() is None:
        if image.execute(check, capture_output=True).returncode == 0:
            return True
    return False


def test_only_the_volume_can_be_written(image: Stage) -> None:
    statuses = [
        image.execute(["sh", "-c", f"echo x > {path}"], capture_output=True).returncode
        for path in ("/app/x", "/app/feeds/x", "/app/wsgi.py", "/app/data/x")
    ]
    assert [status == 0 for status in statuses] == [False, False, False, True]


def test_the_image_has_no_installer(image: Stage) -> None:
    command = ["python", "-c", "import importlib.util as u; print(u.find_spec('pip'))"]
    assert image.execute(command, capture_output=True).stdout == "None\n"
