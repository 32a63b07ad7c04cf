"""What the tests of feeds share: two entries, and what a client knows of an answer."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from werkzeug.test import TestResponse

from feeds.publish import Match

ANY = Match(any=True)
FEEDS = [
    "events.ics",
    "events.rss",
    "events.atom",
    "events.json",
    "events.jcal",
    "news.rss",
    "news.atom",
    "news.json",
]
EVENT = {
    "uid": "2f1b6a3e-5d8f-4c1e-9a70-4f4b6a1d2c33",
    "title": "Elterncafé",
    "start": "2021-07-08T09:30",
    "end": "2021-07-08T11:00",
}
NEWS = {"id": "dortmund", "title": "Besuch in Dortmund", "content": "<p>Text</p>"}

Write = Callable[..., dict[str, Any]]


def known(response: TestResponse) -> dict[str, str]:
    return {
        "If-None-Match": response.headers["ETag"],
        "If-Modified-Since": response.headers["Last-Modified"],
    }


def modified(response: TestResponse) -> datetime:
    return parsedate_to_datetime(response.headers["Last-Modified"])
