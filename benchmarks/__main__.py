"""`make bench`: every speed and size that we claim, measured against a baseline."""

import gzip
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from icalendar import Calendar, Event

from benchmarks import hostile, large, samples, scene, webfeeds
from benchmarks.measure import Claim, in_turn, seconds

BERLIN = ZoneInfo("Europe/Berlin")
MONTH = "month?month=2026-07"


def built_per_request(count: int) -> bytes:
    """Build a calendar from icalendar's objects, as a service without a store would."""
    calendar = Calendar()
    calendar.add("prodid", "-//example//DE")
    calendar.add("version", "2.0")
    for number in range(count):
        start, end = samples.span(number, scene.MIDDLE)
        event = Event()
        event.add("uid", samples.uid(number))
        event.add("dtstamp", scene.NOW)
        event.add("created", scene.NOW)
        event.add("last-modified", scene.NOW)
        event.add("sequence", 0)
        event.add("dtstart", start.replace(tzinfo=BERLIN))
        event.add("dtend", end.replace(tzinfo=BERLIN))
        event.add("summary", samples.title(number))
        event.add("description", samples.TEXT)
        event.add("location", "Rathaus, Friedensplatz 1, 44135 Dortmund")
        event.add("status", "CONFIRMED")
        event.add("url", f"https://familie.example/termine/{number}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def calendar_feed(app: Flask) -> Iterator[Claim]:
    """A calendar of 10,000 events, cold, against building it for each request."""
    count = 10_000
    scene.channel(app, "tenthousand")
    scene.take_in(app, "tenthousand", scene.around_now(count))
    client = app.test_client()
    path = "/tenthousand/events.ics?all=1"
    known = {"If-None-Match": client.get(path).headers["ETag"]}
    ours, theirs = in_turn(
        lambda: client.get(path).data, lambda: built_per_request(count), runs=5
    )
    yield Claim(
        "10,000 events as a calendar, times faster than built per request",
        theirs / ours,
        50,
        at_least=True,
        detail=f"{ours * 1000:.0f} ms against {theirs * 1000:.0f} ms",
    )
    fresh, full = in_turn(
        lambda: client.get(path, headers=known), lambda: client.get(path).data, runs=9
    )
    yield Claim(
        "a 304 of it, share of the time of a 200",
        fresh / full,
        0.25,
        at_least=False,
        detail=f"{fresh * 1000:.1f} ms against {full * 1000:.0f} ms",
    )


def month_widget(app: Flask) -> Iterator[Claim]:
    """The month with 100,000 events in the channel, against one with 1,000."""
    scene.channel(app, "small")
    scene.take_in(app, "small", scene.around_now(1_000))
    scene.channel(app, "large")
    took = seconds(lambda: scene.take_in(app, "large", scene.around_now(100_000)))
    client = app.test_client()
    many, few = in_turn(
        lambda: client.get(f"/embed/large/{MONTH}").data,
        lambda: client.get(f"/embed/small/{MONTH}").data,
        runs=15,
    )
    yield Claim(
        "the month widget with 100,000 events, times the time with 1,000",
        many / few,
        1.5,
        at_least=False,
        detail=f"{many * 1000:.1f} ms against {few * 1000:.1f} ms; "
        f"importing them took {took:.0f} s",
    )
    yield from large.calendar(app, lambda: built_per_request(1_000))


def importing(app: Flask) -> Iterator[Claim]:
    """Importing 10,000 events, against what icalendar needs to parse them."""
    data = scene.around_now(10_000)
    Calendar.from_ical(data[:2000].rpartition(b"BEGIN:VEVENT")[0] + b"END:VCALENDAR")
    scene.channel(app, "import")
    parsing = [seconds(lambda: Calendar.from_ical(data))]
    ours = seconds(lambda: scene.take_in(app, "import", data))
    parsing.append(seconds(lambda: Calendar.from_ical(data)))
    theirs = sum(parsing) / 2
    yield Claim(
        "importing 10,000 events, times icalendar's parsing alone",
        ours / theirs,
        4,
        at_least=False,
        detail=f"{ours:.1f} s against {theirs:.1f} s",
    )
    most, parsed = (peak(work, 20_000) for work in ("import", "parse"))
    yield Claim(
        "memory while importing 20,000 events, share of icalendar's parsing alone",
        most / parsed,
        0.8,
        at_least=False,
        detail=f"{most:.0f} MiB against {parsed:.0f} MiB at the most",
    )


def peak(work: str, count: int) -> float:
    """Return the most memory, in MiB, that a process needs to work on a calendar."""
    command = [sys.executable, "-m", "benchmarks", "peak", work, str(count)]
    out = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(out.stdout)


def report_peak(work: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = scene.app_in(Path(folder))
        scene.channel(app, "import")
        data = scene.around_now(count)
        if work == "import":
            scene.take_in(app, "import", data)
        else:
            Calendar.from_ical(data)
    print(large.most())


def widget_size(app: Flask) -> Iterator[Claim]:
    """The month widget with 60 events, compressed, all that it loads."""
    scene.channel(app, "sixty")
    start = datetime(2026, 7, 1)  # noqa: DTZ001 -- wall clock
    scene.take_in(app, "sixty", samples.calendar(60, start))
    page = app.test_client().get(f"/embed/sixty/{MONTH}").data
    size = len(gzip.compress(page, 6)) / 1000
    yield Claim(
        "the month widget with 60 events, kB gzipped",
        size,
        10,
        at_least=False,
        detail=f"{len(page) / 1000:.1f} kB plain",
    )


BENCHES: tuple[Callable[[Flask], Iterator[Claim]], ...] = (
    widget_size,
    calendar_feed,
    webfeeds.feeds,
    importing,
    month_widget,
    hostile.rules,
)


def main() -> int:
    claims = []
    for bench in BENCHES:
        print(bench.__doc__, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for claim in bench(scene.app_in(Path(folder))):
                print(f"  {claim}", flush=True)
                claims.append(claim)
    return 0 if all(claim.is_kept for claim in claims) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["peak"]:
        report_peak(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["growth"]:
        large.report_growth(sys.argv[2])
    else:
        sys.exit(main())
