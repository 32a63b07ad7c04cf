"""A whole calendar at once, taken in like a file on the command line.

Idempotent by UID. `merge` keeps what the file lacks and leaves out what it must refuse;
`replace` removes what the file lacks, and is all or nothing.
"""

from typing import Any

from flask import Response
from flask.views import MethodView

from feeds import intake
from feeds.errors import Invalid, Malformed
from feeds.importing import ics
from feeds.schemas.page import Query
from feeds.schemas.words import Choice
from feeds.store import channels, labels
from feeds.views.api import describe
from feeds.views.api.exchange import CALENDAR, content, guarded, json, private
from feeds.views.api.nouns import ROOT, Nouns
from feeds.views.context import kit, now

LARGEST = 5 * 1024 * 1024


class ModeQuery(Query):
    """The query of a whole calendar."""

    mode = Choice(*intake.MODES, metadata={"default": intake.MODES[0]})
    ends = Choice(
        *ics.ENDS,
        metadata={
            "default": ics.ENDS[0],
            "description": "How the file means the ends of all-day events.",
        },
    )


def blueprint() -> Nouns:
    """Return the view of a channel's whole calendar."""
    made = Nouns(
        "calendar",
        __name__,
        url_prefix=f"{ROOT}/<channel>/events.ics",
        description="All events of a channel at once, as an iCalendar file.",
    )
    queried = made.arguments(ModeQuery, location="query", error_status_code=400)

    class Whole(MethodView):
        @describe.taking_in
        @guarded("write")
        @queried
        def put(self, query: dict[str, str], channel: str) -> Response:
            data = content((CALENDAR,), LARGEST)
            calendar = _calendar(channel, data, query.get("ends", ics.ENDS[0]))
            mode = query.get("mode", intake.MODES[0])
            items = calendar.items()
            report = intake.take_in(
                kit().publisher, "events", channel, items, mode=mode, now=now()
            )
            return private(json(_told(report, calendar.notes), 200))

    made.route("")(Whole)
    return made


def _calendar(channel: str, data: bytes, ends: str) -> ics.Calendar:
    with kit().store.reading() as session:
        home = channels.get(session, channel)
        known = labels.categories(session, home.id)
        titles = {one.slug: one.title for one in known}
        found = ics.read(
            data,
            timezone=home.timezone,
            language=home.language,
            categories=titles,
            ends=ends,
        )
    if not found.outline.headers and not found.outline.blocks:
        raise Malformed("The body is no calendar: it has no BEGIN:VCALENDAR.")
    return found


def _told(report: intake.Report, notes: list[str]) -> dict[str, Any]:
    """Return the report as JSON. Raises Invalid when nothing was written."""
    if not report.is_applied:
        errors: dict[str, list[str]] = {}
        for line, _, reason in report.refused:
            errors.setdefault(f"line {line}", []).append(reason)
        raise Invalid("Nothing was written: replace is all or nothing.", errors)
    return {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "refused": [
            {"line": line, "uid": uid, "reason": reason}
            for line, uid, reason in report.refused
        ],
        "repairs": [*notes, *report.repairs],
    }
