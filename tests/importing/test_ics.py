import pytest

from tests.importing.calendars import TIMES, one, opened, vcalendar, vevent


def test_event_becomes_what_the_api_takes() -> None:
    item = one(
        "DTSTART;TZID=Europe/Berlin:20210706T093000",
        "DTEND;TZID=Europe/Berlin:20210706T110000",
        "SUMMARY:Elterncafé\\, offen",
        "DESCRIPTION:Kaffee & Kuchen\\nund Spiel\\n\\nBitte anmelden <hier>",
        "LOCATION:Familienzentrum\\, Saal 1",
        "GEO:51.5;7.46",
        "URL:https://example.org/cafe",
        "STATUS:TENTATIVE",
        "CATEGORIES:Qualifizierung,Größeres und Ganzes",
        categories={"qualifizierung": "Kurse", "groesseres": "Größeres und Ganzes"},
    )
    assert item.raw == {
        "uid": "a-1",
        "title": "Elterncafé, offen",
        "start": "2021-07-06T09:30",
        "end": "2021-07-06T11:00",
        "timezone": "Europe/Berlin",
        "description": "<p>Kaffee &amp; Kuchen<br>und Spiel</p>"
        "<p>Bitte anmelden &lt;hier&gt;</p>",
        "location": {
            "name": "Familienzentrum, Saal 1",
            "latitude": 51.5,
            "longitude": 7.46,
        },
        "url": "https://example.org/cafe",
        "status": "tentative",
        "categories": ["qualifizierung", "groesseres"],
    }
    assert (item.line, item.repairs, item.refused) == (4, [], "")


@pytest.mark.parametrize(
    ("line", "member", "value"),
    [
        (
            "X-ALT-DESC;FMTTYPE=text/html:<p>Ein <b>Fest</b></p>",
            "description",
            "<p>Ein <b>Fest</b></p>",
        ),
        (
            'DESCRIPTION;ALTREP="data:text/html,%3Cb%3EFest%3C%2Fb%3E":Fest',
            "description",
            "<b>Fest</b>",
        ),
        (
            "LOCATION:https://meet.example.org/x",
            "online_url",
            "https://meet.example.org/x",
        ),
        (
            "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example.org/y",
            "online_url",
            "https://meet.example.org/y",
        ),
        (
            "IMAGE;VALUE=URI;DISPLAY=BADGE:https://example.org/i.png",
            "image",
            {"url": "https://example.org/i.png"},
        ),
        ("STATUS:CANCELLED", "status", "cancelled"),
        ("CLASS:PRIVATE", "state", "draft"),
    ],
)
def test_property_becomes_member(line: str, member: str, value: object) -> None:
    assert one(*TIMES, line).raw[member] == value


@pytest.mark.parametrize(
    ("line", "repair"),
    [
        ("URL:message:17", "line 9: URL 'message:17' is no web address, left out"),
        ("GEO:951.5;7.46", "line 9: GEO '951.5;7.46' left out"),
        (
            "STATUS:DELETED",
            "line 9: STATUS 'DELETED' is none of an event, read as confirmed",
        ),
        ("CLASS:PRIVATE", "line 9: CLASS is PRIVATE, kept as a draft"),
        ("Elterncafé", "line 9: 'Elterncafé' is no property, left out"),
        ("LOCATION:Haus\x01 1", "line 9: control characters removed"),
        (f"LOCATION:{'Haus ' * 200}", "line 9: LOCATION cut to 500 characters"),
    ],
)
def test_what_is_repaired_is_said_with_its_line(line: str, repair: str) -> None:
    assert one(*TIMES, line).repairs == [repair]


def test_missing_uid_is_made_from_the_content() -> None:
    def uid(stamp: str, title: str) -> str:
        lines = ["BEGIN:VEVENT", stamp, "DTSTART:20210706T093000", title, "END:VEVENT"]
        (item,), _ = opened(vcalendar(*lines))
        assert item.repairs == ["line 4: no UID, made from the content"]
        return item.uid

    first = uid("DTSTAMP:20210101T000000Z", "SUMMARY:A")
    assert uid("DTSTAMP:20220202T000000Z", "SUMMARY:A") == first
    assert uid("DTSTAMP:20210101T000000Z", "SUMMARY:B") != first


def test_missing_title_comes_from_the_description() -> None:
    item = one("DTSTART:20210706", "DESCRIPTION:Ein Fest\\nfür alle")
    assert item.raw["title"] == "Ein Fest"
    assert item.repairs == [
        "line 7: DTSTART is a date without VALUE=DATE, read as one",
        "line 4: no SUMMARY, titled 'Ein Fest'",
    ]


def test_calendar_without_its_own_properties_is_reported_once() -> None:
    lines = ["BEGIN:VCALENDAR", *2 * ["BEGIN:VEVENT", *TIMES, "END:VEVENT"]]
    items, notes = opened("\n".join([*lines, "END:VCALENDAR"]).encode())
    assert len(items) == 1
    assert notes == [
        "line 1: the calendar has no VERSION",
        "line 1: the calendar has no PRODID",
        "line 2: no DTSTAMP, here or below",
        "line 6: a copy or an older version of the event of line 2, left out",
    ]


def test_people_and_papers_are_left_out_and_said_once() -> None:
    person = ("ORGANIZER:mailto:a@example.org", "ATTENDEE:mailto:b@example.org")
    paper = ("ATTACH:https://example.org/a.pdf",)
    events = [*vevent(*TIMES, *person, *paper), *vevent(*TIMES, *person, uid="b")]
    items, notes = opened(vcalendar(*events))
    assert ["organizer" in item.raw for item in items] == [False, False]
    assert notes == [
        "line 9: ORGANIZER left out, here and below",
        "line 10: ATTENDEE left out, here and below",
        "line 11: ATTACH left out, here and below",
    ]


