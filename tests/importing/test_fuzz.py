"""Calendars that somebody shook: nothing crashes, and every item is whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import schemas
from feeds.errors import Invalid
from tests.counts import tries
from tests.importing.calendars import opened, vcalendar
from tests.importing.test_zones import BERLIN

NAMES = (
    *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE"),
    *("RECURRENCE-ID", "UID", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL"),
    *("STATUS", "CLASS", "CATEGORIES", "SEQUENCE", "X-ALT-DESC", "METHOD"),
)
PARAMETERS = (
    *("", ";VALUE=DATE", ";TZID=Europe/Berlin", ";TZID=Zuhause", ";TZID=Mars"),
    *(";RANGE=THISANDFUTURE", ";FMTTYPE=text/html", ';TZID="', ";X", ";X=;=:"),
)
VALUES = (
    *("20210706T093000", "20210706", "20210713T093000Z", "21991231T235959", "20210230"),
    *("19000101T000000", "22001231T235959Z", "20210706T093000+1400", "0", "-1", "A,B"),
    *("FREQ=DAILY;COUNT=3", "FREQ=HOURLY;COUNT=3", "FREQ=YEARLY;UNTIL=20210101"),
    *("FREQ=WEEKLY;INTERVAL=0", "FREQ=DAILY;FREQ=DAILY", "FREQ", "PT1H", "P1D", "PT"),
    *("P99999W", "20210706/P1D", "51.5;7.46", "nan;nan", "inf;1e999", "a-1", "CANCEL"),
    *(
        "CANCELLED",
        "PRIVATE",
        "https://example.org/",
        "Abgesagt: ",
        "\\",
        "\x00",
        "ß\u2028",
    ),
)
EDGES = ("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VCALENDAR")
properties = st.builds(
    "{}{}:{}".format,
    st.sampled_from(NAMES),
    st.sampled_from(PARAMETERS),
    st.sampled_from(VALUES) | st.text(max_size=20),
)
events = st.builds(
    lambda lines: ["BEGIN:VEVENT", *lines, "END:VEVENT"],
    st.lists(properties | st.sampled_from(EDGES), max_size=12),
)
DEFAULTS = schemas.Defaults("Europe/Berlin", "de", None)


@pytest.mark.counted
@tries(200, 5000)
@given(st.lists(events, max_size=4), st.sampled_from(["exclusive", "inclusive"]))
def test_shaken_calendars_give_items_that_the_schema_can_judge(
    found: list[list[str]], ends: str
) -> None:
    lines = [line for event in found for line in event]
    items, _ = opened(vcalendar(*BERLIN, *lines), ends=ends)
    for item in items:
        if item.refused:
            continue
        try:
            assert schemas.load("events", item.raw, DEFAULTS)["title"]
        except Invalid as error:
            assert error.errors


@pytest.mark.counted
@tries(200, 5000)
@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 40))
def test_bytes_of_any_kind_are_read(noise: bytes, at: int, cut: int) -> None:
    data = vcalendar(*BERLIN, "BEGIN:VEVENT", "DTSTART:20210706", "END:VEVENT")
    opened(data[:at] + noise + data[at + cut :])
