"""What `rich=1` adds, and that the plain form has none of it."""

from icalendar import Calendar

from feeds.renderers import FORMATS
from feeds.renderers.rich import render
from tests.renderers.calendars import rich_event
from tests.renderers.cast import make_event, make_head, make_site

ICS = FORMATS["ics"]
NEW = ("STYLED-DESCRIPTION", "BEGIN:VLOCATION", "LINK", "CONCEPT")


def added() -> list[str]:
    """Return the unfolded lines that only the rich form has."""
    event = rich_event(registration={"url": "https://example.org/an"})
    plain, more = (
        raw.decode().replace("\r\n ", "").split("\r\n")
        for raw in (ICS.event(event, make_site()), render(event, make_site()))
    )
    assert not [one for one in plain if one.startswith(NEW)]
    assert (more[: len(plain) - 2], more[-2:]) == (plain[:-2], plain[-2:])
    return more[len(plain) - 2 : -2]


def test_rich_adds_text_links_concepts_and_a_location() -> None:
    styled, *others = added()
    assert styled.startswith("STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>")
    assert others[:-7] == [
        'LINK;LINKREL=related;LABEL="Anmeldung";VALUE=URI:https://example.org/an',
        'LINK;LINKREL=describedby;LABEL="Website";VALUE=URI:'
        "https://www.example.org/cafe",
        "CONCEPT:https://feeds.example.org/familie/events?category=q",
        "CONCEPT:https://feeds.example.org/familie/events?category=b",
    ]
    begin, uid, *rest, end = others[-7:]
    assert (begin, end) == ("BEGIN:VLOCATION", "END:VLOCATION")
    assert uid.startswith("UID:")
    assert rest == [
        "NAME:Haus der Familie",
        "DESCRIPTION:Haus der Familie\\, Am Markt 1\\, 44135 Dortmund",
        "GEO:51.500000;7.460000",
        "URL:geo:51.500000,7.460000",
    ]


def test_rich_event_is_read_by_icalendar() -> None:
    site, head = make_site(), make_head("events", zones=("Europe/Berlin",))
    assert ICS.rich is not None
    raw = ICS.rich.whole(head, site, [render(rich_event(), site)])
    calendar = Calendar.from_ical(raw)
    assert not [error for one in calendar.walk() for error in one.errors]
    (event,) = calendar.walk("VEVENT")
    assert [one.name for one in event.subcomponents] == ["VLOCATION"]


def test_event_with_nothing_more_is_the_same() -> None:
    event = make_event()
    assert render(event, make_site()) == ICS.event(event, make_site())


def test_rich_and_jcal_are_made_by_their_first_reader() -> None:
    assert {name for name, row in FORMATS.items() if row.at_write} == {
        "ics",
        "rss",
        "atom",
        "json",
    }
    assert [row.rich.name for row in FORMATS.values() if row.rich] == [
        "ics-rich",
        "jcal-rich",
    ]
    assert not [row for row in FORMATS.values() if row.rich and row.rich.at_write]
