"""A walk through all that is public, from link to link, as a browser sees it."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.matrix import EMBED, EVERYTHING
from tests.counts import count

pytestmark = [pytest.mark.browser, pytest.mark.counted]

HOME = "/familie-nrw"
STARTS = (
    "/",
    *(f"{EMBED}/{view}?show={EVERYTHING}" for view in ("month", "agenda", "news")),
    *(f"{EMBED}/{view}" for view in ("mini", "map")),
    f"{EMBED}/event?event=elterncafe-im-sommer",
    f"{HOME}/embed?view=map",
    "/api/docs",
)
# Entries of one kind look alike, and a calendar can be turned without end.
ALIKE = re.compile(r"/(events|news)/[^/.]+")
SEEN = count(1, 10_000)
# How many parameters at once, besides that of the view.
ASKED = count(1, 100)
LEFT = """async () => [
  document.cookie.length, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length,
]"""
LINKS = """() => [...document.querySelectorAll('a[href], area[href], form[action],'
  + 'link[rel=alternate], link[rel=canonical], iframe[src]')]
  .map(one => one.getAttribute('href') || one.getAttribute('src') || one.action)"""
DATA = """() => [...document.querySelectorAll('script[type="application/ld+json"]')]
  .map(one => JSON.parse(one.textContent)['@type'])"""


@dataclass
class Walk:
    """Where a reader has been, and what came of it."""

    page: Page
    site: str
    asked: set[str] = field(default_factory=set)
    left: set[tuple[int, ...]] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    data: dict[str, list[str]] = field(default_factory=dict)

    def go(self) -> None:
        """See every kind of page; `links` are all that were found on the way."""
        self.page.on("request", lambda one: self.asked.add(urlsplit(one.url).netloc))
        due = deque(STARTS)
        kinds: Counter[str] = Counter()
        while due:
            path = due.popleft()
            if kinds[kind(path)] >= (SEEN if ALIKE.search(path) else 1):
                continue
            kinds[kind(path)] += 1
            due += sorted(self.visit(path))

    def visit(self, path: str) -> set[str]:
        """See one page and return the pages of ours that it leads to."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert (answer.status, "html" in answer.headers["content-type"]) == (200, True)
        assert "set-cookie" not in answer.headers
        self.left.add(tuple(self.page.evaluate(LEFT)))
        self.data[path] = self.page.evaluate(DATA)
        found = {
            own(self.site, self.page.url, one) for one in self.page.evaluate(LINKS)
        }
        self.links |= found
        return {one for one in found if is_page(one) and parameters(one) <= ASKED}


def own(site: str, here: str, link: str) -> str:
    """Return an address of ours as path and query, "" for others."""
    link = re.sub("^webcal:", "http:", urljoin(here, link)).partition("#")[0]
    return link.removeprefix(site) if link.startswith(f"{site}/") else ""


def kind(path: str) -> str:
    """Return what alike pages have in common: the names in their query, and a view."""
    parts = urlsplit(path)
    names = sorted({name for name, _ in parse_qsl(parts.query)})
    view = dict(parse_qsl(parts.query)).get("view", "")
    return f"{alike(parts.path)} {names} {view}"


def parameters(path: str) -> int:
    return len({name for name, _ in parse_qsl(urlsplit(path).query)} - {"view"})


def alike(path: str) -> str:
    return ALIKE.sub(r"/\1/…", path)


def is_page(path: str) -> bool:
    end = urlsplit(path).path.rpartition("/")[2]
    return bool(path) and "." not in end and not path.startswith(("/oembed", "/opml"))


def test_walk_leaves_nothing_and_meets_nobody(
    page: Page, site: str, wrongs: list[str]
) -> None:
    walk = Walk(page, site)
    walk.go()

    assert len(walk.data) > 30
    assert wrongs == []
    assert walk.asked == {urlsplit(site).netloc}
    assert walk.left == {(0, 0, 0, 0, 0, 0)}
    assert page.context.cookies() == []
    entries = {path: found for path, found in walk.data.items() if ALIKE.search(path)}
    assert {tuple(found) for found in entries.values()} == {
        ("Event",),
        ("NewsArticle",),
    }
    # Nothing of this in a partner's page.
    assert [walk.data[path] for path in walk.data if path.startswith(EMBED)] == (
        [[]] * sum(path.startswith(EMBED) for path in walk.data)
    )
    dead = {
        path: answer.status
        for path in sorted(one_of_each(walk.links))
        if (answer := page.request.head(site + path)).status != 200
    }
    assert dead == {}


def one_of_each(links: set[str]) -> set[str]:
    """Return all addresses without a question, and one of each kind of question."""
    asked = {kind(path): path for path in sorted(links - {""}) if "?" in path}
    return {path for path in links if path and "?" not in path} | set(asked.values())
