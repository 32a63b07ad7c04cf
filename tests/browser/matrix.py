"""What browsers look at: every page and widget, in all themes, widths and languages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

from playwright.sync_api import Browser, Page

from feeds.i18n import LANGUAGES
from tests.counts import count

HOME = "/familie-nrw"
EMBED = f"/embed{HOME}"
PAGES = {
    "home": "/",
    "channel": HOME,
    "events": f"{HOME}/events",
    "none": f"{HOME}/events?q=nirgends",
    "event": f"{HOME}/events/elterncafe-im-sommer",
    "news": f"{HOME}/news",
    "item": f"{HOME}/news/besuch-im-dortmunder-rathaus",
    "places": f"{HOME}/places",
    "builder": f"{HOME}/embed",
    "subscribe": f"{HOME}/subscribe?category=qualifizierung&match=all",
    "error": f"{HOME}/nirgends",
}
WIDGETS = {
    "month": f"{EMBED}/month?month=2021-07",
    "empty": f"{EMBED}/month?month=1999-01",
    "mini": f"{EMBED}/mini?month=2021-07",
    "agenda": f"{EMBED}/agenda",
    "teaser": f"{EMBED}/news",
    "card": f"{EMBED}/event?event=elterncafe-im-sommer",
    "map": f"{EMBED}/map",
}
VIEWS = PAGES | WIDGETS
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
    """Yield all looks of the views in `make soak`, else a sample of each."""
    every = list(product(THEMES, WIDTHS, LANGUAGES))
    step = count(len(every) // 2, 1)
    for number, view in enumerate(views or VIEWS):
        for theme, width, language in every[number * 5 % step :: step]:
            yield Look(view, theme, width, language)


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
    page.goto(site + look.path)
    yield page
    context.close()
