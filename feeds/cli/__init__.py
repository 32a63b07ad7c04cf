"""The command line: `python -m feeds …`.

A door like the views: it reads the settings and the clock, calls one corridor
function, and says what happened. Exit status 0: done; 1: something was refused, each
with its reason; 2: wrong use.
"""

import click

from feeds.cli.channels import channel
from feeds.cli.desk import Door
from feeds.cli.files import export, take_in
from feeds.cli.running import demo, migrate, run
from feeds.cli.tokens import token

__all__ = ["cli"]


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Serve events, news and places of an organisation.

    Settings come from the environment; docs/configuration.md lists them.
    """


for command in (run, migrate, demo, channel, token, take_in, export):
    cli.add_command(command)
