"""The nouns of the service as SQLAlchemy models, one a file. No queries here."""

from feeds.models.base import Base
from feeds.models.category import Category
from feeds.models.channel import Channel
from feeds.models.event import CourseSession, Event, Override, event_category
from feeds.models.news import NewsItem, news_category
from feeds.models.occurrence import REACHES, Occurrence, reach_of
from feeds.models.ping import Ping
from feeds.models.place import Place
from feeds.models.publication import Departure, Edition, Fragment, Tombstone
from feeds.models.source import Source
from feeds.models.token import Token

__all__ = [
    "REACHES",
    "Base",
    "Category",
    "Channel",
    "CourseSession",
    "Departure",
    "Edition",
    "Event",
    "Fragment",
    "NewsItem",
    "Occurrence",
    "Override",
    "Ping",
    "Place",
    "Source",
    "Token",
    "Tombstone",
    "event_category",
    "news_category",
    "reach_of",
]
