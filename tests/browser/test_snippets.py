"""The builder's seven snippets, pasted into a partner's page, show its preview."""

import json
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from lxml import html
from playwright.sync_api import Page

from tests.browser.hosts import Hosts, settle
from tests.browser.partner import built, document

pytestmark = pytest.mark.browser

BUILDER = "/familie-nrw/embed"
WAYS = ("resized", "iframe", "element", "div", "oembed", "fragment", "list")
FRAMED = ("resized", "iframe", "oembed")
VIEWS = {
    "month": "view=month&month=2021-07&accent=7a1f5c&show=title&show=nav&show=filter",
    "mini": "view=mini&month=2021-07&week=su&lang=tr",
    "agenda": "view=agenda&limit=5&category=qualifizierung&match=any",
    "news": "view=news&limit=3&theme=dark",
    "event": "view=event&event=elterncafe-im-sommer&level=3",
    "map": "view=map&q=Familienb%C3%BCro&lang=ar",
}
# What a partner allows before our lines come in; the frame's border is an inline style.
OWN = "default-src 'none'; style-src 'unsafe-inline'"
NOTHING = "default-src 'none'"
WORDS = "one => one.textContent.replace(/\\s/g, '')"
SHADOWED = """() => document.querySelector('feeds-widget')?.shadowRoot
  ?.querySelector('section')?.textContent.replace(/\\s/g, '')"""


def builder(site: str, query: str) -> Any:
    with urlopen(f"{site}{BUILDER}?{query}") as answer:
        return html.document_fromstring(answer.read().decode())


def code(page: Any, name: str) -> str:
    """Return what somebody copies."""
    (found,) = page.xpath(f"//*[@id='{name}']//code")
    text: str = found.text_content()
    return text


def pasted(page: Any, way: str) -> str:
    """Return what stands in a site's page, once its system has done its part."""
    copied = code(page, f"{way}-code")
    if way == "fragment":
        with urlopen(copied) as answer:
            fragment: str = answer.read().decode()
        return fragment
    if way == "oembed":
        asked = f"{copied.partition('/embed/')[0]}/oembed?url={quote(copied, safe='')}"
        with urlopen(asked) as answer:
            rich: str = json.load(answer)["html"]
        return rich
    return copied


def shown(page: Page, way: str) -> str:
    """Return the words of the widget that stands in a page, without spaces."""
    if way in FRAMED:
        inside = page.frame_locator("iframe").locator("main > section")
        framed: str = inside.evaluate(WORDS)
        return framed
    if way in ("element", "div"):
        built(page)
    found: str = page.evaluate(SHADOWED)
    return found


def previewed(page: Page, site: str, query: str) -> str:
    page.goto(f"{site}{BUILDER}?{query}")
    preview = page.frame_locator("iframe[data-preview]").locator("main > section")
    words: str = preview.evaluate(WORDS)
    return words


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_pasted_is_the_preview(
    page: Page, site: str, hosts: Hosts, wrongs: list[str], view: str
) -> None:
    wanted = previewed(page, site, VIEWS[view])
    chosen = builder(site, VIEWS[view])
    found = {}
    for way in WAYS[:-1]:
        page.goto(hosts.page(document(pasted(chosen, way))))
        found[way] = shown(page, way)

    assert len(wanted) > 40
    assert found == dict.fromkeys(WAYS[:-1], wanted)
    assert wrongs == []


@pytest.mark.parametrize("view", VIEWS)
def test_plain_list_names_what_the_preview_shows(
    page: Page, site: str, hosts: Hosts, view: str
) -> None:
    wanted = previewed(page, site, VIEWS[view])
    page.goto(hosts.page(document(pasted(builder(site, VIEWS[view]), "list"))))
    said = page.locator("li > a").all_text_contents()
    titles = [one.removeprefix("Abgesagt: ") for one in said]
    addresses = page.locator("a").evaluate_all("all => all.map(one => one.href)")

    # Soft hyphens are for the narrow cells of a widget.
    plain = wanted.replace("\N{SOFT HYPHEN}", "")
    assert titles
    if view != "mini":
        assert [one for one in titles if "".join(one.split()) not in plain] == []
    assert len(addresses) > len(titles)
    statuses = {}
    for address in addresses:
        with urlopen(address) as answer:
            statuses[address] = answer.status
    assert set(statuses.values()) == {200}


@pytest.mark.parametrize("way", WAYS)
def test_the_policy_beside_a_snippet_is_all_that_it_needs(
    page: Page, site: str, hosts: Hosts, wrongs: list[str], way: str
) -> None:
    query = VIEWS["agenda"]
    chosen, wanted = builder(site, query), previewed(page, site, query)
    own = OWN if way in FRAMED else NOTHING
    lines = [] if way == "list" else code(chosen, f"{way}-policy").split("; ")
    body = document(pasted(chosen, way))

    def visit(*allowed: str) -> None:
        policy = "; ".join([own, *allowed])
        page.goto(hosts.page(body, {"Content-Security-Policy": policy}))
        settle(page)

    visit(*lines)
    if way == "list":
        assert page.locator("li").count() > 0
    else:
        assert shown(page, way) == wanted
    assert wrongs == []
    for line in lines:
        visit(*(one for one in lines if one != line))
        assert any("Content Security Policy" in wrong for wrong in wrongs), line
        wrongs.clear()


@pytest.mark.parametrize("way", ["element", "div", "resized"])
def test_pinned_script_runs_and_a_changed_one_does_not(
    page: Page, site: str, hosts: Hosts, wrongs: list[str], way: str
) -> None:
    query = VIEWS["news"]
    wanted = previewed(page, site, query)
    copied = code(builder(site, f"{query}&pinned=1"), f"{way}-code")
    page.goto(hosts.page(document(copied)))

    assert 'integrity="sha384-' in copied
    assert shown(page, way) == wanted
    assert wrongs == []
    page.goto(hosts.page(document(copied.replace("sha384-", "sha384-AAAA"))))
    settle(page)
    assert any("integrity" in wrong for wrong in wrongs)


@pytest.mark.parametrize("way", ["resized", "iframe", "element", "div"])
def test_a_link_is_there_without_scripts(
    page: Page, site: str, hosts: Hosts, way: str
) -> None:
    copied = code(builder(site, VIEWS["month"]), f"{way}-code")
    policy = f"default-src 'none'; style-src 'unsafe-inline'; frame-src {site}"
    page.goto(hosts.page(document(copied), {"Content-Security-Policy": policy}))
    link = page.get_by_role("link", name="Familie in Nordrhein-Westfalen")

    assert link.is_visible()
    with urlopen(link.get_attribute("href") or "") as answer:
        assert answer.status == 200
    if way in FRAMED:
        frame = page.locator("iframe")
        assert frame.get_attribute("scrolling") is None
        assert frame.get_attribute("title")
        assert "2021" in shown(page, way)
