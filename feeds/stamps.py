"""How often an entry changed and when: its sequence and the moments that it shows.

What came from elsewhere brings its own.
"""

from datetime import datetime
from typing import Any

from feeds.importing import Revision
from feeds.models import Event, NewsItem

UNKNOWN = Revision()


def begin(made: Any, revision: Revision, now: datetime) -> None:
    """Stamp a new entry as it was elsewhere, as far as that can be.

    Nothing was written later than `now`, nor before it was made.
    """
    made.sequence = max(made.sequence, revision.sequence or 0)
    made.updated_at = min(revision.updated_at or now, now)
    made.created_at = min(revision.created_at or now, made.updated_at)
    if isinstance(made, NewsItem):  # of events, `departures` asks when they came here
        made.revised_at = made.updated_at


def rise(
    made: Any, now: datetime, *, minor: bool = False, revision: Revision = UNKNOWN
) -> None:
    """Record a visible change: the sequence rises, the moments move.

    News from elsewhere were revised when they say so, if that is news.
    """
    made.sequence = max(made.sequence + 1, revision.sequence or 0)
    made.updated_at = max(now, made.updated_at)
    told = revision.updated_at if isinstance(made, NewsItem) else None
    if told is not None and made.revised_at < told <= now:
        made.revised_at = told
    elif not minor:
        made.revised_at = made.updated_at


def stamp(made: Any, now: datetime, *, minor: bool = False) -> None:
    """Record a visible change of an entry and of all its dates."""
    rise(made, now, minor=minor)
    for session in made.sessions if isinstance(made, Event) else ():
        session.sequence, session.updated_at = made.sequence, made.updated_at
