"""The README's own commands, typed into a shell beside a running service."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.config import ROOT
from tests.clients.serving import Service, command, copied, environ

BLOCKS = re.findall(r"```sh\n(.+?)```", (ROOT / "README.md").read_text(), re.DOTALL)
HOLIDAYS = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20270329
DTEND:20270410
SUMMARY:Osterferien
END:VEVENT
END:VCALENDAR
"""


def block(first_words: str) -> str:
    (found,) = [text for text in BLOCKS if text.startswith(first_words)]
    return str(found).replace(".venv/bin/python", sys.executable)


def typed(text: str, data_dir: Path, port: int) -> str:
    """Run a block in a shell, and return what it printed; it must not fail."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text],
        cwd=ROOT,
        env=environ(data_dir, PORT=str(port)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def own(
    service: Service, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """Return a service on a copy of the demo, whose writes nobody else sees."""
    data_dir = copied(service.data_dir, tmp_path_factory.mktemp("readme") / "data")
    running = Service(data_dir)
    running.start()
    yield running
    running.stop()


def test_first_event_is_in_the_calendar(own: Service, tmp_path: Path) -> None:
    typed(block(".venv/bin/python -m feeds channel create"), own.data_dir, own.port)
    (tmp_path / "holidays.ics").write_text(HOLIDAYS)
    taking_in = block(".venv/bin/python -m feeds import events")
    said = typed(
        taking_in.replace("holidays.ics", str(tmp_path / "holidays.ics")),
        own.data_dir,
        own.port,
    )
    calendar = own.get("/stadt/events.ics").data.decode()

    assert "line 2:" in said
    assert "SUMMARY:Elterncafé" in calendar
    assert "SUMMARY:Osterferien" in calendar
    assert "RRULE:FREQ=WEEKLY;COUNT=10" in calendar


def test_two_commands_are_all_there_is_to_start() -> None:
    assert BLOCKS[0] == "make serve\n"
    assert BLOCKS[1] == "make test\n"


def test_shown_widget_is_there(service: Service) -> None:
    text = (ROOT / "README.md").read_text()
    (source,) = re.findall(r'<iframe src="http://127.0.0.1:8000(/[^"]+)"', text)
    parameters = re.findall(r"`\?([a-z]+=[^`]+)`", text)

    assert service.get(source).status == 200
    for parameter in [one for one in parameters if "…" not in one]:
        assert service.get(f"{source}?{parameter}").status == 200, parameter


def test_a_command_without_arguments_explains_itself(tmp_path: Path) -> None:
    assert "Usage: python -m feeds" in command(tmp_path, "--help").stdout
