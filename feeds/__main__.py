"""`python -m feeds`."""

from feeds.cli import cli

if __name__ == "__main__":
    cli(prog_name="python -m feeds")
