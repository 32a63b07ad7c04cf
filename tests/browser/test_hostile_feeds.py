"""Feeds of a channel in which every text is hostile, in a reader that trusts them.

It puts the text of each entry into a page without any policy, as markup.
"""

import json
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from lxml import etree
from playwright.sync_api import Page, Route

from tests.browser.attack import HOME, USED, alive
from tests.browser.hosts import Hosts
from tests.browser.partner import document

pytestmark = [pytest.mark.browser, pytest.mark.counted]

TEXTS = {
    "rss": "//item/*[local-name()='encoded'] | //item/description",
    "atom": "//*[local-name()='content' or local-name()='summary'][@type='html']",
}
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


def texts(site: str, noun: str, suffix: str) -> Iterator[str]:
    """Yield the markup of every entry, from all pages of a feed."""
    for page in (1, 2):
        address = f"{site}{HOME}/{noun}.{suffix}?limit=200&page={page}"
        with urlopen(address) as answer:
            raw = answer.read()
        if suffix == "json":
            for item in json.loads(raw)["items"]:
                yield item["content_html"]
        else:
            for found in etree.fromstring(raw).xpath(TEXTS[suffix]):
                yield found.text or ""


@pytest.mark.parametrize("noun", ["news", "events"])
@pytest.mark.parametrize("suffix", ["rss", "atom", "json"])
def test_texts_of_a_feed_are_dead_in_a_reader_that_trusts_them(
    page: Page, attacked: str, hosts: Hosts, wrongs: list[str], noun: str, suffix: str
) -> None:
    def answer(route: Route) -> None:
        is_near = route.request.url.startswith(hosts.origin)
        route.continue_() if is_near else route.fulfill(status=204)

    page.route("**/*", answer)
    page.on("dialog", lambda dialog: wrongs.append(dialog.message) or dialog.dismiss())
    found = list(texts(attacked, noun, suffix))
    page.goto(hosts.page(document(*(f"<article>{one}</article>" for one in found))))
    page.evaluate(OPEN)

    assert len(found) >= len(USED)
    assert page.locator("article").count() == len(found)
    assert alive(page, attacked) == []
    assert page.locator("form, style, script").count() == 0
    assert wrongs == []
