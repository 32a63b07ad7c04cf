"""What calendar programs make of one calendar: instants by UID, each in its own way.

An instant is the date of an all-day occurrence, else its start in UTC.
"""

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped] # has no types
import vobject  # type: ignore[import-untyped] # has no types
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from vdirsyncer.vobject import Item, split_collection  # type: ignore[import-untyped]

BERLIN = ZoneInfo("Europe/Berlin")
BIN = Path(sys.executable).parent

Instant = tuple[str, date]

KHAL = """
[calendars]
[[demo]]
path = {home}/vdir
readonly = True
[sqlite]
path = {home}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
"""
VDIRSYNCER = """
[general]
status_path = "{home}/status"
[pair demo]
a = "local"
b = "remote"
collections = null
[storage local]
type = "filesystem"
path = "{home}/vdir"
fileext = ".ics"
[storage remote]
type = "http"
url = "{url}"
"""


class Window(NamedTuple):
    """The days [since, until) in the channel's zone."""

    since: date
    until: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        return midnight(self.since), midnight(self.until)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BERLIN)


def instant(start: date | datetime) -> date:
    return start.astimezone(UTC) if isinstance(start, datetime) else start


def by_ical(raw: bytes, window: Window) -> set[Instant]:
    calendar = IcsCalendarStream.calendar_from_ics(raw.decode())
    found = calendar.timeline_tz(BERLIN).overlapping(*window.moments)
    return {(event.uid, instant(event.dtstart)) for event in found}


def by_recurring_ical_events(raw: bytes, window: Window) -> set[Instant]:
    found = recurring_ical_events.of(Calendar.from_ical(raw)).between(*window.moments)
    return {(str(event["UID"]), instant(event.start)) for event in found}


def by_vobject(raw: bytes, window: Window) -> set[Instant]:
    """vobject expands a rule and its EXDATEs; overrides are the caller's work."""
    ends: dict[Instant, date] = {}
    for event in vobject.readOne(raw.decode()).vevent_list:
        uid, first = event.uid.value, event.dtstart.value
        length = event.dtend.value - first if hasattr(event, "dtend") else timedelta()
        rules = event.getrruleset(addRDate=True)
        if hasattr(event, "recurrence_id"):
            ends.pop((uid, instant(event.recurrence_id.value)), None)
            rules = None
        for start in takewhile(lambda one: _is_before(one, window), rules or [first]):
            ends[uid, instant(start)] = instant(start + length)
    return {one for one, end in ends.items() if _touches(one[1], end, window)}


def _is_before(start: date, window: Window) -> bool:
    if isinstance(start, datetime):
        return start < window.moments[1]
    return start < window.until


def _touches(start: date, end: date, window: Window) -> bool:
    since = window.moments[0] if isinstance(start, datetime) else window.since
    return end > since or start >= since


class Vdir:
    """A directory that vdirsyncer fills from a URL, and that khal shows."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        (home / "vdir").mkdir()
        (home / "khal.conf").write_text(KHAL.format(home=home))
        (home / "vdirsyncer.conf").write_text(VDIRSYNCER.format(home=home, url=url))
        self._run("vdirsyncer", "discover", answers="y\n" * 9)

    def sync(self) -> str:
        """Return what vdirsyncer says it did."""
        return self._run("vdirsyncer", "sync")

    @property
    def items(self) -> dict[str, bytes]:
        """The files by the UID in them."""
        files = sorted((self.home / "vdir").glob("*.ics"))
        found = {Item(path.read_text()).uid: path.read_bytes() for path in files}
        assert len(found) == len(files)
        return found

    def listing(self, window: Window) -> dict[date, set[Instant]]:
        """Return what khal lists on each day of a window, by the UIDs of the files."""
        days = (window.until - window.since).days
        fields = ("uid", "start-long", "all-day")
        shown = self._run(
            "khal",
            "list",
            "--day-format",
            "# {date-long}",
            "--format",
            json.dumps([f"{{{name}}}" for name in fields]),
            str(window.since),
            f"{days}d",
        )
        found: dict[date, set[Instant]] = {}
        for line in shown.splitlines():
            if line.startswith("# "):
                day = found.setdefault(date.fromisoformat(line[2:]), set())
            else:
                uid, start, all_day = json.loads(line)
                day.add((uid, _local(start[:10] if all_day == "True" else start)))
        return found

    def _run(self, name: str, *words: str, answers: str = "") -> str:
        done = subprocess.run(
            [BIN / name, "-c", self.home / f"{name}.conf", *words],
            env={"HOME": str(self.home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
            input=answers,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)


def _local(text: str) -> date:
    if "T" not in text:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def uids_by_hash(raw: bytes) -> dict[str, str]:
    """Return the UIDs of a calendar by what vdirsyncer calls its items."""
    items = [Item(text) for text in split_collection(raw.decode())]
    return {item.hash: item.uid for item in items}
