"""A calendar of 100,000 events, all of it: when it begins, and what memory it takes."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask

from benchmarks import scene
from benchmarks.measure import Claim, in_turn

CHANNEL = "large"
PATH = f"/{CHANNEL}/events.ics?all=1"


def first_byte(app: Flask) -> bytes:
    """Ask for all, and hang up after the first piece."""
    response = app.test_client().get(PATH, buffered=False)
    assert response.status_code == 200
    first = next(response.iter_encoded())
    response.close()
    return first


def calendar(app: Flask, baseline: Callable[[], object]) -> Iterator[Claim]:
    """Measure the channel that is there; `baseline` builds 1,000 events."""
    ours, theirs = in_turn(lambda: first_byte(app), baseline, runs=9)
    yield Claim(
        "the first byte of 100,000 events, share of icalendar's time for 1,000",
        ours / theirs,
        0.2,
        at_least=False,
        detail=f"{ours * 1000:.0f} ms against {theirs * 1000:.0f} ms",
    )
    folder = app.extensions["feeds"].settings.data_dir
    command = [sys.executable, "-m", "benchmarks", "growth", str(folder)]
    out = subprocess.run(command, check=True, capture_output=True, text=True)
    growth, size = map(float, out.stdout.split())
    yield Claim(
        "MiB that a worker grows by while it serves them",
        growth,
        64,
        at_least=False,
        detail=f"{size:.0f} MB served",
    )


def report_growth(folder: str) -> None:
    """Print by how much serving all makes this process grow, in MiB, and the MB."""
    app = scene.app_in(Path(folder))
    app.test_client().get(f"/{CHANNEL}/events.ics?from=2026-07-08&to=2026-07-09")
    before = most()
    size = 0
    with app.test_client().get(PATH, buffered=False) as response:
        for part in response.iter_encoded():
            size += len(part)
    assert size == response.content_length
    print(most() - before, size / 1e6)


def most() -> float:
    """Return the most memory that this process ever had, in MiB.

    getrusage would count what the parent had before it started us.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
