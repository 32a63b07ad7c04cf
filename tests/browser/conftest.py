"""The demo channel on a server of our own, for a real browser."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from feeds import create_app, demo
from feeds.store import Store
from tests.browser.hosts import Hosts, hosting
from tests.cast import Clock, publisher_of, settings_for


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[str]:
    """Return the address of the demo, as it is in July 2021."""
    home = tmp_path_factory.mktemp("site")
    store = Store(f"sqlite:///{copy(sqlite_template, home / 'feeds.sqlite3')}")
    # The port is known only then, and the application must know its own address.
    server = make_server("127.0.0.1", 0, Flask("nothing"), threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    changes = {"trusted_hosts": ("127.0.0.1",), "base_url": address}
    server.app = create_app(settings_for(store, home, **changes), clock=Clock())
    demo.load(publisher_of(server.app), Clock().now)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()
    store.close()


@pytest.fixture(scope="session")
def hosts() -> Iterator[Hosts]:
    """Return the server of a partner: `hosts.page(html, headers)` is an address."""
    with hosting() as made:
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a partner's visitor; it keeps what has gone wrong."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(10_000)
    made = context.new_page()
    yield made
    context.close()


@pytest.fixture
def wrongs(page: Page) -> list[str]:
    """Return what the console complains of, and every error nobody has caught."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found
