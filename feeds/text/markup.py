"""Foreign HTML made clean: a small allowed set, and nothing that costs too much."""

import re
from collections import Counter
from functools import partial
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

import nh3

from feeds.text.characters import legal
from feeds.text.links import CONTACT, WEB, safe_url


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


TAGS = _names(
    "a b blockquote br caption code em h2 h3 h4 hr i img li ol p pre s strong sub "
    "sup table tbody td tfoot th thead tr u ul"
)
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SCHEMES = {("a", "href"): CONTACT, ("blockquote", "cite"): WEB, ("img", "src"): WEB}
_NUMBERS = frozenset(("width", "height", "start", "colspan", "rowspan"))
_DROPPED = _names(
    "applet audio embed head iframe math noembed noframes noscript object script "
    "select style svg template textarea title video xmp"
)

_BLOCKS = _names(
    "address article aside center dd details div dl dt fieldset figcaption figure "
    "footer form header legend main nav section summary"
)

# Tags with a near relative that is allowed: their text must not run together.
_RENAMED = {
    **dict.fromkeys(("h1",), "h2"),
    **dict.fromkeys(("h5", "h6"), "h4"),
    **dict.fromkeys(("del", "strike"), "s"),
    **dict.fromkeys(("ins",), "u"),
    **dict.fromkeys(("kbd", "samp", "tt", "var"), "code"),
    **dict.fromkeys(_BLOCKS, "p"),
}
_RENAME = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s/>])", re.IGNORECASE)
_MEDIA = re.compile(r"<(?:iframe|video|audio)\s([^<>]*)>", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE)
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_EMPTY = re.compile(
    r"<(?:p|h[234]|li|ul|ol|blockquote)>\s*</[a-z0-9]+>"
    r"|<(?:a|b|code|em|i|s|strong|su[bp]|u)(?: [a-z]+=\"[^\"]*\")*></[a-z]+>"
)
_PRE = re.compile(r"<pre>\n+")

# A parser keeps open what was not closed, and opens it again in every paragraph:
# a few kilobytes can become gigabytes. The sum of the depths at all tags bounds it.
_COST = 500_000
_REFERENCE = 5  # the parser is slow at many character references too
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_SHALLOW = _names(
    "p li dd dt tr td th thead tbody tfoot option br hr img input col wbr"
)


def html(raw: str, base_url: str | None = None) -> str:
    """Return clean HTML: the tags of TAGS, links that are safe, images that have one.

    Never raises; cleaning twice changes nothing. Relative URLs are resolved against
    `base_url` and stay as they are without one. Films and frames become links.
    """
    legal_raw = legal(raw)
    if _cost(legal_raw) > _COST:
        return _flattened(legal_raw)
    dirty = _RENAME.sub(_renamed, _MEDIA.sub(_media, legal_raw))
    for _ in range(8):
        clean = _clean(dirty, base_url)
        if clean == dirty and _cost(clean) <= _COST:
            return clean
        dirty = clean
    return _flattened(dirty)


def paragraphs(plain: str) -> str:
    """Return plain text as HTML: blank lines part paragraphs, others break lines."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", plain))
    blocks = [escape(part, quote=False) for part in parts if part]
    return "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks)


def _clean(dirty: str, base_url: str | None) -> str:
    clean = nh3.clean(
        dirty,
        tags=set(TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=ATTRIBUTES,
        attribute_filter=partial(_attribute, base_url),
        url_schemes=set(CONTACT),
        url_relative="pass_through",
        link_rel="noopener",
    )
    shown = _IMAGE.sub(_image, legal(clean).replace("&nbsp;", "\u00a0"))
    return _without_empty(_PRE.sub("<pre>", shown)).strip()


def _attribute(base_url: str | None, tag: str, name: str, value: str) -> str | None:
    if name in _NUMBERS:
        return value if re.fullmatch("[0-9]{1,4}", value) else None
    if (schemes := _SCHEMES.get((tag, name))) is None:
        return value
    try:
        absolute = urljoin(base_url or "", value)
        is_relative = not urlsplit(absolute).scheme
    except ValueError:
        return None
    return value if is_relative else safe_url(absolute, schemes)


def _image(found: re.Match[str]) -> str:
    attributes = found[1]
    if ' src="' not in attributes:
        return ""
    return found[0] if ' alt="' in attributes else f'<img{attributes} alt="">'


def _without_empty(clean: str) -> str:
    while (fuller := _EMPTY.sub("", clean)) != clean:
        clean = fuller
    return clean


def _media(found: re.Match[str]) -> str:
    source = _SOURCE.search(found[1])
    return f'<a href="{source[1]}">{source[1]}</a>' if source else ""


def _renamed(found: re.Match[str]) -> str:
    name = found[2].lower()
    return f"<{found[1]}{_RENAMED.get(name, name)}"


def _cost(raw: str) -> int:
    """Return the sum of the depths at all tags, and a share for each reference."""
    open_tags: Counter[str] = Counter()
    depth, cost = 0, _REFERENCE * raw.count("&")
    for slash, name in _TAG.findall(raw):
        tag = name.lower()
        if not slash and tag not in _SHALLOW:
            open_tags[tag] += 1
            depth += 1
        elif slash and open_tags[tag]:
            open_tags[tag] -= 1
            depth -= 1
        cost += depth
    return cost


def _flattened(raw: str) -> str:
    words = re.sub("<[^<>]*>", " ", raw)
    return escape(" ".join(legal(unescape(words)).split()), quote=False)
