"""JSON Feed 1.1 by its own words: which members there may be, and what they hold."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from tests.renderers import strict_values as v

VERSION = "https://jsonfeed.org/version/1.1"
Shape = dict[str, Callable[[Any], str]]


def text(check: v.Check) -> Callable[[Any], str]:
    """Return a check for strings; a lone surrogate is none."""
    return lambda value: check(value) if isinstance(value, str) else f"{value!r}"


def whole(value: Any) -> str:
    is_size = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return "" if is_size else f"no size: {value!r}"


def each(shape: Shape, value: Any) -> str:
    """Check a list of objects, which is not there when it is empty."""
    if not isinstance(value, list) or not value:
        return f"no list: {value!r}"
    return "; ".join(one for item in value for one in members(item, shape))


def tags(value: Any) -> str:
    if not isinstance(value, list) or not value or len(set(value)) != len(value):
        return f"not each once: {value!r}"
    return "; ".join(filter(None, map(text(v.line), value)))


def own(value: Any) -> str:
    """Check a member of our own: an object (JSON Feed 1.1, Extensions)."""
    return "" if isinstance(value, dict) else f"no object: {value!r}"


AUTHOR: Shape = {"name": text(v.line), "url?": text(v.web)}
ATTACHMENT: Shape = {
    "url": text(v.web),
    "mime_type": text(v.media_type),
    "title?": text(v.line),
    "size_in_bytes?": whole,
}
ITEM: Shape = {
    "id": text(v.urn),
    "url": text(v.web),
    "external_url?": text(v.web),
    "title": text(v.line),
    "summary?": text(v.block),
    "content_html": text(v.markup),
    "image?": text(v.web),
    "date_published": text(v.rfc3339),
    "date_modified": text(v.rfc3339),
    "authors?": partial(each, {"name": text(v.line)}),
    "tags?": tags,
    "language": text(v.language),
    "attachments?": partial(each, ATTACHMENT),
    "_event?": own,
    "_sources?": own,
}
FEED: Shape = {
    "version": text(v.said(VERSION)),
    "title": text(v.line),
    "home_page_url": text(v.web),
    "feed_url": text(v.web),
    "description?": text(v.line),
    "icon?": text(v.web),
    "language": text(v.language),
    "authors": partial(each, AUTHOR),
    "next_url?": text(v.web),
    "hubs?": partial(each, {"type": text(v.said("WebSub")), "url": text(v.web)}),
    "_archive?": own,
    "items": lambda value: "" if isinstance(value, list) else f"no list: {value!r}",
}


def complaints(raw: bytes, now: datetime) -> Iterator[str]:
    """Yield what is wrong with a JSON Feed at an instant."""
    feed = json.loads(raw.decode(), object_pairs_hook=_once)
    yield from members(feed, FEED)
    if feed.get("next_url") == feed.get("feed_url"):
        yield "the next page is this one"
    for item in feed.get("items", ()):
        yield from members(item, ITEM)
        yield from v.in_order(item["date_published"], item["date_modified"], now)
        event = item.get("_event", {})
        for name in ("start_utc", "end_utc"):
            if event.get(name) is not None and (wrong := v.rfc3339(event[name])):
                yield f"{name}: {wrong}"
    counted = Counter(item["id"] for item in feed.get("items", ()))
    yield from (f"the id {one} {n} times" for one, n in counted.items() if n > 1)


def members(value: Any, shape: Shape) -> Iterator[str]:
    """Yield what is wrong with an object; "?" marks what may be missing."""
    if not isinstance(value, dict):
        yield f"no object: {value!r}"
        return
    known = {name.removesuffix("?"): check for name, check in shape.items()}
    for name in shape:
        if not name.endswith("?") and name not in value:
            yield f"no {name}"
    for name, given in value.items():
        check = known.get(name)
        if wrong := check(given) if check else "not known":
            yield f"{name}: {wrong}"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object none of whose members comes twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a member comes twice: {[name for name, _ in pairs]}")
    return found
