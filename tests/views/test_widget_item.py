"""The widget of news with a single item in it, as a pasted address has it."""

import pytest
from flask.testing import FlaskClient
from lxml import html

from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import ANY, NEWS, Write
from tests.views.reading import hrefs, page_of, texts

NEWS_WIDGET = f"/embed/{CHANNEL}/news"
ITEM = f"{NEWS_WIDGET}?item=zwei"


@pytest.fixture(autouse=True)
def three(write: Write) -> None:
    for slug in ("eins", "zwei", "drei"):
        write("news", NEWS, id=slug, slug=slug, title=slug.title())


@pytest.mark.parametrize("suffix", ["", ".html", ".json"])
def test_each_shape_shows_that_item_alone(client: FlaskClient, suffix: str) -> None:
    answer = client.get(f"{NEWS_WIDGET}{suffix}?item=zwei")

    assert answer.status_code == 200
    assert [one in answer.text for one in ("Eins", "Zwei", "Drei")] == [
        False,
        True,
        False,
    ]
    assert f"/{CHANNEL}/news/zwei" in answer.text


def test_item_has_no_pages_and_leads_to_all_news(client: FlaskClient) -> None:
    page = page_of(client.get(ITEM))

    assert hrefs(page, "//main//a") == [f"/{CHANNEL}/news/zwei", f"/{CHANNEL}/news"]


def test_other_filters_hold_as_well(client: FlaskClient, write: Write) -> None:
    write("categories", {"slug": "audit", "title": "Audit"})

    page = page_of(client.get(f"{ITEM}&category=audit"))

    assert texts(page, "//p[@class='none']") == ["Dazu gibt es keine Meldungen."]


def test_item_that_is_not_there_is_404_and_a_renamed_one_308(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    patch = {"slug": "neu"}
    publisher.amend("news", CHANNEL, "zwei", patch, now=clock.now, match=ANY)
    publisher.withdraw("news", CHANNEL, "drei", now=clock.now, match=ANY)
    answers = [
        client.get(f"{NEWS_WIDGET}?lang=en&item={slug}")
        for slug in ("nirgends", "zwei", "drei")
    ]

    assert [one.status_code for one in answers] == [404, 308, 410]
    assert answers[1].headers["Location"].endswith("?lang=en&item=neu")


def test_builder_keeps_the_item_and_names_its_page(client: FlaskClient) -> None:
    page = page_of(client.get(f"/{CHANNEL}/embed?view=news&item=zwei"))

    (preview,) = page.xpath("//iframe[@data-preview]")
    (code,) = page.xpath("//*[@id='iframe-code']")
    link = html.fragment_fromstring(code.text_content(), create_parent="div")
    assert preview.get("src") == ITEM
    assert link.xpath(".//p/a/@href") == [f"{BASE_URL}/{CHANNEL}/news/zwei"]
    assert page.xpath("//form//input[@name='item']/@value") == ["zwei"]
    others = page.xpath("//nav[@id='views']/a/@href")
    assert [one for one in others if "item=" in one] == [
        f"/{CHANNEL}/embed?item=zwei&view=news"
    ]


def test_no_page_but_the_widget_takes_an_item(client: FlaskClient) -> None:
    for path in (f"/{CHANNEL}/news", f"/{CHANNEL}/news.rss", f"/embed/{CHANNEL}/month"):
        assert client.get(f"{path}?item=zwei").status_code == 400
