"""Values in, bytes out: one file a format, and `FORMATS`, the table of them all.

No clock, no request, no database: the same values give the same bytes everywhere.
What an entry refers to (categories, place, overrides, sessions, sources) is loaded.
"""

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
    "RENDERER_VERSION",
    "Format",
    "Head",
    "Site",
    "digest",
    "entry_id",
    "urn",
]
