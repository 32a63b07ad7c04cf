"""The builder: each choice, the seven snippets, and what it says of a wrong choice."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

from feeds.i18n import LANGUAGES
from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel
from tests.views.documents import ANY, EVENT, NEWS, Write
from tests.views.reading import page_of, texts

PAGE = f"/{CHANNEL}/embed"
EMBED = f"/embed/{CHANNEL}"
WAYS = ["resized", "iframe", "element", "div", "oembed", "fragment", "list"]
PLACE = {
    "title": "Rathaus",
    "slug": "rathaus",
    "city": "Dortmund",
    "latitude": 51.51,
    "longitude": 7.46,
}
HOSTILE = "</code></pre><script>alert(1)</script>\"' \\'; ?><b>"
# Of each field: what somebody puts in, and what the widget is then asked for. What is
# None counts for the builder alone.
FIELDS: dict[str, tuple[str, str, str | None]] = {
    "view": ("", "mini", None),
    "event": ("event", "fest", "event=fest"),
    "category": ("", "audit", "category=audit"),
    "limit": ("agenda", "3", "limit=3"),
    "q": ("", "Straße & Co", "q=Stra%C3%9Fe+%26+Co"),
    "place": ("", "rathaus", "place=rathaus"),
    "month": ("", "2027-03", "month=2027-03"),
    "plain_language": ("", "1", "plain_language=1"),
    "match": ("", "all", "match=all"),
    "exclude": ("", "audit", "exclude=audit"),
    "from": ("agenda", "-7d", "from=-7d"),
    "to": ("agenda", "+3m", "to=%2B3m"),
    "language": ("", "en", "language=en"),
    "status": ("", "cancelled", "status=cancelled"),
    "order": ("agenda", "published", "order=published"),
    "show": ("", "filter", "show=filter"),
    "theme": ("", "dark", "theme=dark"),
    "accent": ("", "#0B5CAD", "accent=%230b5cad"),
    "lang": ("", "fr", "lang=fr"),
    "weeknumbers": ("", "0", "weeknumbers=0"),
    "week": ("", "su", "week=su"),
    "level": ("", "3", "level=3"),
    "height": ("", "700", None),
    "width": ("", "480", None),
    "pinned": ("", "1", None),
}


@pytest.fixture(autouse=True)
def full(write: Write) -> None:
    for slug in ("audit", "bund"):
        write("categories", {"slug": slug, "title": slug.title()})
    write("places", PLACE)
    write("events", EVENT, place="rathaus", plain_language="Kommen Sie.")
    write("events", {"title": "Party", "start": "2021-07-09", "language": "en"})
    write("events", {"title": "Fest", "slug": "fest", "start": "2021-07-10"})
    write("news", NEWS)


def builder(client: FlaskClient, *asked: tuple[str, str]) -> Any:
    answer = client.get(PAGE, query_string=list(asked))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return page_of(answer)


def preview(page: Any) -> str:
    (found,) = page.xpath("//iframe[@data-preview]/@src")
    return str(found)


def code(page: Any, name: str) -> str:
    (found,) = page.xpath(f"//*[@id='{name}']//code")
    return str(found.text_content())


def submitted(page: Any) -> list[tuple[str, str]]:
    """Return what a browser sends of the form as it stands."""
    (form,) = page.xpath("//form[@data-builder]")
    widths = page.xpath("//input[@form='choices']")
    return [*form.form_values(), *((one.name, one.value) for one in widths)]


def test_every_field_has_a_case(client: FlaskClient) -> None:
    views = ("month", "mini", "agenda", "news", "event", "map")
    pages = [builder(client, ("view", view)) for view in views]
    named = "//form[@data-builder]//*[@name]/@name | //*[@form='choices']/@name"

    assert {str(name) for page in pages for name in page.xpath(named)} == set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_each_choice_is_in_address_and_preview(client: FlaskClient, name: str) -> None:
    view, value, wanted = FIELDS[name]
    chosen = (("view", view),) if view else ()
    before = builder(client, *chosen)
    page = builder(client, *chosen, (name, value))
    permalink = page.xpath("//a[@id='permalink']/@href")[0]

    assert (name, value.lower()) in [
        (key, text.lower()) for key, text in parse_qsl(urlsplit(permalink).query)
    ]
    if wanted:
        asked = urlsplit(preview(page)).query
        assert wanted in asked.split("&")
        assert preview(before) != preview(page)
        sources = [code(page, f"{way}-code") for way in WAYS[:-1]]
        assert all(re.search(rf"\b{name}\b", source) for source in sources)
    # What was chosen stands in the form: sending it again changes nothing.
    again = builder(client, *submitted(page))
    assert preview(again) == preview(page)
    assert again.xpath("//a[@id='permalink']/@href") == [permalink]


def test_what_is_usual_stands_in_no_snippet(client: FlaskClient) -> None:
    for view in ("month", "mini", "agenda", "news", "map"):
        page = builder(client, *submitted(builder(client, ("view", view))))

        assert preview(page) == f"{EMBED}/{view}"
        assert code(page, "oembed-code") == f"{BASE_URL}{EMBED}/{view}"


def test_event_names_no_part_that_is_usual(client: FlaskClient) -> None:
    page = builder(client, ("view", "event"), ("event", "fest"))
    page = builder(client, *submitted(page))

    assert preview(page) == f"{EMBED}/event?event=fest"


@pytest.mark.parametrize("view", ["month", "mini", "agenda", "news", "event", "map"])
def test_no_part_is_no_part(client: FlaskClient, view: str) -> None:
    page = builder(client, ("view", view))
    ticked = [one for one in submitted(page) if one[0] != "show"]
    page = builder(client, *ticked, ("show", "none"))
    widget = page_of(client.get(preview(page)))

    assert "show=none" in preview(page)
    assert 'show="none"' in code(page, "element-code")
    assert page.xpath("//input[@name='show'][@checked]") == []
    assert widget.xpath("//nav | //form | //*[contains(@class, 'menu')]") == []
    assert widget.xpath("//*[@class='all']//a") == []


def test_nothing_beside_something_says_nothing(client: FlaskClient) -> None:
    page = builder(client, ("show", "none"), ("show", "nav"))

    assert preview(page) == f"{EMBED}/month?show=nav"


@pytest.mark.parametrize(("noun", "name"), [("events", "event"), ("news", "item")])
def test_renamed_entry_keeps_all_other_choices(
    client: FlaskClient, publisher: Publisher, clock: Clock, noun: str, name: str
) -> None:
    raw = {**(EVENT if noun == "events" else NEWS), "slug": "neu"}
    key = str(raw.get("uid") or raw["id"])
    slug = publisher.read(noun, CHANNEL, key)["slug"]
    publisher.replace(noun, CHANNEL, key, raw, now=clock.now, match=ANY)
    view = "event" if noun == "events" else "news"
    answer = client.get(f"{PAGE}?view={view}&{name}={slug}&theme=dark&width=480")
    location = urlsplit(answer.headers["Location"])

    assert (answer.status_code, location.path) == (308, PAGE)
    assert dict(parse_qsl(location.query)) == {
        **{"view": view, name: "neu", "theme": "dark", "width": "480"}
    }


@pytest.mark.parametrize(
    ("asked", "name", "value"),
    [
        ("view=kino", "view", "kino"),
        ("limit=0", "limit", "0"),
        ("month=2021-13", "month", "2021-13"),
        ("accent=rot", "accent", "rot"),
        ("show=alles", "show", "alles"),
        ("theme=bunt", "theme", "bunt"),
        ("level=7", "level", "7"),
        ("height=100000", "height", "100000"),
        ("width=0", "width", "0"),
        ("pinned=ja", "pinned", "ja"),
        ("farbe=rot", "farbe", "rot"),
    ],
)
def test_wrong_choice_is_named(
    client: FlaskClient, asked: str, name: str, value: str
) -> None:
    answer = client.get(f"{PAGE}?{asked}")

    assert answer.status_code == 400
    assert f"{name}: „{value}“" in texts(page_of(answer), "//main")[0]


@pytest.mark.parametrize(
    "asked", ["view=event&event=nirgends", "category=nirgends", "view=news&item=nichts"]
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, asked: str) -> None:
    assert client.get(f"{PAGE}?{asked}").status_code == 404


def php_literals(text: str) -> list[str]:
    r"""Return the strings of PHP between single quotes: \\ and \' are escapes."""
    found = re.findall(r"'((?:[^'\\]|\\.)*)'", text, re.DOTALL)
    return [re.sub(r"\\([\\'])", r"\1", one) for one in found]


