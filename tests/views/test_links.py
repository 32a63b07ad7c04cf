"""Links into other calendars, to the byte."""

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

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


def test_subscription_of_a_choice_is_right_to_the_byte() -> None:
    made = Subscribe(
        "https://termine.example/f/events.ics?category=a&q=%C3%A4", "F & Co+ (A)"
    )

    https = "https%3A%2F%2Ftermine.example%2Ff%2Fevents.ics%3Fcategory%3Da%26q%3D"
    web = f"addfromweb?url={https}%25C3%25A4&name=F%20%26%20Co%2B%20%28A%29"
    assert (made.webcal, made.google, made.outlook, made.microsoft) == (
        "webcal://termine.example/f/events.ics?category=a&q=%C3%A4",
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Ftermine.example"
        "%2Ff%2Fevents.ics%3Fcategory%3Da%26q%3D%25C3%25A4",
        f"https://outlook.live.com/calendar/0/{web}",
        f"https://outlook.office.com/calendar/0/{web}",
    )


ADD = Add(
    ics="https://termine.example/f/events/x.ics",
    title="Ein Café & mehr +1",
    start=datetime.fromisoformat("2026-07-06T09:00"),
    end=datetime.fromisoformat("2026-07-06T11:00"),
    start_at=datetime(2026, 7, 6, 7, tzinfo=UTC),
    end_at=datetime(2026, 7, 6, 9, tzinfo=UTC),
    timezone="Europe/Berlin",
    place="Straße 1, Köln",
    page="https://termine.example/f/events/x",
)


def test_single_event_is_right_to_the_byte() -> None:
    """A plus sign would be shown as one: spaces are %20."""
    said = "Ein%20Caf%C3%A9%20%26%20mehr%20%2B1"
    page, place = ADD.page, "Stra%C3%9Fe%201%2C%20K%C3%B6ln"
    composed = (
        "deeplink/compose?path=/calendar/action/compose&rru=addevent"
        "&startdt=2026-07-06T09:00:00%2B02:00&enddt=2026-07-06T11:00:00%2B02:00"
        f"&subject={said}&body={page}&location={place}&allday=false"
    )
    assert (ADD.webcal, ADD.google, ADD.outlook, ADD.microsoft) == (
        "webcal://termine.example/f/events/x.ics",
        f"https://calendar.google.com/calendar/render?action=TEMPLATE&text={said}"
        f"&dates=20260706T070000Z/20260706T090000Z&details={page}"
        f"&location={place}&ctz=Europe/Berlin",
        f"https://outlook.live.com/calendar/0/{composed}",
        f"https://outlook.office.com/calendar/0/{composed}",
    )


@pytest.mark.parametrize(
    ("timezone", "at", "said"),
    [
        (
            "Europe/Berlin",
            datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
            "2026-03-29T01:30:00+01:00",
        ),
        (
            "Europe/Berlin",
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            "2026-03-29T03:00:00+02:00",
        ),
        (
            "Europe/Berlin",
            datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
            "2026-10-25T02:00:00+01:00",
        ),
        (
            "America/St_Johns",
            datetime(2026, 7, 6, 7, tzinfo=UTC),
            "2026-07-06T04:30:00-02:30",
        ),
        ("UTC", datetime(2026, 7, 6, 7, tzinfo=UTC), "2026-07-06T07:00:00+00:00"),
    ],
)
def test_single_event_starts_with_the_offset_of_its_day(
    timezone: str, at: datetime, said: str
) -> None:
    made = replace(ADD, timezone=timezone, start_at=at)

    query = parse_qs(urlsplit(made.outlook).query)
    assert query["startdt"] == [said]


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
