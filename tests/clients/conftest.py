"""One real service with the demo channel, shared by all the tests of this package."""

from collections.abc import Iterator

import pytest

from tests.clients.serving import Service, serving


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Return a running service that began with an empty data directory."""
    with serving(tmp_path_factory.mktemp("service") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def admin(service: Service) -> str:
    """Return a token for everything."""
    return service.token("admin")
