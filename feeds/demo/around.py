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

# Weeks from this one and weekday, then as in july.py.
EVENTS = """
-15 mi | fachforum-ganztag | 10:00-15:30 | qualifizierung | muenster
Fachforum Ganztag
Wie aus Vormittag und Nachmittag ein guter Kindertag wird.

-14 sa | familienflohmarkt | 10:00-14:00 | lokale-buendnisse | bocholt
Familienflohmarkt
Kinderkleidung, Räder, Bücher: Was hier zu klein ist, passt dort genau.

-13 di | audit-auswertung | 17:30-19:30 | audit-familiengerechte-kommune | siegen
Auswertung im Rat: Was das Audit bewirkt hat
Öffentliche Sitzung mit dem Bericht über die vereinbarten Ziele.

-12 di | elterncafe | 09:30-11:00 | familienmanager | dortmund
Elterncafé
Jeden Dienstag: Kaffee, Krabbeldecke und jemand, der Rat weiß.
¶ Kommen Sie, wann es passt, und bleiben Sie, solange Sie mögen. Jede Woche ist eine
andere Beratungsstelle zu Gast: Schlaf, Sprache, Kitaplatz, Geld.

-11 do | kochnachmittag | 16:00-18:30 | gesundheitliche-chancengleichheit | bonn
Gut kochen mit kleinem Geld
Ein Nachmittag am Herd, danach essen alle zusammen.

-10 fr | zukunftswerkstatt | 14:00-1 16:00 | audit-familiengerechte-kommune | arnsberg
Zukunftswerkstatt familiengerechte Stadt
Zwei Tage, an denen Familien sagen, was ihnen fehlt, und Ämter zuhören.

-7 do | lehrgang-familienmanagement | 09:30-16:30 | qualifizierung | muenster
Lehrgang Familienmanagement
Der Grundlehrgang in fünf Modulen, mit Projektarbeit und Zertifikat.
¶ Der Lehrgang richtet sich an alle, die in Städten, Gemeinden und Kreisen für Familien
arbeiten oder es bald tun werden.
¶ Zwischen den Modulen liegt Zeit, ein eigenes Vorhaben zu erproben. Wer es am Ende
vorstellt, erhält das Zertifikat.

-6 mo | fruehe-hilfen | 13:30-15:30 | gesundheitliche-chancengleichheit | minden
Runder Tisch Frühe Hilfen
Hebammen, Kitas und Jugendamt stimmen sich ab.

-5 sa | vaetertag | 09:30-13:00 | familienmanager | wuppertal
Samstag für Väter und Kinder
Frühstücken, werken, Seifenkisten fahren.

-4 mi | buendnisse-im-gespraech | 18:00-20:00 | lokale-buendnisse | bielefeld
Bündnisse im Gespräch
Zwei Bündnisse erzählen, was nach dem ersten Schwung geblieben ist.

-3 di | netzwerkanalyse | 09:00-12:30 | qualifizierung | koeln
Werkstatt: Wer arbeitet hier mit wem?
Netzwerke sichtbar machen, Lücken finden, Doppeltes lassen.

-2 fr | vorlesenachmittag | 15:30-17:00 | familienmanager | paderborn
Vorlesenachmittag in vielen Sprachen
Eine Geschichte, fünf Sprachen und am Ende Tee für alle.

-1 mo | sprechstunde-betreuung | 14:00-17:00 | familienmanager | koeln
Sprechstunde Kinderbetreuung
Fragen zu Kita, Tagespflege und Ganztag, ohne Anmeldung.

-1 do | bewegte-pause | 11:00-12:30 | gesundheitliche-chancengleichheit | gelsenkirchen
Bewegte Pause
Eine Grundschule zeigt, was zwanzig Minuten am Vormittag ausmachen.

0 mo | infotelefon-elterngeld | 16:00-18:00 | familienmanager | aachen
Offene Fragestunde Elterngeld
Anträge mitbringen, gemeinsam ausfüllen, beruhigt nach Hause gehen.

0 mi | online-sprechstunde-audit | 12:30-13:30 | audit-familiengerechte-kommune |
Mittagsrunde zum Audit
Eine Stunde online für alle, die über ein Audit nachdenken.
¶ Kamera aus, Brot auf den Tisch: Sie hören zu, fragen nach und wissen danach, womit
Sie anfangen würden.

0 do | netzwerkfruehstueck | 08:00-09:30 | lokale-buendnisse | paderborn
Netzwerkfrühstück Familie und Beruf
Diesmal: Wenn Beschäftigte ihre Eltern pflegen.

0 sa | familiensamstag | 10:00-16:00 | lokale-buendnisse | dortmund
Familiensamstag im Rathaus
Spiel, Beratung und Suppe unter einem Dach.
¶ Vormittags wird gespielt, mittags gegessen, nachmittags beraten: Alle Ämter, die mit
Familien zu tun haben, sitzen an einem Tisch.
¶ <strong>Eintritt frei.</strong> Die Halle ist ohne Stufen zu erreichen.

1 di | planspiel-haushalt | 17:00-19:30 | qualifizierung | siegen
Planspiel: Ein Haushalt für Familien
Wer kürzt, muss sagen wo: ein Abend am Verhandlungstisch.

1 fr | lange-nacht | 20:00-01:00 | familienmanager | gelsenkirchen
Lange Nacht der Familie
Museum, Bad und Bücherei öffnen bis nach Mitternacht, auch für die Kleinsten.
¶ Der Nachtbus fährt alle zwanzig Minuten von Haus zu Haus. Ein Band am Handgelenk
öffnet alle Türen.

2 mi | kinderrechte-rallye | 15:00-17:30 | audit-familiengerechte-kommune | minden
Kinderrechte-Rallye durch das Rathaus
Fällt wegen Bauarbeiten aus. Ersatz: Kinder stellen ihre Fragen in der Schule.

3 mo | gesundheitskonferenz | 2 | gesundheitliche-chancengleichheit | bielefeld
Konferenz Gesundheit und Teilhabe
Zwei Tage über Wege, die alle Kinder erreichen.
¶ Am ersten Tag berichten Städte und Kreise, am zweiten wird in sechs Werkstätten
gearbeitet. Gebärdensprache wird durchgehend gedolmetscht.

3 do | lotsendienst | 10:00-12:00 | familienmanager | bocholt
Vom Antrag zum Lotsendienst
Werkstattbericht mit Zahlen, Stolpersteinen und viel Zeit für Fragen.
¶ Vier Ämter, sieben Formulare, drei Wege: So sah es vorher aus. Heute reicht ein
Termin. Das Team zeigt, was dafür nötig war und was es gekostet hat.

4 sa | babysitterkurs | 09:00-15:00 | familienmanager | aachen
Kurs: Babysitten mit Zertifikat
Für Jugendliche ab 14: wickeln, trösten, Notruf.

5 di | wunschgrosseltern | 17:00-18:30 | lokale-buendnisse | wuppertal
Wunschgroßeltern gesucht
Ein Bündnis bringt Generationen zusammen, die sonst weit auseinander wohnen.

6 so | tanz-am-sonntag | 11:00-13:00 | gesundheitliche-chancengleichheit | koeln
Tanz am Sonntag für Groß und Klein
Keine Schritte lernen, einfach tanzen.

7 fr | tag-der-familie-im-betrieb | 1 | lokale-buendnisse | siegen
Aktionstag: Kinder kommen mit zur Arbeit
Dreißig Betriebe zeigen Töchtern und Söhnen, was ihre Eltern den Tag über tun.

9 do | zielvereinbarung | 16:30 | audit-familiengerechte-kommune | bocholt
Unterzeichnung der Zielvereinbarung
Rat und Verwaltung verpflichten sich auf zwölf Vorhaben für Familien.

11 mi | rechtsfragen-kita | 13:00-16:00 | qualifizierung | bonn
Seminar: Rechtsfragen rund um die Betreuung
Anspruch, Platzvergabe, Beiträge, mit Fällen aus der Praxis.

13 sa | familienmesse | 11:00-18:00 | familienmanager | muenster
Familienmesse Münsterland
Der Termin ist vorgemerkt; die Halle bestätigt ihn im nächsten Monat.

15 mo | jahrestreffen | 10:30-1 13:00 | familienmanager | dortmund
Jahrestreffen der Familienmanagerinnen und -manager
Das Netzwerk kommt zusammen: Austausch am ersten, Werkstätten am zweiten Tag.
"""
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
    """Yield the events within some 18 weeks of `now`, each made before it and `now`."""
    for index, (cells, title, lines) in enumerate(blocks(EVENTS)):
        start = open_day(day_near(now, cells[0]))
        raw = event(cells[1:], title, lines, start)
        if cells[1] in MORE:
            raw |= MORE[cells[1]](start)
        latest = min(start - timedelta(weeks=5), today(now) - timedelta(days=1))
        made_on = latest - timedelta(days=index * 11 % 29)
        yield Made(office_hour(made_on, 50 + index), "events", raw)
