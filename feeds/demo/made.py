"""What an entry of the demo is before it is written, and when it was made."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from feeds import times

CHANNEL = "familie-nrw"
ZONE = "Europe/Berlin"
WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")

Raw = dict[str, Any]


class Made(NamedTuple):
    """One entry, as it would be sent to the API at the moment `at` (aware UTC)."""

    at: datetime
    noun: str
    raw: Raw


def uid(noun: str, slug: str) -> str:
    """Return the same UUID for the same entry on every machine."""
    return str(uuid5(NAMESPACE_URL, f"https://example.org/{CHANNEL}/{noun}/{slug}"))


def office_hour(day: date, index: int) -> datetime:
    """Return a working hour, of the Friday before a weekend.

    It differs for each index below 180.
    """
    day -= timedelta(days=max(0, day.weekday() - 4))
    clock = time(8 + index % 9, index * 7 % 60)
    return times.resolve(datetime.combine(day, clock), times.zone(ZONE))


def today(now: datetime) -> date:
    return times.local(now, times.zone(ZONE)).date()


def day_near(now: datetime, cell: str) -> date:
    """Return the day that "-2 do" names: the Thursday of the week before the last."""
    weeks, weekday = cell.split()
    here = today(now)
    days = WEEKDAYS.index(weekday) - here.weekday()
    return here + timedelta(weeks=int(weeks), days=days)


def blocks(name: str) -> Iterator[tuple[list[str], str, list[str]]]:
    """Yield the cells, the title and the lines beneath of each block of a text file.

    Below the title are the summary and, each begun with a pilcrow, the paragraphs.
    """
    table = Path(__file__).with_name(f"{name}.txt").read_text("utf-8")
    for block in table.strip().split("\n\n"):
        cells, title, *lines = block.splitlines()
        yield [cell.strip() for cell in cells.split("|")], title, lines


def event(cells: list[str], title: str, lines: list[str], start: date) -> Raw:
    """Return an event from a block whose cells are slug, hours, category and place.

    Hours are "16:00-18:00", "17:00-2 14:00" with an end two days later, "16:00"
    without an end, or "3" for that many whole days.
    """
    slug, hours, category, place = cells
    first, _, last = hours.partition("-")
    raw: Raw = {"uid": uid("events", slug), "slug": slug, "title": title}
    if ":" in first:
        raw["start"] = f"{start}T{first}"
        raw["end"] = f"{_end_day(start, first, last)}T{last[-5:]}" if last else None
    else:
        raw["start"] = str(start)
        raw["end"] = str(start + timedelta(days=int(first)))
    raw["categories"] = [category] if category else []
    raw["place"] = place or None
    return raw | told(lines, "description")


def _end_day(start: date, first: str, last: str) -> date:
    """A clock that runs backwards has passed midnight; "2 14:00" says how often."""
    days, _, clock = last.rpartition(" ")
    return start + timedelta(days=int(days) if days else int(clock <= first))


def told(lines: list[str], body: str) -> Raw:
    """Return the summary and, as HTML named `body`, what follows the pilcrows."""
    summary, *texts = (text.strip() for text in " ".join(lines).split("¶"))
    return {"summary": summary, body: "".join(f"<p>{text}</p>" for text in texts)}
