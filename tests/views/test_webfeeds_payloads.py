"""Hostile markup, written through the API into every text field, as feeds give it."""

import json
from collections.abc import Iterator
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import etree, html
from playwright.sync_api import Browser

from tests.cast import CHANNEL, Api
from tests.payloads import PAYLOADS

FORBIDDEN = (
    "//script|//iframe|//frame|//form|//input|//button|//style|//object|//embed|//svg"
    "|//math|//base|//meta|//link|//template|//video|//audio|//@*[starts-with(name(),"
    "'on')]|//@style|//@srcdoc|//@srcset|//@poster|//@*[name()='xlink:href']"
)
ADDRESSES = "//@href|//@src|//@cite"
CONTENT = (
    "//item/description|//item/*[local-name()='encoded']"
    "|//*[local-name()='entry']/*[local-name()='content']"
)


def fill(owner: Api) -> None:
    """Write a news item and an event for each payload."""
    for number, bad in enumerate(PAYLOADS):
        shared = {
            "title": f"T {bad}",
            "summary": bad,
            "slug": f"p{number}",
            "sources": [{"text": f"S {bad}"}],
            "image": {"url": "https://example.org/i.png", "alt": bad, "credit": bad},
        }
        file = {"url": "https://example.org/f.pdf", "title": f"F {bad}"}
        more = {"content": f"{bad}<p>x", "author": bad, "attachments": [file]}
        write(owner, "news", shared | more)
        place = {"name": bad, "street": bad, "city": bad}
        event: dict[str, Any] = {
            "description": f"{bad}<p>x",
            "start": "2021-07-06T09:30",
            "location": place,
            "organizer": {"name": bad},
            "price": bad,
            "sessions": [],
        }
        write(owner, "events", shared | event)


def write(owner: Api, noun: str, raw: dict[str, Any]) -> None:
    legal = json.loads(json.dumps(raw))
    answer = owner("POST", f"/channels/{CHANNEL}/{noun}", json=legal)
    assert answer.status_code == 201, answer.text


def contents(client: FlaskClient, suffix: str) -> Iterator[str]:
    """Yield the HTML of every entry, page by page, as a program would show it."""
    for noun in ("news", "events"):
        for page in (1, 2):
            path = f"/{CHANNEL}/{noun}.{suffix}?limit=200&page={page}"
            raw = client.get(path).data
            if suffix == "json":
                items = json.loads(raw)["items"]
                yield from (one["content_html"] for one in items)
                continue
            assert not feedparser.parse(raw, sanitize_html=False).bozo
            for one in etree.fromstring(raw).xpath(CONTENT):
                yield str(one.text)


@pytest.mark.parametrize("suffix", ["rss", "atom", "json"])
def test_no_feed_carries_what_runs(
    client: FlaskClient, owner: Api, suffix: str
) -> None:
    fill(owner)
    shown = list(contents(client, suffix))
    assert len(shown) >= 2 * len(PAYLOADS)
    page = html.fromstring(f"<div>{''.join(shown)}</div>")
    assert page.xpath(FORBIDDEN) == []
    schemes = {str(url).partition(":")[0] for url in page.xpath(ADDRESSES)}
    assert schemes <= {"http", "https", "mailto", "tel"}


@pytest.mark.browser
def test_nothing_runs_in_a_browser(
    browser: Browser, client: FlaskClient, owner: Api
) -> None:
    fill(owner)
    shown = [*contents(client, "json"), *contents(client, "rss")]
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content(f"<!doctype html><body>{'<hr>'.join(shown)}</body>")
    page.wait_for_load_state("load")
    for link in page.locator("a").all()[:20]:
        link.dispatch_event("mouseover")
    assert page.evaluate("window.ran") is None
    page.set_content(f"<!doctype html><body>{'<hr>'.join(PAYLOADS)}</body>")
    page.wait_for_function("window.ran === 1")
    page.close()
