"""JSON Feed 1.0 and 1.1; a member of another type than it should be is not there."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from feeds import text
from feeds.importing import json
from feeds.importing.webfeeds import wording
from feeds.importing.webfeeds.entry import Entry, Head, Raw, absolute

VERSION = "https://jsonfeed.org/version/"


def read(
    head: Raw, values: list[tuple[int, Any]], address: str
) -> tuple[Head, Iterator[Entry]]:
    """Return the head and the items of the feed found at `address` ("" if unknown)."""
    own = absolute(_text(head, "feed_url"), address) or address
    page = absolute(_text(head, "home_page_url"), own)
    # It names no generator: what gives us away is how our addresses are made.
    is_ours = own.partition("?")[0] == f"{page.partition('?')[0]}.json"
    told = Head(
        title=text.line(_text(head, "title")),
        page=page,
        own=own,
        after=absolute(_text(head, "next_url"), own),
        language=_text(head, "language"),
        author=_author(head),
        is_ours=is_ours,
    )
    return told, (_entry(told, line, value) for line, value in values)


def is_feed(head: Raw) -> bool:
    version = _text(head, "version").lower().replace("http://", "https://", 1)
    return version.replace("://www.", "://", 1).startswith(VERSION)


def _entry(head: Head, line: int, value: Any) -> Entry:
    refused = json.item(value, line).refused
    if refused:
        return Entry(line, refused=refused)
    around = head.page or head.own
    get = partial(_text, value)
    url = absolute(get("url"), around) or absolute(get("external_url"), around)
    base = url or around
    image = absolute(get("image") or get("banner_image"), base)
    own = value.get("_sources") if head.is_ours else None
    entry = Entry(
        line=line,
        key=get("id"),
        url=url,
        title=text.line(get("title")),
        summary=get("summary"),
        content=get("content_html") or text.paragraphs(get("content_text")),
        base=base,
        author=_author(value, is_ours=head.is_ours)
        or ("" if head.is_ours else head.author),
        published=get("date_published"),
        updated=get("date_modified"),
        language=get("language"),
        terms=[one for one in _list(value, "tags") if isinstance(one, str)],
        image={"url": image} if image else None,
        sources=list(filter(_is_source, _list(own, "items"))),
    )
    for one in _list(value, "attachments"):
        _attach(entry, one)
    return entry


def _text(value: Raw, name: str) -> str:
    """Return a member's text; JSON Feed 1.1 has readers turn numbers into one."""
    given = value.get(name)
    if isinstance(given, bool) or not isinstance(given, str | int):
        return ""
    return str(given)[: wording.LONGEST + 1]


def _list(value: Any, name: str) -> list[Any]:
    given = value.get(name) if isinstance(value, dict) else None
    return given if isinstance(given, list) else []


def _author(value: Raw, *, is_ours: bool = False) -> str:
    """Return the names of `authors`, or of the one `author` of 1.0."""
    given = [*_list(value, "authors"), value.get("author")]
    names = [_text(one, "name") for one in given if isinstance(one, dict)]
    return wording.people(names, is_ours=is_ours)


def _attach(entry: Entry, given: Any) -> None:
    if isinstance(given, dict):
        names = ("mime_type", "size_in_bytes", "title")
        url = absolute(_text(given, "url"), entry.base)
        entry.attach(url, *(_text(given, name) for name in names))


def _is_source(given: Any) -> bool:
    """Tell whether it is a credit as our feeds write one."""
    names = ("text", "url", "retrieved_on")
    return (
        isinstance(given, dict)
        and given.keys() <= set(names)
        and all(isinstance(given.get(name), str | None) for name in names)
    )
