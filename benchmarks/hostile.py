"""What the most hostile of the rules that we take costs, against a plain one."""

from collections.abc import Iterator
from typing import Any

from flask import Flask

from benchmarks import scene
from benchmarks.measure import Claim, seconds
from tests.hostile import ANSWERED, OLD, PLAIN, rule

WINDOWS = ("1900-01-01&to=1900-02-01", "2021-07-01&to=2021-08-01", "2199-01-01")
WEEKLY = rule("FREQ=WEEKLY", **OLD)


def rules(app: Flask) -> Iterator[Claim]:
    """Hostile rules, written and asked for three windows, against a weekly one."""
    costs(app, "warm", WEEKLY)
    plain = sorted(costs(app, f"plain-{n}", WEEKLY) for n in range(3))[1]
    took = {
        name: min(costs(app, f"hostile-{n}-{again}", raw) for again in range(2))
        for n, (name, raw) in enumerate(ANSWERED.items())
    }
    slowest = max(took, key=lambda name: took[name])
    yield Claim(
        f"the slowest of {len(took)} hostile rules, times the time of a weekly one",
        took[slowest] / plain,
        3,
        at_least=False,
        detail=f"{slowest}: {took[slowest] * 1000:.0f} ms"
        f" against {plain * 1000:.0f} ms",
    )


def costs(app: Flask, channel: str, raw: dict[str, Any]) -> float:
    """Return the seconds to write an event and to answer all windows."""
    scene.channel(app, channel)
    publisher, client = scene.publisher_of(app), app.test_client()

    def work() -> None:
        publisher.create("events", channel, PLAIN | raw, now=scene.NOW)
        for window in WINDOWS:
            answer = client.get(f"/{channel}/occurrences.json?from={window}")
            assert answer.status_code == 200

    return seconds(work)