def test_snippets_keep_hostile_words_in_their_place(
    client: FlaskClient, publisher: Publisher, write: Write, clock: Clock
) -> None:
    write("events", {"title": HOSTILE, "slug": "boese", "start": "2021-07-11"})
    page = builder(client, ("view", "event"), ("event", "boese"))

    assert page.xpath("//script[not(@src)][contains(., 'alert')]") == []
    for way in ("resized", "iframe", "element", "div", "list"):
        made = html.fragment_fromstring(code(page, f"{way}-code"), create_parent="div")
        assert made.xpath(".//b | .//script[not(@src)]") == [], way
        said = [*made.xpath(".//a"), *made.xpath(".//li/a")]
        assert any(HOSTILE in (one.text_content() or "") for one in said), way
    address, link = php_literals(code(page, "fragment-php"))
    assert address == f"{BASE_URL}{EMBED}/event.html?event=boese"
    assert html.fromstring(link).text_content().startswith(HOSTILE)
    assert "?>" not in code(page, "fragment-php")[:-2]


def test_each_way_has_code_and_what_a_policy_must_allow(client: FlaskClient) -> None:
    page = builder(client, ("view", "news"), ("show", "images"))
    policies = {
        str(one.get("id")).removesuffix("-policy"): one.text_content().strip()
        for one in page.xpath("//pre[contains(@id, '-policy')]")
    }

    assert page.xpath("//*[@id='snippets']//details/@id") == WAYS
    assert policies == {
        "resized": f"frame-src {BASE_URL}; script-src {BASE_URL}",
        "iframe": f"frame-src {BASE_URL}",
        "element": f"script-src {BASE_URL}; connect-src {BASE_URL}; img-src https:",
        "div": f"script-src {BASE_URL}; connect-src {BASE_URL}; img-src https:",
        "oembed": f"frame-src {BASE_URL}",
        "fragment": "style-src 'unsafe-inline'; img-src https:",
    }


