"""A service of our own on a free port, for a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server

from feeds import create_app
from feeds.store import Store
from tests.cast import Clock, settings_for


@contextmanager
def serving(home: Path, template: Path) -> Iterator[tuple[str, Flask]]:
    """Yield the address of an empty service in July 2021, and its application."""
    store = Store(f"sqlite:///{copy(template, home / 'feeds.sqlite3')}")
    # The port is known only then, and the application must know its own address.
    server = make_server("127.0.0.1", 0, Flask("nothing"), threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    changes = {"trusted_hosts": ("127.0.0.1",), "base_url": address}
    server.app = create_app(settings_for(store, home, **changes), clock=Clock())
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield address, server.app
    server.shutdown()
    thread.join()
    server.server_close()
    store.close()
