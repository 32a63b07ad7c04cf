"""The demo's news, from the channel's beginnings to tomorrow."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from feeds.demo.made import (
    Made,
    Raw,
    blocks,
    day_near,
    office_hour,
    today,
    told,
    uid,
)

CREDIT = {
    "text": "Online-Recherche auf www.mfkjks.nrw.de",
    "retrieved_on": "2014-09-02",
}


def entries(now: datetime) -> Iterator[Made]:
    """Yield the news, each item made on its day; the last two are not public.

    Cells in news.txt: a day, or weeks from this one and weekday, then slug, category,
    place and event.
    """
    tomorrow = today(now) + timedelta(days=1)
    more: dict[str, Raw] = {
        "dortmund-kekiz": {"sources": [CREDIT]},
        "vorschau-naechste-woche": {"published_at": f"{tomorrow}T08:00"},
        "entwurf-jahresbericht": {"state": "draft"},
    }
    for index, block in enumerate(blocks("news"), start=100):
        (when, slug, *references), title, lines = block
        day = day_near(now, when) if " " in when else date.fromisoformat(when)
        raw = _item(slug, references, title, lines) | more.get(slug, {})
        yield Made(office_hour(day, index), "news", raw)


def _item(slug: str, references: list[str], title: str, lines: list[str]) -> Raw:
    category, place, event = references
    return {
        "id": uid("news", slug),
        "slug": slug,
        "title": title,
        **told(lines, "content"),
        "categories": [category] if category else [],
        "place": place or None,
        "event": event or None,
    }
