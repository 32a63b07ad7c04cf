"""The locks: complete, hashed, in step with each other and with the known holes."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements", "requirements-build", "requirements-postgres")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)( ; .+)? \\$")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
# The first releases without a hole or a bug that concerns us.
FLOORS = {
    "gunicorn": (26, 1),
    "flask": (3, 1, 3),
    "werkzeug": (3, 1, 6),
    "jinja2": (3, 1, 6),
    "marshmallow": (4, 1, 2),
    "icalendar": (7, 3, 0),
    "lxml": (6, 1, 0),
    "urllib3": (2, 7, 0),
    "sqlalchemy": (2, 1),
}


def lines_of(name: str) -> list[str]:
    lines = (ROOT / f"{name}.txt").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def pins(name: str) -> set[tuple[str, str]]:
    found = map(PIN.match, lines_of(name))
    return {(match[1], match[2]) for match in found if match}


def wanted(name: str) -> set[str]:
    """Return the names that the .in file asks for."""
    lines = (ROOT / f"{name}.in").read_text().splitlines()
    found = (re.match(r"[a-z0-9-]+", line) for line in lines if line[:1].isalnum())
    return {match[0] for match in found if match}


@pytest.mark.parametrize("name", [*LOCKS, "requirements-dev"])
def test_a_lock_is_pins_and_hashes_alone(name: str) -> None:
    assert [
        line for line in lines_of(name) if not PIN.match(line) and not HASH.match(line)
    ] == []


@pytest.mark.parametrize("name", [*LOCKS, "requirements-dev"])
def test_a_lock_has_all_that_is_wanted(name: str) -> None:
    assert wanted(name)
    assert wanted(name) - {pinned for pinned, _ in pins(name)} == set()


@pytest.mark.parametrize("name", ["requirements", "requirements-postgres"])
def test_what_is_tested_is_what_runs(name: str) -> None:
    assert pins(name) - pins("requirements-dev") == set()


def test_no_release_below_its_floor_is_locked() -> None:
    versions = dict(pins("requirements"))
    assert {
        name: versions[name]
        for name, floor in FLOORS.items()
        if tuple(map(int, versions[name].split("."))) < floor
    } == {}
