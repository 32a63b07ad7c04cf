"""The web server: gunicorn with the settings that this service was measured with.

Knows addresses, processes and signals, and nothing of what the application does.
"""

import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event, Thread
from typing import Any
from wsgiref.types import WSGIApplication

from gunicorn.app.base import BaseApplication
from gunicorn.errors import AppImportError, HaltServer

from feeds.config import Settings, variable
from feeds.errors import FeedsError, SettingError

MEMORY = Path("/dev/shm")  # noqa: S108 -- only gunicorn's heartbeat file goes there
# With what requests in flight may take, less than orchestrators wait.
CHORE_SECONDS = 4
Chore = Callable[[Event], None]
OPTIONS: Mapping[str, Any] = {
    "worker_class": "gthread",
    "preload_app": False,
    "timeout": 30,
    # Orchestrators kill after 30 s: what is in flight gets most of it.
    "graceful_timeout": 25,
    # Seconds; nginx as in docs/operations.md lets go of an idle connection first.
    "keepalive": 5,
    "limit_request_line": 8190,
    # Its default place is the home directory, which a container has not.
    "control_socket_disable": True,
    # No output depends on who asks through which proxy.
    "forwarded_allow_ips": "",
}


class Server(BaseApplication):
    """gunicorn around an application that each worker makes for itself."""

    def __init__(
        self,
        options: Mapping[str, Any],
        app_factory: Callable[[], WSGIApplication],
        chore: Chore | None,
    ) -> None:
        self._options = options
        self._app_factory = app_factory
        self._chore = chore
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        try:
            super().run()
        except HaltServer as exc:
            # While it halts for one worker that can't start, the next one ends too.
            sys.exit(exc.exit_status)

    def load(self) -> WSGIApplication:
        try:
            app = self._app_factory()
        except FeedsError as exc:
            # gunicorn prints this one without a traceback and stops.
            raise AppImportError(str(exc)) from exc
        if self._chore is not None:
            self._begin(self._chore)
        return app

    def _begin(self, chore: Chore) -> None:
        """Run a chore beside the worker; its end is told to it, and waited for."""
        is_over = Event()
        thread = Thread(target=chore, args=(is_over,), name="chore", daemon=True)
        thread.start()

        def end(_arbiter: object, _worker: object) -> None:
            is_over.set()
            thread.join(CHORE_SECONDS)

        self.cfg.set("worker_exit", end)


def serve(
    settings: Settings,
    app_factory: Callable[[], WSGIApplication],
    announce: Callable[[], None] = lambda: None,
    chore: Chore | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; requests in flight get 25 seconds to end.

    Each worker process calls `app_factory` after the fork, so that no connection to the
    database is shared; the caller closes its own before. Calls `announce` once the
    address is ours. Raises SettingError when it can't be had. Each worker runs `chore`
    in a thread of its own until the event that it gets is set; what takes longer to end
    is cut off.
    """
    listener = _listener(settings.host, settings.port)
    announce()
    options = {
        **OPTIONS,
        "bind": f"fd://{listener.detach()}",
        "workers": settings.workers,
        "threads": settings.threads,
        "loglevel": settings.log_level,
    }
    if os.access(MEMORY, os.W_OK):
        options["worker_tmp_dir"] = str(MEMORY)
    Server(options, app_factory, chore).run()


def _listener(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address: gunicorn would try five times, and log."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as exc:
        sentence = f"{host!r} is no address of this machine"
        raise SettingError.of(variable("host"), sentence) from exc
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as exc:
        listener.close()
        reason = (exc.strerror or str(exc)).lower()
        sentence = f"can't listen at {host} port {port}: {reason}"
        raise SettingError.of(variable("port"), sentence) from exc
    return listener
