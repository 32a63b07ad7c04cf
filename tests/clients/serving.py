"""The real service: `python -m feeds run` in a process of its own, from outside."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import urllib3

from feeds.config import ROOT
from feeds.store import Store

WORKERS = 2
DATABASE = "feeds.sqlite3"
READY = "Booting worker with pid: "
# What differs from one answer to the next of the same thing.
PASSING = {"date"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
    return number


def environ(data_dir: Path, **changes: str) -> dict[str, str]:
    """Return the environment of a process of ours; what this machine sets is gone."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FEEDS_")}
    own = {"FEEDS_DATA_DIR": str(data_dir), "HOME": str(data_dir)}
    return kept | own | changes


def command(data_dir: Path, *words: str, **changes: str) -> Any:
    """Run `python -m feeds …` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "feeds", *words],
        cwd=ROOT,
        env=environ(data_dir, **changes),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def copied(source: Path, target: Path) -> Path:
    """Copy the database of a running service into a data directory of its own."""
    target.mkdir()
    with (
        closing(sqlite3.connect(source / DATABASE)) as old,
        closing(sqlite3.connect(target / DATABASE)) as new,
    ):
        old.backup(new)
    return target


@dataclass
class Service:
    """A running service and the one who asks it."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    http: urllib3.PoolManager = field(default_factory=urllib3.PoolManager)

    def start(self) -> None:
        """Start it, and wait until all workers are there."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "feeds", "run", "--demo"],
            cwd=ROOT,
            env=environ(self.data_dir, PORT=str(self.port), **self.settings),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.log.clear()
        self._is_up, self._is_ending = Event(), Event()
        self._listener = Thread(target=self._listen)
        self._listener.start()
        assert self._is_up.wait(60), "".join(self.log)
        assert len(self.workers) == WORKERS, "".join(self.log)

    def _listen(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.log.append(line)
            if len(self.workers) == WORKERS:
                self._is_up.set()
            if "Handling signal: term" in line:
                self._is_ending.set()
        self._is_up.set()
        self._is_ending.set()

    @property
    def workers(self) -> list[int]:
        return [int(line.partition(READY)[2]) for line in self.log if READY in line]

    def end(self) -> None:
        """Ask it to end, and return when it knows."""
        self.process.send_signal(signal.SIGTERM)
        assert self._is_ending.wait(30)

    def ended(self) -> int:
        """Wait until it has ended; return its exit status."""
        status = self.process.wait(60)
        self._listener.join()
        assert self.process.stderr
        self.process.stderr.close()
        return status

    def stop(self) -> int:
        self.end()
        return self.ended()

    @property
    def base_url(self) -> str:
        return self.settings.get("FEEDS_BASE_URL", f"http://127.0.0.1:{self.port}")

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def get(
        self, path: str, method: str = "GET", **headers: str
    ) -> urllib3.BaseHTTPResponse:
        """Ask once, as a stranger; follow nothing, decode nothing."""
        return self.http.request(
            method,
            self.url(path),
            headers={"Connection": "close"} | headers,
            redirect=False,
            retries=False,
            decode_content=False,
        )

    def send(
        self, method: str, path: str, token: str, body: Any = None, **headers: str
    ) -> urllib3.BaseHTTPResponse:
        """Ask the write API."""
        return self.http.request(
            method,
            self.url(f"/api/v1{path}"),
            body=None if body is None else json.dumps(body),
            headers={
                "Connection": "close",
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                **headers,
            },
            redirect=False,
            retries=False,
        )

    def token(self, scope: str) -> str:
        made = command(
            self.data_dir, "token", "create", "--name", "tests", "--scope", scope
        )
        assert made.returncode == 0, made.stderr
        token: str = made.stdout.strip()
        return token

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the database beside the service, to compare."""
        opened = Store(f"sqlite:///{self.data_dir / DATABASE}")
        yield opened
        opened.close()

    @contextmanager
    def only(self, worker: int) -> Iterator[None]:
        """Let one worker answer alone: the others stand still, without the lock."""
        others = [pid for pid in self.workers if pid != worker]
        with self.store() as store, store.writing():
            for pid in others:
                os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in others:
                os.kill(pid, signal.SIGCONT)


@contextmanager
def serving(data_dir: Path, **settings: str) -> Iterator[Service]:
    service = Service(data_dir, settings=settings)
    service.start()
    try:
        yield service
    finally:
        if service.process.poll() is None:
            service.end()
        service.ended()
        service.http.clear()


def lasting(response: urllib3.BaseHTTPResponse) -> dict[str, str]:
    """Return the headers that say something about the thing itself."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    return {name: text for name, text in headers.items() if name not in PASSING}


def slug_in(address: str, noun: str) -> str | None:
    """Return the slug in the address of an event's or a news item's page."""
    found = re.search(rf"/{noun}/([a-z0-9-]+)(#.*)?$", address)
    return found and found[1]
