"""`import` and `export`: whole files in and out."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from feeds import intake, tenancy, times
from feeds.calendars import Body
from feeds.cli import desk as desks
from feeds.cli.desk import Desk
from feeds.cli.report import show
from feeds.importing import ics, json, webfeeds
from feeds.importing.fetch import Fetched, fetch
from feeds.renderers.frame import entry_id
from feeds.selection import Selection
from feeds.syndicate import Syndicate

NOUNS = ("events", "news", "places")
FORMATS = ("ics", "json")
STEP = 1000
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

Raw = dict[str, Any]


@click.command("import")
@click.argument("noun", type=click.Choice(NOUNS), metavar="events|news|places")
@click.argument("source", metavar="FILE-or-URL")
@click.option("--channel", required=True, metavar="SLUG", help="Where it goes.")
@click.option(
    "--mode",
    type=click.Choice(intake.MODES),
    default="merge",
    show_default=True,
    help="merge keeps what the file lacks; replace removes it, and is all or nothing.",
)
@click.option(
    "--ends",
    type=click.Choice(ics.ENDS),
    help="How the file means the ends of all-day events; else exclusive.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, write nothing.")
def take_in(
    noun: str, source: str, channel: str, mode: str, ends: str | None, dry_run: bool
) -> None:
    """Import a file, a URL, or standard input (-).

    Events come as .ics or JSON; news as RSS, Atom, JSON Feed or JSON; places as JSON.
    Importing again changes only what has changed. Each repair is reported.
    """
    now = desks.now()
    found = _data(source)
    data = found.data
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    if noun == "places" and not is_json:
        raise click.UsageError(f"{noun} come as JSON, and '{source}' is none.")
    if ends and (is_json or noun != "events"):
        raise click.UsageError("--ends is for .ics files; JSON ends are exclusive.")
    with desks.desk() as desk:
        file: ics.Calendar | webfeeds.Feed | None = None
        if noun == "news":
            home = _home(desk, channel, now)
            file = webfeeds.read(data, home, found.url, found.charset)
        elif not is_json:
            file = _calendar(desk, channel, data, ends)
        report = _report(
            desk, noun, channel, file, data, mode=mode, now=now, dry_run=dry_run
        )
    show(report, [] if file is None else file.notes, mode=mode, is_dry=dry_run)
    if report.refused:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("noun", type=click.Choice(NOUNS), metavar="events|news|places")
@click.argument("file", required=False, default="-")
@click.option("--channel", required=True, metavar="SLUG", help="Where it comes from.")
@click.option(
    "--format",
    "output",
    type=click.Choice(FORMATS),
    help="Else by the file's name. json holds everything, ics what is public.",
)
def export(noun: str, file: str, channel: str, output: str | None) -> None:
    """Write all entries to FILE, or to standard output (-)."""
    output = output or ("ics" if file.lower().endswith(".ics") else "json")
    if output == "ics" and noun != "events":
        raise click.UsageError(f"{noun} can't be written as ics; use --format json.")
    if not Path(file).parent.is_dir():
        raise click.UsageError(f"There is no directory '{Path(file).parent}'.")
    with desks.desk() as desk:
        tenancy.read(desk.publisher, channel)  # before the file is touched
        write = _calendar_to if output == "ics" else _list_to
        with click.open_file(file, "wb", atomic=file != "-") as stream:
            write(stream.write, desk, noun, channel)


def _report(
    desk: Desk,
    noun: str,
    channel: str,
    file: ics.Calendar | webfeeds.Feed | None,
    data: bytes,
    *,
    mode: str,
    now: datetime,
    dry_run: bool,
) -> intake.Report:
    """Take in a file that was opened, or else a list of the API."""
    with _progress(0 if file is None else len(file)) as progress:
        return intake.take_in(
            desk.publisher,
            noun,
            channel,
            json.items(data) if file is None else file.items(),
            mode=mode,
            now=now,
            dry_run=dry_run,
            progress=progress,
        )


def _data(source: str) -> Fetched:
    """Return what there is; a file has no address."""
    if source == "-":
        return Fetched(sys.stdin.buffer.read())
    if _URL.match(source):
        return fetch(source)
    path = Path(source)
    if not path.is_file():
        raise click.BadParameter(f"there is no file '{source}'", param_hint="FILE")
    return Fetched(path.read_bytes())


def _calendar(desk: Desk, channel: str, data: bytes, ends: str | None) -> ics.Calendar:
    home = tenancy.read(desk.publisher, channel)
    return ics.read(
        data,
        timezone=home["timezone"],
        language=home["language"],
        categories=_categories(desk, channel),
        ends=ends or ics.ENDS[0],
    )


def _home(desk: Desk, channel: str, now: datetime) -> webfeeds.Home:
    home = tenancy.read(desk.publisher, channel)
    ids: dict[str, str] = {}
    retrieved: dict[tuple[str, str], str] = {}
    for row in _listed(desk, "news", channel):
        ids[entry_id("news", row["id"])] = row["id"]
        for one in row["sources"]:
            if one["url"] and one["retrieved_on"]:
                retrieved[row["id"], one["url"]] = one["retrieved_on"]
    today = times.local(now, times.zone(home["timezone"])).date()
    return webfeeds.Home(
        url=f"{desk.settings.base_url}/{channel}",
        now=now,
        today=today.isoformat(),
        categories=_categories(desk, channel),
        ids=ids,
        retrieved=retrieved,
    )


def _categories(desk: Desk, channel: str) -> dict[str, str]:
    rows = _listed(desk, "categories", channel)
    return {row["slug"]: row["title"] for row in rows}


@contextmanager
def _progress(length: int) -> Iterator[Callable[[int], None]]:
    """Show how far it is: a bar on a terminal, a line each thousand elsewhere."""
    if sys.stderr.isatty() and length:
        with click.progressbar(
            length=length, label="Importing", file=sys.stderr
        ) as bar:
            yield bar.update
        return
    done = 0

    def count(read: int) -> None:
        nonlocal done
        done += read
        if done // STEP > (done - read) // STEP:
            click.echo(f"{done} entries read", err=True)

    yield count


def _calendar_to(
    write: Callable[[bytes], object], desk: Desk, noun: str, channel: str
) -> None:
    syndicate = Syndicate(
        desk.store,
        desk.settings.base_url,
        desk.settings.cache_seconds,
        desk.settings.calendar_budget,
    )
    document = syndicate.feed(
        noun,
        "ics",
        channel,
        Selection(all=True),
        now=desks.now(),
        is_fresh=lambda _validators: False,
    )
    if isinstance(document.body, Body):
        try:
            for part in document.body.parts:
                write(part)
        finally:
            document.body.close()


def _list_to(
    write: Callable[[bytes], object], desk: Desk, noun: str, channel: str
) -> None:
    for piece in json.pieces(_listed(desk, noun, channel)):
        write(piece.encode())


def _listed(desk: Desk, noun: str, channel: str) -> Iterator[Raw]:
    return desks.every(partial(desk.publisher.listing, noun, channel))
