"""The reader's question as a frozen value, with its canonical form.

One grammar for every page, feed and widget. `VIEWS` says which view takes which
parameter and with which default; the bounds stand beside each parameter. Parsing a
query string is the schemas' business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

FIRST_MONTH, LAST_MONTH = (1970, 1), (2100, 12)
MAX_LIMIT = {"occurrences": 1000}
DEFAULT_MAX_LIMIT = 200
MAX_PAGE = 10_000
# Of a widget, in CSS pixels; a preview at its widest takes all the room there is.
MAX_SIZE, WIDEST = 6_000, 1_280
STATUSES = ("confirmed", "tentative", "cancelled")
# The weekday that begins a row, by its parameter.
WEEK_STARTS = {"mo": 0, "su": 6}
SHOWABLE = ("title", "nav", "filter", "search", "subscribe", "all", "images")
# None of these parts; beside others it says nothing.
NOTHING = "none"
# What a widget shows of these when `show` does not say.
SHOWN = {
    "embed.month": ("title", "nav", "subscribe", "all"),
    "embed.mini": ("title", "nav"),
    "embed.agenda": ("title", "nav", "subscribe", "all"),
    "embed.news": ("title", "nav", "all"),
    "embed.event": ("title", "subscribe", "all"),
    "embed.map": ("title", "all"),
}


@dataclass(frozen=True)
class Selection:
    """What a reader asks for; absent values are None, empty or the view's default.

    `since` and `until` are the texts of `from` and `to` as given: relative days are
    resolved against today in the channel's zone, at reading. `month` and `archive`
    are (year, month).
    """

    category: tuple[str, ...] = ()
    match: str = "any"
    exclude: tuple[str, ...] = ()
    place: str | None = None
    language: str | None = None
    status: str | None = None
    plain_language: bool = False
    q: str | None = None
    since: str | None = None
    until: str | None = None
    order: str | None = None
    limit: int | None = None
    page: int = 1
    archive: tuple[int, int] | None = None
    after: str | None = None
    all: bool = False
    rich: bool = False
    lang: str | None = None
    month: tuple[int, int] | None = None
    event: str | None = None
    item: str | None = None
    weeknumbers: bool = True
    week: str = "mo"
    theme: str = "auto"
    accent: str | None = None
    show: tuple[str, ...] | None = None
    level: int | None = None
    view: str = "month"
    width: int | None = None
    height: int | None = None
    measured: int | None = None
    pinned: bool = False

    def parameters(self, **changes: Any) -> list[tuple[str, str]]:
        """Return the query parameters that differ from the defaults, in one order.

        `changes` replace values; a change to the default drops the parameter.
        """
        values = {f.name: getattr(self, f.name) for f in fields(self)} | changes
        return [
            (QUERY_NAMES.get(f.name, f.name), text)
            for f in fields(self)
            if values[f.name] != f.default
            for text in _texts(values[f.name])
        ]

    def canonical(self, **changes: Any) -> str:
        """Return the selection as a query string: equal questions, equal strings."""
        return urlencode(self.parameters(**changes))

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything is filtered: a feed of all has the plain title."""
        return any(getattr(self, name) for name in FILTERS)

    @property
    def is_open(self) -> bool:
        """Say whether the reader left past and future to us."""
        return not (self.since or self.until or self.all)


QUERY_NAMES = {"since": "from", "until": "to"}
FILTERS = (
    "category",
    "exclude",
    "place",
    "language",
    "status",
    "plain_language",
    "q",
    "since",
    "until",
)


def _texts(value: Any) -> list[str]:
    match value:
        case (int(year), int(month)):
            return [f"{year:04}-{month:02}"]
        case tuple():
            return [str(item) for item in value]
        case bool():
            return [str(int(value))]
        case _:
            return [str(value)]


_NEWS = frozenset({"category", "match", "exclude", "place", "language", "q"})
_EVENTS = _NEWS | {"status", "plain_language", "from", "to"}
_PLACES = frozenset({"category", "match", "exclude", "place", "q"})
_PAGED = frozenset({"order", "limit", "page"})
_FEED = frozenset({"archive", "lang"})
_LOOKS = frozenset({"lang", "theme", "accent", "show"})
_WEEKS = frozenset({"month", "weeknumbers", "week"})
_WIDGET = _LOOKS | {"level"}
# What /embed/{channel}/{view} can show.
WIDGETS = ("month", "mini", "agenda", "news", "event", "map")


@dataclass(frozen=True)
class View:
    """One row of the table: the parameters a view takes and its defaults.

    `since` is the day its window starts when `from` is absent (None: no bound).
    """

    takes: frozenset[str]
    order: str = "start"
    limit: int | None = 50
    since: str | None = None
    max_limit: int = DEFAULT_MAX_LIMIT
    is_html: bool = False


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "home": View(_LOOKS, is_html=True),
        "channel": View(_LOOKS | _WEEKS, since="today", is_html=True),
        "events": View(_EVENTS | _PAGED | _LOOKS, since="today", is_html=True),
        "news": View(
            _NEWS | {"from", "to"} | _PAGED | _LOOKS, order="published", is_html=True
        ),
        "subscribe": View(_NEWS | {"status", "plain_language"} | _LOOKS, is_html=True),
        "places": View(_PLACES | _LOOKS, limit=None, is_html=True),
        "places.data": View(_PLACES | {"lang"}, limit=None),
        "opml": View(frozenset({"lang"})),
        "sitemap": View(frozenset({"page"})),
        "entry": View(_LOOKS, is_html=True),
        "embed.month": View(_EVENTS | _WIDGET | _WEEKS, limit=None, is_html=True),
        "embed.mini": View(_EVENTS | _WIDGET | _WEEKS, limit=None, is_html=True),
        "embed.agenda": View(
            _EVENTS | _PAGED | _WIDGET, limit=10, since="today", is_html=True
        ),
        "embed.news": View(
            _NEWS | {"from", "to", "item"} | _PAGED | _WIDGET,
            order="published",
            limit=10,
            is_html=True,
        ),
        "embed.event": View(_WIDGET | {"event"}, is_html=True),
        "embed.map": View(_PLACES | _WIDGET, limit=None, is_html=True),
        # What any widget takes; the row of the one chosen says what of it counts.
        "embed": View(
            _EVENTS
            | _PAGED
            | _WIDGET
            | _WEEKS
            | {"event", "item", "view", "width", "height", "measured", "pinned"},
            order="",
            limit=None,
            is_html=True,
        ),
        "events.ics": View(
            _EVENTS | {"all", "rich", "lang"}, limit=None, since="-180d"
        ),
        "events.feed": View(_EVENTS | _PAGED | _FEED, order="published"),
        "news.feed": View(_NEWS | {"from", "to"} | _PAGED | _FEED, order="published"),
        "entry.data": View(frozenset({"lang"})),
        "occurrences": View(
            _EVENTS | {"order", "limit", "after", "lang"},
            limit=200,
            since="today",
            max_limit=MAX_LIMIT["occurrences"],
        ),
    }
)
