"""A program that follows a calendar by enhanced GET, and keeps what it was told."""

import re
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NAME = "subscribe-enhanced-get"
VARY = "Accept-Encoding, Prefer, Sync-Token"
VEVENT = re.compile(b"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
DELETED = b"\r\nSTATUS:DELETED\r\n"
MOST_PAGES = 500


def uid_of(vevent: bytes) -> str:
    unfolded = vevent.replace(b"\r\n ", b"")
    uid, *_places = re.findall(rb"\r\nUID:(.*?)\r\n", unfolded)
    return str(uid.decode())


def vevents(calendar: bytes) -> dict[str, bytes]:
    """Return the VEVENTs of a calendar by UID, those of one UID side by side."""
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
    assert calendar.endswith(b"END:VCALENDAR\r\n")
    found: dict[str, bytes] = {}
    for vevent in VEVENT.findall(calendar):
        uid = uid_of(vevent)
        found[uid] = found.get(uid, b"") + vevent
    return found


@dataclass
class Follower:
    """Asks at `path` for `limit` changes at a time; `told` is what the last page said.

    `kept` holds the VEVENTs by UID; `gone` the UIDs of all tombstones there ever were.
    """

    client: FlaskClient
    path: str
    limit: int | None = None
    token: str | None = None
    kept: dict[str, bytes] = field(default_factory=dict)
    told: dict[str, bytes] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def ask(self, token: str | None = None, **headers: str) -> TestResponse:
        """Send one request, by default with the token in hand, and keep nothing."""
        wish = NAME if self.limit is None else f"{NAME}, limit={self.limit}"
        token = token or self.token
        given = {} if token is None else {"Sync-Token": token}
        return self.client.get(self.path, headers={"Prefer": wish, **given, **headers})

    def step(self) -> TestResponse:
        """Ask once and believe the answer; what is refused or moves begins again."""
        answer = self.ask()
        self.told = {}
        if answer.status_code == 308:
            self.path = answer.headers["Location"].partition("//")[2]
            self.path = "/" + self.path.partition("/")[2]
        if answer.status_code == 409:
            self.token, self.kept = None, {}
        if answer.status_code in (200, 304):
            self.token = answer.headers["Sync-Token"]
        if answer.status_code == 200:
            self._believe(answer.data)
        return answer

    def finish(self) -> int:
        """Ask until nothing is new; return the status that ended it."""
        for _ in range(MOST_PAGES):
            status = self.step().status_code
            if status not in (200, 308, 409):
                return status
        raise AssertionError("the pages never end")

    def _believe(self, calendar: bytes) -> None:
        self.told = vevents(calendar)
        for uid, body in self.told.items():
            if DELETED in body:
                assert len(VEVENT.findall(body)) == 1
                self.gone.append(uid)
                self.kept.pop(uid, None)
            else:
                self.kept[uid] = body
