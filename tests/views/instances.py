"""What the tests of `occurrences.json` share: a series, and how a client reads rows."""

from typing import Any

from flask.testing import FlaskClient

from tests.cast import BASE_URL, CHANNEL

PATH = f"/{CHANNEL}/occurrences.json"
WEEKLY = {
    "uid": "weekly",
    "title": "Chor",
    "start": "2021-07-06T19:30",
    "end": "2021-07-06T21:00",
    "rrule": "FREQ=WEEKLY",
}


def rows(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    """Return all rows of an answer, following `next`."""
    found, url = [], f"{PATH}?{query}"
    while url:
        answer = client.get(url.removeprefix(BASE_URL)).get_json()
        found += answer["occurrences"]
        url = answer["next"]
    return found


def starts(client: FlaskClient, query: str = "") -> list[str]:
    return [row["start"] for row in rows(client, query)]
