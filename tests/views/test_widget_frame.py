"""The month widget as a guest on another site: headers, size, language, caching."""

import base64
import gzip
import hashlib
import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html

from feeds.colour import contrast
from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock, make_channel
from tests.views.documents import Write, known
from tests.views.reading import hrefs, page_of, texts, words

MONTH = f"/embed/{CHANNEL}/month"
JULY = f"{MONTH}?month=2021-07"


def test_links_leave_the_frame_and_keep_the_filter(
    client: FlaskClient, filled: None
) -> None:
    query = "category=qualifizierung&lang=en&theme=dark&month=2021-07"
    page = page_of(client.get(f"{MONTH}?{query}"))

    assert page.xpath("//base/@target") == ["_top"]
    assert set(page.xpath("//nav/a/@target")) == {"_self"}
    assert hrefs(page, "//a[text()='all events']") == [
        f"/{CHANNEL}/events?category=qualifizierung&lang=en"
    ]


@pytest.mark.parametrize(
    ("language", "title"), [("de", "Juli 2021"), ("en", "July 2021")]
)
def test_language_comes_from_the_address_alone(
    client: FlaskClient, language: str, title: str
) -> None:
    response = client.get(f"{JULY}&lang={language}", headers={"Accept-Language": "fr"})

    page = page_of(response)
    assert page.get("lang") == language
    assert texts(page, "//h1") == [title]


def digest_of(page: str, tag: str) -> str:
    """Return the source expression of the one inline sheet or script of a page."""
    (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def test_headers_allow_everybody_to_frame_it_and_nothing_else(
    client: FlaskClient,
) -> None:
    response = client.get(JULY)

    headers = response.headers
    assert headers["Content-Security-Policy"] == (
        f"default-src 'none'; style-src {digest_of(response.text, 'style')};"
        f" img-src 'self' data:; script-src {digest_of(response.text, 'script')};"
        " require-trusted-types-for 'script'; form-action 'self'; base-uri 'none';"
        " frame-ancestors *"
    )
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert "X-Frame-Options" not in headers
    assert "Set-Cookie" not in headers


def test_channel_names_who_may_frame_it(
    client: FlaskClient, publisher: Publisher, clock: Clock
) -> None:
    origins = ["https://partner.example", "https://*.stadt.example"]
    make_channel(publisher, clock.now, slug="strict", embed_origins=origins)

    policy = client.get("/embed/strict/month").headers["Content-Security-Policy"]

    assert policy.endswith(
        "frame-ancestors 'self' https://partner.example https://*.stadt.example"
    )


def test_error_shows_in_the_frame(client: FlaskClient) -> None:
    response = client.get(f"{MONTH}?month=2021-13")

    assert response.status_code == 400
    assert "X-Frame-Options" not in response.headers
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "month" in words(page_of(response).xpath("//ul[@class='why']")[0])


def test_second_get_is_304_until_the_day_is_over(
    client: FlaskClient, clock: Clock, filled: None
) -> None:
    first = client.get(MONTH)
    again = client.get(MONTH, headers=known(first))
    clock.forward(days=1)
    tomorrow = client.get(MONTH, headers=known(first))

    assert (again.status_code, again.data) == (304, b"")
    assert (
        again.headers["Content-Security-Policy"]
        == (first.headers["Content-Security-Policy"])
    )
    assert tomorrow.status_code == 200
    assert tomorrow.headers["ETag"] != first.headers["ETag"]


def test_page_of_sixty_events_is_one_small_request(
    client: FlaskClient, write: Write
) -> None:
    slugs = ["qualifizierung", "familienmanager", "lokale-buendnisse"]
    for slug in slugs:
        write("categories", {"slug": slug, "title": slug.title(), "colour": "#7b1fa2"})
    titles = [
        "Elternabend in der Familienbildungsstätte",
        "Sprechstunde Kinderbetreuung",
        "Netzwerktreffen Frühe Hilfen",
        "Fachtag Vereinbarkeit von Familie und Beruf",
        "Bürgerforum Familienfreundlichkeit",
        "Ferienprogramm: Werkstatt der Erfindungen",
        "Arbeitskreis Familienbericht",
    ]
    for number in range(60):
        day = date(2021, 7, 1) + timedelta(days=number // 2)
        write(
            "events",
            {
                "title": titles[number % 7] + f" {number}",
                "start": f"{day}T{9 + number % 10:02}:{number:02}",
                "end": f"{day}T{20 + number % 2}:00",
                "categories": [slugs[number % 3]],
                "location": {"name": f"Familienzentrum {number}", "city": "Dortmund"},
            },
        )

    response = client.get(JULY, headers={"Accept-Encoding": "gzip"})

    page = html.fromstring(gzip.decompress(response.data))
    assert len(page.xpath("//td//li")) == 60
    assert len(response.data) <= 10_000
    loaded = "//script[@src] | //img | //iframe | //link[@rel='stylesheet']"
    assert page.xpath(loaded) == []
    assert page.xpath("//@style") == []
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE_URL}/{CHANNEL}"]


def test_script_of_a_frame_is_small(client: FlaskClient) -> None:
    (script,) = re.findall("<script>(.*?)</script>", client.get(JULY).text, re.DOTALL)

    assert len(gzip.compress(script.encode(), mtime=0)) <= 1_000


def test_accent_is_corrected_until_it_can_be_read(client: FlaskClient) -> None:
    sheet = texts(page_of(client.get(f"{JULY}&accent=ffee00")), "//style")[0]

    accent = re.search(r"--feeds-accent:light-dark\((#\w+),(#\w+)\)", sheet)
    assert accent is not None
    assert contrast(accent[1], "#ffffff") >= 4.5
    assert accent[2] == "#ffee00"
