"""Single values as strict validators of feeds want them.

A check takes a text and returns what is wrong with it, or "".
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

from feeds import text

Check = Callable[[str], str]

# RFC 3986: its characters, and percent signs only before two digits.
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
    r"(?:#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?"
)
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HTTP = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4})"
    r" ([0-9]{2}:[0-9]{2}:[0-9]{2}) GMT"
)
_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_POINT = re.compile(r"-?[0-9]{1,2}(?:\.[0-9]+)? -?[0-9]{1,3}(?:\.[0-9]+)?")
_VOID = ("br", "hr", "img")
_ADDRESSES = ("href", "src", "cite")


def told(shape: re.Pattern[str], what: str) -> Check:
    """Return a check for texts that match as a whole."""
    return lambda raw: "" if shape.fullmatch(raw) else f"no {what}: {raw!r}"


uri = told(_URI, "absolute URI")
urn = told(_URN, "opaque id")
language = told(_LANGUAGE, "language tag")
media_type = told(_MEDIA_TYPE, "media type")
point = told(_POINT, "point")
number = told(re.compile("0|[1-9][0-9]*"), "number")
positive = told(re.compile("[1-9][0-9]*"), "positive number")
period = told(re.compile("hourly|daily|weekly|monthly|yearly"), "period")


def said(*words: str) -> Check:
    """Return a check for one of these words."""
    return lambda raw: "" if raw in words else f"{raw!r} is none of {words}"


def block(raw: str) -> str:
    """Check plain text of any number of lines."""
    if _CONTROL.search(raw):
        return f"control characters: {raw!r}"
    return "" if raw.strip() else "empty"


def line(raw: str) -> str:
    """Check plain text of one line."""
    if "\n" in raw or raw != raw.strip():
        return f"not one line: {raw!r}"
    return block(raw)


def empty(raw: str) -> str:
    return f"not empty: {raw!r}" if raw.strip() else ""


def web(raw: str) -> str:
    """Check an address that one can open."""
    is_web = raw.startswith(("http://", "https://"))
    return uri(raw) if is_web else f"no web address: {raw!r}"


def http_date(raw: str) -> str:
    """Check a date of RFC 822 in GMT, with the weekday that it was."""
    if not (found := _HTTP.fullmatch(raw)):
        return f"no date in GMT: {raw!r}"
    try:
        day = datetime.strptime(raw[5:-4], "%d %b %Y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return f"no date: {raw!r}"
    return "" if f"{day:%a}" == found[1] else f"not that weekday: {raw!r}"


def rfc3339(raw: str) -> str:
    """Check a moment to the second, with its offset."""
    try:
        datetime.fromisoformat(raw)
    except ValueError:
        return f"no moment: {raw!r}"
    return "" if _RFC3339.fullmatch(raw) else f"not RFC 3339 to the second: {raw!r}"


def in_order(published: str, updated: str, now: datetime) -> Iterator[str]:
    """Check that an entry was written after it was published, and not in the future."""
    if not rfc3339(published) and not rfc3339(updated):
        first, last = map(datetime.fromisoformat, (published, updated))
        if not first <= last <= now:
            yield f"published {published}, updated {updated}"


def rfc3339_or_day(raw: str) -> str:
    """Check a moment of RFC 3339, or a day."""
    return rfc3339(raw if len(raw) > 10 else f"{raw}T00:00:00Z")


def markup(raw: str) -> str:
    """Check HTML: balanced, of the tags that we promise, with absolute addresses."""
    reader = _Markup()
    reader.feed(raw)
    reader.close()
    reader.complaints += [f"<{tag}> is left open" for tag in reader.open]
    if _CONTROL.search(raw) or not raw.strip():
        reader.complaints.append(f"empty, or control characters: {raw!r}")
    return "; ".join(reader.complaints)


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.complaints: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in text.TAGS:
            self.complaints.append(f"<{tag}> is not allowed")
        if tag not in _VOID:
            self.open.append(tag)
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag == "img" and not {"src", "alt"} <= {name for name, _ in attrs}:
            self.complaints.append("an image without an address or a text")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.complaints.append(f"</{tag}> closes nothing")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        allowed = text.ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        if name not in allowed:
            self.complaints.append(f"<{tag} {name}> is not allowed")
        if name in _ADDRESSES:
            is_contact = name == "href" and value.startswith(("mailto:", "tel:"))
            if wrong := (uri if is_contact else web)(value):
                self.complaints.append(f"<{tag} {name}>: {wrong}")

    def handle_comment(self, data: str) -> None:
        self.complaints.append(f"a comment: {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.complaints.append(f"a declaration: {decl!r}")

    handle_pi = unknown_decl = handle_decl
