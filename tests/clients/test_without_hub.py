"""Without a hub there is none: no thread, no row, no link, whatever is written."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import urllib3

from feeds.demo import CHANNEL
from feeds.hub import topics
from tests.clients.serving import (
    DATABASE,
    ROOT,
    Service,
    environ,
    free_port,
    serving,
)

# The service's own command, with an application that names the threads around it.
THREADS = """
import threading
from feeds.cli import running

def app(environ, start_response):
    start_response("200 OK", [])
    return [" ".join(one.name for one in threading.enumerate()).encode()]

running.create_app = lambda settings: app
running.run.main([])
"""


@pytest.mark.parametrize(("hub", "count"), [("", 0), ("http://127.0.0.1:9/", 1)])
def test_only_a_hub_has_a_thread(tmp_path: Path, hub: str, count: int) -> None:
    port = free_port()
    given = environ(tmp_path / "data", PORT=str(port), FEEDS_HUB=hub)
    with subprocess.Popen(
        [sys.executable, "-c", THREADS],
        cwd=ROOT,
        env=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("Serving ")
        answer = urllib3.request("GET", f"http://127.0.0.1:{port}/", retries=False)
        process.terminate()
        process.stdout.read()
    assert answer.data.split().count(b"chore") == count


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with serving(tmp_path / "data") as running:
        yield running


def test_nothing_is_queued_and_nothing_is_named(service: Service) -> None:
    token = service.token("admin")
    made = service.http.request(
        "POST",
        service.url(f"/api/v1/channels/{CHANNEL}/news"),
        json={"title": "Neu"},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert made.status == 201
    for noun in ("events", "news"):
        for topic in topics(noun):
            answer = service.get(f"/{CHANNEL}/{topic}")
            assert 'rel="hub"' not in answer.headers.get("Link", "")
            assert b'rel="hub"' not in answer.data
            assert b'"hubs"' not in answer.data
    with closing(sqlite3.connect(service.data_dir / DATABASE)) as database:
        assert database.execute("SELECT count(*) FROM ping").fetchone() == (0,)
