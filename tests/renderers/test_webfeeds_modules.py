"""What RSS and Atom say in the vocabularies of others: credits, pictures, events."""

from typing import Any

import pytest
from lxml import etree

from tests.renderers.cast import (
    BASE_URL,
    local,
    make_category,
    make_event,
    make_news,
    make_place,
    make_source,
)
from tests.renderers.webfeeds import parsed, rich_news, written

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ev": "http://purl.org/rss/1.0/modules/event/",
    "georss": "http://www.georss.org/georss",
    "media": "http://search.yahoo.com/mrss/",
}
XML = ("rss", "atom")


def find(raw: bytes, path: str) -> Any:
    return etree.fromstring(raw).xpath(path, namespaces=NAMES)


@pytest.mark.parametrize("suffix", XML)
def test_sources_are_named_by_address_or_in_words(suffix: str) -> None:
    raw = written(suffix, rich_news())
    assert find(raw, "//dc:source/text()") == [
        "https://example.org/amt; Eigene Recherche"
    ]


def test_atom_links_to_each_source_once_and_to_the_first_publication() -> None:
    sources = [make_source("Amt", "https://x.example/1"), make_source("Ohne")]
    item = make_news(sources=sources * 2, url="https://x.example/2")
    links = find(written("atom", item), "//a:entry/a:link[@rel='via']")
    assert [(one.get("href"), one.get("title")) for one in links] == [
        ("https://x.example/1", "Amt"),
        ("https://x.example/2", "Neues Bündnis"),
    ]
    assert find(written("atom", item), "//a:source") == []


@pytest.mark.parametrize("suffix", XML)
def test_a_picture_has_its_text_and_its_credit(suffix: str) -> None:
    raw = written(suffix, rich_news())
    (shown,) = find(raw, "//media:content")
    assert dict(shown.attrib) == {
        "url": "https://example.org/bild.jpg",
        "medium": "image",
    }
    assert shown.findtext("media:description", namespaces=NAMES) == 'Ein "Bild"'
    assert shown.findtext("media:credit", namespaces=NAMES) == "Stadt"
    assert find(raw, "//media:thumbnail/@url") == ["https://example.org/bild.jpg"]
    (entry,) = parsed(raw).entries
    assert entry.media_thumbnail == [{"url": "https://example.org/bild.jpg"}]


@pytest.mark.parametrize("suffix", XML)
@pytest.mark.parametrize(
    ("over", "start", "end"),
    [
        ({}, "2021-07-06T09:30:00+02:00", "2021-07-06T11:00:00+02:00"),
        (
            {
                "start_local": local("2021-10-30T20:00"),
                "end_local": local("2021-10-31T09:00"),
            },
            "2021-10-30T20:00:00+02:00",
            "2021-10-31T09:00:00+01:00",
        ),
        (
            {
                "start_local": local("2021-10-31T02:30"),
                "end_local": local("2021-10-31T03:30"),
            },
            "2021-10-31T02:30:00+02:00",
            "2021-10-31T03:30:00+01:00",
        ),
        (
            {
                "start_local": local("2022-03-27T02:30"),
                "end_local": local("2022-03-27T04:00"),
            },
            "2022-03-27T03:30:00+02:00",
            "2022-03-27T04:00:00+02:00",
        ),
        (
            {
                "all_day": True,
                "start_local": local("2021-07-06T00:00"),
                "end_local": local("2021-07-09T00:00"),
            },
            "2021-07-06",
            "2021-07-08",
        ),
        (
            {"timezone": "Asia/Kathmandu"},
            "2021-07-06T09:30:00+05:45",
            "2021-07-06T11:00:00+05:45",
        ),
        (
            {
                "timezone": "Africa/Monrovia",
                "start_local": local("1970-07-06T09:30"),
                "end_local": None,
            },
            "1970-07-06T10:14:30Z",
            None,
        ),
    ],
)
def test_an_event_says_its_time_with_the_offset(
    suffix: str, over: dict[str, Any], start: str, end: str | None
) -> None:
    raw = written(suffix, make_event(**over))
    assert find(raw, "//ev:startdate/text()") == [start]
    assert find(raw, "//ev:enddate/text()") == ([end] if end else [])


@pytest.mark.parametrize("suffix", XML)
def test_an_event_says_where_who_and_what(suffix: str) -> None:
    event = make_event(
        place=make_place(),
        organizer={"name": "Amt", "email": "amt@example.org"},
        categories=[make_category("b", "Beratung"), make_category("c", "Café")],
    )
    raw = written(suffix, event)
    assert find(raw, "//ev:location/text()") == [
        "Haus der Familie, Am Markt 1, 44135 Dortmund"
    ]
    assert find(raw, "//ev:organizer/text()") == ["Amt"]
    assert find(raw, "//ev:type/text()") == ["Beratung"]
    assert find(raw, "//georss:point/text()") == ["51.5 7.46"]


@pytest.mark.parametrize("suffix", XML)
@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [(0.0, -0.0000001, "0 0"), (-33.8567844, 151.2152967, "-33.856784 151.215297")],
)
def test_a_position_has_no_exponent(
    suffix: str, latitude: float, longitude: float, point: str
) -> None:
    place = make_place(latitude=latitude, longitude=longitude)
    assert find(written(suffix, make_event(place=place)), "//georss:point/text()") == [
        point
    ]


@pytest.mark.parametrize("suffix", XML)
def test_what_is_not_known_is_not_said(suffix: str) -> None:
    for entry in (make_event(end_local=None), make_news()):
        raw = written(suffix, entry)
        unsaid = "//dc:source | //media:* | //georss:* | //ev:*[not(text())]"
        assert find(raw, unsaid) == []


def test_a_news_item_links_to_its_event_and_its_place() -> None:
    item = make_news(event=make_event(state="published"), place=make_place())
    raw = written("rss", item)
    assert find(raw, "//georss:point/text()") == ["51.5 7.46"]
    (entry,) = parsed(raw).entries
    assert entry.content[0].value.endswith(
        f'<p><a href="{BASE_URL}/familie/events/elterncafe">Zum Termin</a></p>'
        f'<p><a href="{BASE_URL}/familie/events?place=haus">'
        "Haus der Familie, Am Markt 1, 44135 Dortmund</a></p>"
    )


@pytest.mark.parametrize(
    "over",
    [
        {"state": "draft"},
        {"state": "published", "announced_at": None},
        {"state": "published", "announced_at": local("2031-01-01T00:00+00:00")},
    ],
)
def test_an_event_that_nobody_may_see_is_not_linked(over: dict[str, Any]) -> None:
    raw = written("json", make_news(event=make_event(**over)))
    assert raw == written("json", make_news())
