"""The commands explain themselves, and docs/commands.md knows them all."""

import re
from collections.abc import Iterator

import click
import pytest

from feeds.cli import cli
from feeds.config import ROOT
from tests.cli.conftest import Feeds

DOCUMENT = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
ROWS = dict(
    re.findall(r"^\| `([a-z]+(?: (?:create|list|revoke))?)(.*?)` \|", DOCUMENT, re.M)
)


def commands(
    group: click.Group = cli, path: str = ""
) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield path + name, command


COMMANDS = dict(commands())


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    assert sorted(ROWS) == sorted(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_options_of_a_command_are_the_documented_ones(name: str) -> None:
    options = {
        option
        for parameter in COMMANDS[name].params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert set(re.findall(r"--[a-z-]+", ROWS[name])) == options


@pytest.mark.parametrize("name", ["", *sorted(COMMANDS)])
def test_help_is_there_without_a_database(feeds: Feeds, name: str) -> None:
    result = feeds(*name.split(), "--help", FEEDS_DATABASE_URL="sqlite:////nowhere/a")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: python -m feeds {name}".rstrip())
