"""The page that this service is to replace: its month and its news, as people see them.

Read with a parser of its own, without what is hidden from sight.
"""

import pytest
from lxml.html import HtmlElement, fromstring

from feeds.demo import CHANNEL
from tests.clients.serving import Service, slug_in

JULY = f"/embed/{CHANNEL}/month?month=2021-07"
HEADER = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
ROWS = """\
26 | 28 29 30 1 2 3 4
27 | 5 6 7 8 9 10 11
28 | 12 13 14 15 16 17 18
29 | 19 20 21 22 23 24 25
30 | 26 27 28 29 30 31 1"""
CREDIT = "Quellen: Online-Recherche auf www.mfkjks.nrw.de, 02.09.2014"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def page_of(service: Service, path: str) -> HtmlElement:
    page = fromstring(service.get(path).data.decode())
    for hidden in page.find_class("vh"):
        hidden.drop_tree()
    return page


def seen(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).replace(SOFT_HYPHEN, "").split())


def days_of(row: HtmlElement) -> list[str]:
    """Return the numbers in the cells of a row, without what is on on those days."""
    return [
        " ".join(seen(part) for part in cell if part.tag != "ul")
        for cell in row.findall("td")
    ]


def grid(page: HtmlElement) -> tuple[list[str], list[str]]:
    """Return the words above the grid, and its rows as the seed writes them."""
    [table] = page.xpath("//table")
    header = [seen(cell) for cell in table.xpath("thead/tr/th")]
    rows = []
    for row in table.xpath("tbody/tr"):
        number = [seen(cell) for cell in row.findall("th")]
        rows.append(" | ".join([*number, " ".join(days_of(row))]))
    return header, rows


def test_july_2021_looks_as_it_did(service: Service) -> None:
    header, rows = grid(page_of(service, JULY))
    assert header == ["KW", *HEADER]
    assert "\n".join(rows) == ROWS


def test_july_2021_looks_as_it_did_without_week_numbers(service: Service) -> None:
    header, rows = grid(page_of(service, f"{JULY}&weeknumbers=0"))
    assert header == HEADER
    assert rows == [row.partition(" | ")[2] for row in ROWS.splitlines()]


def test_the_month_is_named_and_leads_to_all_events(service: Service) -> None:
    page = page_of(service, JULY)
    links = {seen(link): link.get("href") for link in page.iter("a")}
    assert [seen(heading) for heading in page.iter("h1")] == ["Juli 2021"]
    assert links["alle Termine"] == f"/{CHANNEL}/events"
    assert service.get(links["alle Termine"]).status == 200


def test_every_day_of_the_grid_shows_what_is_on(service: Service) -> None:
    page = page_of(service, JULY)
    shown = {
        cell.find("time").get("datetime"): [seen(item) for item in cell.iter("li")]
        for cell in page.xpath("//table//td")
    }
    assert len(shown) == 35
    assert shown["2021-07-02"] == []
    assert shown["2021-07-03"] == ["11:00 Familienfest am Markt"]
    assert shown["2021-07-22"][-1] == "08:30 Netzwerkfrühstück Familie und Beruf"
    cancelled = "10:00 Abgesagt Stadtteilspaziergang mit Kinderwagen"
    assert shown["2021-07-21"][-1] == cancelled


@pytest.mark.parametrize("path", [f"/{CHANNEL}/news", "item"])
def test_the_news_names_its_source(service: Service, path: str) -> None:
    """On the list as on its own page, which the list leads to."""
    listed = page_of(service, f"/{CHANNEL}/news")
    titled = [link for link in listed.iter("a") if "Ministerin Schäfer" in seen(link)]
    [address] = [link.get("href") for link in titled]
    assert slug_in(address, "news")
    page = listed if path != "item" else page_of(service, address)
    credits = [seen(line) for line in page.find_class("sources")]
    assert credits == [CREDIT]
