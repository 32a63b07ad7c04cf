"""What our own feeds add to the text of an entry, taken off again.

They show the picture above a text; below it links to its event and place, the files
and the credits. What is taken off was read from it first, and written again to see that
nothing is lost, but for event and place: another channel may not have them.
"""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

from feeds import i18n, text
from feeds.importing.webfeeds.entry import Entry, Raw
from feeds.models import Source
from feeds.renderers import prose

_PICTURE = re.compile(r'<p><img src="([^"]*)" alt="([^"]*)">(?:<br>(.*))?</p>')
_LINK = re.compile(r'<li><a href="([^"]*)">([^<]*)</a></li>')
_BETWEEN = re.compile("(?<!&amp)(?<!&lt)(?<!&gt); (?![^<]*</a>)")
_CREDIT = re.compile(
    r'(?:<a href="([^"]*)">([^<]*)</a>|([^<]*?))'
    # A year may have a word of its own behind it: 2 вер. 2014 р.
    r"(?:, ([^<,]*[0-9]{4}[^<,0-9]{0,4}))?"
)
_RELATED = re.compile(
    r'(?:<p><a href="[^"]*/events(?:/|\?place=)[^"]*">[^<]*</a></p>){1,2}'
)
_LONGEST = 10_000
_NUMBERS = re.compile(r"[0-9]+")


def undress(entry: Entry, language: str) -> None:
    """Take picture, files and credits out of an entry's text, into its own fields."""
    first, _, rest = entry.content.partition("\n")
    picture = _picture(first, language)
    if picture and (entry.image or picture)["url"] == picture["url"]:
        entry.image, entry.content = picture, rest
    body, _, last = entry.content.rpartition("\n")
    sources = entry.sources or list(_sources(last, language))
    if sources and _credits(sources, language) == last:
        entry.sources, entry.content = sources, body
    body, _, last = entry.content.rpartition("\n")
    if entry.files and (files := _files(last, entry)):
        entry.files, entry.content = files, body
    body, _, last = entry.content.rpartition("\n")
    if _RELATED.fullmatch(last):
        entry.content = body
    if entry.content == text.paragraphs(entry.title):
        entry.content = ""


def _picture(first: str, language: str) -> Raw | None:
    found = _PICTURE.fullmatch(first)
    if found is None:
        return None
    url, alt, credit = (unescape(part or "") for part in found.groups())
    before, _, after = i18n.t("entry.image_credit", language, credit="\n").partition(
        "\n"
    )
    credit = credit.removeprefix(before).removesuffix(after)
    image = {"url": url, "alt": alt, "credit": credit}
    return image if prose.picture(image, language) == first else None


def _files(last: str, entry: Entry) -> dict[str, Raw]:
    """Return all files that a list links to, with what is known of them."""
    links = [(unescape(url), unescape(title)) for url, title in _LINK.findall(last)]
    if prose.items(prose.linked(title, url) for url, title in links) != last:
        return {}
    if not entry.files.keys() <= {url for url, _ in links}:
        return {}
    return {
        url: entry.files.get(url, {"url": url}) | {"title": title}
        for url, title in links
    }


def _credits(sources: list[Raw], language: str) -> str:
    rows = [
        Source(
            text=one["text"],
            url=one.get("url"),
            retrieved_on=_iso(one.get("retrieved_on") or ""),
        )
        for one in sources
    ]
    return prose.credits_html(rows, language)


def _sources(last: str, language: str) -> Iterator[Raw]:
    before = f"<p>{i18n.t('news.sources', language)} "
    is_one = last.startswith(before) and last.endswith("</p>")
    if not is_one or len(last) > _LONGEST:
        return
    for row in _BETWEEN.split(last.removeprefix(before).removesuffix("</p>")):
        if found := _CREDIT.fullmatch(row):
            url, linked, bare, shown = found.groups("")
            day = _day(shown, language)
            words = linked or (bare if day or not shown else f"{bare}, {shown}")
            yield {
                "text": unescape(words),
                "url": unescape(url) or None,
                "retrieved_on": day,
            }


def _day(shown: str, language: str) -> str | None:
    """Return the day that is shown so, in whatever order."""
    numbers = _NUMBERS.findall(shown)[:3]
    tried = (
        f"{year}-{month:02}-{day:0>2}"
        for year in numbers
        for month in range(1, 13)
        for day in numbers
    )
    days = {iso: day for iso in tried if (day := _iso(iso))}
    return next(
        (iso for iso in days if i18n.day_medium(days[iso], language) == shown), None
    )


def _iso(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
