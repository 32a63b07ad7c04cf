"""rss2email, which keeps what it has read in files, as its users run it from cron."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from mailbox import Maildir
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from feeds.publish import Publisher
from tests.cast import CHANNEL, Clock

CONFIG = """\
[DEFAULT]
from = feeds@example.org
to = somebody@example.org
email-protocol = maildir
maildir-path = {folder}
maildir-mailbox = news
"""
R2E = "from rss2email.main import run; run()"
TITLES = ["Besuch in Dortmund", "Bericht über Köln"]


class Watched:
    """The service at an address of its own, and the statuses of its answers."""

    def __init__(self, app: Flask) -> None:
        self.app, self.statuses = app, list[int]()
        self.server = make_server("localhost", 0, self.answer, threaded=True)
        self.url = f"http://localhost:{self.server.port}/{CHANNEL}"

    def answer(
        self, environ: Any, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        def start(status: str, *rest: Any) -> Any:
            self.statuses.append(int(status.partition(" ")[0]))
            return start_response(status, *rest)

        return self.app.wsgi_app(environ, start)


@pytest.fixture
def watched(app: Flask) -> Iterator[Watched]:
    made = Watched(app)
    thread = Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_second_fetch_is_a_304(
    watched: Watched, publisher: Publisher, clock: Clock, tmp_path: Path, suffix: str
) -> None:
    for title in TITLES:
        publisher.create("news", CHANNEL, {"title": title}, now=clock.now)
        clock.forward(minutes=1)
    config, data = tmp_path / "r2e.cfg", tmp_path / "r2e.json"
    (tmp_path / "mail").mkdir()
    config.write_text(CONFIG.format(folder=tmp_path / "mail"))

    def r2e(*words: str) -> list[str]:
        command = [sys.executable, "-c", R2E, "-c", config, "-d", data, *words]
        subprocess.run(command, check=True, timeout=60)
        return sorted(
            str(one["Subject"]) for one in Maildir(tmp_path / "mail" / "news")
        )

    r2e("add", "news", f"{watched.url}/news.{suffix}")
    first, second = r2e("run"), r2e("run")
    assert watched.statuses == [200, 304]
    assert len(first) == len(second) == len(TITLES)
