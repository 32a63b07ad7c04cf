"""The demo channel: a publisher's calendar, news and places, full of life.

Its July of 2021 is fixed; the rest lies around the day on which it is loaded, so that
it never looks dead. Everything goes in by the door that the API uses.
"""

from datetime import datetime
from operator import attrgetter

from feeds import tenancy
from feeds.demo import around, channel, july, news
from feeds.demo.made import CHANNEL, Made
from feeds.errors import Conflict
from feeds.publish import Publisher

__all__ = ["CHANNEL", "entries", "load"]


def load(publisher: Publisher, now: datetime) -> bool:
    """Write the demo as if made by and by until `now` (aware, July 2021 or later).

    Returns False, and changes nothing, when the channel exists or ever existed. The
    same `now` gives the same entries, uids included.
    """
    first, *others = entries(now)
    try:
        tenancy.create(publisher, first.raw, now=first.at)
    except Conflict:
        return False
    for made in others:
        publisher.create(made.noun, CHANNEL, made.raw, now=made.at)
    return True


def entries(now: datetime) -> list[Made]:
    """Return what the demo holds, in the order in which it was made."""
    made = [*channel.entries(), *july.entries(), *around.entries(now)]
    return sorted([*made, *news.entries(now)], key=attrgetter("at"))
