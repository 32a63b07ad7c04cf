"""The service as a process: its workers, its restarts, its end, and why it won't start.

What does not need the whole service is in tests/test_server.py.
"""

import json
import socket
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest

from feeds.demo import CHANNEL
from tests.clients.serving import (
    DATABASE,
    Service,
    command,
    copied,
    free_port,
    lasting,
    serving,
)

PATHS = [
    "/",
    f"/{CHANNEL}",
    f"/{CHANNEL}/events",
    f"/{CHANNEL}/events.ics",
    f"/{CHANNEL}/events.ics?all=1",
    f"/{CHANNEL}/events.rss",
    f"/{CHANNEL}/events.atom",
    f"/{CHANNEL}/events.json",
    f"/{CHANNEL}/events/fachtag-2021",
    f"/{CHANNEL}/events/fachtag-2021.ics",
    f"/{CHANNEL}/events/fachtag-2021.json",
    f"/{CHANNEL}/news",
    f"/{CHANNEL}/news.rss",
    f"/{CHANNEL}/news.atom",
    f"/{CHANNEL}/news.json",
    f"/{CHANNEL}/news/dortmund-kekiz",
    f"/{CHANNEL}/news/dortmund-kekiz.json",
    f"/embed/{CHANNEL}/month?month=2021-07",
    "/api/openapi.json",
    "/api/docs",
]
ZIPPED = [f"/{CHANNEL}/events", f"/{CHANNEL}/events.ics", f"/{CHANNEL}/news.atom"]
REQUESTS = [(path, "identity") for path in PATHS] + [(path, "gzip") for path in ZIPPED]
WITHOUT_VALIDATORS = {"/api/openapi.json", "/api/docs"}

# Status, headers, and the digest of the body: a difference stays readable.
Answer = tuple[int, dict[str, str], str]


@pytest.fixture(scope="module")
def own(
    service: Service, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """Return a second service on a copy of the data, under the same base URL."""
    data_dir = copied(service.data_dir, tmp_path_factory.mktemp("own") / "data")
    with serving(data_dir, FEEDS_BASE_URL=service.base_url) as running:
        yield running


def answers(service: Service) -> dict[tuple[str, str], Answer]:
    """Return what each address answers, plain and compressed."""
    found = {}
    for path, encoding in REQUESTS:
        response = service.get(path, **{"Accept-Encoding": encoding})
        digest = sha256(response.data).hexdigest()
        found[path, encoding] = (response.status, lasting(response), digest)
    return found


def test_all_workers_answer_the_same(service: Service) -> None:
    first, second = service.workers
    with service.only(first):
        by_first = answers(service)
    with service.only(second):
        by_second = answers(service)
    assert by_first == by_second
    assert {status for status, _, _ in by_first.values()} == {200}
    validated = {
        path
        for (path, _), (_, headers, _) in by_first.items()
        if {"etag", "last-modified"} <= set(headers)
    }
    assert validated == set(PATHS) - WITHOUT_VALIDATORS


def test_another_process_on_the_same_data_answers_the_same(
    service: Service, own: Service
) -> None:
    assert answers(own) == answers(service)


def test_what_one_worker_writes_all_of_them_serve_at_once(own: Service) -> None:
    token, (first, second) = own.token("write"), own.workers
    api, path = f"/channels/{CHANNEL}/events", f"/{CHANNEL}/events.ics"
    event = {"uid": "neu", "title": "Eben erst", "start": "2030-01-01"}
    seen = []
    for writer, other, method, match in (
        (first, second, "POST", ""),
        (second, first, "PATCH", '"0"'),
        (first, second, "DELETE", '"1"'),
    ):
        with own.only(other):
            seen.append(own.get(path))
        with own.only(writer):
            raw = {"POST": event, "PATCH": {"title": "Geändert"}}.get(method)
            address = api if method == "POST" else f"{api}/neu"
            headers = {"If-Match": match} if match else {}
            assert own.send(method, address, token, raw, **headers).status < 300
        with own.only(other):
            seen.append(own.get(path))
    titles = ["", "Eben erst", "Eben erst", "Geändert", "Geändert", ""]
    texts = [response.data.decode() for response in seen]
    shown = [
        {one for one in ("Eben erst", "Geändert") if one in text} for text in texts
    ]
    assert shown == [{title} - {""} for title in titles]
    etags = [response.headers["ETag"] for response in seen]
    dates = [parsedate_to_datetime(one.headers["Last-Modified"]) for one in seen]
    assert etags[1:-1:2] == etags[2:-1:2]
    assert len(set(etags)) == 4
    assert dates == sorted(dates)
    assert len(set(dates)) == 4


def test_a_restart_changes_nothing(own: Service) -> None:
    before = answers(own)
    assert own.stop() == 0
    own.start()
    assert answers(own) == before


def test_a_write_in_flight_ends_before_the_service_does(own: Service) -> None:
    token = own.token("write")
    body = json.dumps({"title": "Im letzten Augenblick", "start": "2021-08-03"})
    connection = HTTPConnection("127.0.0.1", own.port, timeout=30)
    connection.putrequest("POST", f"/api/v1/channels/{CHANNEL}/events")
    connection.putheader("Authorization", f"Bearer {token}")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(len(body)))
    connection.putheader("Expect", "100-continue")
    connection.endheaders()
    # The worker says so when the request has begun, and waits for its body.
    assert connection.sock.recv(4096).startswith(b"HTTP/1.1 100 ")
    own.end()
    connection.send(body.encode())
    response = connection.getresponse()
    written = json.loads(response.read())
    connection.close()
    assert response.status == 201
    assert own.ended() == 0
    own.start()
    page = f"/{CHANNEL}/events/{written['slug']}"
    assert own.get(page).status == 200


@pytest.fixture
def taken() -> Iterator[int]:
    """Return a port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def refused(data_dir: Path, **changes: str) -> str:
    """Return the one sentence with which the service refuses to start."""
    done = command(data_dir, "run", **changes)
    assert (done.returncode, done.stdout.count("\n")) == (1, 0)
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    return str(done.stderr).removeprefix("Error: ").strip()


def test_a_database_without_its_directory(tmp_path: Path) -> None:
    database = tmp_path / "nowhere" / DATABASE
    sentence = refused(tmp_path, FEEDS_DATABASE_URL=f"sqlite:///{database}")
    assert str(database.parent) in sentence


def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_text("no database at all\n" * 99)
    sentence = refused(tmp_path)
    assert sentence == "The database can't be used: file is not a database."


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    url = f"postgresql://feeds:secret@127.0.0.1:{free_port()}/feeds"
    sentence = refused(tmp_path, FEEDS_DATABASE_URL=url)
    assert "secret" not in sentence


@pytest.mark.parametrize("url", ["mysql://localhost/feeds", "feeds.db"])
def test_a_wrong_database_url(tmp_path: Path, url: str) -> None:
    sentence = refused(tmp_path, FEEDS_DATABASE_URL=url)
    assert sentence.startswith("FEEDS_DATABASE_URL: ")


def test_an_unknown_setting(tmp_path: Path) -> None:
    sentence = refused(tmp_path, FEEDS_BASEURL="https://termine.example")
    assert sentence == (
        "FEEDS_BASEURL is not a setting of this service; did you mean FEEDS_BASE_URL?"
    )


def test_a_port_in_use(service: Service, tmp_path: Path) -> None:
    done = command(tmp_path, "run", PORT=str(service.port))
    assert done.returncode == 1
    assert done.stderr == (
        f"Error: PORT: can't listen at 127.0.0.1 port {service.port}:"
        " address already in use\n"
    )
