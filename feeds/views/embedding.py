"""The widget that a reader chose, from a page's frame to what can be pasted."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from feeds.selection import SHOWN, VIEWS, Selection
from feeds.views import scripts, snippets
from feeds.views.offers import LASTING, Offers, kept
from feeds.views.snippets import Embed, Line, Script

# The page that shows the same as a widget: its row of VIEWS, and its path.
PAGES = {
    "month": ("channel", ""),
    "mini": ("channel", ""),
    "agenda": ("events", "/events"),
    "news": ("news", "/news"),
    "event": ("entry", "/events/{event}"),
    "map": ("places", "/places"),
    "item": ("entry", "/news/{item}"),
}
TITLES = {
    "agenda": "events.all_title",
    "news": "news.name",
    "map": "builder.view_map",
}
# How many entries count for the height where the view has no limit of its own.
FEW = 3
EVERYTHING = tuple(one.name for one in fields(Selection))


def chosen(selection: Selection) -> dict[str, Any]:
    """Return parts and order, None where a form says what is usual in the view."""
    view = f"embed.{selection.view}"
    usual, order = set(SHOWN[view]), selection.order
    return {
        "show": None if set(selection.show or usual) == usual else selection.show,
        "order": None if order == VIEWS[view].order else order,
    }


def counting(selection: Selection) -> Selection:
    """Return what of a builder's question counts for the widget that it chose."""
    asked = replace(selection, **chosen(selection), page=1)
    return kept(asked, f"embed.{selection.view}", EVERYTHING)


def of(
    offers: Offers,
    selection: Selection,
    lines: Sequence[Line] = (),
    title: str | None = None,
) -> Embed:
    """Return the widget that a builder's question chose.

    `title` is that of the one event or news item that it shows.
    """
    view, asked = selection.view, counting(selection)
    base_url, channel = offers.base_url, offers.channel
    slug = channel.slug if channel else ""
    row, path = PAGES["item" if asked.item else view]
    names = ("lang", *LASTING, "since", "until")
    query = kept(asked, row, names).canonical()
    page = f"{base_url}/{slug}{path.format(event=asked.event, item=asked.item)}"
    shown = asked.show or SHOWN[f"embed.{view}"]
    return Embed(
        base_url=base_url,
        channel=slug,
        view=view,
        asked=asked,
        title=_title(offers, view, title),
        page=f"{page}?{query}" if query else page,
        height=selection.height or selection.measured or _height(view, asked, lines),
        element=_element(base_url, is_pinned=selection.pinned),
        resizer=Script(f"{base_url}/resize.js"),
        has_images="images" in shown,
        lines=lines,
        feeds=[
            (f"{offers.t(f'feed.{feed.noun}')} ({feed.name})", feed.url)
            for feed in offers.feeds
        ],
    )


def _title(offers: Offers, view: str, event: str | None) -> str:
    if event is None and view not in TITLES:
        return offers.t("month.title", channel=offers.title)
    words = event or offers.t(TITLES[view])
    return offers.t("builder.plan", title=words, channel=offers.title)


def _height(view: str, asked: Selection, lines: Sequence[Line]) -> int:
    most = asked.limit or VIEWS[f"embed.{view}"].limit or FEW
    most = 1 if asked.item else most
    return snippets.height(view, min(most, len(lines) or most))


def _element(base_url: str, *, is_pinned: bool) -> Script:
    if is_pinned:
        return Script(f"{base_url}{scripts.pinned_path()}", scripts.integrity())
    return Script(f"{base_url}/embed.js")
