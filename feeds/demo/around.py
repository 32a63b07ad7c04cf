"""The demo's events in the months around the day on which it is loaded."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from feeds.demo.made import (
    Made,
    Raw,
    blocks,
    day_near,
    event,
    office_hour,
    today,
)

# Days of fixed date on which no office and no hall is open: they give way by a week.
CLOSED = {(1, 1), (5, 1), (10, 3), (11, 1), *((12, day) for day in range(24, 32))}

# Days from the first module to each, their hours and titles.
MODULES = (
    (0, "09:30", "16:30", "Modul 1, Familie im Wandel"),
    (29, "09:30", "15:00", "Modul 2, Netzwerke knüpfen"),
    (55, "10:00", "17:00", "Modul 3, Bedarfe erheben"),
    (82, "09:30", "16:30", "Modul 4, Projekte steuern"),
    (110, "09:30", "17:30", "Modul 5, Abschluss und Zertifikat"),
)


def _course(start: date) -> Raw:
    days = [open_day(start + timedelta(days=module[0])) for module in MODULES]
    return {
        "start": None,
        "end": None,
        "sessions": [
            {"start": f"{day}T{first}", "end": f"{day}T{last}", "title": title}
            for day, (_, first, last, title) in zip(days, MODULES, strict=True)
        ],
        "registration": _registration(start, 21, 18),
        "price": "520 Euro, Verpflegung inbegriffen",
        "organizer": {
            "name": "Beispielakademie Familie",
            "url": "https://example.org/",
        },
    }


def _weekly(start: date) -> Raw:
    dropped, moved = start + timedelta(weeks=13), start + timedelta(weeks=14)
    thursday = moved + timedelta(days=2)
    return {
        "rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=28",
        "exdates": [f"{dropped}T09:30"],
        "overrides": [
            {
                "recurrence_id": f"{moved}T09:30",
                "start": f"{thursday}T15:00",
                "end": f"{thursday}T16:30",
                "title": "Elterncafé, diesmal am Donnerstag",
            }
        ],
        "accessibility": ["step-free", "wheelchair", "accessible-toilet"],
        "plain_language": (
            "Das Elterncafé ist für Mütter und Väter.\n"
            "Kinder dürfen mitkommen.\n"
            "Sie können Fragen stellen.\n"
            "Der Kaffee kostet nichts."
        ),
    }


def _registration(start: date, days: int, capacity: int) -> Raw:
    deadline = str(start - timedelta(days=days))
    url = "https://example.org/anmeldung"
    return {"url": url, "deadline": deadline, "capacity": capacity}


MORE: dict[str, Callable[[date], Raw]] = {
    "lehrgang-familienmanagement": _course,
    "elterncafe": _weekly,
    "online-sprechstunde-audit": lambda _: {
        "online_url": "https://example.org/mittagsrunde",
        "accessibility": ["captions"],
    },
    "familiensamstag": lambda _: {
        "location": {"name": "Rathaus, Bürgerhalle"},
        "accessibility": ["step-free", "quiet-room"],
    },
    "lange-nacht": lambda _: {"price": "Kinder frei, Erwachsene 4 Euro"},
    "kinderrechte-rallye": lambda _: {"status": "cancelled"},
    "gesundheitskonferenz": lambda start: {
        "registration": _registration(start, 10, 120),
        "price": "kostenfrei",
        "accessibility": ["step-free", "sign-language", "hearing-loop"],
    },
    "lotsendienst": lambda _: {
        "title": (
            "Vom Antrag zum Lotsendienst: Wie Familien nach der Geburt eines Kindes in"
            " einem gemeinsamen Gespräch erfahren, welche Hilfen für sie da sind"
        )
    },
    "babysitterkurs": lambda start: {"registration": _registration(start, 5, 14)},
    "familienmesse": lambda _: {
        "status": "tentative",
        "location": {"name": "Messehalle"},
    },
}


def open_day(day: date) -> date:
    """Return the day, or its weekday in a later week when that one is a holiday."""
    while (day.month, day.day) in CLOSED:
        day += timedelta(weeks=1)
    return day


def entries(now: datetime) -> Iterator[Made]:
    """Yield the events within some 18 weeks of `now`, each made before it and `now`.

    Cells in around.txt: weeks from this one and weekday, then as in july.txt.
    """
    for index, (cells, title, lines) in enumerate(blocks("around")):
        start = open_day(day_near(now, cells[0]))
        raw = event(cells[1:], title, lines, start)
        if cells[1] in MORE:
            raw |= MORE[cells[1]](start)
        latest = min(start - timedelta(weeks=5), today(now) - timedelta(days=1))
        made_on = latest - timedelta(days=index * 11 % 29)
        yield Made(office_hour(made_on, 50 + index), "events", raw)
