"""XML of strangers as a tree: no DOCTYPE, no entities, no network, bounded.

The bytes are decoded here and not by the parser, so that what XML forbids and many
feeds hold, control characters and HTML's named characters, can be mended before.
"""

import re
from html import escape
from html.entities import name2codepoint
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from feeds.errors import Malformed, TooLarge
from feeds.text import URL_LENGTH

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH, MAX_ELEMENTS = 64, 200_000
_TOO_DEEP = f"it is nested deeper than {MAX_DEPTH}"
_CHUNK = 65_536
_TRIED = 9  # of elements that should be there once
# How a document in UTF-16 begins, with or without its mark.
WIDE = {
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_ENCODING = re.compile(
    rb"\s*<\?xml\s[^<>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']"
)
# Those of the web; others that Python knows are slow (punycode) or a trap (utf-7).
_READ = re.compile(
    r"utf-?8|(?:iso-?8859|windows|koi8|euc)-[a-z0-9]{1,4}|gb2312|gbk|gb18030|big5|shift_jis"
)
# As browsers do: a page that says Latin-1 or ASCII means these.
_MEANT = {"iso-8859-1": "cp1252", "us-ascii": "utf-8", "utf-16": "utf-8"}
_DECLARATION = re.compile(r"\s*<\?xml\s[^<>]*\?>")
_MISC = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(
    r"&(?:#(?:([0-9]{1,9})|x([0-9a-fA-F]{1,8}))|([A-Za-z][A-Za-z0-9]{1,7}));"
)
_XMLS_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))

_XML = "{http://www.w3.org/XML/1998/namespace}"
_INHERITED = (f"{_XML}base", f"{_XML}lang")
_XHTML = "{http://www.w3.org/1999/xhtml}"
_PREFIXES = {
    None: "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://wordpress.org/export/1.2/": "wp:",
}

Element = etree._Element
Kids = dict[str, list[Element]]


