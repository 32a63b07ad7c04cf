"""The demo's July of 2021, the month that the channel's calendar began with."""

from collections.abc import Iterator
from datetime import date, timedelta

from feeds.demo.made import Made, Raw, blocks, event, office_hour

# What july.txt leaves out; its cells: first day, slug, hours, category, place.
MORE: dict[str, Raw] = {
    "lehrgang-familienmanagement-2021": {
        "start": None,
        "end": None,
        "sessions": [
            {"start": f"{day}T09:30", "end": f"{day}T{end}", "title": title}
            for day, end, title in (
                ("2021-05-27", "16:30", "Modul 1, Familie im Wandel"),
                ("2021-06-17", "16:30", "Modul 2, Netzwerke knüpfen"),
                ("2021-07-01", "15:00", "Modul 3, Bedarfe erheben"),
                ("2021-07-15", "16:30", "Modul 4, Projekte steuern"),
                ("2021-09-09", "17:30", "Modul 5, Abschluss und Zertifikat"),
            )
        ],
        "registration": {"deadline": "2021-05-12", "capacity": 18},
        "price": "480 Euro, Verpflegung inbegriffen",
    },
    "elterncafe-im-sommer": {
        "rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=8",
        "exdates": ["2021-07-20T09:30"],
        "overrides": [
            {
                "recurrence_id": "2021-07-13T09:30",
                "start": "2021-07-14T15:00",
                "end": "2021-07-14T16:30",
                "title": "Elterncafé im Sommer, diesmal am Mittwoch",
            }
        ],
    },
    "infoabend-audit-2021": {"online_url": "https://example.org/infoabend-2021"},
    "familienwochenende": {
        "location": {"name": "Zeltplatz am Waldrand"},
        "price": "25 Euro je Familie",
        "registration": {"deadline": "2021-06-18", "capacity": 12},
    },
    "fachtag-2021": {
        "description": "<p>Kinder aus armen Familien sind häufiger krank. Der Fachtag"
        " fragt, was Kommunen dagegen tun können, und stellt drei Wege vor:</p>"
        "<ul><li>Hausbesuche in den ersten Wochen nach der Geburt</li>"
        "<li>Bewegung und gutes Essen in Kita und Ganztag</li>"
        "<li>Quartiere, in denen man zu Fuß zum Spielen kommt</li></ul>",
        "accessibility": ["step-free", "hearing-loop"],
    },
    "stadtteilspaziergang": {"status": "cancelled"},
}


def entries() -> Iterator[Made]:
    """Yield the events of that summer, each made some weeks before it began."""
    for index, (cells, title, lines) in enumerate(blocks("july")):
        start = date.fromisoformat(cells[0])
        raw = event(cells[1:], title, lines, start) | MORE.get(cells[1], {})
        made_on = start - timedelta(days=31 + index * 5 % 23)
        yield Made(office_hour(made_on, 20 + index), "events", raw)
