"""The widget that a reader chose, from a page's frame to what can be pasted."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from feeds.selection import NOTHING, SHOWN, VIEWS, Selection
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
# What each view can show or leave out.
PARTS = {
    "month": ("title", "nav", "filter", "search", "subscribe", "all"),
    "mini": ("title", "nav", "filter", "search", "subscribe", "all"),
    "agenda": ("title", "nav", "filter", "search", "subscribe", "all"),
    "news": ("title", "nav", "filter", "search", "images", "subscribe", "all"),
    "event": ("images", "subscribe", "all"),
    "map": ("title", "filter", "search", "all"),
}
# What a widget is as tall as, where it isn't looked at and has no limit: weeks in a
# month, the map of an event, places.
USUAL = {"month": 6, "mini": 6, "event": 1, "map": 12}
EVERYTHING = tuple(one.name for one in fields(Selection))


def chosen(selection: Selection) -> dict[str, Any]:
    """Return parts and order, None where a form says what is usual in the view."""
    view = f"embed.{selection.view}"
    offered, order = PARTS[selection.view], selection.order
    usual = {part for part in offered if part in SHOWN[view]}
    shown = usual if selection.show is None else {*offered} & {*selection.show}
    return {
        "show": None if shown == usual else tuple(sorted(shown)) or (NOTHING,),
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
    count: int | None = None,
) -> Embed:
    """Return the widget that a builder's question chose.

    `title` is that of the one event or news item that it shows, `count` what it is as
    tall as.
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
        height=selection.height or selection.measured or _height(view, asked, count),
        element=_script(base_url, "embed.js", is_pinned=selection.pinned),
        resizer=_script(base_url, "resize.js", is_pinned=selection.pinned),
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


def _height(view: str, asked: Selection, count: int | None) -> int:
    if count is None:
        most = asked.limit or VIEWS[f"embed.{view}"].limit or USUAL[view]
        count = 1 if asked.item else most
    return snippets.height(view, count)


def _script(base_url: str, name: str, *, is_pinned: bool) -> Script:
    if is_pinned:
        path = scripts.pinned_path(name)
        return Script(f"{base_url}{path}", scripts.integrity(name))
    return Script(f"{base_url}/{name}")
