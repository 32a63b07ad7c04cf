"""A small WebSub hub and a subscriber, as real servers on this machine."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import urllib3

SECONDS = 60
CHALLENGE = "a1b2c3"


@dataclass
class _Served:
    """What a server has come to know; `changed` tells who waits for it."""

    url: str = ""
    changed: threading.Condition = field(default_factory=threading.Condition)

    def wait(self, is_there: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(is_there, SECONDS), self

    def note(self, row: list[Any], value: object) -> None:
        with self.changed:
            row.append(value)
            self.changed.notify_all()


@dataclass
class Hub(_Served):
    """Takes pings and subscriptions; fetches what changed, and delivers it.

    `answers` are the statuses of the next pings, 202 when there are none; `headers` go
    with them. `gate` lets pings through. `asked` are the paths of all requests.
    """

    pinged: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    callbacks: dict[str, str] = field(default_factory=dict)
    gate: threading.Event = field(default_factory=threading.Event)

    def take(self) -> list[str]:
        """Return the topics of the pings since the last call, in order of names."""
        taken, self.pinged = sorted(self.pinged), []
        return taken

    def publish(self, form: dict[str, str]) -> tuple[int, Callable[[], None]]:
        self.note(self.pinged, form["hub.url"])
        self.note(self.forms, form)
        self.gate.wait(SECONDS)
        status = self.answers.pop(0) if self.answers else 202
        return status, lambda: self._deliver(form["hub.url"])

    def _deliver(self, topic: str) -> None:
        callback = self.callbacks.get(topic)
        if callback is None:
            return
        found = urllib3.request("GET", topic, retries=False)
        given = {"Content-Type": found.headers["Content-Type"]}
        given["Link"] = f'<{self.url}/>; rel="hub", <{topic}>; rel="self"'
        urllib3.request("POST", callback, body=found.data, headers=given)

    def subscribe(self, form: dict[str, str]) -> tuple[int, Callable[[], None]]:
        """Take a subscription once its callback has confirmed it (WebSub §5.3)."""
        topic, callback = form["hub.topic"], form["hub.callback"]
        asked = {"hub.mode": "subscribe", "hub.topic": topic}
        query = urlencode(asked | {"hub.challenge": CHALLENGE})

        def verify() -> None:
            answer = urllib3.request("GET", f"{callback}?{query}")
            if (answer.status, answer.data) == (200, CHALLENGE.encode()):
                with self.changed:
                    self.callbacks[topic] = callback
                    self.changed.notify_all()

        return 202, verify


@dataclass
class Subscriber(_Served):
    """Has asked for one topic, and keeps what it is given."""

    topic: str = ""
    received: list[tuple[str, bytes]] = field(default_factory=list)

    def ask(self, hub: Hub, topic: str) -> None:
        """Subscribe, and return when the hub has been told that it is meant."""
        self.topic = topic
        form = {"hub.mode": "subscribe", "hub.topic": topic}
        form["hub.callback"] = f"{self.url}/callback"
        answer = urllib3.request("POST", hub.url, body=urlencode(form))
        assert answer.status == 202
        hub.wait(lambda: topic in hub.callbacks)


@contextmanager
def hub_served(port: int = 0) -> Iterator[Hub]:
    hub = Hub()
    hub.gate.set()

    class Handler(_Handler):
        def do_POST(self) -> None:
            form = dict(parse_qsl(self.body().decode()))
            hub.note(hub.asked, self.path)
            acts = {"publish": hub.publish, "subscribe": hub.subscribe}
            status, then = acts[form["hub.mode"]](form)
            self.answer(status, hub.body, **hub.headers)
            if status == 202:
                then()

    with _serving(Handler, port) as hub.url:
        yield hub


@contextmanager
def subscriber_served() -> Iterator[Subscriber]:
    subscriber = Subscriber()

    class Handler(_Handler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            meant = query["hub.topic"] == [subscriber.topic]
            self.answer(200 if meant else 404, query["hub.challenge"][0].encode())

        def do_POST(self) -> None:
            body, link = self.body(), self.headers["Link"]
            self.answer(204)
            subscriber.note(subscriber.received, (link, body))

    with _serving(Handler, 0) as subscriber.url:
        yield subscriber


class _Handler(BaseHTTPRequestHandler):
    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # nobody has to read it to its end
            self.wfile.write(body)
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at what was noted."""


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler], port: int) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
