"""What browsers look at: every page and widget, in all themes, widths and languages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

from playwright.sync_api import Browser, Page

from tests.counts import IS_SOAK

HOME = "/familie-nrw"
EMBED = f"/embed{HOME}"
PAGES = {
    "home": "/",
    "channel": HOME,
    "events": f"{HOME}/events",
    "none": f"{HOME}/events?q=nirgends",
    "event": f"{HOME}/events/elterncafe-im-sommer",
    "easy": f"{HOME}/events/elterncafe",
    "news": f"{HOME}/news",
    "item": f"{HOME}/news/dortmund-kekiz",
    "places": f"{HOME}/places",
    "builder": f"{HOME}/embed",
    "chosen": f"{HOME}/embed?view=agenda&show=filter&accent=ffdd00",
    "subscribe": f"{HOME}/subscribe?category=qualifizierung&match=all",
    "error": f"{HOME}/nirgends",
    "api": "/api/docs",
}
EVERYTHING = "title,nav,filter,search,subscribe,all"
WIDGETS = {
    "month": f"{EMBED}/month?month=2021-07",
    "full": f"{EMBED}/month?month=2021-07&show={EVERYTHING}",
    "empty": f"{EMBED}/month?month=1999-01",
    "mini": f"{EMBED}/mini?month=2021-07&show={EVERYTHING}",
    "agenda": f"{EMBED}/agenda?show={EVERYTHING}",
    "teaser": f"{EMBED}/news?show={EVERYTHING}",
    "card": f"{EMBED}/event?event=elterncafe",
    "map": f"{EMBED}/map?show=title,filter,search,all",
}
VIEWS = PAGES | WIDGETS
# Two scripts, two directions, and the language of the demo.
SPOKEN = ("de", "en", "ar")
THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
WIDTHS = (1280, 768, 320)


@dataclass(frozen=True)
class Look:
    """One view as somebody sees it."""

    view: str
    theme: str
    width: int
    language: str

    @property
    def path(self) -> str:
        path = VIEWS[self.view]
        return f"{path}{'&' if '?' in path else '?'}lang={self.language}"

    def __str__(self) -> str:
        return f"{self.view} {self.theme} {self.width} {self.language}"


def looks(*views: str) -> Iterator[Look]:
    """Yield all looks of the views in `make soak`, else three different of each."""
    for view in views or VIEWS:
        number = list(VIEWS).index(view)
        widths, spoken = turned(WIDTHS, number), turned(SPOKEN, number // 3)
        every = product(THEMES, WIDTHS, SPOKEN)
        sample = zip(THEMES, widths, spoken, strict=True)
        for look in every if IS_SOAK else sample:
            yield Look(view, *look)


def some(number: int, of: int) -> list[str]:
    """Return all views in `make soak`, else every so many, from another one on."""
    return list(VIEWS)[0 if IS_SOAK else number % of :: 1 if IS_SOAK else of]


def turned(values: tuple[Any, ...], by: int) -> tuple[Any, ...]:
    """Return the values from another one on."""
    start = by % len(values)
    return values[start:] + values[:start]


@contextmanager
def shown(browser: Browser, site: str, look: Look, **options: Any) -> Iterator[Page]:
    """Show a look in a page of its own."""
    context = browser.new_context(
        viewport={"width": look.width, "height": 800},
        bypass_csp=True,  # for axe alone; what our policy forbids is tested elsewhere
        **THEMES[look.theme],
        **options,
    )
    page = context.new_page()
    answer = page.goto(site + look.path)
    assert answer is not None
    assert answer.ok is (look.view != "error"), look
    yield page
    context.close()
