"""The calendar files that the installed icalendar brings with its own tests."""

import time
from datetime import datetime
from pathlib import Path

import icalendar
import pytest

from feeds import intake, tenancy
from feeds.importing import ics
from feeds.publish import Publisher
from feeds.store import Store

CORPUS = sorted(Path(icalendar.__file__).parent.rglob("*.ics"))


@pytest.fixture
def publisher(store: Store, now: datetime) -> Publisher:
    made = Publisher(store, "https://feeds.example.org")
    tenancy.create(made, {"slug": "stadt", "title": "Stadt"}, now=now)
    return made


def test_every_file_is_taken_in_or_refused_with_line_and_reason(
    publisher: Publisher, now: datetime
) -> None:
    assert len(CORPUS) > 100
    for path in CORPUS:
        began = time.process_time()
        calendar = ics.read(path.read_bytes(), timezone="Europe/Berlin")
        report = intake.take_in(
            publisher, "events", "stadt", calendar.items(), now=now, dry_run=True
        )
        assert time.process_time() - began < 2, path.name
        assert all(line >= 1 and reason for line, _, reason in report.refused)
        named = [said for said in report.repairs if not said.startswith("line ")]
        assert named == [], path.name


def test_every_file_that_is_imported_twice_changes_nothing(
    publisher: Publisher, now: datetime
) -> None:
    def take(path: Path) -> intake.Report:
        calendar = ics.read(path.read_bytes(), timezone="Europe/Berlin")
        return intake.take_in(publisher, "events", "stadt", calendar.items(), now=now)

    for path in CORPUS:
        first, second = take(path), take(path)
        assert (second.created, second.changed, second.refused) == (
            0,
            0,
            first.refused,
        ), path.name
