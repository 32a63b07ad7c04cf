"""`<feeds-widget>` where things go wrong: a server that fails, or that turns on us."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.hosts import Hosts, hosting, settle
from tests.browser.partner import built, document, element, script

pytestmark = pytest.mark.browser

OPEN = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}
SORRY = "Dieser Inhalt lässt sich gerade nicht laden."
JULY = {"view": "month", "month": "2021-07"}
EVIL = "javascript:parent.hacked=document.hacked=window.hacked=1"
# Answers that are no tree: status, body, headers.
BROKEN: dict[str, tuple[int, str, dict[str, str]]] = {
    "error": (500, "<h1>Internal Server Error</h1>", OPEN),
    "missing": (404, "{}", OPEN),
    "nothing": (200, "", OPEN),
    "cut": (200, '["section",{},["p",{},"Hal', OPEN),
    "page": (200, "<!doctype html><p>Login", OPEN),
    "null": (200, "null", OPEN),
    "number": (200, "7", OPEN),
    "string": (200, '"Guten Tag"', OPEN),
    "object": (200, '{"0": "section"}', OPEN),
    "empty": (200, "[]", OPEN),
    "script": (200, json.dumps(["script", {}, "window.hacked = 1"]), OPEN),
    "paragraph": (200, '["p",{},"Guten Tag"]', OPEN),
    "hole": (200, '["section",{},null]', OPEN),
    "bare": (200, '["section"]', OPEN),
    "object-value": (200, '["section",{"class":{"toString":1}}]', OPEN),
    "closed": (200, '["section",{},"Hallo"]', {"Content-Type": "application/json"}),
}
FALLBACKS = """() => [...document.querySelectorAll('feeds-widget')].map(one => {
  const box = one.querySelector('a').getBoundingClientRect(), root = one.shadowRoot;
  return [box.width > 0 && box.height > 0, root.querySelectorAll('section').length,
    [...root.querySelectorAll('[role=status]')].map(said => said.innerText)];
})"""
# What a tree can hold that runs something, or would in a page of HTML.
HOSTILE: list[Any] = [
    ["script", {}, "window.hacked = 1"],
    ["SCRIPT", {}, "window.hacked = 1"],
    ["svg", {}, ["script", {}, "window.hacked = 1"]],
    ["svg", {}, ["a", {"href": EVIL}, ["text", {"x": "9", "y": "9"}, "svg"]]],
    ["svg", {}, ["a", {"xlink:href": EVIL}, ["text", {"x": "9", "y": "9"}, "svg"]]],
    ["svg", {}, ["use", {"href": "data:image/svg+xml,<svg id='x'/>#x"}]],
    ["svg", {}, ["animate", {"attributeName": "href", "values": EVIL}]],
    ["svg", {"onload": "hacked = 1"}, ["foreignObject", {}, "x"]],
    ["iframe", {"srcdoc": "<script>parent.hacked = 1</script>", "src": EVIL}],
    ["object", {"data": EVIL}],
    ["embed", {"src": EVIL}],
    ["link", {"rel": "stylesheet", "href": "https://evil.example/x.css"}],
    ["style", {}, "@import 'https://evil.example/x.css'"],
    ["meta", {"http-equiv": "refresh", "content": "0;url=https://evil.example/"}],
    ["base", {"href": "https://evil.example/"}],
    ["template", {"shadowrootmode": "open"}, ["script", {}, "window.hacked = 1"]],
    ["feeds-widget", {"channel": "x"}],
    ["div", {"data-feeds-widget": "", "data-channel": "x"}],
    ["img", {"src": "http://evil.example/x.png", "onerror": "window.hacked = 1"}],
    ["img", {"src": "x:", "onerror": "window.hacked = 1"}],
    ["img", {"srcset": "https://evil.example/x.png 1x"}],
    ["a", {"href": EVIL}, "link"],
    ["a", {"href": " " + EVIL, "target": "_self"}, "link"],
    ["a", {"href": "\tjava\nscript:hacked=1"}, "link"],
    ["a", {"href": "JaVaScRiPt:hacked=1"}, "link"],
    ["a", {"href": "data:text/html,<script>parent.hacked=1</script>"}, "link"],
    ["a", {"href": "vbscript:x", "ping": "https://evil.example/"}, "link"],
    ["a", {"href": "https://", "target": "_self"}, "link"],
    ["a", {"href": "https://[", "target": "_self"}, "link"],
    ["p", {"onclick": "hacked=1", "onmouseover": "hacked=1", "style": "top:0"}, "p"],
    ["p", {"tabindex": "0", "autofocus": "", "onfocus": "hacked=1"}, "p"],
    ["details", {"open": "", "ontoggle": "hacked=1"}, ["summary", {}, "x"]],
    ["form", {"action": EVIL}, ["button", {"formaction": EVIL}, "send"]],
    ["form", {}, ["input", {"name": "action"}], ["button", {}, "send"]],
    ["form", {"action": "https://", "method": "get"}, ["button", {}, "send"]],
    ["form", {"action": "/hook", "method": "post"}, ["button", {}, "send"]],
    ["form", {"method": "post"}, ["button", {}, "send"]],
    ["form", {"action": "https://evil.example/", "method": "post"}, ["button", {}]],
]
STYLE = (
    ".far{background:URL(https://evil.example/x.png)}:host{display:none}"
    ".far{background:image-set('https://evil.example/x.png' 1x)}"
)


@pytest.fixture(scope="module")
def evil(site: str) -> Iterator[Hosts]:
    """Return a server that answers in our name, with our script."""
    with hosting() as made, urlopen(f"{site}/embed.js") as ours:
        text = ours.read().decode()
        made.page(text, OPEN | {"Content-Type": "text/javascript"}, path="/embed.js")
        yield made


def tells(evil: Hosts, name: str, tree: Any) -> str:
    """Return the element for which the server has this tree."""
    body = tree if isinstance(tree, str) else json.dumps(tree)
    evil.page(body, OPEN, path=f"/embed/{name}/month.json")
    return element(channel=name)


def fallbacks(page: Page) -> list[Any]:
    page.wait_for_function(
        "() => [...document.querySelectorAll('feeds-widget')]"
        ".every(one => one.shadowRoot && !one.ariaBusy)"
    )
    settle(page)
    found: list[Any] = page.evaluate(FALLBACKS)
    return found


def test_link_stays_when_the_server_fails(
    page: Page, hosts: Hosts, evil: Hosts
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name, (status, body, headers) in BROKEN.items():
        evil.page(body, headers, path=f"/embed/{name}/month.json", status=status)
    parts = [element(channel=name) for name in BROKEN]
    page.goto(hosts.page(document(*parts, script(evil.origin))))

    found = dict(zip(BROKEN, fallbacks(page), strict=True))
    assert found == {name: [True, 0, [SORRY]] for name in BROKEN}
    assert errors == []
    assert page.evaluate("window.hacked") is None


def test_link_stays_when_nobody_answers(
    page: Page, site: str, hosts: Hosts, evil: Hosts
) -> None:
    """The script has come, then the server is gone."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with hosting() as dying:
        with urlopen(f"{site}/embed.js") as ours:
            text = ours.read().decode()
        dying.page(text, {"Content-Type": "text/javascript"}, path="/embed.js")
        page.goto(hosts.page(document(script(dying.origin))))
        page.wait_for_function("!!customElements.get('feeds-widget')")
    markup = element(**JULY)
    page.evaluate(
        "html => { document.documentElement.lang = 'en';"
        " document.body.innerHTML = html }",
        markup,
    )

    said = "This content can’t be loaded right now."
    assert fallbacks(page) == [[True, 0, [said]]]
    assert page.get_by_role("link").all_inner_texts() == ["Termine im Juli"]
    assert errors == []


