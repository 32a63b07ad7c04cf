"""The month widget, read as a partner's visitor gets it."""

import pytest
from flask.testing import FlaskClient

from tests.cast import CHANNEL, Clock
from tests.views.documents import EVENT, Write
from tests.views.reading import cell, grid, hrefs, page_of, texts, words

MONTH = f"/embed/{CHANNEL}/month"
JULY = f"{MONTH}?month=2021-07"


def test_month_shows_its_whole_weeks_with_iso_numbers(client: FlaskClient) -> None:
    assert grid(page_of(client.get(JULY))) == [
        ["KW", "Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        ["26", "28", "29", "30", "1", "2", "3", "4"],
        ["27", "5", "6", "7", "8", "9", "10", "11"],
        ["28", "12", "13", "14", "15", "16", "17", "18"],
        ["29", "19", "20", "21", "22", "23", "24", "25"],
        ["30", "26", "27", "28", "29", "30", "31", "1"],
    ]


def test_month_can_start_on_sunday_without_week_numbers(client: FlaskClient) -> None:
    rows = grid(page_of(client.get(f"{JULY}&week=su&weeknumbers=0&lang=en")))

    assert rows[0] == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    assert rows[1] == ["27", "28", "29", "30", "1", "2", "3"]


@pytest.mark.parametrize(
    ("month", "weeks"),
    [
        ("2020-12", ["49", "50", "51", "52", "53"]),
        ("2021-01", ["53", "1", "2", "3", "4"]),
        ("2026-12", ["49", "50", "51", "52", "53"]),
    ],
)
def test_week_numbers_are_those_of_iso_8601(
    client: FlaskClient, month: str, weeks: list[str]
) -> None:
    page = page_of(client.get(f"{MONTH}?month={month}"))

    assert texts(page, "//tbody//th") == weeks


def test_month_is_the_present_one_in_the_channel_by_default(
    client: FlaskClient, clock: Clock
) -> None:
    clock.forward(days=25, hours=12, minutes=30)  # 31 July 22:30 UTC

    page = page_of(client.get(MONTH))

    assert texts(page, "//h1") == ["August 2021"]
    assert texts(page, "//td[@aria-current='date']/time") == ["1"]


def test_month_names_its_neighbours(client: FlaskClient) -> None:
    page = page_of(client.get(f"{JULY}&category=&theme=dark"))

    assert texts(page, "//nav/a") == ["‹ Juni", "Heute", "August ›"]
    assert hrefs(page, "//nav/a") == [
        f"{MONTH}?month=2021-06&theme=dark",
        f"{MONTH}?theme=dark",
        f"{MONTH}?month=2021-08&theme=dark",
    ]


@pytest.mark.parametrize(
    ("month", "links"),
    [
        ("1970-01", [None, MONTH, f"{MONTH}?month=1970-02"]),
        ("2100-12", [f"{MONTH}?month=2100-11", MONTH, None]),
    ],
)
def test_month_at_the_end_of_time_leads_no_further(
    client: FlaskClient, month: str, links: list[str | None]
) -> None:
    page = page_of(client.get(f"{MONTH}?month={month}"))

    assert hrefs(page, "//nav/a") == links
    assert len(page.xpath("//nav/a[@aria-disabled='true']")) == 1


def test_cell_holds_number_count_and_entries(
    client: FlaskClient, filled: None, write: Write
) -> None:
    write(
        "events",
        EVENT,
        uid="b",
        title="Sprechstunde",
        start="2021-07-08T14:00",
        end=None,
        categories=["qualifizierung"],
    )

    found = cell(page_of(client.get(JULY)), "2021-07-08")

    assert words(found) == (
        "8 8. Juli 2021, 2 Termine 09:30 Elterncafé 14:00 Sprechstunde, Qualifizierung"
    )


def test_cell_shows_three_entries_and_leads_to_the_others(
    client: FlaskClient, write: Write
) -> None:
    for hour in (9, 10, 11, 12, 13):
        write("events", {"title": f"Um {hour}", "start": f"2021-07-08T{hour:02}:00"})

    found = cell(page_of(client.get(JULY)), "2021-07-08")

    assert texts(found, ".//li")[:3] == ["09:00 Um 9", "10:00 Um 10", "11:00 Um 11"]
    assert texts(found, ".//li")[3].startswith("2 weitere")
    assert hrefs(found, ".//a")[3] == (
        f"/{CHANNEL}/events?from=2021-07-08&to=2021-07-09"
    )


def test_cancelled_entry_is_struck_through_and_says_so(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT, status="cancelled")

    found = cell(page_of(client.get(JULY)), "2021-07-08")

    assert words(found) == "8 8. Juli 2021, 1 Termin 09:30 Abgesagt Elterncafé"
    assert texts(found, ".//s") == ["Elterncafé"]


def test_entry_of_several_days_stands_first_on_each(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT)
    write("events", {"title": "Ferien", "start": "2021-07-07", "end": "2021-07-10"})

    page = page_of(client.get(JULY))

    assert [
        texts(cell(page, f"2021-07-{day:02}"), ".//li") for day in range(6, 11)
    ] == [
        [],
        ["Ferien (Tag 1 von 3)"],
        ["Ferien (Tag 2 von 3)", "09:30 Elterncafé"],
        ["Ferien (Tag 3 von 3)"],
        [],
    ]


def test_list_holds_the_same_days_as_the_grid(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT)
    write("events", {"title": "Fest", "start": "2021-07-31", "end": "2021-08-02"})

    page = page_of(client.get(JULY))

    rows = "//ol[contains(@class, 'listed')]/li"
    assert [row.get("datetime") for row in page.xpath(f"{rows}//time")] == [
        "2021-07-08",
        "2021-07-31",
    ]
    assert texts(page, f"{rows}//li//a") == ["Elterncafé", "Fest"]


def test_link_to_all_events_is_there(client: FlaskClient) -> None:
    page = page_of(client.get(JULY))

    assert hrefs(page, "//a[text()='alle Termine']") == [f"/{CHANNEL}/events"]


def test_date_of_a_series_is_linked_to_its_line(
    client: FlaskClient, write: Write
) -> None:
    write("events", EVENT, rrule="FREQ=WEEKLY;COUNT=3")

    page = page_of(client.get(JULY))
    (link,) = hrefs(cell(page, "2021-07-15"), ".//li/a")
    path, _, key = link.partition("#")

    assert page_of(client.get(path)).xpath(f"//li[@id='{key}']") != []


def test_empty_month_offers_the_next_event(client: FlaskClient, write: Write) -> None:
    write("events", EVENT)

    page = page_of(client.get(f"{MONTH}?month=2021-03"))

    assert texts(page, "//p[@class='none']") == [
        "In diesem Monat sind keine Termine eingetragen. Als Nächstes: Elterncafé, "
        "Donnerstag, 8. Juli 2021, 09:30 Uhr."
    ]


def test_show_leaves_parts_out_but_keeps_the_heading(client: FlaskClient) -> None:
    page = page_of(client.get(f"{JULY}&show=nav"))

    assert texts(page, "//h1") == ["Juli 2021"]
    assert page.xpath("//h1/@class") == ["vh"]
    assert len(page.xpath("//nav")) == 1
    assert hrefs(page, "//*[@id='after']//a") == []


def test_markup_in_a_title_is_text(client: FlaskClient, write: Write) -> None:
    write("events", EVENT, title="<img src=x onerror=alert(1)>")

    page = page_of(client.get(JULY))

    assert page.xpath("//img") == []
    assert texts(page, "//td//li/a") == ["09:30 <img src=x onerror=alert(1)>"]


def test_entry_over_midnight_goes_on_without_a_time_to_read_out(
    client: FlaskClient, write: Write
) -> None:
    start, end = "2021-07-09T20:00", "2021-07-10T01:00"
    write("events", {"title": "Lange Nacht", "start": start, "end": end})

    page = page_of(client.get(JULY))
    first, second = cell(page, "2021-07-09"), cell(page, "2021-07-10")

    assert texts(first, ".//li") == ["20:00 Lange Nacht (Tag 1 von 2)"]
    assert texts(second, ".//i[@aria-hidden='true']") == ["20:00"]
    assert texts(second, ".//li") == ["20:00 Lange Nacht (Tag 2 von 2)"]
