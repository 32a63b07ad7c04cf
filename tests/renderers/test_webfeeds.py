"""What holds for RSS, Atom and JSON Feed alike, and between them."""

import json
import locale
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from reader import make_reader

from feeds.models import Event, NewsItem
from feeds.renderers import FORMATS
from tests.renderers.cast import (
    BASE_URL,
    UID,
    local,
    make_event,
    make_news,
    make_place,
    make_session,
    make_site,
    make_source,
)
from tests.renderers.webfeeds import (
    SUFFIXES,
    parsed,
    rich_news,
    some_events,
    some_news,
    written,
)

Facts = list[tuple[str, str, str, datetime]]
NASTY_TITLE = "AT&T <3 \"x\" &amp; é 😀 <b>'y'</b> ]]>"


def facts(suffix: str, raw: bytes) -> Facts:
    """Return id, title, url and moment of publication of each item, independently."""
    if suffix == "json":
        return [
            (
                item["id"],
                item["title"],
                item["url"],
                datetime.fromisoformat(item["date_published"]),
            )
            for item in json.loads(raw)["items"]
        ]
    return [
        (
            entry.id,
            entry.title,
            entry.link,
            datetime(*entry.published_parsed[:6], tzinfo=UTC),
        )
        for entry in parsed(raw).entries
    ]


