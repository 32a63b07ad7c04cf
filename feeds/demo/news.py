"""The demo's news, from the channel's beginnings to tomorrow."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from feeds.demo.made import (
    Made,
    Raw,
    blocks,
    day_near,
    office_hour,
    today,
    told,
    uid,
)

# Day, or weeks from this one and weekday, slug, category, place, event; title; then
# the summary and the paragraphs, each begun with a pilcrow.
NEWS = """
2014-09-02 | dortmund-kekiz | gesundheitliche-chancengleichheit | dortmund |
Ministerin Schäfer sieht sich Dortmunds Netzwerk für Kinder an
Dortmund gehört zu den 18 Modellkommunen von „Kein Kind zurücklassen“. Wie das
Netzwerk INFamilie arbeitet, hat sich Ute Schäfer vor Ort zeigen lassen.
¶ Früh helfen statt spät reparieren: Darum geht es in dem Landesvorhaben „Kein Kind
zurücklassen – Kommunen in NRW beugen vor“, kurz KeKiz. Was es an Hilfen schon gibt,
soll so ineinandergreifen, dass jedes Kind faire Chancen hat, von der Geburt an bis
zum Schritt von der Schule in den Beruf.
¶ In Dortmund ziehen dafür Jugendhilfe, soziale Dienste und Stadtentwicklung an einem
Strang. Rund 90 Partner zählt INFamilie. Mütter und Väter bekommen dort Hilfe und
gestalten zugleich mit. Die Ministerin lobte vor allem, dass das Netzwerk beim Kind und
seinem Stadtteil beginnt und nicht bei den Zuständigkeiten.
¶ Über 30 Vorhaben stellten sich vor, darunter die Grundschule Kleine Kielstraße mit
ihrer eigenen Art zu fördern, die Dortmunder Kinderstuben, „Essen und Lernen“ und ein
Bürgergarten. Auch ein Wohnhaus war dabei, das Arbeitslose saniert haben; dafür gab es
2014 den Preis Soziale Stadt.

2014-11-20 | fuenf-themen | | |
Fünf Themen, ein Ziel: familienfreundliche Kommunen
Qualifizierung, Familienmanagement, Audit, Bündnisse und Gesundheit: Was hinter den
Themen dieses Kanals steckt.
¶ Familienfreundlich wird eine Stadt nicht durch ein Amt allein. Die
<strong>Qualifizierung</strong> vermittelt das Handwerkszeug, im
<strong>Familienmanagement</strong> laufen die Fäden zusammen, das
<strong>Audit</strong> macht Ziele verbindlich.
¶ Die <strong>Lokalen Bündnisse</strong> holen Betriebe und Vereine an den Tisch. Und
<strong>gesundheitliche Chancengleichheit</strong> meint die Kinder, die sonst leicht
übersehen werden.

2015-06-09 | karte-familienmanager | familienmanager | |
Die Karte: Wo gibt es Familienmanagerinnen und -manager?
Ein Blick genügt: Die Karte zeigt, in welchen Orten zertifizierte Fachkräfte für mehr
Familienfreundlichkeit arbeiten.
¶ Von Aachen bis Minden, von Bocholt bis Siegen: In vielen Orten des Landes kümmert sich
jemand mit Zertifikat darum, dass Familien es leichter haben. Die Karte macht sichtbar,
wer in Ihrer Nähe ist.
¶ Ihre Kommune fehlt? Dann lohnt ein Blick auf den nächsten Lehrgang.

2016-03-15 | was-das-audit-bringt | audit-familiengerechte-kommune | bocholt |
Was das Audit einer Stadt bringt
Bestand aufnehmen, Ziele vereinbaren, Ergebnisse prüfen: So wird aus gutem Willen ein
Programm.
¶ Am Anfang steht eine ehrliche Bestandsaufnahme. Danach einigen sich Rat und Verwaltung
auf Ziele, die sich nachprüfen lassen, und halten sie schriftlich fest.
¶ Der eigentliche Gewinn liegt im Gespräch: Bauamt, Jugendamt und Kämmerei sehen
dieselbe Stadt zum ersten Mal mit den Augen einer Familie.

2018-05-15 | buendnisse-ziehen-bilanz | lokale-buendnisse | bielefeld |
Lokale Bündnisse: Was gelingt, wenn viele mitmachen
Ferienbetreuung, Notfallplätze, Paten: Die besten Ideen entstehen am runden Tisch.
¶ Ein Betrieb hat Räume, ein Verein hat Leute, die Stadt hat Adressen. Im Bündnis wird
daraus eine Ferienwoche, die sich keiner allein hätte leisten können.

