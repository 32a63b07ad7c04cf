"""A widget's content for pages that build it themselves: as a tree, or as HTML.

The tree is what the template made: `["section", {attributes}, child, "text", …]`, its
one root a `<section>`. It has no script, no style and no handler in it; addresses are
absolute. Links and forms with `target="_self"` lead to the widget at another month,
page or filter; all others lead away. The root says what else is needed around it:

| attribute | |
|---|---|
| `lang`, `dir` | of the interface |
| `class` | `theme-light` or `theme-dark` where the address asks for one |
| `data-title` | what a document of it is called |
| `data-status` | what a screen reader is told when it has changed |
| `data-accent` | four colours: accent on light, on dark, text upon these |
| `data-c0`, `data-c1`, … | of a class: colour on light, on dark, the category's slug |
| `data-style` | in the tree: the rules that only this view needs |
"""

import json
import re
from typing import Any

from flask import current_app
from lxml import html
from lxml.html import HtmlElement

from feeds import colour
from feeds.views import style
from feeds.views.widget_frame import WidgetFrame

JSON = "application/json"
ADDRESSES = ("href", "action", "src")
# Sites style these from outside: class or <tag>, and the name of the part.
PARTS = {
    "<button>": "button",
    "<figure>": "image",
    "<nav>": "navigation",
    "<td>": "day",
    "all": "footer",
    "bar": "header",
    "button": "button",
    "chart": "map",
    "date": "date",
    "days": "list",
    "entry": "entry",
    "filter": "filter",
    "flag": "flag",
    "grid": "grid",
    "label": "category",
    "menu": "menu",
    "none": "empty",
    "panel": "panel",
    "small": "grid",
    "teaser": "entry",
}
# HTML has no capitals in attributes, SVG has.
CAPITALS = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
# Here a space between tags is no space between words.
LOOSE = frozenset(
    ("dl", "ol", "section", "select", "table", "tbody", "thead", "tr", "ul")
)
_SPACE = re.compile("[ \t\n\r\f]+")


def content(frame: WidgetFrame, page: Any) -> HtmlElement:
    """Return the root of a widget's content, fit to stand in any page."""
    macros: Any = current_app.jinja_env.get_template(frame.template)
    made = macros.make_module({"ui": frame, "page": page})
    root = html.fragment_fromstring(made.content(page).strip())
    for element in root.iter():
        _settle(element, frame.base_url)
    for heading in root.xpath(".//*[@id=$name][1]", name=root.get("aria-labelledby")):
        heading.set("part", "title")
    root.set("lang", frame.language)
    root.set("dir", frame.direction)
    if frame.theme:
        root.set("class", f"{root.get('class')} theme-{frame.theme}")
    root.set("data-title", made.title(page).unescape())
    root.set("data-status", made.status(page).unescape())
    tint = colour.accent(frame.accent)
    root.set("data-accent", f"{tint.light} {tint.dark} {tint.on_light} {tint.on_dark}")
    for name, (slug, shade) in style.marks(frame.labels).items():
        root.set(f"data-{name}", " ".join((*shade, slug)))
    return root


def _settle(element: HtmlElement, base_url: str) -> None:
    """Make addresses absolute and name the parts."""
    for name in ADDRESSES:
        if element.get(name, "").startswith("/"):
            element.set(name, base_url + element.get(name))
    names = (*(element.get("class") or "").split(), f"<{element.tag}>")
    if found := dict.fromkeys(PARTS[name] for name in names if name in PARTS):
        element.set("part", " ".join(found))


def json_of(frame: WidgetFrame, page: Any) -> bytes:
    """Return the tree as JSON."""
    root = content(frame, page)
    root.set("data-style", style.inner(style.of_parts(frame.parts)))
    made = _node(root)
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def _node(element: HtmlElement) -> list[Any]:
    attributes = {CAPITALS.get(name, name): text for name, text in element.items()}
    node: list[Any] = [element.tag, attributes, *_text(element.text, element)]
    for child in element:
        node += [_node(child), *_text(child.tail, element)]
    return node


def _text(text: str | None, parent: HtmlElement) -> list[str]:
    kept = _SPACE.sub(" ", text or "")
    return [] if kept == "" or (kept == " " and parent.tag in LOOSE) else [kept]


def html_of(frame: WidgetFrame, page: Any) -> bytes:
    """Return the content as an element with a shadow root that needs no script."""
    inner = html.tostring(content(frame, page), encoding="unicode")
    channel = frame.path.split("/")[2]
    view = frame.view.removeprefix("embed.")
    return (
        f'<feeds-widget channel="{channel}" view="{view}">'
        f'<template shadowrootmode="open"><style>{frame.shadow_style}</style>'
        f"{inner}</template></feeds-widget>\n"
    ).encode()
