"""iCalendar files as raw dicts of the API, component by component.

A component that can't be read is refused with its line and the reason, all others are
kept; what had to be repaired is said. Only bytes are read here, never a path.

Not taken over: alarms, ORGANIZER, ATTENDEE and ATTACH (names and papers of people,
which nobody asked to publish). Our own calendars are taken at their word.
"""

from feeds.importing.ics.calendar import Calendar, read, said
from feeds.importing.ics.span import ENDS

__all__ = ["ENDS", "Calendar", "read", "said"]
