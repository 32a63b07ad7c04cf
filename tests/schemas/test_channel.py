"""A channel's JSON and its values."""

from functools import partial
from typing import Any

import pytest

from feeds.models import Channel
from feeds.schemas import load, writable
from feeds.views.api.examples import EXAMPLES
from tests.schemas.refusals import DEFAULTS, refused, taken

RESERVED = {
    *("embed", "oembed", "opml", "api", "healthz", "readyz", "metrics", "static"),
    *("assets", "desk", "login", "admin"),
}
wrong = partial(refused, "channels")

FULL: dict[str, Any] = {
    "slug": "haus",
    "title": "Haus",
    "description": "Was wir tun",
    "url": "https://example.org/haus",
    "language": "en",
    "timezone": "America/New_York",
    "colour": "#1d6b3f",
    "logo": {"url": "https://example.org/logo.png", "alt": "Logo"},
    "publisher": {"name": "Wir", "email": "w@example.org", "url": "https://a.example/"},
    "embed_origins": ["https://www.example.org", "https://*.example.org:8443"],
    "state": "draft",
}


@pytest.mark.parametrize("raw", [FULL, {"title": "T"}])
def test_what_is_written_back_changes_nothing(raw: dict[str, Any]) -> None:
    values = load("channels", raw, DEFAULTS)
    back = writable("channels", Channel(**values))
    assert load("channels", back, DEFAULTS) == values
    assert {name: back[name] for name in raw} == raw


def test_a_title_is_enough() -> None:
    assert taken("channels") == {
        "slug": None,
        "title": "T",
        "description": "",
        "url": None,
        "language": "de",
        "timezone": "Europe/Berlin",
        "colour": "#0b5cad",
        "logo": None,
        "publisher": None,
        "embed_origins": [],
        "state": "published",
    }


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_addresses_of_the_service_are_no_slugs(slug: str) -> None:
    assert wrong(slug=slug) == {
        "slug": [f"'{slug}' is an address of the service itself"]
    }


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("slug", {"slug": "Haus"}),
        ("colour", {"colour": "#fff"}),
        ("colour", {"colour": "red"}),
        ("state", {"state": "pending"}),
        ("timezone", {"timezone": "Berlin"}),
        ("language", {"language": "deutsch"}),
        ("logo.url", {"logo": {"alt": "Nur Text"}}),
        ("embed_origins.0", {"embed_origins": ["https://example.org/path"]}),
        ("embed_origins.0", {"embed_origins": ["*"]}),
        ("embed_origins.0", {"embed_origins": ["https://a.example; script-src *"]}),
        ("revision", {"revision": 3}),
    ],
)
def test_a_wrong_value_is_named(path: str, raw: dict[str, Any]) -> None:
    assert list(wrong(**raw)) == [path]


def test_colours_are_kept_in_lower_case() -> None:
    assert taken("channels", colour="#0B5CAD")["colour"] == "#0b5cad"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("de-at", "de-AT"), ("ZH-hans-cn", "zh-Hans-CN"), ("es-419",) * 2],
)
def test_language_tags_are_kept_in_their_usual_case(given: str, kept: str) -> None:
    assert taken("channels", language=given)["language"] == kept


def test_the_example_of_the_documentation_is_good() -> None:
    assert (
        load("channels", EXAMPLES["channels"], DEFAULTS)["title"] == "Stadtbibliothek"
    )
