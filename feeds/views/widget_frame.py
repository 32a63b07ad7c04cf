"""What the templates of a widget get: a page's frame, as a guest on another site."""

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from feeds.selection import SHOWN
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
        return Markup(style.squeezed("widget.css")) + super().style  # noqa: S704 -- ours

    @cached_property
    def shadow_style(self) -> Markup:
        """The style sheet inside an element of another page."""
        rules = style.colours(self.accent, self.labels, root=":host")
        return Markup(style.squeezed("widget.css") + rules)  # noqa: S704 -- ours

    @cached_property
    def script(self) -> Markup:
        """What tells the page around a frame how tall it is."""
        return Markup(style.squeezed_script("frame.js"))  # noqa: S704 -- ours

    def shows(self, part: str) -> bool:
        """Say whether a part of the widget is wanted."""
        return part in (self.selection.show or SHOWN[self.view])

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
