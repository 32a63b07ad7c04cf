"""Values in, bytes out: one file a format, and `FORMATS`, the table of them all.

No clock, no request, no database: the same values give the same bytes everywhere.
What an entry refers to (categories, place, overrides, sessions, sources) is loaded.
"""

from collections.abc import Mapping
from types import MappingProxyType

from feeds.renderers import atom, jcal, jsonfeed, rich, rss
from feeds.renderers.frame import (
    RENDERER_VERSION,
    Format,
    Head,
    Site,
    digest,
    entry_id,
    urn,
)

__all__ = [
    "FORMATS",
    "RENDERER_VERSION",
    "Format",
    "Head",
    "Site",
    "digest",
    "entry_id",
    "urn",
]

ROWS = (rich.FORMAT, rss.FORMAT, atom.FORMAT, jsonfeed.FORMAT, jcal.FORMAT)
FORMATS: Mapping[str, Format] = MappingProxyType({row.name: row for row in ROWS})