def decoded(data: bytes, charset: str = "") -> str:
    """Return the text of a document.

    RFC 7303 §3: its BOM counts first, then the `charset` of HTTP, then what it declares
    or else UTF-8; but what is UTF-8 by its bytes, and by one of the two, is just that.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(f"a feed of more than {MAX_BYTES:,} bytes is not read")
    is_marked = data.startswith(b"\xef\xbb\xbf")
    encoding = "utf-8" if is_marked else WIDE.get(data[:2]) or _said(data, charset)
    try:
        errors = "replace" if encoding == "cp1252" else "strict"
        return data.decode(encoding, errors).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Malformed(f"line {line}: this is not {encoding.upper()}") from error
    except LookupError as error:
        raise Malformed(f"line 1: the encoding '{encoding}' is not known") from error


def _said(data: bytes, charset: str) -> str:
    """Return the encoding that the server or the declaration names."""
    found = _ENCODING.match(data[:1000])
    declared = found[1].decode().lower() if found else "utf-8"
    names = [_MEANT.get(name, name) for name in (charset, declared)]
    known = [name for name in names if _READ.fullmatch(name) or name == "cp1252"]
    if not known:
        raise Malformed(f"line 1: the encoding '{names[1]}' is not read")
    return "utf-8" if "utf-8" in known and _is_utf8(data) else known[0]


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode())
    except UnicodeDecodeError:
        return False


def start(document: str) -> int:
    """Return where the root element begins, or the DOCTYPE before it."""
    at = 0
    while found := _MISC.match(document, at):
        at = found.end()
    return at


def parse(document: str, notes: list[str]) -> Element:
    """Return the root. Raises Malformed with the line, and notes what was mended."""
    at = start(document)
    if document[at : at + 9].upper() == "<!DOCTYPE":
        line = document.count("\n", 0, at) + 1
        raise Malformed(f"line {line}: it has a DOCTYPE, and no feed needs one")
    if declaration := _DECLARATION.match(document):
        lines = "\n" * declaration[0].count("\n")
        document = lines + document[declaration.end() :]
    data = _legal(document, notes).encode()
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        _feed(parser, data)
        return parser.close()
    except etree.XMLSyntaxError as error:
        raise _broken(parser) from error


def _broken(parser: etree.XMLPullParser) -> Malformed:
    """Return what was found first; all that follows from it is noise."""
    first = next(iter(parser.feed_error_log), None)
    reason = first.message if first else "the end is missing"
    if "xcessive depth" in reason:
        reason = _TOO_DEEP
    return Malformed(f"line {first.line if first else 1}: {reason}")


def _feed(parser: etree.XMLPullParser, data: bytes) -> None:
    """Give the parser a piece after the other, as long as it keeps within bounds."""
    depth = count = 0
    for at in range(0, len(data), _CHUNK):
        parser.feed(data[at : at + _CHUNK])
        for event, found in parser.read_events():
            _check_inherited(found)
            depth += 1 if event == "start" else -1
            count += event == "start"
            if depth > MAX_DEPTH:
                raise Malformed(f"line {line(found)}: {_TOO_DEEP}")
            if count > MAX_ELEMENTS:
                raise Malformed(f"it has more than {MAX_ELEMENTS:,} elements")


def _check_inherited(element: Any) -> None:
    """Refuse what would be read again for each element inside."""
    for name in _INHERITED:
        if len(element.get(name, "")) > URL_LENGTH:
            sentence = (
                f"an xml:{name[len(_XML) :]} of more than {URL_LENGTH} characters"
            )
            raise Malformed(f"line {line(element)}: {sentence}")


def _legal(document: str, notes: list[str]) -> str:
    """Return the document without what XML can't hold, and with HTML's names meant."""

    def note(found: re.Match[str] | None, what: str) -> None:
        if found:
            line = document.count("\n", 0, found.start()) + 1
            notes.append(f"line {line}: {what}, here and below")

    note(_ILLEGAL.search(document), "control characters left out")
    document = _ILLEGAL.sub("", document)
    changed = (
        found for found in _REFERENCE.finditer(document) if _meant(found) != found[0]
    )
    note(next(changed, None), "character references that XML does not know, mended")
    return _REFERENCE.sub(_meant, document)


def _meant(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        point = None if name in _XMLS_OWN else name2codepoint.get(name)
        return reference[0] if point is None else chr(point)
    number = int(decimal) if decimal else int(hexadecimal, 16)
    is_legal = number <= 0x10FFFF and not _ILLEGAL.match(chr(number))
    return reference[0] if is_legal else ""


def name(element: Element) -> str:
    """Return the name under the prefix that all use, "?" in a foreign namespace."""
    found = etree.QName(element)
    prefix = _PREFIXES.get(found.namespace, "?")
    return f"{prefix}{found.localname}" if prefix != "?" else prefix


def kids(element: Element) -> Kids:
    """Return the children by their names."""
    found: Kids = {}
    for child in element.iterchildren("*"):
        found.setdefault(name(child), []).append(child)
    return found


def line(element: Any) -> int:
    """Return the line on which an element begins."""
    return int(element.sourceline or 1)


def words(found: Kids, *names: str) -> str:
    """Return the text of the first of these children that has any."""
    each = (flat(child) for one in names for child in found.get(one, [])[:_TRIED])
    return next(filter(None, each), "")


def flat(element: Element) -> str:
    """Return the text inside, tags left out."""
    return "".join(map(str, element.itertext())).strip()


def markup(element: Element) -> str:
    """Return the HTML inside, whether it is escaped or stands there as elements."""
    children = list(element.iterchildren("*"))
    if not children:
        return flat(element)
    for each in element.iter(f"{_XHTML}*"):
        each.tag = etree.QName(each).localname
    parts = [
        etree.tostring(child, method="html", encoding="unicode") for child in children
    ]
    return (escape(element.text or "", quote=False) + "".join(parts)).strip()


def base(element: Element, address: str) -> str:
    """Return what xml:base makes of the address around it; "" without any of both."""
    around = [element, *element.iterancestors()]
    for given in filter(None, (one.get(f"{_XML}base") for one in reversed(around))):
        try:
            address = urljoin(address, given)
        except ValueError:
            continue  # a base that is none
    return address


def has_base(element: Element) -> bool:
    around = [element, *element.iterancestors()]
    return any(one.get(f"{_XML}base") for one in around)


def language(element: Element) -> str:
    around = [element, *element.iterancestors()]
    return next(filter(None, (one.get(f"{_XML}lang") for one in around)), "")