@pytest.mark.parametrize(
    ("accent", "wanted"),
    [("00665e", ["gut lesbar", "wird"]), ("ffee00", ["wird", "gut lesbar"])],
)
def test_contrast_is_said_in_words(
    client: FlaskClient, accent: str, wanted: Sequence[str]
) -> None:
    said = texts(builder(client, ("accent", accent)), "//*[@id='meter']/li")

    assert len(said) == 2
    assert ["gut lesbar" in one for one in said] == [
        one == "gut lesbar" for one in wanted
    ]
    assert all(re.search(r"\d,\d : 1", one) for one in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_builder_speaks_the_language_of_its_address(
    client: FlaskClient, language: str
) -> None:
    answer = client.get(f"{PAGE}?lang={language}", headers={"Accept-Language": "xx"})
    page = page_of(answer)

    assert page.xpath("/html/@lang") == [language]
    assert "Set-Cookie" not in answer.headers
    assert f"lang={language}" in preview(page)


def test_builder_of_an_empty_channel_says_so(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    make_channel(publisher, clock.now, slug="leer")
    page = page_of(client.get("/leer/embed?view=event"))

    assert page.xpath("//iframe[@data-preview]") == []
    assert page.xpath("//*[@id='snippets']") == []
    assert len(texts(page, "//p[@class='none']")[0]) > 20
    assert client.get("/leer/embed").status_code == 200
    assert client.get("/nirgends/embed").status_code == 404
