import json
from pathlib import Path

import pytest

from tests.cli.conftest import Feeds
from tests.importing.calendars import TIMES, vcalendar, vevent
from tests.importing.conftest import Origin

# As school holidays are published: no UID, VERSION, PRODID or VALUE=DATE, an end that
# equals its start, ends that look inclusive.
HOLIDAYS = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTAMP:20210101T000000Z
DTSTART:20210412
DTEND:20210417
SUMMARY:Fruehlingspause
END:VEVENT
BEGIN:VEVENT
DTSTAMP:20210101T000000Z
DTSTART:20210607
DTEND:20210607
SUMMARY:Brueckentag
END:VEVENT
END:VCALENDAR
"""
REPAIRS = """line 1: the calendar has no VERSION
line 1: the calendar has no PRODID
{ends}
line 2: no UID, made from the content
line 4: DTSTART is a date without VALUE=DATE, read as one
line 5: DTEND is a date without VALUE=DATE, read as one
line 8: no UID, made from the content
line 10: DTSTART is a date without VALUE=DATE, read as one
line 11: DTEND is a date without VALUE=DATE, read as one
"""
EXCLUSIVE = (
    "2 all-day ends were read as exclusive, and they look inclusive: if so, import"
    " again with --ends inclusive"
)


@pytest.fixture
def holidays(tmp_path: Path) -> Path:
    path = tmp_path / "holidays.ics"
    path.write_bytes(HOLIDAYS)
    return path


def spans(feeds: Feeds, channel: str) -> list[tuple[str, str | None]]:
    listed = json.loads(feeds("export", "events", "--channel", channel).stdout)
    return [(entry["start"], entry["end"]) for entry in listed["items"]]


def test_published_holidays_are_taken_in_and_repairs_said(
    feeds: Feeds, stadt: str, holidays: Path
) -> None:
    result = feeds("import", "events", holidays, "--channel", stadt)
    assert result.exit_code == 0
    assert result.stdout == (
        REPAIRS.format(ends=EXCLUSIVE)
        + "line 11: end equals start, read as one day\n"
        + "All of it was written.\n"
        + "2 created, 0 changed, 0 unchanged, 0 refused\n"
    )
    assert spans(feeds, stadt) == [("2021-04-12", "2021-04-17"), ("2021-06-07", None)]


def test_inclusive_ends_are_read_so_when_told(
    feeds: Feeds, stadt: str, holidays: Path
) -> None:
    more = ("--channel", stadt, "--ends", "inclusive")
    result = feeds("import", "events", holidays, *more)
    assert result.stdout == (
        REPAIRS.format(ends="2 all-day ends were read as inclusive")
        + "All of it was written.\n"
        + "2 created, 0 changed, 0 unchanged, 0 refused\n"
    )
    assert spans(feeds, stadt) == [("2021-04-12", "2021-04-18"), ("2021-06-07", None)]


def test_importing_twice_changes_nothing(
    feeds: Feeds, stadt: str, holidays: Path
) -> None:
    feeds("import", "events", holidays, "--channel", stadt)
    before = feeds("export", "events", "--channel", stadt).stdout
    again = feeds("import", "events", holidays, "--channel", stadt)
    assert again.stdout.splitlines()[-2:] == [
        "All of it was there already.",
        "0 created, 0 changed, 2 unchanged, 0 refused",
    ]
    assert feeds("export", "events", "--channel", stadt).stdout == before


def test_dry_run_says_what_would_happen_and_writes_nothing(
    feeds: Feeds, stadt: str, holidays: Path
) -> None:
    result = feeds("import", "events", holidays, "--channel", stadt, "--dry-run")
    assert (result.exit_code, result.stdout.splitlines()[-2:]) == (
        0,
        [
            "Dry run: nothing was written; this would happen.",
            "2 created, 0 changed, 0 unchanged, 0 refused",
        ],
    )
    assert spans(feeds, stadt) == []


GOOD = vevent(*TIMES)
BAD = vevent("DTSTART:20210706T093000", "DTEND:20210705T093000", "SUMMARY:B", uid="b")
REFUSED = (
    "line 14: refused: the end 2021-07-05T09:30 is not after the start"
    " 2021-07-06T09:30 (b)"
)


def test_merge_keeps_the_good_and_lists_the_bad(feeds: Feeds, stadt: str) -> None:
    data = vcalendar(*GOOD, *BAD)
    result = feeds("import", "events", "-", "--channel", stadt, stdin=data)
    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            REFUSED,
            "All but the refused ones were written.",
            "1 created, 0 changed, 0 unchanged, 1 refused",
        ],
    )
    assert len(spans(feeds, stadt)) == 1


def test_replace_is_all_or_nothing(feeds: Feeds, stadt: str) -> None:
    target = ("--channel", stadt, "--mode", "replace")
    old = vcalendar(*vevent(*TIMES, uid="old"))
    feeds("import", "events", "-", *target, stdin=old)
    result = feeds("import", "events", "-", *target, stdin=vcalendar(*GOOD, *BAD))
    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            REFUSED,
            "Nothing was written: replace is all or nothing.",
            "0 created, 0 changed, 0 unchanged, 0 removed, 1 refused",
        ],
    )
    result = feeds("import", "events", "-", *target, stdin=vcalendar(*GOOD))
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "The channel is as the file.",
            "1 created, 0 changed, 0 unchanged, 1 removed, 0 refused",
        ],
    )
    listed = json.loads(feeds("export", "events", "--channel", stadt).stdout)
    assert [entry["uid"] for entry in listed["items"]] == ["a-1"]


def test_what_the_schema_refuses_is_listed_too(feeds: Feeds, stadt: str) -> None:
    entries = [{"title": "A", "start": "2021-07-06"}, {"titel": "B", "start": "x"}]
    data = json.dumps(entries, indent=0).encode()
    result = feeds("import", "events", "-", "--channel", stadt, stdin=data)
    assert result.exit_code == 1
    refused, *rest = result.stdout.splitlines()
    assert refused.startswith("line 6: refused: ")
    assert [name in refused for name in ("titel", "start", "title")] == [True] * 3
    assert rest == [
        "All but the refused ones were written.",
        "1 created, 0 changed, 0 unchanged, 1 refused",
    ]


def test_broken_json_leaves_nothing(feeds: Feeds, stadt: str) -> None:
    data = b'[{"title": "A", "start": "2021-07-06"}, {"title"]'
    result = feeds("import", "events", "-", "--channel", stadt, stdin=data)
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        "Error: line 1, column 49: Expecting ':' delimiter\n",
    )
    assert spans(feeds, stadt) == []


@pytest.mark.parametrize(
    ("args", "stdin", "status", "sentence"),
    [
        (
            ("events", "-", "--channel", "nix"),
            HOLIDAYS,
            1,
            "Error: There is no channel 'nix'.",
        ),
        (
            ("events", "nix.ics", "--channel", "stadt"),
            None,
            2,
            "Error: Invalid value for FILE: there is no file 'nix.ics'",
        ),
        (
            ("places", "-", "--channel", "stadt"),
            HOLIDAYS,
            2,
            "Error: places come as JSON, and '-' is none.",
        ),
        (
            ("news", "-", "--channel", "stadt"),
            HOLIDAYS,
            1,
            "Error: this is a calendar and no feed: import it as events",
        ),
        (
            ("news", "-", "--channel", "stadt", "--ends", "inclusive"),
            b"<rss/>",
            2,
            "Error: --ends is for .ics files; JSON ends are exclusive.",
        ),
        (
            ("events", "-", "--channel", "stadt", "--ends", "inclusive"),
            b"[]",
            2,
            "Error: --ends is for .ics files; JSON ends are exclusive.",
        ),
        (
            ("events", "ftp://example.org/a.ics", "--channel", "stadt"),
            None,
            1,
            "Error: 'ftp://example.org/a.ics' is no web address: https:// or http://"
            " only",
        ),
        (
            ("events", "-", "--channel", "stadt"),
            b"<html>",
            1,
            "0 created, 0 changed, 0 unchanged, 1 refused",
        ),
    ],
)
def test_what_cannot_be_imported_is_one_sentence(
    feeds: Feeds,
    stadt: str,
    args: tuple[str, ...],
    stdin: bytes | None,
    status: int,
    sentence: str,
) -> None:
    result = feeds("import", *args, stdin=stdin)
    assert (result.exit_code, result.output.splitlines()[-1]) == (status, sentence)
    assert spans(feeds, stadt) == []


def test_private_address_is_refused_before_it_is_asked(
    feeds: Feeds, stadt: str, origin: Origin
) -> None:
    url = origin.say("/a.ics", HOLIDAYS)
    result = feeds("import", "events", url, "--channel", stadt)
    port = url.split(":")[2].split("/")[0]
    sentence = f"Error: '{url}': port {port} is not open to imports\n"
    assert (result.exit_code, result.output) == (1, sentence)
    assert origin.asked == []


def test_long_import_says_how_far_it_is(feeds: Feeds, stadt: str) -> None:
    events = [
        line
        for number in range(1001)
        for line in vevent(
            "DTSTART:20210706T093000", f"SUMMARY:{number}", uid=str(number)
        )
    ]
    data = vcalendar(*events)
    result = feeds("import", "events", "-", "--channel", stadt, "--dry-run", stdin=data)
    assert result.stderr == "1000 entries read\n"
