"""What a partner pastes: seven ways to put one widget into another site.

Values in, text out. Every text that comes from outside is escaped for the place where
it stands; each way leads to a plain page when nothing else works.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from feeds.selection import Selection

# Forms for its filter, downloads for its calendar files; it needs no origin of its own.
SANDBOX = (
    "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    " allow-top-navigation-by-user-activation allow-downloads allow-forms"
)
# Where nobody has measured: a widget without, and each of what `height` counts, in a
# column of 800 px.
HEIGHTS = {
    "month": (150, 120),
    "mini": (75, 44),
    "agenda": (240, 94),
    "news": (234, 74),
    "event": (300, 340),
    "map": (844, 142),
}
LEAST, MOST = 200, 6000
SCHEMES = {"auto": "light dark"}


class Line(NamedTuple):
    """An entry of the plain list: `facts` are when and where, in words."""

    title: str
    url: str
    facts: Sequence[str] = ()


class Script(NamedTuple):
    """The address of a script, and the digest of one that never changes."""

    url: str
    integrity: str = ""


class Snippet(NamedTuple):
    """One way: its name, the code, and what a site's policy must allow for it."""

    name: str
    code: str
    policy: str
    php: str = ""


@dataclass(frozen=True)
class Embed:
    """A widget as it was chosen.

    `title` names it for people who can't see it; `page` is where its plain page is.
    `feeds` are pairs of name and address, `lines` what it shows right now.
    """

    base_url: str
    channel: str
    view: str
    asked: Selection
    title: str
    page: str
    height: int
    element: Script
    resizer: Script
    has_images: bool = False
    lines: Sequence[Line] = ()
    feeds: Sequence[tuple[str, str]] = ()

    @property
    def path(self) -> str:
        return f"/embed/{self.channel}/{self.view}"

    @property
    def sandbox(self) -> str:
        return SANDBOX

    @property
    def query(self) -> str:
        text = self.asked.canonical()
        return f"?{text}" if text else ""

    @property
    def src(self) -> str:
        return f"{self.base_url}{self.path}{self.query}"

    @property
    def fragment(self) -> str:
        """The address of what a server puts into its own page."""
        return f"{self.base_url}{self.path}.html{self.query}"

    @property
    def link(self) -> Markup:
        return Markup('<a href="{}">{}</a>').format(self.page, self.title)

    @property
    def frame(self) -> Markup:
        """The iframe alone, as oEmbed hands it on."""
        return Markup(
            '<iframe src="{}" title="{}"\n  width="100%" height="{}"'
            ' style="border:0;color-scheme:{}"\n  loading="lazy"'
            ' referrerpolicy="no-referrer"\n  sandbox="{}"></iframe>'
        ).format(self.src, self.title, self.height, self._scheme, SANDBOX)

    @property
    def iframe(self) -> str:
        return f"{self.frame}\n<p>{self.link}</p>"

    @property
    def resized(self) -> str:
        return f"{self.iframe}\n{_script(self.resizer)}"

    @property
    def tag(self) -> str:
        attributes = _attributes(self._named)
        return (
            f"<feeds-widget{attributes}>\n  {self.link}\n  {self._room}\n"
            f"</feeds-widget>\n"
            f"{_script(self.element)}"
        )

    @property
    def div(self) -> str:
        attributes = _attributes([(f"data-{name}", text) for name, text in self._named])
        return (
            f'<div data-feeds-widget=""{attributes}>\n  {self.link}\n  {self._room}\n'
            f"</div>\n{_script(self.element)}"
        )

    @property
    def php(self) -> str:
        """The fragment in PHP, with a link where it can't be had."""
        url, link = (_quoted(text) for text in (self.fragment, self.link))
        return f"<?php echo @file_get_contents({url}) ?: {link}; ?>"

    @property
    def plain(self) -> str:
        """What the widget shows now, as a list, and what to follow."""
        items = "\n".join(f"  <li>{_item(line)}</li>" for line in self.lines)
        links = [Markup('<a href="{1}">{0}</a>').format(*feed) for feed in self.feeds]
        return f"<ul>\n{items}\n</ul>\n<p>{' · '.join([self.link, *links])}</p>"

    @property
    def all(self) -> tuple[Snippet, ...]:
        """The seven ways, the recommended one first."""
        home = "{0.scheme}://{0.netloc}".format(urlsplit(self.base_url))
        images = ["img-src https:"] if self.has_images else []
        framed = [f"frame-src {home}"]
        script = [f"script-src {home}"]
        built = [*script, f"connect-src {home}", *images]
        ways: tuple[tuple[str, str, list[str], str], ...] = (
            ("resized", self.resized, framed + script, ""),
            ("iframe", self.iframe, framed, ""),
            ("element", self.tag, built, ""),
            ("div", self.div, built, ""),
            ("oembed", self.src, framed, ""),
            (
                "fragment",
                self.fragment,
                ["style-src 'unsafe-inline'", *images],
                self.php,
            ),
            ("list", self.plain, [], ""),
        )
        return tuple(
            Snippet(name, code, "; ".join(policy), php)
            for name, code, policy, php in ways
        )

    @property
    def _room(self) -> Markup:
        """What keeps the height free before a script runs, where no style may be."""
        return Markup('<svg width="1" height="{}" aria-hidden="true"></svg>').format(
            self.height
        )

    @property
    def _scheme(self) -> str:
        return SCHEMES.get(self.asked.theme, self.asked.theme)

    @property
    def _named(self) -> list[tuple[str, str]]:
        """The attributes of the element; a parameter that repeats has commas."""
        found: dict[str, list[str]] = {"channel": [self.channel], "view": [self.view]}
        for name, text in self.asked.parameters():
            found.setdefault(name, []).append(text)
        found["height"] = [str(self.height)]
        return [(name, ",".join(texts)) for name, texts in found.items()]


def height(view: str, count: int) -> int:
    """Return how tall a widget is, about, in CSS pixels.

    `count` is that of a month's weeks, an event's maps, or a list's entries.
    """
    frame, each = HEIGHTS[view]
    return min(MOST, max(LEAST, frame + each * count))


def _attributes(named: Sequence[tuple[str, str]]) -> Markup:
    return Markup("").join(Markup(' {}="{}"').format(*pair) for pair in named)


def _script(script: Script) -> Markup:
    pinned = Markup(' integrity="{}" crossorigin').format(script.integrity)
    return Markup('<script src="{}"{} async></script>').format(
        script.url, pinned if script.integrity else ""
    )


def _item(line: Line) -> Markup:
    link = Markup('<a href="{}">{}</a>').format(line.url, line.title)
    return Markup(", ").join([link, *line.facts])


def _quoted(text: str) -> str:
    r"""Return a literal of PHP: between single quotes only \ and ' have a meaning."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
