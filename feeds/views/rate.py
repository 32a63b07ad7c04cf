"""How many changes a token may make: `FEEDS_WRITE_RATE`, such as `60/minute`.

The count of the running window stands in a small file per token beside the data, so
that all workers of a machine count together. Without the setting nothing is counted.
"""

import fcntl
from datetime import datetime
from pathlib import Path

from feeds.errors import TooMany

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
DIRECTORY = "rates"


def spend(data_dir: Path, rate: str, name: str, now: datetime) -> None:
    """Count one change under a name; raises TooMany when the window is full.

    Windows follow one another without a gap, counted from the epoch.
    """
    most, _, unit = rate.partition("/")
    length, moment = SECONDS[unit], int(now.timestamp())
    window = moment // length
    if _counted(data_dir / DIRECTORY / name, window) > int(most):
        wait = (window + 1) * length - moment
        raise TooMany(
            f"More than {most} changes in a {unit}: wait {wait} seconds.", wait
        )


def _counted(path: Path, window: int) -> int:
    """Return the count of the window, this change included."""
    path.parent.mkdir(exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        before, _, count = file.read().partition(" ")
        total = int(count) + 1 if before == str(window) else 1
        file.truncate(0)
        file.write(f"{window} {total}")
    return total
