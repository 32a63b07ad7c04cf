"""Defects of feedgen 1.0.0 in a feed, shown on itself, and that ours lack them.

One test for each of the defects that `feeds.renderers.feedgen_adapter` cures or avoids.
The first half of a test says why the cure is there: once it fails, feedgen has changed.
"""

import locale
from datetime import UTC, datetime
from typing import Any

import feedgen.util
import pytest
from feedgen.feed import FeedGenerator

from tests.renderers.cast import BASE_URL, REVISED
from tests.renderers.feedgens import entry_of, find, theirs
from tests.renderers.webfeeds import PDF, rich_news, some_news, written

LINKS = {"hub": "https://hub.example.org/", "next": f"{BASE_URL}/familie/news?page=2"}


def test_01_the_links_of_an_atom_entry_keep_what_they_say() -> None:
    made = theirs()
    entry = entry_of(made)
    entry.link(href=PDF["url"], rel="enclosure", type=PDF["type"], length="1234")
    lost = find(made.atom_str(), "//a:entry/a:link")
    assert [dict(one.attrib) for one in lost] == [
        {"href": "https://x.example/y"},
        {"href": PDF["url"]},
    ]

    kept = find(written("atom", rich_news()), "//a:entry/a:link")
    assert [one.get("rel") for one in kept] == [
        "alternate",
        "enclosure",
        "enclosure",
        "via",
    ]
    assert (kept[1].get("type"), kept[1].get("length")) == (PDF["type"], "1234")


def test_02_the_link_of_a_channel_is_its_page() -> None:
    made = theirs()
    made.link(href=LINKS["next"], rel="next")
    assert find(made.rss_str(), "/rss/channel/link/text()") == [LINKS["next"]]

    raw = written("rss", links=LINKS)
    assert find(raw, "/rss/channel/link/text()") == [f"{BASE_URL}/familie"]


def test_03_a_channel_has_its_hub_and_its_pages() -> None:
    made = theirs()
    for relation, href in {"self": "https://x.example/rss", **LINKS}.items():
        made.link(href=href, rel=relation)
    assert find(made.rss_str(), "//a:link/@rel") == ["self"]

    assert find(written("rss", links=LINKS), "//a:link/@rel") == ["self", "hub", "next"]


def test_04_entries_stay_in_order() -> None:
    made = theirs()
    for title in ("A", "B"):
        entry = made.add_entry()
        entry.id(title)
        entry.title(title)
    assert find(made.rss_str(), "//item/title/text()") == ["B", "A"]

    titles = find(written("rss", *some_news()), "//item/title/text()")
    assert titles == [one.title for one in some_news()]


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_05_dates_are_those_of_the_data(suffix: str) -> None:
    before = datetime.now(UTC)
    made = FeedGenerator()
    assert made.updated() >= before
    assert made.add_entry().updated() >= before

    year = find(written(suffix, *some_news()), "//*[contains(text(), ':00')]/text()")
    assert year
    assert all("2021" in one for one in year)


def test_06_the_locale_of_the_process_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(locale, "setlocale", lambda *given: calls.append(given))
    feedgen.util.formatRFC2822(REVISED)
    assert len(calls) == 3

    calls.clear()
    raw = written("rss", *some_news())
    assert calls == []
    assert find(raw, "//lastBuildDate/text()") == ["Wed, 02 Jun 2021 09:30:00 GMT"]


def test_07_content_is_of_a_type_that_there_is() -> None:
    made = theirs()
    entry_of(made, content="<p>x</p>", type="CDATA")
    assert find(made.atom_str(), "//a:content/@type") == ["CDATA"]

    assert find(written("atom", rich_news()), "//a:content/@type") == ["html"]


def test_08_the_period_of_updates_is_spelled_as_its_module_does() -> None:
    made = theirs()
    made.load_extension("syndication", atom=False)
    made.syndication.update_period("hourly")
    made.syndication.update_frequency(4)
    assert find(made.rss_str(), "count(//sy:UpdatePeriod)") == 1

    raw = written("rss", ttl=900)
    assert find(raw, "//sy:updatePeriod/text()") == ["hourly"]
    assert find(raw, "//sy:*[starts-with(local-name(), 'U')]") == []


def test_09_there_is_no_text_input() -> None:
    made = theirs()
    given = {name: "x" for name in ("title", "description", "name", "link")}
    made.textInput(**given)
    (found,) = find(made.rss_str(), "//textInput")
    assert (len(found), len(found.attrib)) == (0, 4)

    assert find(written("rss", *some_news()), "//textInput") == []
