"""An event, in JSON and in the models' terms."""

from typing import Any

from marshmallow import ValidationError, fields

from feeds import rules, times
from feeds.models import CourseSession, Event, Override
from feeds.renderers import extensions
from feeds.schemas import entry, schedule
from feeds.schemas.defaults import Defaults
from feeds.schemas.fields import Country, Day, Instant, Moment, Slug, Uid, Url, Zone
from feeds.schemas.parts import Person
from feeds.schemas.problems import Problems, printable
from feeds.schemas.shape import Located, Many, Number, Part, Shape, Whole, columns, told
from feeds.schemas.words import Block, Choice, Html, Line, Text
from feeds.selection import STATUSES

LARGEST_HALL = 10_000_000
MOST_EXTENSIONS = 50
OVERRIDABLE = ("title", "summary", "description", "location", "online_url", "status")
RULE = "FREQ=WEEKLY;BYDAY=TU;COUNT=10"


class Location(Located):
    """An address of the event's own."""

    name = Line()
    street = Line()
    postal_code = Line(longest=16)
    city = Line()
    country = Country()
    latitude = Number(-90, 90)
    longitude = Number(-180, 180)


class Extension(Text):
    """A line of a calendar that only others understand: X-NAME, or CATEGORIES."""

    longest = 2_000

    def described(self) -> dict[str, Any]:
        return super().described() | {"pattern": "^(X-[A-Z0-9-]+|CATEGORIES)[;:]"}

    def read(self, value: str) -> str:
        if not extensions.is_kept(value) and not extensions.categories([value]):
            raise ValidationError(
                f"'{printable(value)}' is not one unfolded line such as X-NAME:value,"
                " or its name is ours"
            )
        return value


class OverrideSchema(Shape):
    """One instance of a series that differs; what is absent comes from the series."""

    recurrence_id = Moment(required=True)
    start = Moment()
    end = Moment()
    title = Line()
    summary = Block()
    description = Html()
    location = Part(Location)
    online_url = Url()
    status = Choice(*STATUSES)
    extensions = Many(Extension(), MOST_EXTENSIONS)


class SessionSchema(Shape):
    """One date of a course."""

    uid = Uid(
        metadata=told("Write only: that of a new date, from elsewhere; never changes.")
    )
    start = Moment(required=True)
    end = Moment()
    title = Line()


class Registration(Shape):
    url = Url()
    deadline = Day()
    capacity = Whole(LARGEST_HALL)


class EventSchema(entry.EntrySchema):
    uid = Uid(metadata=told("Made at random when absent; never changes."))
    description = Html()
    start = Moment(
        metadata=told("All-day with a date. Required unless there are sessions.")
    )
    end = Moment(metadata=told("Exclusive, for dates too."))
    timezone = Zone(metadata=told("IANA time zone; the channel's when absent."))
    rrule = Text(rules.MAX_TEXT, metadata=told("RFC 5545.", example=RULE))
    rdates = Many(Moment(), 1000, metadata=told("Further starts."))
    exdates = Many(Moment(), 1000, metadata=told("Starts that are left out."))
    overrides = Many(Part(OverrideSchema), 500)
    sessions = Many(
        Part(SessionSchema),
        500,
        metadata=told("Dates of a course, without a rule."),
    )
    location = Part(Location, metadata=told("Wins over `place`, field by field."))
    online_url = Url()
    organizer = Part(Person)
    status = Choice(*STATUSES)
    publish_at = Instant(metadata=told("Public from then on; at once when absent."))
    price = Line()
    registration = Part(Registration)
    accessibility = Many(Slug(), 50, metadata=told("Short words: step-free."))
    plain_language = Block(metadata=told("The event in plain language."))
    extensions = Many(
        Extension(),
        MOST_EXTENSIONS,
        metadata=told("Lines of other programs, given back in calendars."),
    )
    announced_at = fields.String(
        dump_only=True,
        metadata={"type": ["string", "null"], "format": "date-time"},
    )


def values(
    data: dict[str, Any], defaults: Defaults, problems: Problems
) -> dict[str, Any]:
    """See `entry.values` and `schedule.values`; `place` and `categories` are slugs."""
    return {
        **entry.values(data, defaults, problems, announced="publish_at"),
        **schedule.values(data, data.get("timezone", defaults.timezone), problems),
        "uid": data.get("uid"),
        "description": entry.html(data.get("description", ""), data, defaults),
        "overrides": _overrides(data, defaults, problems),
        "location": data.get("location"),
        "online_url": data.get("online_url"),
        "organizer": data.get("organizer"),
        "status": data.get("status", "confirmed"),
        "price": data.get("price", ""),
        "registration": _registration(data.get("registration")),
        "accessibility": data.get("accessibility", []),
        "plain_language": data.get("plain_language", ""),
        "extensions": data.get("extensions") or None,
    }


def _overrides(
    data: dict[str, Any], defaults: Defaults, problems: Problems
) -> list[dict[str, Any]]:
    seen, found = set(), []
    for index, part in enumerate(data.get("overrides", [])):
        override = _override(part or {}, data, defaults)
        instance = override["recurrence_local"]
        if instance in seen:
            problems.add(
                f"overrides.{index}.recurrence_id",
                f"'{times.format_moment(part['recurrence_id'])}' is given twice",
            )
        if instance is not None:
            seen.add(instance)
        found.append(override)
    return found


def _override(
    part: dict[str, Any], data: dict[str, Any], defaults: Defaults
) -> dict[str, Any]:
    description = part.get("description")
    return {
        "recurrence_local": schedule.local(part.get("recurrence_id")),
        "start_local": schedule.local(part.get("start")),
        "end_local": schedule.local(part.get("end")),
        "title": part.get("title") or None,
        "summary": part.get("summary"),
        "description": entry.html(description, data, defaults) if description else None,
        "location": part.get("location"),
        "online_url": part.get("online_url"),
        "status": part.get("status"),
        "extensions": part.get("extensions") or None,
    }


def _registration(data: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return it as JSON keeps it, with the deadline as text."""
    if not data or "deadline" not in data:
        return data or None
    return data | {"deadline": times.format_moment(data["deadline"])}


def writable(event: Event) -> dict[str, Any]:
    return {
        "uid": event.uid,
        **entry.writable(event),
        "description": event.description,
        "start": _moment(event, event.start_local),
        "end": _moment(event, event.end_local),
        **columns(event, ("timezone", "rrule", "rdates", "exdates")),
        "overrides": [_written(event, override) for override in event.overrides],
        "sessions": [_dated(event, session) for session in event.sessions],
        **columns(event, ("location", "online_url", "organizer", "status")),
        "publish_at": entry.stamp(event.publish_at),
        **columns(event, ("price", "registration", "accessibility", "plain_language")),
        **({"extensions": event.extensions} if event.extensions else {}),
    }


def _moment(event: Event, local: Any) -> str | None:
    moment = event.moment(local)
    return None if moment is None else times.format_moment(moment)


def _written(event: Event, override: Override) -> dict[str, Any]:
    """Return what the override says; what it inherits is left out."""
    written = {
        "recurrence_id": _moment(event, override.recurrence_local),
        "start": _moment(event, override.start_local),
        "end": _moment(event, override.end_local),
        **columns(override, (*OVERRIDABLE, "extensions")),
    }
    return {name: value for name, value in written.items() if value is not None}


def _dated(event: Event, session: CourseSession) -> dict[str, Any]:
    written = {
        "start": _moment(event, session.start_local),
        "end": _moment(event, session.end_local),
        "title": session.title,
    }
    return {name: value for name, value in written.items() if value is not None}
