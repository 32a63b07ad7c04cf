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

Start = Callable[..., subprocess.Popen[str]]
# An application that tells who answers, and one request that waits for the test.
SERVER = """
import os, sys
from feeds.config import Settings
from feeds.errors import FeedsError, Unavailable
from feeds.server import serve

PARENT = os.getpid()

def say(*words):
    # In one piece: print may write word by word, between those of another worker.
    os.write(2, (" ".join(map(str, words)) + "\\n").encode())

def make():
    if "BROKEN" in os.environ:
        raise Unavailable("the database is not there")
    maker = os.getpid()
    def application(environ, start_response):
        if environ["PATH_INFO"] == "/wait":
            say("in flight")
            with open(os.environ["GATE"]) as gate:
                gate.read()
        start_response("200 OK", [("Content-Type", "text/plain")])
        claims = [maker == os.getpid() != PARENT, environ["wsgi.url_scheme"]]
        return [repr(claims).encode()]
    return application

def chore(is_over):
    say("chore begins", os.getpid() != PARENT)
    is_over.wait()
    say("chore ends", os.getpid() != PARENT)

try:
    serve(Settings.read(os.environ), make, chore=chore)
except FeedsError as exc:
    sys.exit(exc.detail)
"""


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Start]:
    """Return what starts a server; one that still runs is stopped at the end."""
    started = []

    def start_with(**environ: str) -> subprocess.Popen[str]:
        own = {"FEEDS_DATA_DIR": str(tmp_path), "PORT": str(port)}
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            cwd=ROOT,
            env={**os.environ, **own, "HOME": "/nonexistent", **environ},
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_with
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate()


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    assert process.stderr
    lines = []
    for line in process.stderr:
        lines.append(line)
        if words in line:
            return
    raise AssertionError("".join(lines))


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, body


def test_each_worker_makes_its_own_application(start: Start, port: int) -> None:
    process = start()
    wait_for(process, "Booting worker")
    assert get(port, "/") == (200, "[True, 'http']")
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def test_no_header_of_a_proxy_is_believed(start: Start, port: int) -> None:
    wait_for(start(), "Booting worker")
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    assert get(port, "/", **headers) == (200, "[True, 'http']")


def test_a_request_in_flight_survives_the_stop(
    start: Start, port: int, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "gate")
    process = start(GATE=str(tmp_path / "gate"))
    wait_for(process, "Booting worker")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/wait")
    wait_for(process, "in flight")
    process.send_signal(signal.SIGTERM)
    wait_for(process, "Handling signal: term")
    (tmp_path / "gate").write_text("open")
    assert connection.getresponse().status == 200
    connection.close()
    assert process.wait(30) == 0


def test_each_worker_has_a_chore_that_ends_with_it(start: Start) -> None:
    process = start(FEEDS_WORKERS="2")
    for _ in range(2):
        wait_for(process, "chore begins True")
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    assert errors.count("chore ends True") == 2
    assert process.returncode == 0


def test_a_port_in_use_is_one_sentence(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        process = start(PORT=str(taken))
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert errors == (
        f"PORT: can't listen at 127.0.0.1 port {taken}: address already in use\n"
    )


def test_a_foreign_address_is_one_sentence(start: Start) -> None:
    process = start(FEEDS_HOST="no-such-host.invalid")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors == (
        "FEEDS_HOST: 'no-such-host.invalid' is no address of this machine\n"
    )


def test_an_application_that_cannot_start_stops_the_server(start: Start) -> None:
    process = start(BROKEN="1")
    _, errors = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "the database is not there" in errors.splitlines()
    assert "Traceback" not in errors
