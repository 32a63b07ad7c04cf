"""Our own strict validator: the rules of the formats, and what validators warn about.

RSS 2.0 with the profile of the Advisory Board and the common modules, Atom (RFC 4287,
structure by RELAX NG), OPML 2.0. No feed has an element, attribute or namespace that is
not named here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from lxml import etree

from tests.renderers import strict_values as v
from tests.renderers.strict_json import complaints as of_json

PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://www.georss.org/georss": "georss",
    "http://search.yahoo.com/mrss/": "media",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
MANY = 10**6
_TEXTS = ["description", "content:encoded"]
RELATIONS = v.said(
    *("self", "hub", "alternate", "next", "previous", "first", "last", "enclosure"),
    *("via", "current", "prev-archive", "next-archive"),
)


@dataclass(frozen=True)
class Kind:
    """What an element holds: how often it may stand there, text, attributes, children.

    An attribute with "?" at its end may be missing.
    """

    least: int
    most: int
    text: v.Check = v.empty
    attributes: Mapping[str, v.Check] = field(default_factory=dict)
    children: Mapping[str, "Kind"] = field(default_factory=dict)


LINK = {
    "href": v.uri,
    "rel": RELATIONS,
    "type?": v.media_type,
    "title?": v.line,
    "length?": v.number,
}
PICTURE = {"media:description": Kind(0, 1, v.line), "media:credit": Kind(0, 1, v.line)}
HISTORY = {"fh:archive": Kind(0, 1), "fh:complete": Kind(0, 1)}
MODULES = {
    "dc:source": Kind(0, 1, v.line),
    "media:content": Kind(0, 1, v.empty, {"url": v.web, "medium": v.line}, PICTURE),
    "media:thumbnail": Kind(0, 1, v.empty, {"url": v.web}),
    "georss:point": Kind(0, 1, v.point),
    "ev:startdate": Kind(0, 1, v.rfc3339_or_day),
    "ev:enddate": Kind(0, 1, v.rfc3339_or_day),
    "ev:location": Kind(0, 1, v.line),
    "ev:organizer": Kind(0, 1, v.line),
    "ev:type": Kind(0, 1, v.line),
}
ITEM = MODULES | {
    "title": Kind(1, 1, v.line),
    "link": Kind(1, 1, v.web),
    "description": Kind(1, 1, v.markup),
    "content:encoded": Kind(0, 1, v.markup),
    "guid": Kind(1, 1, v.urn, {"isPermaLink": v.said("false")}),
    "category": Kind(0, MANY, v.line, {"domain": v.uri}),
    "enclosure": Kind(
        0, 1, v.empty, {"url": v.web, "length": v.number, "type": v.media_type}
    ),
    "pubDate": Kind(1, 1, v.http_date),
    "dc:creator": Kind(0, 1, v.line),
    "dc:language": Kind(1, 1, v.language),
}
IMAGE = {
    "url": Kind(1, 1, v.web),
    "title": Kind(1, 1, v.line),
    "link": Kind(1, 1, v.web),
}
CHANNEL = HISTORY | {
    "title": Kind(1, 1, v.line),
    "link": Kind(1, 1, v.web),
    "description": Kind(1, 1, v.line),
    "atom:link": Kind(1, MANY, v.empty, LINK),
    "docs": Kind(0, 1, v.web),
    "generator": Kind(1, 1, v.line),
    "image": Kind(0, 1, v.empty, {}, IMAGE),
    "language": Kind(1, 1, v.language),
    "lastBuildDate": Kind(1, 1, v.http_date),
    "ttl": Kind(0, 1, v.positive),
    "dc:publisher": Kind(1, 1, v.line),
    "sy:updatePeriod": Kind(0, 1, v.period),
    "sy:updateFrequency": Kind(0, 1, v.positive),
    "item": Kind(0, MANY, v.empty, {}, ITEM),
}
AUTHOR = {"atom:name": Kind(1, 1, v.line), "atom:uri": Kind(0, 1, v.web)}
CATEGORY = {"term": v.line, "scheme": v.uri, "label": v.line}
ENTRY = MODULES | {
    "atom:id": Kind(1, 1, v.urn),
    "atom:title": Kind(1, 1, v.line),
    "atom:updated": Kind(1, 1, v.rfc3339),
    "atom:published": Kind(1, 1, v.rfc3339),
    "atom:author": Kind(0, 1, v.empty, {}, AUTHOR),
    "atom:content": Kind(1, 1, v.markup, {"type": v.said("html")}),
    "atom:summary": Kind(0, 1, v.block),
    "atom:link": Kind(1, MANY, v.empty, LINK),
    "atom:category": Kind(0, MANY, v.empty, CATEGORY),
}
FEED = HISTORY | {
    "atom:id": Kind(1, 1, v.urn),
    "atom:title": Kind(1, 1, v.line),
    "atom:subtitle": Kind(0, 1, v.line),
    "atom:updated": Kind(1, 1, v.rfc3339),
    "atom:author": Kind(1, 1, v.empty, {}, AUTHOR),
    "atom:link": Kind(2, MANY, v.empty, LINK),
    "atom:generator": Kind(1, 1, v.line),
    "atom:logo": Kind(0, 1, v.web),
    "atom:entry": Kind(0, MANY, v.empty, {"xml:lang": v.language}, ENTRY),
}
OUTLINE = {
    "type": v.said("rss"),
    "version": v.said("RSS2"),
    "text": v.line,
    "title": v.line,
    "description?": v.line,
    "language": v.language,
    "xmlUrl": v.web,
    "htmlUrl": v.web,
}
OPML = {
    "head": Kind(
        1,
        1,
        children={
            "title": Kind(1, 1, v.line),
            "dateModified": Kind(1, 1, v.http_date),
        },
    ),
    "body": Kind(1, 1, children={"outline": Kind(1, MANY, v.empty, OUTLINE)}),
}
CHANNELS = {"channel": Kind(1, 1, v.empty, {}, CHANNEL)}
ROOTS = {
    "rss": ("rss", Kind(1, 1, v.empty, {"version": v.said("2.0")}, CHANNELS)),
    "atom": ("atom:feed", Kind(1, 1, v.empty, {"xml:lang": v.language}, FEED)),
    "opml": ("opml", Kind(1, 1, v.empty, {"version": v.said("2.0")}, OPML)),
}


def complaints(suffix: str, raw: bytes, now: datetime) -> list[str]:
    """Return what is wrong with an RSS, Atom, JSON or OPML document at an instant."""
    if suffix == "json":
        return list(of_json(raw, now))
    declared = raw[:60].split(b"?>")[0].lower().replace(b'"', b"'")
    if declared != b"<?xml version='1.0' encoding='utf-8'":
        return [f"declared as {declared!r}"]
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(raw, parser)
    name, kind = ROOTS[suffix]
    found = [*_of_document(root), *_of_element(root, kind, name)]
    if _name(root) != name:
        found.append(f"begins with <{_name(root)}>")
    found += _of_rss(root, now) if suffix == "rss" else ()
    found += _of_atom(root, now) if suffix == "atom" else ()
    return found


def _of_document(root: Any) -> Iterator[str]:
    if root.getroottree().docinfo.doctype:
        yield "a DOCTYPE"
    for each in root.xpath("//comment() | //processing-instruction()"):
        yield f"{each!r}"
    for each in root.iter("*"):
        inherited = {} if each is root else each.getparent().nsmap
        for prefix, uri in each.nsmap.items() - inherited.items():
            if PREFIXES.get(uri) != (prefix or "atom"):
                yield f"the namespace {uri} as {prefix}"


def _of_element(element: Any, kind: Kind, where: str) -> Iterator[str]:
    """Yield what the tables say against an element and all in it."""
    words = "".join(element.xpath("text()"))
    if wrong := kind.text(words):
        yield f"{where}: {wrong}"
    given = {_name(element, name): value for name, value in element.attrib.items()}
    known = {name.removesuffix("?"): check for name, check in kind.attributes.items()}
    for name in kind.attributes:
        if not name.endswith("?") and name not in given:
            yield f"{where} has no {name}"
    for name, value in given.items():
        check = known.get(name)
        if wrong := check(value) if check else "not known":
            yield f"{where}/@{name}: {wrong}"
    yield from _of_children(element, kind, where)


def _of_children(element: Any, kind: Kind, where: str) -> Iterator[str]:
    counted = Counter(map(_name, element.iterchildren("*")))
    for name, child in kind.children.items():
        if not child.least <= counted[name] <= child.most:
            yield f"{where} has <{name}> {counted[name]} times"
    for each in element.iterchildren("*"):
        if inner := kind.children.get(_name(each)):
            yield from _of_element(each, inner, f"{where}/{_name(each)}")
        else:
            yield f"{where} holds the unknown <{_name(each)}>"


def _of_rss(root: Any, now: datetime) -> Iterator[str]:
    names = {prefix: uri for uri, prefix in PREFIXES.items()}
    channel = root[0]
    for picture in channel.findall("image"):
        for name in ("title", "link"):
            if picture.findtext(name) != channel.findtext(name):
                yield f"the picture has another {name} than the channel"
    if len(channel.xpath("atom:link[@rel='self'][@type]", namespaces=names)) != 1:
        yield "not one link to itself"
    for item in channel.iter("item"):
        order = [n for n in map(_name, item.iterchildren("*")) if n in _TEXTS]
        if order != sorted(order, key=_TEXTS.index):
            yield "the text stands before the description"
    yield from _repeated(channel.xpath("item/guid/text()"), "guid")
    for written in root.xpath("//pubDate/text() | //lastBuildDate/text()"):
        if not v.http_date(written) and parsedate_to_datetime(written) > now:
            yield f"{written} is still to come"


def _of_atom(root: Any, now: datetime) -> Iterator[str]:
    names = {"a": "http://www.w3.org/2005/Atom"}
    if not GRAMMAR.validate(root):
        yield f"RFC 4287: {GRAMMAR.error_log.last_error}"
    for each in (root, *root.findall("a:entry", names)):
        links = each.findall("a:link", names)
        kinds = [(one.get("rel"), one.get("type"), one.get("href")) for one in links]
        yield from _repeated(kinds, "link")
        alternate = [kind for kind in kinds if kind[0] == "alternate"]
        if len(alternate) != 1:
            yield f"{len(alternate)} alternate links"
    if sum(link.get("rel") == "self" for link in root.findall("a:link", names)) != 1:
        yield "not one link to itself"
    yield from _repeated(root.xpath("//a:id/text()", namespaces=names), "id")
    for entry in root.findall("a:entry", names):
        first, last = (
            str(entry.findtext(f"a:{name}", "", names))
            for name in ("published", "updated")
        )
        yield from v.in_order(first, last, now)


def _repeated(values: Any, what: str) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"the {what} {value} {count} times"


def _name(element: Any, tag: str | None = None) -> str:
    """Return a name with the prefix of its namespace, "?" for a foreign one."""
    found = etree.QName(tag or element)
    if found.namespace is None:
        return found.localname
    return f"{PREFIXES.get(found.namespace, '?')}:{found.localname}"
