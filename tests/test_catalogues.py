"""Every text of the interface is said somewhere, and none is missing."""

import re
from pathlib import Path

from feeds import i18n
from feeds.catalogues import CATALOGUES

FEEDS = Path(i18n.__file__).parent
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(FEEDS.rglob("*"))
    if path.suffix in (".py", ".html") and path.parent.name != "catalogues"
)
# Keys made of data: of an error's status, an event's status, a feature, a noun, and
# of what the builder of widgets offers.
MADE = (
    "builder.dark_",
    "builder.light_",
    "builder.show_",
    "builder.snippet_",
    "builder.theme_",
    "builder.view_",
    "error.",
    "event.cancelled",
    "event.tentative",
    "feature.",
    "feed.",
    "home.",
    "status.",
)


def test_every_key_in_use_is_in_the_catalogues() -> None:
    used = set(re.findall(r"""\bt\(\s*["']([a-z_]+\.[a-z0-9_.-]+)["']""", CODE))
    beginnings = {key for key in used if key.endswith(("_", "."))}
    assert beginnings - set(MADE) == set()
    assert used - beginnings - set(CATALOGUES["en"]) == set()


def test_every_key_in_the_catalogues_is_in_use() -> None:
    quoted = set(re.findall(r"""["']([a-z_]+\.[a-z0-9_.-]+)["']""", CODE))
    known = {key for key in CATALOGUES["en"] if not key.startswith(MADE)}
    assert known - quoted == set()
