"""The demo's channel, its subject areas, and its places in North Rhine-Westfalia."""

from collections.abc import Iterator
from datetime import date, timedelta

from feeds.demo.made import CHANNEL, ZONE, Made, Raw, office_hour, uid

FOUNDED = date(2014, 8, 18)

CHANNEL_RAW: Raw = {
    "slug": CHANNEL,
    "title": "Familie in Nordrhein-Westfalen",
    "description": (
        "Beispielkanal zur Demonstration: Termine, Nachrichten und Ansprechstellen"
        " rund um familienfreundliche Kommunen in Nordrhein-Westfalen."
    ),
    "language": "de",
    "timezone": ZONE,
    "colour": "#00665e",
    "publisher": {
        "name": "Beispielredaktion Familie in NRW",
        "email": "redaktion@example.org",
    },
}

CATEGORIES = (
    (
        "qualifizierung",
        "Qualifizierung",
        "#1d4ed8",
        "Lehrgänge und Fortbildungen für alle, die in ihrer Kommune"
        " Familienfreundlichkeit voranbringen.",
    ),
    (
        "familienmanager",
        "Familienmanagerinnen und -manager",
        "#b45309",
        "Wer vor Ort die Fäden zusammenhält: Ansprechstellen, Sprechstunden und"
        " Angebote in den Städten und Gemeinden.",
    ),
    (
        "audit-familiengerechte-kommune",
        "Audit familiengerechte Kommune",
        "#6d28d9",
        "Rat und Verwaltung prüfen gemeinsam, wie familiengerecht ihre Kommune ist,"
        " und vereinbaren verbindliche Ziele.",
    ),
    (
        "lokale-buendnisse",
        "Lokale Bündnisse für Familie",
        "#15803d",
        "Unternehmen, Vereine, Kirchen, Verbände und Verwaltung setzen sich"
        " gemeinsam für Familien am Ort ein.",
    ),
    (
        "gesundheitliche-chancengleichheit",
        "Gesundheitliche Chancengleichheit",
        "#be185d",
        "Damit alle Kinder gesund aufwachsen können, gleich in welchem Stadtteil"
        " und mit welchem Geldbeutel.",
    ),
)

# Slug, town, postal code, street where the office is in the town hall, coordinates.
PLACES = (
    ("dortmund", "Dortmund", "44135", "Friedensplatz 1", 51.5118, 7.4662),
    ("koeln", "Köln", "50667", "Rathausplatz 2", 50.9382, 6.9593),
    ("muenster", "Münster", "48143", "Prinzipalmarkt 10", 51.9616, 7.6280),
    ("bielefeld", "Bielefeld", "33602", "Niederwall 25", 52.0207, 8.5346),
    ("aachen", "Aachen", "52062", "", 50.7763, 6.0838),
    ("siegen", "Siegen", "57072", "Markt 2", 50.8748, 8.0243),
    ("wuppertal", "Wuppertal", "42275", "Johannes-Rau-Platz 1", 51.2717, 7.2010),
    ("paderborn", "Paderborn", "33098", "", 51.7189, 8.7544),
    ("gelsenkirchen", "Gelsenkirchen", "45879", "Ebertstraße 11", 51.5054, 7.0968),
    ("bocholt", "Bocholt", "46395", "", 51.8388, 6.6153),
    ("arnsberg", "Arnsberg", "59821", "", 51.3967, 8.0644),
    ("minden", "Minden", "32423", "Kleiner Domhof 17", 52.2886, 8.9169),
    ("bonn", "Bonn", "53111", "", 50.7374, 7.0982),
)
PLACE_NAMES = ("slug", "city", "postal_code", "street", "latitude", "longitude")


def entries() -> Iterator[Made]:
    """Yield the channel, then what its events and news refer to, by time."""
    yield Made(office_hour(FOUNDED, 0), "channels", CHANNEL_RAW)
    for index, row in enumerate(CATEGORIES, start=1):
        raw = dict(zip(("slug", "title", "colour", "description"), row, strict=True))
        yield Made(office_hour(FOUNDED, index), "categories", raw)
    for index, place in enumerate(PLACES):
        day = FOUNDED + timedelta(days=3 + 20 * index)
        yield Made(office_hour(day, index), "places", _place(place))


def _place(row: tuple[str | float, ...]) -> Raw:
    raw: Raw = dict(zip(PLACE_NAMES, row, strict=True))
    return raw | {
        "id": uid("places", raw["slug"]),
        "title": f"Familienbüro {raw['city']}",
        "category": "familienmanager",
        "description": (
            f"Beispieleintrag: Hier finden Familien in {raw['city']} Rat, Kontakte und"
            " Angebote unter einem Dach."
        ),
        "region": "Nordrhein-Westfalen",
        "country": "DE",
        "contact": {"email": f"{raw['slug']}@example.org"},
    }
