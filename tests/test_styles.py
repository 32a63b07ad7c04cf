"""The style sheets: what they may not say, in a widget and on our pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from feeds.views.style import STATIC

EMBED = [STATIC / "widget.css", *sorted((STATIC / "views").glob("*.css"))]
SHEETS = [*EMBED, STATIC / "site.css", STATIC / "builder.css", STATIC / "api.css"]
SIDES = "left|right"
# Sides of the screen where there should be sides of the text.
PHYSICAL = re.compile(
    rf"(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:{SIDES})"
    rf"(?:-\w+)?|{SIDES}|border-(?:top|bottom)-(?:{SIDES})-radius)"
)
SIDED = re.compile(r"(?:margin|padding|inset|border-width|border-radius)")
# Turned by 45 degrees, two borders make an arrow that points down: alike both ways.
ARROW = "border-width: 0 2px 2px 0"
MOVES = re.compile(r"(?:animation|transition)(?:-[a-z]+)?|scroll-behavior")
WINDOW = re.compile(r"\d(?:[dls]?v(?:[hwib]|min|max)|rem)\b")
STILL = "@media (prefers-reduced-motion: no-preference)"
# What takes the focus only from a script or a link to it, never by Tab.
QUIET = {"main:focus", ".all:focus", ".pin:focus", ".place:focus"}


class Rule(NamedTuple):
    """One declaration: in which at-rule, of what, and what it says."""

    within: str
    selector: str
    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.selector} {{ {self.name}: {self.value} }}"


def rules(sheet: str) -> Iterator[Rule]:
    """Yield every declaration of a style sheet, whose at-rules nest once at most."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    within, start = [], 0
    for found in re.finditer(r"[{}]", text):
        part = " ".join(text[start : found.start()].split())
        start = found.end()
        if found[0] == "{":
            within.append(part)
            continue
        *outer, selector = within
        for line in filter(None, (one.strip() for one in part.split(";"))):
            name, _, value = line.partition(":")
            yield Rule(" ".join(outer), selector, name.strip(), value.strip())
        within.pop()


def said(path: Path) -> list[Rule]:
    return list(rules(path.read_text(encoding="utf-8")))


def is_lopsided(rule: Rule) -> bool:
    """Tell whether a shorthand says left and right apart."""
    values = re.sub(r"\([^()]*\)", "", rule.value).split()
    return bool(
        SIDED.fullmatch(rule.name)
        and len(values) == 4
        and (values[1] != values[3] or rule.name == "border-radius")
        and f"{rule.name}: {rule.value}" != ARROW
    )


def test_rules_are_read() -> None:
    sheet = (
        "/* a */ a, b { left: 0; margin: 0 1px 0 2px }@media print { a { top: 1px; } }"
    )

    assert list(rules(sheet)) == [
        Rule("", "a, b", "left", "0"),
        Rule("", "a, b", "margin", "0 1px 0 2px"),
        Rule("@media print", "a", "top", "1px"),
    ]
    assert [is_lopsided(rule) for rule in rules(sheet)] == [False, True, False]


@pytest.mark.parametrize("path", EMBED, ids=lambda path: path.stem)
def test_widget_takes_no_size_from_the_window_or_the_root(path: Path) -> None:
    """A frame as tall as its content would grow for ever; a host decides on `rem`."""
    found = [
        str(rule)
        for rule in said(path)
        if WINDOW.search(rule.value)
        or (rule.name.endswith("height") and rule.value.endswith("%"))
    ]

    assert found == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_style_runs_either_way(path: Path) -> None:
    found = [
        str(rule)
        for rule in said(path)
        if PHYSICAL.fullmatch(rule.name)
        or (
            rule.name in ("text-align", "float", "clear")
            and rule.value in SIDES.split("|")
        )
        or is_lopsided(rule)
    ]

    assert found == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_nothing_moves_for_who_asked_for_less(path: Path) -> None:
    found = [
        str(rule)
        for rule in said(path)
        if MOVES.fullmatch(rule.name) and rule.within != STILL
    ]

    assert found == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_focus_is_never_hidden(path: Path) -> None:
    found = {
        rule.selector
        for rule in said(path)
        if rule.name.startswith("outline") and rule.value.split()[0] in ("none", "0")
    }

    assert found <= QUIET


@pytest.mark.parametrize(
    "name",
    [
        *("widget", "site", "api", "views/chart", "views/event", "views/form"),
        *("views/map", "views/mini"),
    ],
)
def test_colours_may_be_forced(name: str) -> None:
    """What is told by a fill alone is told by a border where fills are taken away."""
    assert "@media (forced-colors: active)" in {
        rule.within for rule in said(STATIC / f"{name}.css")
    }


@pytest.mark.parametrize(
    "name",
    [
        *("widget", "site", "api", "views/agenda", "views/chart", "views/form"),
        *("views/map", "views/month", "views/news", "views/pager"),
    ],
)
def test_paper_is_thought_of(name: str) -> None:
    assert "@media print" in {rule.within for rule in said(STATIC / f"{name}.css")}
