"""What was acknowledged survives a kill at any moment."""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

import pytest
import urllib3

from feeds.demo import CHANNEL
from tests.clients.serving import DATABASE, Service, copied
from tests.counts import count


@pytest.mark.counted
def test_no_acknowledged_event_is_lost_when_all_is_killed(
    service: Service, tmp_path: Path
) -> None:
    own = Service(copied(service.data_dir, tmp_path / "data"))
    acknowledged: list[str] = []
    chance = random.Random(7)
    own.start()
    token = own.token("admin")
    for _ in range(count(3, 100)):
        writer = Thread(target=write, args=(own, token, acknowledged))
        before = len(acknowledged)
        writer.start()
        while len(acknowledged) == before and writer.is_alive():
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.4))
        kill(own)
        writer.join()
        own.start()
    calendar = own.get(f"/{CHANNEL}/events.ics?all=1").data.decode()
    own.stop()

    assert len(acknowledged) >= count(3, 100)
    assert [uid for uid in acknowledged if f"UID:{uid}\r\n" not in calendar] == []
    assert loose_ends(own.data_dir / DATABASE) == []


def write(service: Service, token: str, acknowledged: list[str]) -> None:
    """Write events, one after the other, until nobody answers."""
    with suppress(urllib3.exceptions.HTTPError):
        while True:
            uid = f"e{len(acknowledged)}-{time.monotonic_ns()}"
            raw = {"uid": uid, "title": uid, "start": "2027-03-02T09:30"}
            answer = service.send("POST", f"/channels/{CHANNEL}/events", token, raw)
            assert answer.status == 201, answer.data
            acknowledged.append(uid)


def kill(service: Service) -> None:
    """Kill the server and its workers at once."""
    for pid in [service.process.pid, *service.workers]:
        os.kill(pid, signal.SIGKILL)
    service.ended()


def loose_ends(path: Path) -> list[str]:
    """Return what is broken or half-written in a database."""
    with closing(sqlite3.connect(path)) as database:
        (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
        half = database.execute(
            "SELECT uid FROM event WHERE id NOT IN (SELECT event_id FROM occurrence)"
            " OR id NOT IN (SELECT event_id FROM fragment WHERE format = 'ics')"
        ).fetchall()
    return [verdict] * (verdict != "ok") + [uid for (uid,) in half]
