"""What a page is called where somebody shares its address (Open Graph), and its data.

All addresses are absolute, no words carry marks of hyphenation.
"""

from dataclasses import dataclass
from typing import Any

from feeds import i18n, text
from feeds.browse import EventPage
from feeds.browse.news import ItemPage
from feeds.models import Channel
from feeds.views.structured import EXCERPT, Raw, event_data, news_data, plain


@dataclass(frozen=True)
class Linked:
    """`language` is that of title and description; without a title it is the page's.

    `image` is the entry's own, `logo` the channel's; the times are RFC 3339, "" of what
    is no article; `data` is JSON-LD, None for a list.
    """

    language: str
    title: str = ""
    description: str = ""
    image: Raw | None = None
    logo: Raw | None = None
    published: str = ""
    modified: str = ""
    data: Raw | None = None

    @property
    def locale(self) -> str:
        """The language with its likeliest country, as Open Graph has it."""
        return i18n.likely(self.language)


def linked(page: Any, channel: Channel | None, url: str, language: str) -> Linked:
    """Return what the page at `url` is to others; `language` is the interface's."""
    if channel is None:
        return Linked(language, description=i18n.t("home.lead", language))
    if isinstance(page, EventPage):
        event = page.event
        data = event_data(page, url)
        words = data.get("description", "")
        return Linked(
            event.language, data["name"], words, event.image, channel.logo, data=data
        )
    if isinstance(page, ItemPage):
        return _of_item(page, channel, url)
    return Linked(
        language,
        description=text.excerpt(plain(channel.description), EXCERPT),
        logo=channel.logo,
    )


def _of_item(page: ItemPage, channel: Channel, url: str) -> Linked:
    data = news_data(page, channel, url)
    return Linked(
        page.card.language,
        title=data["headline"],
        description=text.excerpt(data.get("description", ""), EXCERPT),
        image=page.card.image,
        logo=channel.logo,
        published=data["datePublished"],
        modified=data["dateModified"],
        data=data,
    )
