"""What pages and widgets show, as frozen values: a selection and a channel in.

Nothing here knows a request, a template or a word of the interface.
"""

from feeds.browse.agendas import agenda_page
from feeds.browse.events import EventPage, event_card, event_page
from feeds.browse.fronts import (
    channel_page,
    coming_events,
    has_plain,
    home_page,
    labels_of,
    subscribe_page,
)
from feeds.browse.months import month_page
from feeds.browse.news import item_page, news_page
from feeds.browse.places import has_places, places_page

__all__ = [
    "EventPage",
    "agenda_page",
    "channel_page",
    "coming_events",
    "event_card",
    "event_page",
    "has_places",
    "has_plain",
    "home_page",
    "item_page",
    "labels_of",
    "month_page",
    "news_page",
    "places_page",
    "subscribe_page",
]
