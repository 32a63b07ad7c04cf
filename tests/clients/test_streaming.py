"""A large calendar from the real server: whole, or seen to be broken."""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.clients.serving import Service, command, serving

CHANNEL, COUNT = "gross", 1500
PATH = f"/{CHANNEL}/events.ics?all=1"
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n"
EVENT = (
    "BEGIN:VEVENT\r\nUID:number-{0}\r\nDTSTAMP:20260101T120000Z\r\n"
    "DTSTART:20300101T090000Z\r\nSUMMARY:Number {0}\r\nDESCRIPTION:{1}\r\n"
    "END:VEVENT\r\n"
)
SPOILED = "UPDATE event SET start_local = NULL WHERE uid = 'number-1400'"
STALE = "UPDATE fragment SET digest = 'old' WHERE event_id = {0}"
SPOILED_ID = "(SELECT id FROM event WHERE uid = 'number-1400')"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("large")
    with serving(folder / "data") as running:
        yield filled(running, folder / "large.ics")


def filled(service: Service, file: Path) -> Service:
    """Import a channel of about 3 MB."""
    events = "".join(EVENT.format(number, "word " * 300) for number in range(COUNT))
    file.write_text(f"{CALENDAR}{events}END:VCALENDAR\r\n", newline="")
    for words in (
        ("channel", "create", CHANNEL, "--title", "Large", "--timezone", "UTC"),
        ("import", "events", str(file), "--channel", CHANNEL),
    ):
        done = command(service.data_dir, *words)
        assert done.returncode == 0, done.stderr
    return service


def asked(service: Service, encoding: str = "identity") -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", service.port, timeout=60)
    try:
        connection.request("GET", PATH, headers={"Accept-Encoding": encoding})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_large_calendar_is_whole_and_has_its_length(large: Service) -> None:
    response = large.get(PATH)
    assert response.headers["Content-Length"] == str(len(response.data))
    assert len(response.data) > 2 << 20
    assert response.data.count(b"BEGIN:VEVENT") == COUNT
    assert response.data.endswith(b"END:VCALENDAR\r\n")
    head = large.get(PATH, "HEAD")
    assert head.headers["Content-Length"] == str(len(response.data))


def test_event_that_cannot_be_rendered_is_left_out(large: Service) -> None:
    with large.store() as store:
        with store.writing() as session:
            session.execute(text(SPOILED))
            session.execute(text(STALE.format(SPOILED_ID)))
        status, body = asked(large)
        assert status == 200
        assert body.count(b"BEGIN:VEVENT") == COUNT - 1
        assert body.endswith(b"END:VCALENDAR\r\n")
