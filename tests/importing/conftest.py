"""A real server on this machine, plain or with a certificate."""

import shutil
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feeds.store import Store

# Made for these tests, with its key; nothing trusts it.
CERTIFICATE = Path(__file__).with_name("cal.example.org.pem")
BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@dataclass
class Origin:
    """A real server: `answers` are (status, headers, body) by path."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def say(
        self, path: str, body: bytes = BODY, status: int = 200, **headers: str
    ) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, named, body)
        return self.url + path


@contextmanager
def served(context: ssl.SSLContext | None = None) -> Iterator[Origin]:
    made = Origin()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers)))
            status, headers, body = made.answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: the tests look at `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def origin() -> Iterator[Origin]:
    """Return a server on this machine."""
    with served() as made:
        yield made


@pytest.fixture
def secure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Origin]:
    """Return a server on this machine that is certified as cal.example.org."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with served(context) as made:
        context.sni_callback = lambda _socket, name, _context: made.names.append(name)
        made.url = made.url.replace("http://127.0.0.1", "https://cal.example.org")
        yield made


@pytest.fixture
def copied(tmp_path: Path, sqlite_template: Path) -> Iterator[Callable[[], Store]]:
    """Return what makes one more empty store on SQLite."""
    made: list[Store] = []

    def copy() -> Store:
        path = shutil.copy(sqlite_template, tmp_path / f"copy-{len(made)}.sqlite3")
        made.append(Store(f"sqlite:///{path}"))
        return made[-1]

    yield copy
    for store in made:
        store.close()
