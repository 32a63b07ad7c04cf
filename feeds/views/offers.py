"""What a page offers to follow: feeds of a selection, in words and addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from feeds import agenda
from feeds.heading import narrowing
from feeds.models import Channel
from feeds.selection import FILTERS, QUERY_NAMES, VIEWS, Selection
from feeds.views.links import Feed, Subscribe, feeds_of
from feeds.views.words import Words

LASTING = ("match", *(name for name in FILTERS if name not in ("since", "until")))
# The row of VIEWS for each of a channel's feeds.
FEED_VIEWS = {
    "events.ics": "events.ics",
    "events": "events.feed",
    "news": "news.feed",
}


def kept(selection: Selection, view: str, names: Iterable[str]) -> Selection:
    """Return what a view takes of a selection, and nothing but `names`."""
    takes, wanted = VIEWS[view].takes, set(names)
    return Selection(
        **{
            one.name: getattr(selection, one.name)
            for one in fields(Selection)
            if one.name in wanted and QUERY_NAMES.get(one.name, one.name) in takes
        }
    )


@dataclass(frozen=True)
class Offers(Words):
    """A page of a channel, or of none: its path, its row of VIEWS, its question."""

    base_url: str
    path: str
    view: str
    selection: Selection
    channel: Channel | None = None
    labels: tuple[agenda.Label, ...] = ()

    @property
    def _home(self) -> str:
        return f"/{self.channel.slug}" if self.channel else ""

    @property
    def title(self) -> str:
        return self.channel.title if self.channel else ""

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """The channel's feeds, filtered as this page is; those of its noun first."""
        return self._feeds(self.selection)

    @property
    def discovered(self) -> list[Feed]:
        """What a program finds: the page's feeds, then the whole ones, each once."""
        found = (*self.feeds, *self._feeds(Selection()))
        return list({feed.url: feed for feed in found}.values())

    @property
    def link_header(self) -> str:
        """The page's feeds as RFC 8288 has them, for who reads no HTML."""
        return ", ".join(
            f'<{feed.url}>; rel="alternate"; type="{feed.media_type}"'
            for feed in self.feeds
        )

    def feeds_on(self, label: agenda.Label) -> tuple[Feed, ...]:
        """Return the feeds of a single category."""
        return self._feeds(Selection(category=(label.slug,)))

    def _feeds(self, selection: Selection) -> tuple[Feed, ...]:
        if self.channel is None:
            return ()
        queries, titles = {}, {}
        for name, view in FEED_VIEWS.items():
            asked = kept(selection, view, LASTING)
            text = asked.canonical()
            queries[name] = f"?{text}" if text else ""
            noun = name.partition(".")[0]
            said = f"{self.title}: {self.t(f'feed.{noun}')}"
            titles[name] = (said, *self.narrowing(asked))
        made = feeds_of(self.base_url + self._home, titles, queries)
        is_news = self.path.startswith(f"{self._home}/news")
        return tuple(sorted(made, key=lambda feed: (feed.noun == "news") != is_news))

    def narrowing(
        self, selection: Selection, places: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Return what a selection is narrowed to, in words; `places` are by slug."""
        titles = {label.slug: label.title for label in self.labels}
        return narrowing(selection, self.language, titles, places or {})

    @property
    def subscribe(self) -> Subscribe:
        """The ways to follow the calendar, filtered as this page is."""
        (calendar,) = (feed for feed in self.feeds if feed.output == "ics")
        words = self.narrowing(kept(self.selection, "events.ics", LASTING))
        name = f"{self.title} ({', '.join(words)})" if words else self.title
        return Subscribe(calendar.url, name)
