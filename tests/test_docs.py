"""What the documents say is there, and what is there is in the documents."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from feeds.config import Settings, variables
from feeds.selection import VIEWS
from feeds.store import Store
from feeds.store.schema import require

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path for pattern in ("*.md", "docs/**/*.md") for path in ROOT.glob(pattern)
)
VARIABLE = re.compile(r"\bFEEDS_[A-Z_]+\b")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def documented() -> dict[str, str]:
    """Return the default, as documented, of each variable that has a row."""
    text = (ROOT / "docs" / "configuration.md").read_text()
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", text, re.MULTILINE)
    return dict(rows)


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    assert sorted(documented()) == sorted(variables())


@pytest.mark.parametrize(
    "name",
    ["host", "workers", "threads", "cache_seconds", "calendar_budget", "log_level"],
)
def test_a_documented_default_is_the_real_one(name: str) -> None:
    defaults = {row.name: row.default for row in fields(Settings)}
    assert documented()[f"FEEDS_{name.upper()}"] == f"`{defaults[name]}`"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_settings_that_exist(path: Path) -> None:
    assert set(VARIABLE.findall(path.read_text())) - set(variables()) == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_links_only_to_files_that_exist(path: Path) -> None:
    targets = LINK.findall(path.read_text())
    assert [name for name in targets if not (path.parent / name).exists()] == []


def told(text: str, address: str) -> set[str]:
    """Return the parameters that docs/addresses.md gives to an address."""
    (takes,) = re.findall(
        rf"^\| `{re.escape(address)}`.*\| (.*) \|$", text, re.MULTILINE
    )
    rows = re.findall(r"^\| ([A-Z]) \| (.+?) \|", text, re.MULTILINE)
    groups = [names for letter, names in rows if letter in takes.split(", ")]
    return {
        name for names in (*groups, takes) for name in re.findall(r"`(.+?)`", names)
    }


@pytest.mark.parametrize(
    ("address", "view"),
    [
        ("/", "home"),
        ("/{channel}", "channel"),
        ("/{channel}/events", "events"),
        ("/{channel}/events.ics", "events.ics"),
        ("/{channel}/events.rss", "events.feed"),
        ("/{channel}/occurrences.json", "occurrences"),
        ("/{channel}/events/{slug}", "entry"),
        ("/{channel}/events/{slug}.ics", "entry.data"),
        ("/{channel}/news", "news"),
        ("/{channel}/news.rss", "news.feed"),
        ("/{channel}/news/{slug}", "entry"),
        ("/{channel}/news/{slug}.json", "entry.data"),
        ("/sitemap.xml", "sitemap"),
        ("/embed/{channel}/month", "embed.month"),
    ],
)
def test_an_address_takes_what_is_documented(address: str, view: str) -> None:
    text = (ROOT / "docs" / "addresses.md").read_text()
    assert told(text, address) == VIEWS[view].takes


def test_the_documented_backup_is_whole(store: Store, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    (command,) = re.findall(r"```sh\n(.+?)```", text, re.DOTALL)
    source, target = store.url.database, tmp_path / "backup.sqlite3"
    here = command.replace(".venv/bin/python", sys.executable)
    here = here.replace("data/feeds.sqlite3 backup.sqlite3", f"{source} {target}")
    subprocess.run(["sh", "-ec", here], cwd=ROOT, check=True)
    copy = Store(f"sqlite:///{target}")
    require(copy)
    copy.close()
