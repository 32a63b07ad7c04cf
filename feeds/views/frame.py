"""What every template gets besides its values: colours, links, and where it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from feeds import agenda, i18n
from feeds.browse import EventPage
from feeds.models import Channel
from feeds.renderers import qr
from feeds.selection import VIEWS
from feeds.views import embedding, style
from feeds.views.linked import Linked, linked
from feeds.views.links import Add
from feeds.views.mapped import Mapped
from feeds.views.offers import LASTING, kept
from feeds.views.pasted import discovery

LOOKS = ("lang", "theme", "accent")
# What a page shows of the parts that widgets can leave out.
SHARED = ("title", "nav", "all")
NAMES = sorted((i18n.own_name(code), code) for code in i18n.LANGUAGES)
DEFAULT_ACCENT = "#0b5cad"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Frame(Mapped):
    """One page: its path and row of VIEWS, for which channel, in which colours."""

    # Of the headings in what pages and widgets share.
    level: int = 2
    # Whether any event has a text in plain language.
    has_plain: Callable[[], bool] = bool
    has_places: Callable[[], bool] = bool

    # colours

    @property
    def theme(self) -> str:
        return "" if self.selection.theme == "auto" else self.selection.theme

    @property
    def accent(self) -> str:
        own = self.channel.colour if self.channel else DEFAULT_ACCENT
        return self.selection.accent or own

    @cached_property
    def style(self) -> Markup:
        """The inline style sheet: our own text and hex colours, nothing else."""
        rules = style.colours(self.accent, self.labels)
        return Markup(rules)  # noqa: S704 -- no reader's text is in it

    @cached_property
    def classes(self) -> dict[str, str]:
        return style.classes(self.labels)

    def colour_class(self, slug: str) -> str:
        return self.classes.get(slug, "")

    def entry_class(self, item: agenda.DayEntry, is_ghost: bool, is_last: bool) -> str:
        """Return the classes of an entry in the grid.

        A ghost goes on from the cell before; one that goes on to the next says so.
        """
        entry = item.entry
        colour = self.colour_class(entry.labels[0].slug) if entry.labels else ""
        full = "full" if entry.all_day or item.days > 1 else ""
        off = "off" if entry.status == "cancelled" else ""
        on = "on" if is_ghost else ""
        to = "to" if item.day < item.days and not is_last else ""
        return " ".join(filter(None, (colour, full, off, on, to)))

    def cell_attributes(self, day: agenda.Day) -> Markup:
        weekend = "we" if day.date.weekday() >= 5 else ""
        names = " ".join(filter(None, (weekend, "" if day.in_month else "out")))
        shown = Markup(' class="{}"').format(names) if names else Markup("")
        return shown + Markup(' aria-current="date"') if day.is_today else shown

    def shows(self, part: str) -> bool:
        """Say whether a part of what pages and widgets share is wanted."""
        return part in (self.selection.show or SHARED)

    @property
    def inside(self) -> Markup:
        """The attribute of links that stay where they are, needed in a widget only."""
        return Markup("")

    @property
    def offers_plain(self) -> bool:
        """Say whether what is shown here can be narrowed to plain language."""
        return "plain_language" in VIEWS[self.view].takes and self.has_plain()

    # links: paths on this site; absolute ones come from the base URL alone

    @property
    def root(self) -> str:
        return f"/{self.query('channel', LOOKS)}"

    def query(self, view: str, names: Iterable[str], **changes: Any) -> str:
        """Return the query that carries `names` on to a view that takes them."""
        text = kept(self.selection, view, names).canonical(**changes)
        return f"?{text}" if text else ""

    def href(self, view: str, suffix: str, **changes: Any) -> str:
        """Return the address of a page of this channel, in the same looks."""
        return f"{self._home}{suffix}{self.query(view, self._looks, **changes)}"

    @property
    def _looks(self) -> tuple[str, ...]:
        return LOOKS

    def channel_href(self, channel: Channel) -> str:
        return f"/{channel.slug}{self.query('channel', LOOKS)}"

    def event_href(self, entry: agenda.Entry) -> str:
        date_key = f"#{entry.recurrence_id}" if entry.recurrence_id else ""
        return self.href("entry", f"/events/{entry.slug}") + date_key

    @property
    def all_href(self) -> str:
        return self._events((*LASTING, "since", "until"))

    def day_href(self, day: date) -> str:
        """Return the agenda of a single day, filtered as here."""
        since, until = day.isoformat(), (day + _DAY).isoformat()
        return self._events(LASTING, since=since, until=until)

    def _events(self, names: Iterable[str], **changes: Any) -> str:
        query = self.query("events", (*self._looks, *names), **changes)
        return f"{self._home}/events{query}"

    def month_href(self, month: tuple[int, int] | None) -> str:
        """Return this page at another month, None for the one it is."""
        return f"{self.here(month=month)}#month"

    def page_href(self, step: int) -> str:
        return self.here(page=self.selection.page + step)

    def here(self, **changes: Any) -> str:
        """Return this page with some of its parameters changed."""
        query = self.selection.canonical(**changes)
        return f"{self.path}?{query}" if query else self.path

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """The languages of the interface: code, own name, and this page in it."""
        return [
            (code, name, self.here(lang=None if code == self.own_language else code))
            for name, code in NAMES
        ]

    @property
    def own_name(self) -> str:
        return i18n.own_name(self.language)

    def current(self, suffix: str) -> Markup:
        is_here = self.path == f"{self._home}{suffix}"
        return Markup(' aria-current="page"') if is_here else Markup("")

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The parameters that a filter form carries on without showing them."""
        shown = {"q": None, "category": (), "since": None, "until": None, "page": 1}
        return self.selection.parameters(**shown, plain_language=False)

    @property
    def hidden_looks(self) -> list[tuple[str, str]]:
        """The parameters that any form carries on: how pages look."""
        return kept(self.selection, self.view, LOOKS).parameters()

    def static(self, name: str) -> str:
        return f"/static/{name}?v={style.version(name)}"

    @staticmethod
    def host(url: str) -> str:
        """Return what a reader recognises of an address."""
        return (urlsplit(url).hostname or url).removeprefix("www.")

    # absolute addresses

    @property
    def canonical(self) -> str:
        """The one address of this page, whatever it looks like."""
        looks = {"theme": "auto", "accent": None, "show": None}
        return f"{self.base_url}{self.here(**looks)}"

    def linked(self, page: Any) -> Linked:
        """Return what this page is to search engines and social media."""
        url = f"{self.base_url}{self.path}"
        return linked(page, self.channel, url, self.language)

    @property
    def discovery(self) -> list[tuple[str, str]]:
        """Where oEmbed tells how to show this page elsewhere, by media type."""
        return discovery(self.base_url, self.here()) if self.channel else []

    @property
    def subscribe_href(self) -> str:
        """Return the page with every way to subscribe to what this page shows."""
        query = self.query("subscribe", (*self._looks, *LASTING))
        return f"{self._home}/subscribe{query}"

    def subscribe_to(self, label: agenda.Label) -> str:
        return self.href("subscribe", "/subscribe", category=(label.slug,))

    @property
    def qr(self) -> Markup:
        """A QR code of this page's address, empty where that is too long for one."""
        return Markup(qr.svg(self.canonical))  # noqa: S704 -- feeds.renderers.qr made it

    def add(self, page: EventPage) -> Add:
        """Return the ways to take an event's first shown date into a calendar."""
        event, line = page.event, page.when
        address = f"{self.base_url}{self._home}/events/{event.slug}"
        return Add(
            ics=f"{address}.ics",
            title=event.title,
            start=line.start,
            end=line.end,
            start_at=line.start_at,
            end_at=line.end_at,
            timezone=event.timezone,
            place=", ".join(page.where.lines),
            page=address,
        )

    @property
    def snippet(self) -> str:
        """The HTML that shows this month on another site, as the builder has it."""
        return embedding.of(self, kept(self.selection, "embed", LASTING)).resized

    @property
    def builder_href(self) -> str:
        """Return the page where a widget that shows the same is chosen."""
        return f"{self._home}/embed{self.query('embed', ('lang', *LASTING))}"

    @property
    def publisher(self) -> dict[str, Any] | None:
        return self.channel.publisher if self.channel else None