@pytest.mark.parametrize("entries", [some_news, some_events])
def test_all_formats_tell_the_same(
    entries: Callable[[], list[Event | NewsItem]],
) -> None:
    rss, atom, jsonfeed = (
        facts(suffix, written(suffix, *entries())) for suffix in SUFFIXES
    )
    assert rss == atom == jsonfeed
    assert len(rss) == len(entries())


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("entries", [some_news, some_events])
def test_a_feed_reader_reads_every_entry(
    entries: Callable[[], list[Event | NewsItem]], suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"feed.{suffix}"
    raw = written(suffix, *entries())
    path.write_bytes(raw)
    with make_reader(":memory:", feed_root=str(tmp_path)) as reader:
        reader.add_feed(path.name)
        reader.update_feed(path.name)
        found = {one.id: (one.title, one.link) for one in reader.get_entries()}
    assert found == {uri: (title, url) for uri, title, url, _ in facts(suffix, raw)}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_title_stays_as_it_is(suffix: str) -> None:
    raw = written(suffix, make_news(title=NASTY_TITLE))
    if suffix == "json":
        assert json.loads(raw)["items"][0]["title"] == NASTY_TITLE
    else:
        titles = etree.fromstring(raw).xpath("//*[local-name()='title']")
        assert titles[-1].text == NASTY_TITLE


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_id_is_opaque_and_stays(suffix: str) -> None:
    moved = make_news(slug="anders", title="Anders", language="en", content="<p>x</p>")
    for item in (make_news(), moved):
        (found,) = facts(suffix, written(suffix, item))
        assert found[0] == f"urn:uuid:{UID}"
    (event,) = facts(suffix, written(suffix, make_event(uid="a@b/c")))
    (news,) = facts(suffix, written(suffix, make_news(uid="a@b/c")))
    assert event[0].startswith("urn:uuid:")
    assert event[0] != news[0]
    other_host = FORMATS[suffix].news(make_news(uid="a@b/c"), make_site(slug="x"))  # type: ignore[misc] -- news have it
    assert news[0].encode() in other_host


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_values_give_the_same_bytes(suffix: str) -> None:
    for entries in (some_news, some_events):
        assert written(suffix, *entries()) == written(suffix, *entries())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_address_of_a_person_is_published(suffix: str) -> None:
    organizer = {"name": "Amt", "email": "person@example.org"}
    raw = written(suffix, make_event(organizer=organizer)) + written(
        suffix, rich_news()
    )
    assert b"@example.org" not in raw


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_feed_is_one(suffix: str) -> None:
    assert facts(suffix, written(suffix)) == []


def test_the_locale_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(locale, "setlocale", lambda *given: calls.append(given))
    written("rss", *some_news())
    assert calls == []


def body(entry: Event | NewsItem) -> str:
    return str(json.loads(written("json", entry))["items"][0]["content_html"])


def test_a_news_body_has_picture_text_files_and_sources() -> None:
    assert body(rich_news()) == (
        '<p><img src="https://example.org/bild.jpg" alt="Ein &quot;Bild&quot;">'
        "<br>Bild: Stadt</p>\n"
        "<p>Der ganze <strong>Text</strong>.</p>\n"
        '<ul><li><a href="https://example.org/a.pdf">Das Programm</a></li>'
        '<li><a href="https://example.org/b.csv">b.csv</a></li></ul>\n'
        '<p>Quellen: <a href="https://example.org/amt">Amt</a>, 02.09.2014; '
        "Eigene Recherche</p>"
    )


@pytest.mark.parametrize(
    ("count", "language", "line"),
    [
        (1, "de", "<p>Quellen: Amt, 02.09.2014</p>"),
        (2, "de", "<p>Quellen: Amt, 02.09.2014; Amt, 02.09.2014</p>"),
        (1, "en", "<p>Sources: Amt, 2 Sept 2014</p>"),
    ],
)
def test_sources_are_credited_in_the_entry_language(
    count: int, language: str, line: str
) -> None:
    sources = [make_source("Amt", None, date(2014, 9, 2)) for _ in range(count)]
    assert body(make_news(sources=sources, language=language)).endswith(line)


def test_a_news_item_without_a_text_shows_its_summary() -> None:
    item = json.loads(written("json", make_news(content="", summary="a < b\n\nc")))
    assert item["items"][0]["content_html"] == "<p>a &lt; b</p><p>c</p>"
    assert "summary" not in item["items"][0]


@pytest.mark.parametrize(
    ("over", "title"),
    [
        ({}, "Di., 6. Juli 2021, 09:30 – Elterncafé"),
        ({"language": "en"}, "Tue, 6 Jul 2021, 09:30 – Elterncafé"),
        ({"all_day": True}, "Di., 6. Juli 2021 – Elterncafé"),
        ({"status": "cancelled"}, "Abgesagt: Di., 6. Juli 2021, 09:30 – Elterncafé"),
        ({"rrule": "FREQ=WEEKLY"}, "ab Di., 6. Juli 2021, 09:30 – Elterncafé"),
        (
            {
                "start_local": None,
                "end_local": None,
                "sessions": [
                    make_session("2021-07-09T18:00", uid="b"),
                    make_session("2021-07-06T09:30", uid="a"),
                ],
            },
            "ab Di., 6. Juli 2021, 09:30 – Elterncafé",
        ),
    ],
)
def test_an_event_title_begins_with_its_date(over: dict[str, Any], title: str) -> None:
    found = facts("json", written("json", make_event(**over)))
    assert [one[1] for one in found] == [title]


@pytest.mark.parametrize(
    ("over", "first"),
    [
        (
            {"place": make_place()},
            "<p><strong>Dienstag, 6. Juli 2021, 09:30 bis 11:00 Uhr</strong><br>"
            "<strong>Haus der Familie, Am Markt 1, 44135 Dortmund</strong></p>",
        ),
        (
            {"timezone": "Europe/London"},
            "<p><strong>Dienstag, 6. Juli 2021, 09:30 bis 11:00 Uhr"
            " (Ortszeit in London)</strong></p>",
        ),
        (
            {"status": "tentative", "end_local": None},
            "<p><strong>Dienstag, 6. Juli 2021, 09:30 Uhr"
            " (unter Vorbehalt)</strong></p>",
        ),
        (
            {"rrule": "FREQ=WEEKLY"},
            "<p><strong>Dienstag, 6. Juli 2021, 09:30 bis 11:00 Uhr"
            " und an weiteren Terminen</strong></p>",
        ),
        (
            {
                "sessions": [
                    make_session("2021-07-06T09:30", uid="a", title="Auftakt"),
                    make_session("2021-07-09T18:00", "2021-07-09T20:00", uid="b"),
                ],
            },
            "<ul><li>Dienstag, 6. Juli 2021, 09:30 Uhr: Auftakt</li>"
            "<li>Freitag, 9. Juli 2021, 18:00 bis 20:00 Uhr</li></ul>",
        ),
    ],
)
def test_an_event_body_begins_with_when_and_where(
    over: dict[str, Any], first: str
) -> None:
    lines = body(make_event(**over)).split("\n")
    assert lines[0] == first
    assert lines[-1] == (
        f'<p><a href="{BASE_URL}/familie/events/elterncafe.ics">'
        "In den Kalender übernehmen</a></p>"
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_event_is_published_when_it_was_announced(suffix: str) -> None:
    event = make_event(start_local=local("2031-01-01T09:00"), end_local=None)
    (found,) = facts(suffix, written(suffix, event))
    assert found[3] == event.announced_at