@pytest.mark.parametrize("runs", [True, False])
def test_link_stays_without_our_script(
    browser: Browser, hosts: Hosts, evil: Hosts, runs: bool
) -> None:
    context = browser.new_context(java_script_enabled=runs)
    other = context.new_page()
    div = '<div data-feeds-widget=""><a href="/more">Zwei</a></div>'
    other.goto(hosts.page(document(element(), div, script(evil.origin + "/not"))))
    links = other.get_by_role("link")

    assert links.all_inner_texts() == ["Termine im Juli", "Zwei"]
    assert all(link.is_visible() for link in links.all())
    context.close()


def test_content_stays_when_the_next_can_not_be_had(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    page.goto(hosts.page(document(element(**JULY), script(site))))
    built(page)
    page.route("**/month.json?*", lambda route: route.abort())
    page.get_by_role("link", name="August").click()
    page.get_by_text(SORRY).wait_for()
    stayed = page.locator("feeds-widget h2").inner_text()
    page.unroute("**/month.json?*")
    page.get_by_role("link", name="August").click()
    page.get_by_role("heading", name="August 2021").wait_for()

    assert stayed == "Juli 2021"
    assert not page.get_by_text(SORRY).is_visible()
    assert [one for one in wrongs if "ERR_FAILED" not in one] == []


def test_hostile_tree_runs_nothing_and_asks_nobody(
    page: Page, hosts: Hosts, evil: Hosts, wrongs: list[str]
) -> None:
    """Everything in it is clicked, sent, focused and hovered."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    handlers = {"onclick": "hacked=1", "data-style": STYLE, "id": "told"}
    tree = ["section", handlers, *HOSTILE]
    deep: list[Any] = ["p", {}, "ground"]
    for _ in range(900):
        deep = ["div", {}, deep]
    parts = [tells(evil, "mixed", tree), tells(evil, "deep", ["section", {}, deep])]
    address = hosts.page(document(*parts, script(evil.origin)))
    page.goto(address)
    built(page, 2)
    page.evaluate(
        """() => { for (const one of document.querySelector('feeds-widget')
          .shadowRoot.querySelectorAll('*')) {
            for (const type of ['mouseover', 'focus', 'toggle', 'error', 'load'])
              one.dispatchEvent(new Event(type));
            one.dispatchEvent(new MouseEvent('click', {bubbles: true,
                composed: true, cancelable: true}));
        } }"""
    )
    settle(page)
    held = page.evaluate(
        """() => { const all = [...document.querySelector('feeds-widget')
          .shadowRoot.querySelectorAll('*')];
          return [[...new Set(all.map(one => one.localName))].sort(),
            [...new Set(all.flatMap(one => one.getAttributeNames()))].sort(),
            document.querySelector('feeds-widget').checkVisibility()]; }"""
    )

    assert page.evaluate("[window.hacked, document.hacked]") == [None, None]
    tags, names, is_there = held
    assert {"script", "iframe", "style", "link", "use", "feeds-widget"} & {*tags} == (
        set()
    )
    assert [name for name in names if name.startswith("on") or name == "style"] == []
    assert {"srcset", "ping", "formaction", "xlink:href", "autofocus"} & {*names} == (
        set()
    )
    assert is_there is True
    assert [url for url in asked if "evil.example" in url] == []
    assert page.url == address
    assert wrongs == []


def test_hostile_style_stays_inside(page: Page, hosts: Hosts, evil: Hosts) -> None:
    """It may spoil the widget, but not lie over the page around it."""
    over = "position:fixed;inset:-999px;z-index:9;background:red"
    sheet = f".far{{{over}}}.near{{{over.replace('fixed', 'absolute')}}}"
    inner = [["div", {"class": name}, "x"] for name in ("far", "near")]
    tree = ["section", {"data-style": sheet, "class": "far"}, *inner]
    button = "<button onclick='this.textContent = 2'>1</button>"
    space = '<div style="height:150px"></div>'
    parts = [button, space, tells(evil, "over", tree), script(evil.origin)]
    page.goto(hosts.page(document(*parts)))
    built(page)
    page.get_by_role("button").click()

    style = "getComputedStyle(document.querySelector('feeds-widget').shadowRoot"
    assert page.evaluate(f"{style}.querySelector('section')).position") == "fixed"
    assert page.get_by_role("button").inner_text() == "2"
