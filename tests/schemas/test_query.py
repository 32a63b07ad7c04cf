"""The reader's question: query string → Selection."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import MultiDict

from feeds.errors import Malformed
from feeds.schemas import parse_selection
from feeds.schemas.query import PARAMETERS
from feeds.selection import VIEWS, Selection


def asked(view: str, query: str) -> Selection:
    pairs = parse_qsl(query, keep_blank_values=True)
    return parse_selection(view, MultiDict(pairs), ignore_tracking=VIEWS[view].is_html)


def refused(view: str, query: str) -> dict[str, list[str]]:
    with pytest.raises(Malformed) as caught:
        asked(view, query)
    return caught.value.errors


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_asked_is_the_default(view: str) -> None:
    assert asked(view, "") == Selection()


def test_every_parameter_of_every_view_can_be_read() -> None:
    taken = {name for view in VIEWS.values() for name in view.takes}
    assert taken - PARAMETERS.keys() == set()


@pytest.mark.parametrize(
    ("view", "query", "values"),
    [
        ("events", "category=b&category=a&category=b", {"category": ("a", "b")}),
        ("events", "match=all&exclude=c", {"match": "all", "exclude": ("c",)}),
        ("events", "place=haus&language=de-AT", {"place": "haus", "language": "de-AT"}),
        ("events", "status=cancelled", {"status": "cancelled"}),
        ("events", "q=+Stra%C3%9Fe+", {"q": "Straße"}),
        (
            "events",
            "from=2021-07-06&to=%2B12m",
            {"since": "2021-07-06", "until": "+12m"},
        ),
        ("events", "from=today&to=+1y", {"since": "today", "until": "+1y"}),
        ("events", "from=-30d", {"since": "-30d"}),
        (
            "events",
            "order=published&limit=200&page=3",
            {"order": "published", "limit": 200, "page": 3},
        ),
        ("events", "order=start&limit=50&page=1", {}),
        ("events.feed", "order=published&limit=50", {}),
        ("news", "order=published&limit=50&page=1", {}),
        ("events.feed", "order=start", {"order": "start"}),
        (
            "occurrences",
            "limit=1000&after=YWZ0ZXI",
            {"limit": 1000, "after": "YWZ0ZXI"},
        ),
        (
            "events.ics",
            "all=1&rich=1&lang=en",
            {"all": True, "rich": True, "lang": "en"},
        ),
        ("events.ics", "all=0", {}),
        ("embed.month", "month=1970-01", {"month": (1970, 1)}),
        (
            "embed.month",
            "month=2100-12&week=su&weeknumbers=0",
            {"month": (2100, 12), "week": "su", "weeknumbers": False},
        ),
        (
            "embed.month",
            "theme=dark&accent=FF0000",
            {"theme": "dark", "accent": "#ff0000"},
        ),
        ("embed.month", "accent=%230b5cad", {"accent": "#0b5cad"}),
        ("embed.month", "show=title,nav", {"show": ("nav", "title")}),
        ("embed.month", "show=title&show=nav", {"show": ("nav", "title")}),
    ],
)
def test_a_question_is_read(view: str, query: str, values: dict[str, Any]) -> None:
    assert asked(view, query) == Selection(**values)


def test_equal_questions_have_equal_texts() -> None:
    one = asked(
        "embed.month", "show=nav&category=b&month=2021-07&category=a&theme=auto"
    )
    other = asked(
        "embed.month", "month=2021-07&category=a&category=b&category=a&show=nav"
    )
    assert one.canonical() == "category=a&category=b&month=2021-07&show=nav"
    assert other.canonical() == one.canonical()
    assert asked("embed.month", one.canonical()) == one


def test_tracking_is_ignored_on_pages_alone() -> None:
    query = "utm_source=x&fbclid=1&gclid=2&mc_eid=3"
    assert asked("events", query) == Selection()
    assert list(refused("events.ics", query)) == [
        "utm_source",
        "fbclid",
        "gclid",
        "mc_eid",
    ]


def test_an_empty_field_of_a_form_counts_as_absent() -> None:
    assert asked("events", "q=&category=&from=&limit=") == Selection()
    assert refused("events.ics", "q=") == {"q": ["is empty"]}
    assert list(refused("events", "colour=")) == ["colour"]


def test_an_unknown_parameter_is_named_with_what_is_allowed() -> None:
    assert refused("entry.data", "month=2021-07") == {
        "month": ["'month' is not a parameter here; allowed are: lang"]
    }


def test_a_parameter_given_twice_is_refused() -> None:
    assert refused("embed.month", "month=2021-07&month=2021-08") == {
        "month": ["is given 2 times, only once is allowed"]
    }


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    told = ["'2021-07-06' is not after from '2021-07-06'; to is exclusive"]
    assert refused("events", "from=2021-07-06&to=2021-07-06") == {"to": told}


@pytest.mark.parametrize(
    ("view", "query", "name"),
    [
        ("events", "category=Gro%C3%9F", "category"),
        ("events", "exclude=a_b", "exclude"),
        ("events", "match=both", "match"),
        ("events", "place=..", "place"),
        ("events", "status=draft", "status"),
        ("events", "language=deutsch", "language"),
        ("events", "q=" + "a" * 201, "q"),
        ("events", "q=a%00", "q"),
        ("events", "from=2021-02-30", "from"),
        ("events", "from=yesterday", "from"),
        ("events", "from=2021-07-06T10:00", "from"),
        ("events", "to=%2B102y", "to"),
        ("events", "to=-99999d", "to"),
        ("events", "order=title", "order"),
        ("events", "limit=0", "limit"),
        ("events", "limit=201", "limit"),
        ("events", "limit=1.5", "limit"),
        ("events", "limit=%D9%A3", "limit"),
        ("events", "limit=9999999", "limit"),
        ("events", "page=0", "page"),
        ("events", "page=10001", "page"),
        ("events", "page=-1", "page"),
        ("occurrences", "limit=1001", "limit"),
        ("occurrences", "after=%3Cb%3E", "after"),
        ("events.ics", "all=2", "all"),
        ("events.ics", "rich=true", "rich"),
        ("events.ics", "lang=nl", "lang"),
        ("embed.month", "month=1969-12", "month"),
        ("embed.month", "month=2101-01", "month"),
        ("embed.month", "month=2021-13", "month"),
        ("embed.month", "month=2021-7", "month"),
        ("embed.month", "week=sa", "week"),
        ("embed.month", "weeknumbers=yes", "weeknumbers"),
        ("embed.month", "theme=blue", "theme"),
        ("embed.month", "accent=fff", "accent"),
        ("embed.month", "accent=red;}", "accent"),
        ("embed.month", "show=title,everything", "show"),
    ],
)
def test_a_wrong_value_is_named(view: str, query: str, name: str) -> None:
    assert list(refused(view, query)) == [name]
