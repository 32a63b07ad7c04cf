"""What the templates of a widget get: a page's frame, as a guest on another site."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from feeds.selection import SHOWABLE, SHOWN, VIEWS
from feeds.views import style
from feeds.views.frame import Frame

INSIDE = Markup(' target="_self"')


@dataclass(frozen=True)
class WidgetFrame(Frame):
    """A widget's path has no suffix, in whatever format it is sent."""

    @property
    def template(self) -> str:
        """The macros of this view: `title`, `status` and `content` of its page."""
        return f"widgets/{self.view.removeprefix('embed.')}.html"

    @cached_property
    def style(self) -> Markup:
        """The style sheet of a document of its own."""
        return Markup(style.of_widget(self.parts)) + super().style  # noqa: S704 -- ours

    @property
    def parts(self) -> list[str]:
        """The style sheets that this widget needs: a frame is one small request."""
        shown = {part: self.shows(part) for part in SHOWABLE}
        shown["form"] = shown["filter"] or shown["search"]
        shown["menu"] = shown["subscribe"]
        shown["chart"] = self.view in ("embed.event", "embed.map")
        shown["pager"] = shown["nav"] and "page" in VIEWS[self.view].takes
        return [self.view.removeprefix("embed."), *filter(shown.get, shown)]

    @cached_property
    def shadow_style(self) -> Markup:
        """The style sheet inside an element of another page."""
        rules = style.colours(self.accent, self.labels)
        sheet = style.of_widget(self.parts) + rules
        return Markup(style.scoped(sheet))  # noqa: S704 -- ours

    @cached_property
    def script(self) -> Markup:
        """What tells the page around a frame how tall it is."""
        return Markup(style.squeezed_script("frame.js"))  # noqa: S704 -- ours

    def shows(self, part: str) -> bool:
        """Say whether a part of the widget is wanted."""
        return part in (self.selection.show or SHOWN[self.view])

    def heading(self, depth: int) -> str:
        """Return the tag of a heading so far below the widget's own."""
        return f"h{min(self.level + depth, 6)}"

    def loads(self, image: dict[str, Any] | None) -> bool:
        """Say whether to load an image: from elsewhere, thus only where asked to."""
        return self.shows("images") and bool(
            image and image["url"].startswith("https://")
        )

    @property
    def hidden(self) -> list[tuple[str, str]]:
        shown: dict[str, Any] = {"page": 1}
        if self.shows("search"):
            shown["q"] = None
        if self.shows("filter"):
            shown |= {"category": (), "plain_language": False}
        return self.selection.parameters(**shown)

    @property
    def is_filtered(self) -> bool:
        """Say whether the widget's own form has narrowed anything."""
        asked = self.selection
        is_chosen = asked.category or asked.plain_language
        return bool(
            (self.shows("search") and asked.q) or (self.shows("filter") and is_chosen)
        )

    @property
    def reset_href(self) -> str:
        text = urlencode(self.hidden)
        return f"{self.path}?{text}" if text else self.path

    @property
    def inside(self) -> Markup:
        return INSIDE

    @property
    def _looks(self) -> tuple[str, ...]:
        # A partner's colours end with the widget; our page has its own.
        return ("lang",)

    def month_href(self, month: tuple[int, int] | None) -> str:
        return self.here(month=month)

    @property
    def canonical(self) -> str:
        return f"{self.base_url}{self._home}"
