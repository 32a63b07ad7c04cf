"""XML vocabularies that RSS and Atom share: credits, pictures, places, events."""

from collections.abc import Iterator

from lxml.etree import SubElement

from feeds.renderers.feedgen_adapter import Element
from feeds.renderers.frame import Head
from feeds.renderers.item import Item, Picture
from feeds.renderers.occasion import Occasion

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
EVENTS = "http://purl.org/rss/1.0/modules/event/"
HISTORY = "http://purl.org/syndication/history/1.0"
GEORSS = "http://www.georss.org/georss"
MEDIA = "http://search.yahoo.com/mrss/"
NAMESPACES = (
    ("dc", DUBLIN_CORE),
    ("ev", EVENTS),
    ("georss", GEORSS),
    ("media", MEDIA),
)


def add_history(element: Element, head: Head) -> None:
    """Mark a feed that is an archive, or all there is (RFC 5005 §2 and §4)."""
    if head.history:
        SubElement(element, f"{{{HISTORY}}}{head.history}", nsmap={"fh": HISTORY})


def add(element: Element, item: Item) -> None:
    """Append what is known of an item beyond its format's own elements."""
    # Validators want it once; no address holds a space.
    credits = "; ".join(credit.url or credit.words for credit in item.credits)
    _say(element, DUBLIN_CORE, "source", credits)
    if item.picture:
        _add_picture(element, item.picture)
    if item.point:
        _say(element, GEORSS, "point", " ".join(map(_degrees, item.point)))
    for name, words in _of(item.occasion) if item.occasion else ():
        _say(element, EVENTS, name, words)


def _of(occasion: Occasion) -> Iterator[tuple[str, str]]:
    yield "startdate", occasion.start
    yield "enddate", occasion.end
    yield "location", occasion.location
    yield "organizer", occasion.organizer
    yield "type", occasion.kind


def _add_picture(element: Element, picture: Picture) -> None:
    shown = SubElement(element, f"{{{MEDIA}}}content", url=picture.url, medium="image")
    _say(shown, MEDIA, "description", picture.alt)
    _say(shown, MEDIA, "credit", picture.credit)
    SubElement(element, f"{{{MEDIA}}}thumbnail", url=picture.url)


def _say(element: Element, namespace: str, name: str, words: str) -> None:
    if words:
        SubElement(element, f"{{{namespace}}}{name}").text = words


def _degrees(angle: float) -> str:
    """Return degrees without an exponent, to about a decimetre."""
    return f"{round(angle, 6) + 0.0:.6f}".rstrip("0").rstrip(".")
