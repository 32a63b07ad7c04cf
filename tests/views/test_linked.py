"""What pages say of themselves to search engines and to social media."""

import pytest
from flask.testing import FlaskClient

from feeds import tenancy
from feeds.i18n import likely
from feeds.publish import Publisher
from tests.cast import BASE_URL, CHANNEL, Clock
from tests.views.documents import ANY, EVENT, NEWS, Write
from tests.views.reading import page_of
from tests.views.test_structured import SCHEMA, data_of

HOME = f"/{CHANNEL}"
HOSTILE = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)>\u00ad\u2028'


def metas(client: FlaskClient, path: str) -> dict[str, str]:
    """Return the properties of a page; none of them twice."""
    page = page_of(client.get(path))
    found = page.xpath("//head/meta[@property or starts-with(@name, 'twitter')]")
    named = [
        (one.get("property") or one.get("name"), one.get("content")) for one in found
    ]
    assert len(named) == len(dict(named))
    return dict(named)


def test_news_is_an_article(
    client: FlaskClient, write: Write, publisher: Publisher, clock: Clock
) -> None:
    patch = {
        "publisher": {"name": "Träger", "email": "post@traeger.example"},
        "logo": {"url": "https://bilder.example/logo.png", "alt": "Logo"},
    }
    tenancy.amend(publisher, CHANNEL, patch, now=clock.now, match=ANY)
    image = {"url": "https://bilder.example/a.jpg", "alt": "Ein Bild"}
    sources = [{"text": "Stadt Dortmund", "url": "https://dortmund.example/"}]
    write("news", NEWS, author="Ada Beispiel", image=image, sources=sources)

    url = f"{BASE_URL}{HOME}/news/besuch-in-dortmund"
    assert data_of(client, f"{HOME}/news/besuch-in-dortmund") == {
        "@context": SCHEMA,
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": "Besuch in Dortmund",
        "description": "Text",
        "inLanguage": "de",
        "datePublished": "2021-07-06T10:00:00Z",
        "dateModified": "2021-07-06T10:00:00Z",
        "author": {"@type": "Person", "name": "Ada Beispiel"},
        "publisher": {
            "@type": "Organization",
            "name": "Träger",
            "email": "post@traeger.example",
            "logo": "https://bilder.example/logo.png",
        },
        "image": ["https://bilder.example/a.jpg"],
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Stadt Dortmund",
                "url": "https://dortmund.example/",
            }
        ],
    }


def test_news_is_modified_when_it_changes_in_earnest(
    client: FlaskClient, write: Write, publisher: Publisher, clock: Clock
) -> None:
    write("news", NEWS)
    clock.forward(hours=1)
    patch = {"content": "<p>Anders</p>"}
    publisher.amend("news", CHANNEL, NEWS["id"], patch, now=clock.now, match=ANY)

    path = f"{HOME}/news/besuch-in-dortmund"
    found, shared = data_of(client, path), metas(client, path)
    times = ("2021-07-06T10:00:00Z", "2021-07-06T11:00:00Z")
    assert (found["datePublished"], found["dateModified"]) == times
    assert times == (
        shared["article:published_time"],
        shared["article:modified_time"],
    )


@pytest.mark.parametrize("author", ["", "Familie in NRW"])
def test_news_of_nobody_is_by_who_publishes(
    client: FlaskClient, write: Write, author: str
) -> None:
    write("news", NEWS, author=author)

    found = data_of(client, f"{HOME}/news/besuch-in-dortmund")
    assert found["author"] == found["publisher"]
    assert found["author"] == {"@type": "Organization", "name": "Familie in NRW"}


def test_hostile_words_stay_words(client: FlaskClient, write: Write) -> None:
    write("events", EVENT, title=HOSTILE, slug="x", summary=HOSTILE)
    write("news", NEWS, title=HOSTILE, slug="y", summary=HOSTILE, author=HOSTILE)

    # U+00AD is gone, and U+2028 is a space like any other.
    kept = HOSTILE.removesuffix("\u00ad\u2028")
    for path, name in (("events/x", "name"), ("news/y", "headline")):
        body = client.get(f"{HOME}/{path}").text
        block = body.partition("ld+json")[2].partition("</script>")[0]
        assert "<" not in block
        assert "\u00ad" not in block
        assert "\\u00ad" not in block
        found = data_of(client, f"{HOME}/{path}")
        assert (found[name], found["description"]) == (kept, kept)
        shared = metas(client, f"{HOME}/{path}")
        assert (shared["og:title"], shared["og:description"]) == (kept, kept)
        assert page_of(client.get(f"{HOME}/{path}")).xpath("//head//img") == []


def test_shared_event_is_told_with_its_picture(
    client: FlaskClient, write: Write
) -> None:
    image = {"url": "https://bilder.example/a.jpg", "alt": "Ein Bild"}
    write("events", EVENT, summary="Kurz.", image=image, language="en")

    assert metas(client, f"{HOME}/events/elterncafe") == {
        "og:title": "Elterncafé",
        "og:type": "website",
        "og:url": f"{BASE_URL}{HOME}/events/elterncafe",
        "og:site_name": "Familie in NRW",
        "og:description": "Kurz.",
        "og:locale": "en_US",
        "og:image": "https://bilder.example/a.jpg",
        "og:image:alt": "Ein Bild",
        "twitter:card": "summary_large_image",
    }


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("", "Familie in NRW"),
        ("/events?theme=dark", "Alle Termine · Familie in NRW"),
        ("/news", "Aktuelles · Familie in NRW"),
        ("/subscribe", "Abonnieren · Familie in NRW"),
    ],
)
def test_shared_list_is_told_as_the_channel(
    client: FlaskClient, publisher: Publisher, clock: Clock, path: str, title: str
) -> None:
    patch = {
        "description": "Was hier\nlos ist.",
        "logo": {"url": "https://bilder.example/logo.png", "alt": "Logo"},
    }
    tenancy.amend(publisher, CHANNEL, patch, now=clock.now, match=ANY)

    assert metas(client, HOME + path) == {
        "og:title": title,
        "og:type": "website",
        "og:url": f"{BASE_URL}{HOME}{path.partition('?')[0]}",
        "og:site_name": "Familie in NRW",
        "og:description": "Was hier los ist.",
        "og:locale": "de_DE",
        "og:image": "https://bilder.example/logo.png",
        "og:image:alt": "Logo",
        "twitter:card": "summary",
    }
    assert page_of(client.get(HOME + path)).xpath("//script[@type]") == []


def test_shared_front_page_says_what_the_service_is(client: FlaskClient) -> None:
    shared = metas(client, "/?lang=en")

    assert (shared["og:url"], shared["og:locale"]) == (f"{BASE_URL}/?lang=en", "en_US")
    assert shared["og:description"]


def test_failed_page_is_nothing_to_share(client: FlaskClient) -> None:
    assert metas(client, f"{HOME}/nirgends") == {}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("de", "de_DE"), ("de-AT", "de_AT"), ("uk", "uk_UA"), ("qaa", ""), ("x!", "")],
)
def test_language_has_its_likeliest_country(tag: str, expected: str) -> None:
    assert likely(tag) == expected