def test_unknown_category_is_kept_for_calendars_and_said_once() -> None:
    events = [
        *vevent(*TIMES, "CATEGORIES:Sport,Kunst"),
        *vevent(*TIMES, "CATEGORIES:Sport", uid="b"),
    ]
    items, notes = opened(vcalendar(*events), categories={"kunst": "Kunst"})
    assert [item.raw["categories"] for item in items] == [["kunst"], []]
    assert [item.raw["extensions"] for item in items] == [["CATEGORIES:Sport"]] * 2
    assert notes == [
        "line 4: the channel has no category 'Sport', kept for calendars alone,"
        " here and below: create it and import again"
    ]


@pytest.mark.parametrize("name", ["VTODO", "VJOURNAL", "VFREEBUSY", "X-THING"])
def test_other_components_are_refused_and_events_kept(name: str) -> None:
    data = vcalendar(f"BEGIN:{name}", "UID:t", f"END:{name}", *vevent(*TIMES))
    items, _ = opened(data)
    assert [(item.line, item.refused) for item in items] == [
        (4, f"{name} is not an event"),
        (7, ""),
    ]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("SUMMARY:A",), "it has no DTSTART"),
        (("DTSTART:20210706T093000",), "it has neither SUMMARY nor DESCRIPTION"),
        (("DTSTART:morgen",), "line 7: DTSTART 'morgen' is no date"),
        (("DTSTART:20210231",), "line 7: DTSTART '20210231' is not in the calendar"),
        (
            ("DTSTART:20210228T250000",),
            "line 7: DTSTART '20210228T250000' is not in the calendar",
        ),
        (
            ("DTSTART:16010101T000000",),
            "line 7: DTSTART '16010101T000000' is not between 1900 and 2200",
        ),
        (
            ("DTSTART;TZID=Mars/Base:20210706T093000",),
            "line 7: DTSTART: 'Mars/Base' is no known time zone, and the file has no"
            " VTIMEZONE that fits one",
        ),
        (
            ("DTSTART:20210706T093000", "DTEND:20210706T083000"),
            "line 8: the end 2021-07-06T08:30 is not after the start 2021-07-06T09:30",
        ),
        (
            ("DTSTART:20210706T093000", "DURATION:-PT1H"),
            "line 8: DURATION '-PT1H' is no duration",
        ),
    ],
)
def test_unreadable_event_is_refused_with_the_reason(
    lines: tuple[str, ...], reason: str
) -> None:
    item = one(*lines)
    assert (item.line, item.refused) == (4, reason)


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        (["BEGIN:VEVENT", *TIMES], ["it has no END:VEVENT (END:VCALENDAR)"]),
        (
            ["BEGIN:VEVENT", *TIMES, *vevent(*TIMES)],
            ["it has no END:VEVENT (BEGIN:VEVENT)", ""],
        ),
        (["BEGIN:VEVENT", "BEGIN:VALARM", *TIMES, "END:VEVENT"], ["it has no DTSTART"]),
    ],
)
def test_broken_edges_refuse_only_what_they_break(
    lines: list[str], reasons: list[str]
) -> None:
    items, _ = opened(vcalendar(*lines))
    assert [item.refused for item in items] == reasons


# The last: icalendar opens a text that is a path, so it is never given one.
@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"\x00\xff" * 100, __file__.encode()]
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    items, _ = opened(data)
    assert [(item.line, item.refused) for item in items] == [
        (1, "this is no calendar: it has no BEGIN:VCALENDAR")
    ]


def test_alarms_and_their_words_are_no_part_of_the_event() -> None:
    alarm = ["BEGIN:VALARM", "UID:x", "SUMMARY:Weckruf", "TRIGGER:-PT5M", "END:VALARM"]
    item = one(*alarm, *TIMES)
    assert (item.raw["title"], item.uid) == ("Elterncafé", "a-1")


def test_cancelled_calendar_cancels_its_events() -> None:
    (item,), _ = opened(vcalendar("METHOD:CANCEL", *vevent(*TIMES)))
    assert item.raw["status"] == "cancelled"


def test_calendar_of_another_reckoning_is_refused() -> None:
    (item,), _ = opened(vcalendar("CALSCALE:HEBREW", *vevent(*TIMES)))
    assert item.refused == "line 4: the calendar counts in HEBREW"


def test_copies_and_old_versions_of_a_uid_are_left_out() -> None:
    events = [
        *vevent(*TIMES, "SEQUENCE:1"),
        *vevent(*TIMES, "SEQUENCE:2"),
        *vevent(*TIMES, "SEQUENCE:2"),
    ]
    items, notes = opened(vcalendar(*events))
    assert [item.line for item in items] == [11]
    assert notes == [
        "line 4: a copy or an older version of the event of line 11, left out",
        "line 18: a copy or an older version of the event of line 11, left out",
    ]


def test_another_event_of_the_same_uid_gets_its_own() -> None:
    data = vcalendar(*vevent(*TIMES), *vevent("DTSTART:20210801T100000", "SUMMARY:B"))
    first, second = opened(data)[0]
    assert (first.uid, second.uid == first.uid, second.repairs) == (
        "a-1",
        False,
        ["line 10: the UID 'a-1' is that of another event, a new one made"],
    )
    assert second.uid == opened(data)[0][1].uid


def test_several_calendars_in_one_file_are_all_read() -> None:
    data = vcalendar(*vevent(*TIMES)) + vcalendar(*vevent(*TIMES, uid="b"))
    assert [(item.uid, item.line) for item in opened(data)[0]] == [
        ("a-1", 4),
        ("b", 14),
    ]