2021-05-04 | qualifizierung-2021 | qualifizierung | muenster \
| lehrgang-familienmanagement-2021
Qualifizierung startet: Lehrgang 2021 in fünf Modulen
Ende Mai beginnt in Münster der neue Lehrgang. Es gibt noch freie Plätze.
¶ Von den Grundlagen über Netzwerkarbeit bis zur Bedarfserhebung: Der Lehrgang begleitet
die Teilnehmenden bis in den September. Anmeldeschluss ist der 12. Mai.

2021-06-24 | ferien-vor-der-tuer | familienmanager | aachen | familienwochenende
Sechs Wochen Ferien: Was Familien im Juli erwartet
Sternwanderung, Spielplatzkonferenz und ein Wochenende im Zelt: Der Sommer ist voll.
¶ Am 5. Juli beginnen die Sommerferien. Der Kalender zeigt, wo in den kommenden Wochen
etwas los ist, vieles davon ohne Anmeldung und ohne Eintritt.

-10 mi | neuer-lehrgang | qualifizierung | muenster | lehrgang-familienmanagement
Neuer Lehrgang, neue Gesichter: jetzt anmelden
Achtzehn Plätze, fünf Module, ein Ziel: mehr Zeit und Rückhalt für Familien.
¶ Wer im Rathaus, im Kreishaus oder bei einem freien Träger für Familien arbeitet,
findet hier das Rüstzeug für die eigene Kommune.
¶ Ein Teil der Arbeit geschieht zwischen den Modulen: am eigenen Vorhaben, vor Ort.

-7 di | kochen-macht-schule | gesundheitliche-chancengleichheit | bonn |
Gut essen ist keine Frage des Geldbeutels
Aus einem Kochnachmittag wird ein festes Angebot im Stadtteil.
¶ Vierzig Menschen standen am Herd, zwölf davon noch nicht in der Schule. Weil so viele
fragten, wann es weitergeht, gibt es den Nachmittag künftig jeden Monat.

-4 do | familienbuero-minden | familienmanager | minden |
Ein Schreibtisch weniger, ein Sofa mehr
Das Familienbüro in Minden hat umgeräumt: Beratung findet jetzt auf Augenhöhe statt.
¶ Spielecke, Wickelplatz, Tür ohne Schwelle: Was nach Kleinigkeiten klingt, entscheidet
oft darüber, ob jemand wiederkommt.

-2 mi | lange-nacht-programm | familienmanager | gelsenkirchen | lange-nacht
Lange Nacht der Familie: Das Programm steht
Schwimmen bei Kerzenlicht, Lesen im Zelt, Führung mit Taschenlampe.
¶ Von acht Uhr abends bis ein Uhr morgens bleiben die Häuser offen. Kinder zahlen
nichts, und für die Jüngsten gibt es Schlafplätze in der Bücherei.

-1 do | familiensamstag-laedt-ein | lokale-buendnisse | dortmund | familiensamstag
Alle Ämter an einem Tisch: Samstag im Rathaus
Spielen, essen, fragen: Der Familiensamstag bringt zusammen, was Familien sonst einzeln
suchen.
¶ Kindergeld, Kitaplatz, Wohngeld: Wer Fragen hat, bekommt die Antworten an einem Ort
und an einem Tag.
"""
# Not public: the first appears tomorrow, the second when somebody finishes it.
UNSEEN = """
-1 fr | vorschau-naechste-woche | | |
Vorschau: Was die nächste Woche bringt
Die Termine der kommenden Woche auf einen Blick.
¶ Diese Meldung ist geplant und erscheint morgen von selbst.

-1 mi | entwurf-jahresbericht | | |
Entwurf: Bericht über das vergangene Jahr
Noch in Arbeit.
¶ Zahlen und Bilder fehlen noch.
"""
CREDIT = {
    "text": "Online-Recherche auf www.mfkjks.nrw.de",
    "retrieved_on": "2014-09-02",
}


def entries(now: datetime) -> Iterator[Made]:
    """Yield the news, each item made on its day; the last two are not public."""
    tomorrow = today(now) + timedelta(days=1)
    more: dict[str, Raw] = {
        "dortmund-kekiz": {"sources": [CREDIT]},
        "vorschau-naechste-woche": {"published_at": f"{tomorrow}T08:00"},
        "entwurf-jahresbericht": {"state": "draft"},
    }
    for index, block in enumerate(blocks(f"{NEWS}{UNSEEN}"), start=100):
        (when, slug, *references), title, lines = block
        day = day_near(now, when) if " " in when else date.fromisoformat(when)
        raw = _item(slug, references, title, lines) | more.get(slug, {})
        yield Made(office_hour(day, index), "news", raw)


def _item(slug: str, references: list[str], title: str, lines: list[str]) -> Raw:
    category, place, event = references
    return {
        "id": uid("news", slug),
        "slug": slug,
        "title": title,
        **told(lines, "content"),
        "categories": [category] if category else [],
        "place": place or None,
        "event": event or None,
    }
