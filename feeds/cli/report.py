"""What an import tells: each repair, each refusal, what became of it, the count."""

import re
from collections.abc import Sequence

import click

from feeds.intake import Report

_LINE = re.compile("line [0-9]+: ")


def show(report: Report, notes: Sequence[str], *, mode: str, is_dry: bool) -> None:
    """Print a report; its last line is the count."""
    for sentence in (*notes, *report.repairs):
        click.echo(sentence)
    for line, uid, reason in report.refused:
        named = f" ({uid})" if uid else ""
        click.echo(f"{_placed(line, reason)}{named}")
    click.echo(_outcome(report, mode, is_dry))
    click.echo(_count(report, mode, is_counted=report.is_applied or is_dry))


def _placed(line: int, reason: str) -> str:
    """Name one line: the reason's own, or else that on which the entry begins."""
    own = _LINE.match(reason)
    where = own[0] if own else f"line {line}: "
    return f"{where}refused: {reason.removeprefix(where)}"


def _outcome(report: Report, mode: str, is_dry: bool) -> str:
    if is_dry:
        return "Dry run: nothing was written; this would happen."
    if not report.is_applied:
        return "Nothing was written: replace is all or nothing."
    if report.refused:
        return "All but the refused ones were written."
    if mode == "replace":
        return "The channel is as the file."
    is_known = not (report.created or report.changed)
    return "All of it was there already." if is_known else "All of it was written."


def _count(report: Report, mode: str, *, is_counted: bool) -> str:
    counts = {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
    }
    if mode == "replace":
        counts["removed"] = report.removed
    if not is_counted:
        counts = dict.fromkeys(counts, 0)
    counts["refused"] = len(report.refused)
    return ", ".join(f"{number} {name}" for name, number in counts.items())
