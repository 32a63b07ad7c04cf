"""One example of each noun, as one would send it."""

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "channels": {
        "slug": "stadtbibliothek",
        "title": "Stadtbibliothek",
        "description": "Lesungen, Kurse und Neues aus dem Haus.",
        "url": "https://www.example.org/bibliothek",
        "language": "de",
        "timezone": "Europe/Berlin",
        "colour": "#0b5cad",
        "logo": {"url": "https://www.example.org/logo.png", "alt": "Logo"},
        "publisher": {"name": "Stadtbibliothek", "email": "post@example.org"},
        "embed_origins": ["https://www.example.org"],
        "state": "published",
    },
    "categories": {
        "slug": "lesung",
        "title": "Lesung",
        "colour": "#7a2e8e",
        "description": "Autorinnen und Autoren lesen.",
    },
    "events": {
        "title": "Vorlesestunde",
        "summary": "Für Kinder ab vier Jahren.",
        "description": "<p>Wir lesen vor, <strong>jeden Dienstag</strong>.</p>",
        "start": "2021-07-06T15:30",
        "end": "2021-07-06T16:15",
        "timezone": "Europe/Berlin",
        "rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=10",
        "exdates": ["2021-07-20T15:30"],
        "overrides": [
            {
                "recurrence_id": "2021-07-13T15:30",
                "start": "2021-07-13T16:00",
                "end": "2021-07-13T16:45",
                "title": "Vorlesestunde im Garten",
            }
        ],
        "location": {
            "name": "Kinderbibliothek",
            "street": "Marktplatz 1",
            "postal_code": "12345",
            "city": "Musterstadt",
            "country": "DE",
        },
        "categories": ["lesung"],
        "price": "Eintritt frei",
        "registration": {"deadline": "2021-07-05", "capacity": 20},
        "accessibility": ["step-free"],
    },
    "news": {
        "title": "Neue Öffnungszeiten",
        "summary": "Ab August öffnen wir auch montags.",
        "content": "<p>Ab dem 2. August öffnen wir auch montags.</p>",
        "author": "Redaktion",
        "published_at": "2021-07-06T09:00:00+02:00",
        "categories": ["lesung"],
        "sources": [{"text": "Amtsblatt", "retrieved_on": "2021-07-05"}],
        "attachments": [
            {
                "url": "https://www.example.org/zeiten.pdf",
                "type": "application/pdf",
                "length": 48213,
                "title": "Alle Zeiten",
            }
        ],
    },
    "places": {
        "slug": "kinderbibliothek",
        "title": "Kinderbibliothek",
        "street": "Marktplatz 1",
        "postal_code": "12345",
        "city": "Musterstadt",
        "country": "DE",
        "latitude": 51.5,
        "longitude": 7.46,
        "contact": {"email": "kinder@example.org", "phone": "+49 1234 5678"},
    },
}
PATCHES: dict[str, dict[str, Any]] = {
    "channels": {"colour": "#1d6b3f"},
    "categories": {"title": "Lesungen"},
    "events": {"title": "Vorlesestunde am Nachmittag", "price": None},
    "news": {"summary": None, "minor": True},
    "places": {"contact": {"phone": "+49 1234 5679"}},
}
CALENDAR_EXAMPLE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//library//EN
BEGIN:VEVENT
UID:20210706@example.org
DTSTAMP:20210701T100000Z
DTSTART:20210706T133000Z
SUMMARY:Vorlesestunde
END:VEVENT
END:VCALENDAR
"""
