"""Whose language a page speaks: the address says so, a browser never does."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from feeds.i18n import LANGUAGES
from tests.cast import CHANNEL, Clock
from tests.views.documents import EVENT, Write
from tests.views.reading import page_of

PATHS = [
    f"/{CHANNEL}",
    *(f"/{CHANNEL}/{page}" for page in ("events", "news", "places", "subscribe")),
    *(f"/{CHANNEL}/{page}" for page in ("embed", "events/elterncafe", "news/besuch")),
    *(
        f"/embed/{CHANNEL}/{view}"
        for view in ("month", "mini", "agenda", "news", "map")
    ),
    f"/embed/{CHANNEL}/event?event=elterncafe",
]


@pytest.fixture(autouse=True)
def mixed(write: Write, clock: Clock) -> None:
    """An event in English and news in Turkish, in a German channel."""
    write(
        "places", {"slug": "haus", "title": "Das Haus", "latitude": 51, "longitude": 7}
    )
    write("events", EVENT, slug="elterncafe", title="Parents’ café", language="en")
    write("news", {"slug": "besuch", "title": "Ziyaret", "language": "tr"})
    clock.now += timedelta(minutes=1)


@pytest.mark.parametrize("path", PATHS)
def test_browser_has_no_say(client: FlaskClient, path: str) -> None:
    answers = [
        client.get(path, headers={"Accept-Language": wish} if wish else {})
        for wish in ("", "ar", "fr,en;q=0.5")
    ]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.data for answer in answers}) == 1
    assert page_of(answers[0]).get("lang") == "de"
    assert "Accept-Language" not in answers[0].headers.get("Vary", "")


@pytest.mark.parametrize("path", PATHS)
def test_address_says_the_language(client: FlaskClient, path: str) -> None:
    joint = "&" if "?" in path else "?"
    pages = [page_of(client.get(f"{path}{joint}lang={one}")) for one in LANGUAGES]

    assert [page.get("lang") for page in pages] == list(LANGUAGES)
    assert {page.get("lang") for page in pages if page.get("dir") == "rtl"} == {"ar"}


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (f"/{CHANNEL}", "Parents’ café"),
        (f"/{CHANNEL}", "Ziyaret"),
        (f"/{CHANNEL}/events", "Parents’ café"),
        (f"/{CHANNEL}/events/elterncafe", "Parents’ café"),
        (f"/{CHANNEL}/news", "Ziyaret"),
        (f"/{CHANNEL}/news/besuch", "Ziyaret"),
        *(
            (f"/embed/{CHANNEL}/{view}", "Parents’ café")
            for view in ("month", "agenda")
        ),
        (f"/embed/{CHANNEL}/news", "Ziyaret"),
        (f"/embed/{CHANNEL}/event?event=elterncafe", "Parents’ café"),
    ],
)
def test_words_of_another_language_say_so(
    client: FlaskClient, path: str, title: str
) -> None:
    own = {"Parents’ café": "en", "Ziyaret": "tr"}[title]
    page = page_of(client.get(path))
    spoken = {
        node.xpath("ancestor-or-self::*[@lang][1]/@lang")[0]
        for node in page.xpath("//body//*[not(self::script)]")
        if title in (node.text or "").replace("\u00ad", "")
    }

    assert spoken == {own}
