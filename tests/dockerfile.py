"""Carries out a Dockerfile without an engine: each stage is a directory.

`/app` of the image is `app` in the stage's directory; commands are rewritten so. Steps
run as an ordinary user: uid 10001 when we are root, ourselves otherwise.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

ORDINARY = 10001
# What a machine needs to reach its package index; nothing else is inherited.
INHERITED = re.compile(r"PIP_.*|SSL_CERT_.*|.*_proxy", re.IGNORECASE)
PYTHONS = (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3")


@dataclass(frozen=True)
class Instruction:
    word: str
    argument: str

    @property
    def command(self) -> list[str]:
        """Return the exec form of CMD or HEALTHCHECK."""
        found: list[str] = json.loads(self.argument[self.argument.index("[") :])
        return found


def parse(source: str) -> list[Instruction]:
    """Return the instructions, comments gone and continued lines joined."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    pairs = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [Instruction(word.upper(), argument.strip()) for word, argument in pairs]


def context(root: Path) -> Iterator[PurePosixPath]:
    """Yield the files that .dockerignore lets an engine see."""
    rules = [
        line
        for line in (root / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    for top in sorted(root.iterdir()):
        if is_seen(PurePosixPath(top.name), rules):
            for path in [top, *sorted(top.rglob("*"))]:
                relative = PurePosixPath(path.relative_to(root).as_posix())
                if path.is_file() and is_seen(relative, rules):
                    yield relative


def is_seen(path: PurePosixPath, rules: list[str]) -> bool:
    """Apply the rules in order; the last one that matches decides."""
    seen = True
    for rule in rules:
        pattern = re.escape(rule.removeprefix("!")).replace(r"\*\*/", "(.*/)?")
        regex = re.compile(pattern.replace(r"\*", "[^/]*"))
        if any(regex.fullmatch(str(part)) for part in (path, *path.parents)):
            seen = rule.startswith("!")
    return seen


def as_ordinary_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": ORDINARY, "group": ORDINARY, "extra_groups": []}


def find_python() -> str:
    """Return an interpreter that the ordinary user can run and that makes venvs."""
    probe = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
    for name in PYTHONS:
        path = Path(name).resolve()
        try:
            command = [path, "-I", "-c", probe]
            run = subprocess.run(command, check=False, cwd="/", **as_ordinary_user())
        except OSError:
            continue
        if run.returncode == 0:
            return str(path)
    raise AssertionError("no Python 3.11 here can be run by an ordinary user")


@dataclass
class Stage:
    """A directory in which the instructions of one stage take effect."""

    directory: Path
    root: Path
    workdir: str = "/"
    environ: dict[str, str] = field(default_factory=dict)
    others: dict[str, "Stage"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        programs = self.directory / "bin"
        programs.mkdir(parents=True)
        (programs / "python").symlink_to(find_python())
        kept = {k: v for k, v in os.environ.items() if INHERITED.fullmatch(k)}
        path = f"{programs}:/usr/bin:/bin"
        self.environ = {**kept, "PATH": path, "HOME": str(self.directory)}

    def inside(self, text: str) -> str:
        """Rewrite the image's paths in a command into this directory's."""
        return re.sub(r"(?<![\w./])/app\b", f"{self.directory}/app", text)

    def path(self, name: str) -> Path:
        return self.directory / PurePosixPath(self.workdir, name).relative_to("/")

    def carry_out(self, step: Instruction) -> None:
        action = getattr(self, f"_{step.word.lower()}", None)
        if action:
            action(step.argument)

    def _workdir(self, argument: str) -> None:
        self.workdir = argument
        path = self.path(".")
        path.mkdir(parents=True, exist_ok=True)
        self._own(path)

    def _env(self, argument: str) -> None:
        for pair in shlex.split(argument):
            name, _, value = pair.partition("=")
            value = value.replace("$PATH", self.environ["PATH"])
            self.environ[name] = self.inside(value)

    def _copy(self, argument: str) -> None:
        *sources, target = [p for p in argument.split() if not p.startswith("--")]
        origin = re.search(r"--from=(\w+)", argument)
        stage = self.others[origin[1]] if origin else None
        for source in sources:
            path = stage.path(source) if stage else self.root / source
            wanted = self.path(target)
            copy = wanted / path.name if path.is_file() else wanted
            copy.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                shutil.copytree(path, copy, symlinks=True, dirs_exist_ok=True)
            else:
                shutil.copy(path, copy)
            self._own(copy)

    def _run(self, argument: str) -> None:
        self.execute(["sh", "-ec", argument], check=True)

    def execute(self, command: list[str], **options: Any) -> Any:
        return subprocess.run(**self.surroundings(command, **options))

    def start(self, command: list[str], **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(**self.surroundings(command, **options))

    def surroundings(self, command: list[str], **options: Any) -> dict[str, Any]:
        return {
            "args": [self.inside(part) for part in command],
            "cwd": self.path("."),
            "env": self.environ,
            "text": True,
            **as_ordinary_user(),
            **options,
        }

    def _own(self, path: Path) -> None:
        if os.geteuid() == 0:
            for part in [path, *path.rglob("*")]:
                os.chown(part, ORDINARY, ORDINARY, follow_symlinks=False)

    def close(self, *, open_for_writing: str) -> None:
        """Make everything read-only but the one directory."""
        kept = self.path(open_for_writing)
        for part in [self.directory, *self.directory.rglob("*")]:
            if part == kept or kept in part.parents or part.is_symlink():
                continue
            if os.geteuid() == 0:
                os.chown(part, 0, 0)
            part.chmod(0o555 if part.is_dir() or os.access(part, os.X_OK) else 0o444)
