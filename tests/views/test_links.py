"""Links into other calendars, to the byte."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

from feeds.views.links import Add, Subscribe


def test_subscription_links_carry_the_whole_address() -> None:
    made = Subscribe(
        "https://termine.example/f/events.ics?q=a+b&lang=%C3%A4", "Fämilie"
    )

    assert made.webcal == "webcal://termine.example/f/events.ics?q=a+b&lang=%C3%A4"
    assert made.google == (
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Ftermine.example"
        "%2Ff%2Fevents.ics%3Fq%3Da%2Bb%26lang%3D%25C3%25A4"
    )
    assert made.outlook == (
        "https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2F"
        "termine.example%2Ff%2Fevents.ics%3Fq%3Da%2Bb%26lang%3D%25C3%25A4"
        "&name=F%C3%A4milie"
    )


def test_days_are_added_as_days_with_an_exclusive_end() -> None:
    made = Add(
        ics="https://termine.example/f/events/x.ics",
        title="Ferien",
        start=date(2021, 7, 5),
        end=date(2021, 8, 18),
        start_at=datetime(2021, 7, 4, 22, tzinfo=UTC),
        end_at=datetime(2021, 8, 17, 22, tzinfo=UTC),
        timezone="Europe/Berlin",
        place="Überall",
        page="https://termine.example/f/events/x",
    )

    google, outlook = (
        parse_qs(urlsplit(url).query) for url in (made.google, made.outlook)
    )
    assert google["dates"] == ["20210705/20210818"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2021-07-05"], ["2021-08-18"])
    assert outlook["allday"] == ["true"]
    assert google["location"] == outlook["location"] == ["Überall"]
