"""What a feed says of itself: its title, its addresses, the pages around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from feeds.i18n import language_name, t
from feeds.renderers import Format, Head, Site, urn
from feeds.selection import Selection

# What a feed takes and its page does not, or counts otherwise.
PAGE_LESS: dict[str, Any] = {
    "order": None,
    "limit": None,
    "page": 1,
    "archive": None,
    "all": False,
    "rich": False,
}


@dataclass(frozen=True)
class Heading:
    """The head of a selection in a format; `ttl` is in seconds, `hub` a WebSub hub.

    `categories` and `places` are the titles of those it names, by slug.
    """

    site: Site
    noun: str
    output: Format
    selection: Selection
    updated: datetime
    ttl: int
    hub: str | None = None
    categories: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def topic(self) -> dict[str, str]:
        """Return the links, `hub` and `self`, of a feed that the hub is told of.

        Nobody tells it of what is filtered or paged, nor of calendars (WebSub §4).
        """
        if not self.hub or self.output.is_calendar or self.selection.canonical():
            return {}
        path = f"/{self.site.channel.slug}/{self.noun}{self.output.suffix}"
        return {"hub": self.hub, "self": self.site.url(path)}

    def head(
        self,
        suffix: str,
        *,
        zones: Mapping[str, datetime] | None = None,
        has_entries: bool,
        links: Mapping[str, str] | None = None,
        history: str = "",
        left_out: tuple[int, int] | None = None,
        slug: str | None = None,
    ) -> Head:
        """Return the head; `zones` are those of the timed events with their first.

        `links` are the queries of the documents around by relation. `left_out` is how
        many of how many events a calendar has no room for.
        """
        home = self.site.channel
        page = f"/{home.slug}/{self.noun}" + (f"/{slug}" if slug else "")
        path, zones = page + suffix, zones or {}
        query, page_query = (
            self.selection.canonical(),
            self.selection.canonical(**PAGE_LESS),
        )
        around = {name: self._url(path, text) for name, text in (links or {}).items()}
        logical = self.selection.canonical(page=1, limit=None, archive=None)
        return Head(
            title=self._title(),
            description=self._description(path, left_out),
            language=home.language,
            self_url=self._url(path, query),
            page_url=self._url(page, page_query),
            updated=self.updated,
            id=urn("feed", home.slug, self.noun, logical),
            ttl=self.ttl,
            zones=tuple(sorted(zones)),
            since_year=min((one.year for one in zones.values()), default=1970),
            has_entries=has_entries,
            links=({"hub": self.topic["hub"]} if self.topic else {}) | around,
            history=history,
        )

    def _url(self, path: str, query: str) -> str:
        return self.site.url(path + (f"?{query}" if query else ""))

    def _description(self, path: str, left_out: tuple[int, int] | None) -> str:
        home = self.site.channel
        if left_out is None:
            return home.description
        count, total = left_out
        url = self._url(path, self.selection.canonical(all=True))
        words = t("feed.left_out", home.language, count=count, total=total, url=url)
        return "\n\n".join(part for part in (home.description, words) if part)

    def _title(self) -> str:
        selection, title = self.selection, self.site.channel.title
        language = selection.lang or self.site.channel.language
        if not self.output.is_calendar:
            title = f"{title}: {t(f'feed.{self.noun}', language)}"
        words = narrowing(selection, language, self.categories, self.places)
        days = [day for day in (selection.since, selection.until) if day]
        return f"{title} ({', '.join([*words, *days])})" if words or days else title


def narrowing(
    selection: Selection,
    language: str,
    categories: Mapping[str, str],
    places: Mapping[str, str],
) -> tuple[str, ...]:
    """Return what a selection is narrowed to, in words, but for its window.

    `categories` and `places` are titles by slug.
    """
    names = [categories.get(slug, slug) for slug in selection.category]
    place, tongue, status = selection.place, selection.language, selection.status
    words = [
        *([" + ".join(names)] if selection.match == "all" else names),
        *(
            t("filter.not", language, name=categories.get(slug, slug))
            for slug in selection.exclude
        ),
        places.get(place, place) if place else "",
        language_name(tongue, language) if tongue else "",
        t(f"status.{status}", language) if status else "",
        t("event.plain_language", language) if selection.plain_language else "",
        t("filter.words", language, words=selection.q) if selection.q else "",
    ]
    return tuple(word for word in words if word)
