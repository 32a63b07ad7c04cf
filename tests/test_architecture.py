"""Holds the arrows: what may know what. Each rule is shown to be able to fail, too."""

from pathlib import Path

import pytest

from tests import architecture as rules
from tests.source import Module, find_cycle, modules

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def house() -> list[Module]:
    return modules(ROOT)


def sources_of(*patterns: str) -> dict[str, str]:
    paths = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text()
        for path in paths
        if path.is_file()
    }


def test_every_room_has_a_floor(house: list[Module]) -> None:
    assert rules.homeless(house) == []


def test_imports_go_down(house: list[Module]) -> None:
    assert rules.upward(rules.graph_of(house)) == []


def test_imports_make_no_cycle(house: list[Module]) -> None:
    assert find_cycle(rules.graph_of(house)) == []


def test_imports_are_absolute(house: list[Module]) -> None:
    assert rules.relative(house) == []


def test_one_library_has_one_room(house: list[Module]) -> None:
    assert rules.misplaced(house) == []


def test_no_clock_is_read_below_the_doors(house: list[Module]) -> None:
    assert rules.clocks(house) == []


def test_calendars_are_read_in_one_room(house: list[Module]) -> None:
    assert rules.calendar_readers(house) == []


def test_files_are_short() -> None:
    sources = sources_of(
        "*.py", "feeds/**/*.py", "tests/**/*.py", "benchmarks/**/*.py"
    ) | sources_of("feeds/templates/**/*")
    # A migration is one step, however many tables it makes, and is never read again.
    kept = {k: v for k, v in sources.items() if "migrations/versions/" not in k}
    assert rules.too_long(kept) == []


def test_templates_escape() -> None:
    sources = sources_of("feeds/templates/**/*")
    assert rules.unsafe(sources) == []
    # No explanation outlives what it explains.
    assert {path for path, _ in rules.SAFE} - sources.keys() == set()


def test_no_link_comes_from_the_request() -> None:
    assert rules.external(sources_of("feeds/templates/**/*", "feeds/**/*.py")) == []


def sample(**sources: str) -> list[Module]:
    """Return modules of a made-up house; `a__b` stands for the name a.b."""
    return [Module.parse(k.replace("__", "."), v) for k, v in sources.items()]


def test_the_floor_rule_can_fail() -> None:
    assert rules.homeless(sample(feeds__times="", feeds__attic="")) == [
        "feeds.attic has no floor"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "from feeds.publish import create",
        "from feeds import publish",
        "import feeds.publish as p",
        "def f():\n    from feeds.publish import create",
        "if TYPE_CHECKING:\n    from feeds.publish import create",
    ],
)
def test_the_arrow_rule_can_fail(line: str) -> None:
    house = sample(feeds="", feeds__publish="", feeds__store__events=line)
    assert [
        found for found in rules.upward(rules.graph_of(house)) if "publish" in found
    ] == ["feeds.store.events (floor 2) imports feeds.publish"]


def test_the_strangers_rule_can_fail() -> None:
    house = sample(
        feeds__store="", feeds__schemas__event="from feeds.store import Store"
    )
    assert rules.upward(rules.graph_of(house)) == [
        "feeds.schemas.event (floor 2) imports feeds.store"
    ]


def test_the_cycle_rule_can_fail() -> None:
    house = sample(
        feeds__text="from feeds import times", feeds__times="import feeds.text"
    )
    assert find_cycle(rules.graph_of(house)) == [
        "feeds.text",
        "feeds.times",
        "feeds.text",
    ]


def test_the_relative_rule_can_fail() -> None:
    house = sample(feeds__text="from .times import UTC")
    assert rules.relative(house) == ["feeds.text imports .times.UTC"]


@pytest.mark.parametrize(
    "line", ["import sqlalchemy as sa", "from sqlalchemy.orm import Session"]
)
def test_the_library_rule_can_fail(line: str) -> None:
    house = sample(feeds__publish=line, feeds__store__engine=line)
    assert rules.misplaced(house) == ["feeds.publish imports sqlalchemy"]
    assert rules.misplaced(
        sample(feeds="import flask", feeds__text="import flask")
    ) == ["feeds.text imports flask"]


@pytest.mark.parametrize(
    "code",
    [
        "import datetime\nx = datetime.datetime.now()",
        "import datetime as dt\nx = dt.datetime.now(dt.UTC)",
        "from datetime import datetime\nx = datetime.utcnow()",
        "from datetime import datetime as D\nx = map(D.now, [])",
        "from datetime import date\nx = date.today()",
        "import time as clock\nx = clock.time()",
        "from time import time\nx = time()",
        "from sqlalchemy import func\nx = func.now()",
    ],
)
def test_the_clock_rule_can_fail(code: str) -> None:
    assert len(rules.clocks(sample(feeds__text=code))) == 1
    assert rules.clocks(sample(feeds__cli=code, feeds__views__http=code)) == []


def test_the_clock_rule_lets_values_pass() -> None:
    code = (
        "from datetime import datetime\ndef f(now):\n    return now, datetime(1, 1, 1)"
    )
    assert rules.clocks(sample(feeds__text=code)) == []


def test_the_calendar_rule_can_fail() -> None:
    code = "from icalendar import Calendar as C\nC.from_ical(b'')"
    house = sample(feeds__importing__ics=code, feeds__publish=code)
    assert rules.calendar_readers(house) == [
        "feeds.publish:2 calls icalendar.Calendar.from_ical"
    ]


def test_the_length_rule_can_fail() -> None:
    sources = {"a.py": "x\n" * 300, "b.py": "x\n" * 301}
    assert rules.too_long(sources) == ["b.py has 301 lines"]


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ a|safe }}", "a"),
        ("{{ a.b | safe }}", "a.b"),
        ("{% autoescape false %}", "autoescape false"),
    ],
)
def test_the_escaping_rule_can_fail(source: str, printed: str) -> None:
    assert rules.unsafe({"a.html": source, "b.html": "{{ a }} is safe"}) == [
        f"a.html prints {printed} as it is"
    ]


@pytest.mark.parametrize(
    "source", ["url_for('x', _external=True)", "request.host_url", "request.url_root"]
)
def test_the_link_rule_can_fail(source: str) -> None:
    assert rules.external({"a.py": source, "b.py": "url_for('x')"}) == [
        "a.py builds a link from the Host header"
    ]
