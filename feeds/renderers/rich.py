"""What `rich=1` adds to a calendar (RFC 9073, RFC 9253): strict readers dislike it.

The text with its markup as STYLED-DESCRIPTION, where it is as a VLOCATION, further
addresses as LINK, and the page of each category as CONCEPT.
"""

from collections.abc import Iterator
from dataclasses import replace

from feeds import i18n
from feeds.models import Event
from feeds.renderers import ics, prose, wording
from feeds.renderers.components import Shown
from feeds.renderers.contentline import escaped, line, quoted, uri
from feeds.renderers.frame import Site, part_uid


def render(event: Event, site: Site) -> bytes:
    """Render all VEVENTs of one event with all that is known of it."""
    return ics.render(event, site, _more)


def _more(event: Event, shown: Shown, site: Site) -> bytes:
    return b"".join(
        (
            _styled(event, shown, site),
            *_links(event),
            *(
                line("CONCEPT", uri(site.listing_url("events", one.slug)))
                for one in event.categories
            ),
            _location(shown),
        )
    )


def _styled(event: Event, shown: Shown, site: Site) -> bytes:
    _, html = prose.description(
        event, site, shown.summary, shown.description, shown.online_url
    )
    name = "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html"
    return line(name, escaped(html)) if html else b""


def _links(event: Event) -> Iterator[bytes]:
    """Yield addresses, each with its relation (RFC 8288) and its words."""
    language = event.language
    known = [
        (
            "related",
            i18n.t("entry.registration", language),
            (event.registration or {}).get("url"),
        ),
        ("describedby", i18n.t("entry.website", language), event.url),
        *(("via", source.text, source.url) for source in event.sources),
    ]
    for relation, label, url in known:
        name = f"LINK;LINKREL={relation};LABEL={quoted(label)};VALUE=URI"
        yield ics.link(name, url)


def _location(shown: Shown) -> bytes:
    """Return where it is as a component; only a position has an address (RFC 5870)."""
    if not (venue := wording.venue(shown.location)):
        return b""
    place = shown.location
    position = ics.position(place)
    at = f"geo:{place['latitude']:.6f},{place['longitude']:.6f}" if position else None
    rows = (
        b"BEGIN:VLOCATION\r\n",
        line("UID", part_uid(shown.uid, venue)),
        line("NAME", escaped(place.get("name") or venue)),
        line("DESCRIPTION", escaped(venue)),
        position,
        ics.link("URL", at),
        b"END:VLOCATION\r\n",
    )
    return b"".join(rows)


FORMAT = replace(
    ics.FORMAT,
    rich=replace(ics.FORMAT, name="ics-rich", event=render, at_write=False),
)
