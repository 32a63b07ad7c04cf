"""Media RSS, which RSS and Atom share: the picture of an entry, and its files."""

from feeds import text
from feeds.importing.webfeeds.entry import Entry, Raw, absolute
from feeds.importing.webfeeds.tree import Element, Kids, kids, words

_MOST = 100


def take(found: Kids, entry: Entry) -> None:
    """Add to an entry the picture and the files that its children name."""
    groups = [kids(group) for group in found.get("media:group", [])[:_MOST]]
    for around in (found, *groups):
        for element in around.get("media:content", [])[:_MOST]:
            _take(element, around, entry)
    for around in (found, *groups):
        for thumbnail in around.get("media:thumbnail", [])[:_MOST]:
            entry.image = entry.image or _image(thumbnail, around, entry)


def _take(element: Element, around: Kids, entry: Entry) -> None:
    url = absolute(element.get("url", ""), entry.base)
    media_type = element.get("type", "")
    if element.get("medium") == "image" or media_type.lower().startswith("image/"):
        entry.image = entry.image or _image(element, around, entry)
    else:
        title = words(kids(element), "media:title") or words(around, "media:title")
        entry.attach(url, media_type, element.get("fileSize", ""), title)
    for thumbnail in kids(element).get("media:thumbnail", ()):
        entry.image = entry.image or _image(thumbnail, around, entry)


def _image(element: Element, around: Kids, entry: Entry) -> Raw | None:
    url = absolute(element.get("url", ""), entry.base)
    if not url:
        return None
    own = kids(element)
    alt = words(own, "media:description") or words(around, "media:description")
    credit = words(own, "media:credit") or words(around, "media:credit")
    texts = {"alt": text.line(alt), "credit": text.line(credit)}
    return {"url": url} | {name: value for name, value in texts.items() if value}
