import time

import pytest

from tests.importing.calendars import TIMES, one, opened, vcalendar, vevent


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n", b"\r\r\n"])
def test_every_kind_of_line_end_is_read(end: bytes) -> None:
    data = vcalendar(*vevent(*TIMES, "STATUS:NONE")).replace(b"\r\n", end)
    (item,), notes = opened(data)
    assert item.raw["title"] == "Elterncafé"
    assert item.repairs == [
        "line 9: STATUS 'NONE' is none of an event, read as confirmed"
    ]
    assert notes == []


def test_byte_order_mark_is_read_over() -> None:
    items, notes = opened(b"\xef\xbb\xbf" + vcalendar(*vevent(*TIMES)))
    assert ([item.refused for item in items], notes) == ([""], [])


def test_fold_inside_a_character_is_undone() -> None:
    data = vcalendar(*vevent(*TIMES)).replace(b"\xc3\xa9", b"\xc3\r\n \xa9")
    (item,), _ = opened(data)
    assert (item.raw["title"], item.repairs) == ("Elterncafé", [])


def test_windows_1252_is_read_and_reported_with_its_line() -> None:
    data = vcalendar(*vevent(*TIMES)).replace("é".encode(), b"\xe9")
    (item,), _ = opened(data)
    assert item.raw["title"] == "Elterncafé"
    assert item.repairs == ["line 8: not UTF-8, read as Windows-1252"]


def test_line_numbers_count_folded_lines() -> None:
    item = one("SUMMARY:A", " B", " C", "DTSTART:2021-07-06T09:30:00")
    assert item.raw["title"] == "ABC"
    assert item.repairs == [
        "line 10: DTSTART '2021-07-06T09:30:00' is in another form, understood",
    ]


def test_parameters_may_hold_colons_and_semicolons() -> None:
    line = 'DESCRIPTION;ALTREP="cid:a;b:c";LANGUAGE=de:Ein Fest'
    assert one(*TIMES, line).raw["description"] == "<p>Ein Fest</p>"


@pytest.mark.parametrize(
    "lines",
    [
        ["DESCRIPTION:" + "a" * 3_000_000],
        ["DESCRIPTION" + ";A=B" * 200_000 + ":x"],
        ['DESCRIPTION;A="' + "\\" * 1_000_000],
        ["BEGIN:VALARM"] * 50_000 + ["END:VALARM"] * 50_000,
        ["X-A:1"] * 100_000,
        [" folded"] * 100_000,
        ["EXDATE:" + ",".join(["20210706T093000"] * 20_000)],
    ],
    ids=["long", "parameters", "quote", "nested", "many", "folds", "dates"],
)
def test_hostile_lines_are_read_in_no_time(lines: list[str]) -> None:
    began = time.process_time()
    assert len(opened(vcalendar(*vevent(*TIMES, *lines)))[0]) == 1
    assert time.process_time() - began < 2
