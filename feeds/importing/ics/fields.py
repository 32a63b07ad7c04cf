"""The properties of a VEVENT that are no times, as members of the raw dict."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from feeds import i18n, text
from feeds.importing.ics.lines import Line
from feeds.renderers.contentline import uri

LINE, URL = 500, 2000
_ADDRESS = re.compile(r"https?://\S+")
_STATUSES = frozenset(("confirmed", "tentative", "cancelled"))
_HIDDEN = frozenset(("PRIVATE", "CONFIDENTIAL"))
_INLINE = "data:text/html,"

Raw = dict[str, Any]
Repairs = list[str]


def take(
    lines: Mapping[str, Line], raw: Raw, repairs: Repairs, *, is_own: bool = False
) -> None:
    """Add to `raw` what the lines say; what can't be kept is reported.

    Lines of our own mean what we mean by them.
    """
    for name, taker in (_OWN_TAKERS if is_own else _TAKERS).items():
        if name in lines:
            taker(lines[name], raw, repairs)


def describe(lines: Mapping[str, Line]) -> str:
    """Return the description as HTML: the author's own, or text in paragraphs."""
    for name in ("X-ALT-DESC", "STYLED-DESCRIPTION"):
        line = lines.get(name)
        if line and line.params.get("FMTTYPE", "").lower() == "text/html":
            return line.text
    line = lines.get("DESCRIPTION")
    if line is None:
        return ""
    inline = line.params.get("ALTREP", "")
    if inline.startswith(_INLINE):
        return unquote(inline.removeprefix(_INLINE))
    return text.paragraphs(line.text)


def _title(line: Line, raw: Raw, repairs: Repairs) -> None:
    if title := text.line(line.text):
        is_cancelled = raw.get("status") == "cancelled"
        title = unmarked(title) if is_cancelled else title
        raw["title"] = _short(title, line, repairs)


def _location(line: Line, raw: Raw, repairs: Repairs) -> None:
    name = text.line(line.text)
    if _is_web_address(name):
        raw.setdefault("online_url", name)
    elif name:
        raw["location"] = {"name": _short(name, line, repairs)}


def _venue(line: Line, raw: Raw, repairs: Repairs) -> None:
    """Take a location of ours; a long one is an address in several members."""
    rest, members = text.line(line.text), {}
    for member in ("name", "street"):
        if len(rest) > LINE and ", " in rest[: LINE + 2]:
            members[member], _, after = rest[: LINE + 2].rpartition(", ")
            rest = after + rest[LINE + 2 :]
    if rest:
        members["city" if members else "name"] = _short(rest, line, repairs)
    raw["location"] = members


def _organizer(line: Line, raw: Raw, repairs: Repairs) -> None:
    email = line.value.removeprefix("mailto:")
    email = unquote(email) if uri(unquote(email)) == email else email
    name = line.params.get("CN", "")
    raw["organizer"] = {"email": email} | ({"name": name} if name else {})


def _geo(line: Line, raw: Raw, repairs: Repairs) -> None:
    try:
        latitude, longitude = map(float, line.value.replace("\\", "").split(";"))
    except ValueError:
        latitude = longitude = 999.0
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        raw["location"] = raw.get("location", {}) | {
            "latitude": latitude,
            "longitude": longitude,
        }
    else:
        repairs.append(f"line {line.number}: GEO '{line.value}' left out")


def _address(member: str) -> Callable[[Line, Raw, Repairs], None]:
    def take_address(line: Line, raw: Raw, repairs: Repairs) -> None:
        url = line.value.strip()
        if _is_web_address(url):
            raw[member] = url
        elif url:
            repairs.append(
                f"line {line.number}: {line.name} '{url[:80]}' is no web address,"
                " left out"
            )

    return take_address


def _image(line: Line, raw: Raw, repairs: Repairs) -> None:
    url = line.value.strip()
    if _is_web_address(url):
        raw["image"] = {"url": url}


def _is_web_address(url: str) -> bool:
    is_short = len(url) <= URL and _ADDRESS.fullmatch(url) is not None
    return is_short and text.safe_url(url) is not None


def _status(line: Line, raw: Raw, repairs: Repairs) -> None:
    status = line.value.lower()
    if status in _STATUSES:
        raw["status"] = status
    else:
        repairs.append(
            f"line {line.number}: STATUS '{line.value}' is none of an event,"
            " read as confirmed"
        )


def unmarked(title: str) -> str:
    """Return a title without the words that our own calendars put before it."""
    for language in i18n.LANGUAGES:
        before, _, after = i18n.t("entry.cancelled", language, title="\n").partition(
            "\n"
        )
        bare = title.removeprefix(before).removesuffix(after)
        if bare and bare != title:
            return bare
    return title


def _class(line: Line, raw: Raw, repairs: Repairs) -> None:
    if line.value.upper() in _HIDDEN:
        raw["state"] = "draft"
        repairs.append(
            f"line {line.number}: CLASS is {line.value.upper()}, kept as a draft"
        )


def _short(value: str, line: Line, repairs: Repairs) -> str:
    if len(value) <= LINE:
        return value
    repairs.append(f"line {line.number}: {line.name} cut to {LINE} characters")
    return text.excerpt(value, LINE)


_TAKERS: Mapping[str, Callable[[Line, Raw, Repairs], None]] = {
    "STATUS": _status,
    "SUMMARY": _title,
    "LOCATION": _location,
    "GEO": _geo,
    "URL": _address("url"),
    "CONFERENCE": _address("online_url"),
    "IMAGE": _image,
    "CLASS": _class,
}
# Our URL is the page of the event, which says nothing new of it.
_OWN_TAKERS = {name: taker for name, taker in _TAKERS.items() if name != "URL"} | {
    "LOCATION": _venue,
    "ORGANIZER": _organizer,
}
