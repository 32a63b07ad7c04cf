"""A VEVENT that only says that its UID is gone.

STATUS:DELETED is known to nobody but the readers of enhanced GET
(draft-ietf-calext-subscription-upgrade), and stands in no other calendar.
"""

from datetime import datetime

from feeds import times
from feeds.renderers.contentline import escaped, line


def deleted(uid: str, at: datetime) -> bytes:
    """Return the tombstone of a calendar UID; the times that it must have are `at`."""
    clock = f"{at.astimezone(times.UTC):%Y%m%dT%H%M%SZ}\r\n".encode()
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            line("UID", escaped(uid)),
            b"DTSTAMP:" + clock,
            b"DTSTART:" + clock,
            b"STATUS:DELETED\r\nEND:VEVENT\r\n",
        )
    )
