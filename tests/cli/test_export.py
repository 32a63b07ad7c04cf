import json
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.cli.conftest import Feeds

EVENTS = [
    {
        "uid": "kurs/1",
        "title": "Kurs",
        "description": "<p>Ein <strong>Kurs</strong></p>",
        "sessions": [{"start": "2021-07-06T09:30", "end": "2021-07-06T11:00"}],
    },
    {
        "uid": "reihe",
        "title": "Reihe",
        "start": "2021-07-06T09:30",
        "end": "2021-07-06T11:00",
        "rrule": "FREQ=WEEKLY;COUNT=4",
        "exdates": ["2021-07-13T09:30"],
        "overrides": [{"recurrence_id": "2021-07-20T09:30", "status": "cancelled"}],
        "location": {"name": "Haus", "latitude": 51.5, "longitude": 7.46},
    },
    {"uid": "entwurf", "title": "Entwurf", "start": "2021-07-06", "state": "draft"},
]
NEWS = [
    {
        "id": "n1",
        "title": "Neues",
        "content": "<p>Text</p>",
        "published_at": "2021-07-01T10:00:00Z",
        "sources": [{"text": "Amtsblatt", "retrieved_on": "2014-09-02"}],
    }
]
PLACES = [{"id": "p1", "title": "Haus", "latitude": 51.5, "longitude": 7.46}]
ENTRIES = {"events": EVENTS, "news": NEWS, "places": PLACES}


def taken_in(feeds: Feeds, noun: str, channel: str, entries: Any) -> None:
    data = json.dumps({"items": entries}).encode()
    result = feeds("import", noun, "-", "--channel", channel, stdin=data)
    count = f"{len(entries)} created, 0 changed, 0 unchanged, 0 refused"
    assert result.stdout.splitlines()[-1] == count


@pytest.mark.parametrize("noun", ["events", "news", "places"])
def test_export_import_export_is_identical(
    feeds: Feeds, stadt: str, noun: str, tmp_path: Path
) -> None:
    taken_in(feeds, noun, stadt, ENTRIES[noun])
    first = tmp_path / "first.json"
    result = feeds("export", noun, "--channel", stadt, first)
    assert (result.exit_code, result.output) == (0, "")
    feeds("channel", "create", "zwei", "--title", "Zwei")
    again = feeds("import", noun, first, "--channel", "zwei")
    count = f"{len(ENTRIES[noun])} created, 0 changed, 0 unchanged, 0 refused"
    assert again.stdout.splitlines()[-1] == count
    exported = feeds("export", noun, "--channel", "zwei").stdout
    assert exported == first.read_text(encoding="utf-8")
    unchanged = feeds("import", noun, first, "--channel", stadt)
    count = f"0 created, 0 changed, {len(ENTRIES[noun])} unchanged, 0 refused"
    assert unchanged.stdout.splitlines()[-1] == count


def test_empty_channel_is_an_empty_list(feeds: Feeds, stadt: str) -> None:
    assert feeds("export", "news", "--channel", stadt).stdout == '{"items": []}\n'


def test_all_pages_of_a_list_are_exported(feeds: Feeds, stadt: str) -> None:
    entries = [{"id": f"p{number}", "title": "Haus"} for number in range(201)]
    taken_in(feeds, "places", stadt, entries)
    listed = json.loads(feeds("export", "places", "--channel", stadt).stdout)["items"]
    assert [entry["id"] for entry in listed] == [entry["id"] for entry in entries]


def test_calendar_holds_what_is_public_and_comes_back(
    feeds: Feeds, stadt: str, tmp_path: Path
) -> None:
    taken_in(feeds, "events", stadt, EVENTS)
    path = tmp_path / "stadt.ics"
    assert feeds("export", "events", "--channel", stadt, path).exit_code == 0
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    titles = [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]
    assert sorted(set(titles)) == ["Abgesagt: Reihe", "Kurs", "Reihe"]
    feeds("channel", "create", "zwei", "--title", "Zwei")
    again = feeds("import", "events", path, "--channel", "zwei")
    assert again.stdout.splitlines() == [
        "All of it was written.",
        "2 created, 0 changed, 0 unchanged, 0 refused",
    ]
    listed = json.loads(feeds("export", "events", "--channel", "zwei").stdout)["items"]
    series = next(entry for entry in listed if entry["uid"] == "reihe")
    for name in ("start", "end", "rrule", "exdates", "overrides", "location"):
        original = next(entry for entry in EVENTS if entry["uid"] == "reihe")
        assert series[name] == original[name], name


@pytest.mark.parametrize(
    ("args", "status", "sentence"),
    [
        (
            ("news", "--channel", "stadt", "--format", "ics"),
            2,
            "Error: news can't be written as ics; use --format json.",
        ),
        (("news", "--channel", "nix"), 1, "Error: There is no channel 'nix'."),
        (
            ("events", "--channel", "stadt", "/nowhere/a.json"),
            2,
            "Error: There is no directory '/nowhere'.",
        ),
    ],
)
def test_what_cannot_be_exported_is_one_sentence(
    feeds: Feeds, stadt: str, args: tuple[str, ...], status: int, sentence: str
) -> None:
    result = feeds("export", *args)
    assert (result.exit_code, result.output.splitlines()[-1]) == (status, sentence)
