"""The sites of partners: whatever they answer, on an origin that is not ours.

`site` is on 127.0.0.1, these are on localhost: to a browser another site.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

from playwright.sync_api import Page
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response


class Hosts:
    """One server of a partner; each page gets a new address unless it asks for one."""

    def __init__(self) -> None:
        self._answers: dict[str, Response] = {}

        @Request.application
        def answer(request: Request) -> Response:
            return self._answers.get(request.path) or Response("", 204)

        self._server = make_server("127.0.0.1", 0, answer, threaded=True)
        self.origin = f"http://localhost:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever)
        self._thread.start()

    def page(
        self,
        html: str,
        headers: Mapping[str, str] | None = None,
        *,
        path: str = "",
        status: int = 200,
    ) -> str:
        """Return the address at which `html` is, with these headers."""
        path = path or f"/{len(self._answers)}"
        given = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
        self._answers[path] = Response(html, status, given)
        return self.origin + path

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def hosting() -> Iterator[Hosts]:
    """Run a partner's server of its own."""
    made = Hosts()
    yield made
    made.close()


def settle(page: Page) -> None:
    """Wait until everything has been laid out and told, twice over."""
    page.evaluate(
        """async () => { for (let turn = 0; turn < 20; turn++)
          await new Promise(done => requestAnimationFrame(done)); }"""
    )


def becomes(page: Page, is_so: Callable[[], bool]) -> bool:
    """Say whether something comes true within five seconds.

    A frame of another site has a process of its own: on a busy machine its word takes
    a while, however often the page around it has been laid out.
    """
    for _ in range(50):
        if is_so():
            return True
        page.wait_for_timeout(100)
    return False
