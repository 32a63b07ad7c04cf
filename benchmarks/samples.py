"""Events to measure with: varied, realistic, and the same in every run."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

NAMESPACE = UUID("8a2d1f52-3f5b-4e7c-9a7e-6f1e0c9f8d11")
TITLES = (
    "Elterncafé im Familienzentrum",
    "Sprechstunde: Vereinbarkeit von Familie und Beruf",
    "Stadtteilfest rund um den Bürgergarten",
    "Vorlesen für Kinder ab vier Jahren",
    "Beratung zu Elterngeld und Elternzeit",
    "Familienfrühstück mit Kinderbetreuung",
)
TEXT = (
    "Ein offenes Angebot für alle Familien im Stadtteil. Kommen Sie einfach vorbei; "
    "eine Anmeldung ist nicht nötig, die Teilnahme kostet nichts. Unsere Fachkräfte "
    "beraten Sie gern, auch auf Türkisch, Arabisch und Englisch."
)


def uid(number: int) -> str:
    return str(uuid5(NAMESPACE, str(number)))


def title(number: int) -> str:
    return f"{TITLES[number % len(TITLES)]} {number}"


def span(number: int, first: datetime) -> tuple[datetime, datetime]:
    """Return the wall-clock times of one event: four of them a day."""
    start = first + timedelta(days=number // 4, hours=9 + 3 * (number % 4))
    return start, start + timedelta(minutes=90)


def calendar(count: int, first: datetime) -> bytes:
    """Return a calendar of `count` events from `first` on, as a file would hold it."""
    return b"".join(_lines(count, first))


def _lines(count: int, first: datetime) -> Iterator[bytes]:
    yield b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//samples//DE\r\n"
    for number in range(count):
        start, end = span(number, first)
        lines = (
            "BEGIN:VEVENT",
            f"UID:{uid(number)}",
            "DTSTAMP:20260101T120000Z",
            f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Berlin:{end:%Y%m%dT%H%M%S}",
            f"SUMMARY:{title(number)}",
            *_folded(f"DESCRIPTION:{TEXT.replace(',', chr(92) + ',')}"),
            "LOCATION:Rathaus\\, Friedensplatz 1\\, 44135 Dortmund",
            "URL:https://familie.example/termine/" + str(number),
            "STATUS:CONFIRMED",
            "END:VEVENT",
        )
        yield "".join(f"{line}\r\n" for line in lines).encode()
    yield b"END:VCALENDAR\r\n"


def _folded(line: str) -> Iterator[str]:
    for at in range(0, len(line), 60):
        yield ("" if at == 0 else " ") + line[at : at + 60].replace(";", "\\;")
