"""What pages and widgets show, as frozen values: a selection and a channel in.

Nothing here knows a request, a template or a word of the interface.
"""

from feeds.browse.agendas import AgendaPage, agenda_page
from feeds.browse.events import DateLine, EventPage, event_page
from feeds.browse.fronts import (
    ChannelPage,
    HomePage,
    channel_page,
    home_page,
    labels_of,
)
from feeds.browse.months import MonthPage, month_page
from feeds.browse.news import (
    Credit,
    ItemPage,
    NewsCard,
    NewsPage,
    item_page,
    news_page,
)

__all__ = [
    "AgendaPage",
    "ChannelPage",
    "Credit",
    "DateLine",
    "EventPage",
    "HomePage",
    "ItemPage",
    "MonthPage",
    "NewsCard",
    "NewsPage",
    "agenda_page",
    "channel_page",
    "event_page",
    "home_page",
    "item_page",
    "labels_of",
    "month_page",
    "news_page",
]
