"""The demo channel on a server of our own, for a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from feeds import demo
from tests.browser.attack import attacked_service
from tests.browser.hosts import Hosts, hosting
from tests.browser.sites import serving
from tests.cast import Clock, publisher_of


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[str]:
    """Return the address of the demo, as it is in July 2021."""
    home = tmp_path_factory.mktemp("site")
    with serving(home, sqlite_template) as (address, app):
        demo.load(publisher_of(app), Clock().now)
        yield address


@pytest.fixture(scope="session")
def attacked(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[str]:
    """Return the address of a service in which every text is hostile."""
    home = tmp_path_factory.mktemp("attacked")
    with attacked_service(home, sqlite_template) as address:
        yield address


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
