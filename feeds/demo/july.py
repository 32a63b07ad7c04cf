"""The demo's July of 2021, the month that the channel's calendar began with."""

from collections.abc import Iterator
from datetime import date, timedelta

from feeds.demo.made import Made, Raw, blocks, event, office_hour

# First day, slug, hours, category, place; title; summary; paragraphs after pilcrows.
EVENTS = """
2021-05-27 | lehrgang-familienmanagement-2021 | 09:30-16:30 | qualifizierung | muenster
Lehrgang Familienmanagement 2021
Fünf Module, eine Projektarbeit und am Ende ein Zertifikat.

2021-06-29 | elterncafe-im-sommer | 09:30-11:00 | familienmanager | dortmund
Elterncafé im Sommer
Kaffee, Krabbeldecke und Zeit für Fragen, auch in den Ferien.

2021-07-01 | buendnistreffen-ostwestfalen | 17:00-19:00 | lokale-buendnisse | bielefeld
Bündnistreffen Ostwestfalen
Acht Bündnisse planen gemeinsam die zweite Jahreshälfte.

2021-07-03 | familienfest-am-markt | 11:00-17:00 | lokale-buendnisse | siegen
Familienfest am Markt
Spielstraße, Picknick und eine Bühne, die den Kindern gehört.
¶ Bringen Sie eine Decke mit. Für Kuchen sorgen die Vereine, für Schatten die Linden.

2021-07-05 | sommerferien-2021 | 44 | |
Sommerferien in Nordrhein-Westfalen
Erster Ferientag ist der 5. Juli, letzter der 17. August 2021.

2021-07-06 | sprechstunde-dortmund | 14:00-16:00 | familienmanager | dortmund
Offene Sprechstunde im Familienbüro
Ohne Anmeldung: Betreuung, Anträge, Ferienplätze.

2021-07-06 | infoabend-audit-2021 | 18:00-19:30 | audit-familiengerechte-kommune |
Infoabend: So beginnt das Audit
Eine Stunde Überblick und eine halbe Stunde für Ihre Fragen, online.

2021-07-09 | familienwochenende | 17:00-2 14:00 | familienmanager | aachen
Familienwochenende am Waldrand
Drei Tage Zelten, Kochen und Toben für Familien mit kleinem Geldbeutel.
¶ Zelte und Schlafsäcke leihen wir aus. Ein Bus fährt am Freitag um 16 Uhr ab Rathaus.

2021-07-14 | fachtag-2021 | 10:00-15:00 | gesundheitliche-chancengleichheit | bonn
Fachtag: Gesund aufwachsen im Quartier
Was hilft Kindern, deren Eltern wenig Geld haben? Beispiele aus der Praxis.

2021-07-17 | parkspiele | 15:00-18:00 | gesundheitliche-chancengleichheit | wuppertal
Spiele im Park
Bewegung für alle von drei bis neunundneunzig, bei jedem Wetter.

2021-07-21 | stadtteilspaziergang | 10:00-12:00 | familienmanager | koeln
Stadtteilspaziergang mit Kinderwagen
Fällt aus: Ein neuer Termin folgt nach den Ferien.

2021-07-22 | netzwerkfruehstueck-2021 | 08:30-10:00 | lokale-buendnisse | paderborn
Netzwerkfrühstück Familie und Beruf
Betriebe berichten, wie sie Eltern in den Ferien entlasten.

2021-07-24 | sternwanderung | 21:30-00:30 | | arnsberg
Sternwanderung für Familien
Mit Taschenlampe und Decke auf die Höhe über der Stadt.

2021-07-28 | zertifikat-minden | 16:00 | audit-familiengerechte-kommune | minden
Übergabe des Zertifikats im Rathaus
Drei Jahre Arbeit, ein Zertifikat: Der Rat lädt dazu ein.

2021-07-30 | spielplaetze | 15:00-17:30 | audit-familiengerechte-kommune | bocholt
Spielplatzkonferenz der Kinder
Wer den Spielplatz nutzt, plant ihn: Modelle bauen, abstimmen, mitreden.
¶ Was die Kinder beschließen, geht am nächsten Tag in die Ausschreibung.

2021-07-31 | mitmachtage | 2 | lokale-buendnisse | gelsenkirchen
Mitmachtage der Vereine
Zwanzig Vereine öffnen zwei Tage lang ihre Türen.
"""

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
    for index, (cells, title, lines) in enumerate(blocks(EVENTS)):
        start = date.fromisoformat(cells[0])
        raw = event(cells[1:], title, lines, start) | MORE.get(cells[1], {})
        made_on = start - timedelta(days=31 + index * 5 % 23)
        yield Made(office_hour(made_on, 20 + index), "events", raw)
