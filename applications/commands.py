"""What whoever runs the house can say about cases and files: `flask --app wsgi <command>`."""

from __future__ import annotations

from datetime import datetime

import click

from applications import demo, letters, signing, sweeping
from core import audit, deadline, settings
from core.db import reading
from core.jobs import clock

SECONDS = 3600.0  # whoever verifies waits at a command line, not at a page


def load_demo(now: datetime) -> None:
    """Put the made-up cases in, once. Quick when they are there."""
    if settings.current().is_demo and (made := demo.load(now=now)):
        click.echo(f"演示案件：{made} 件（虚构）。", err=True)


@click.command("sweep-files")
def sweep_files() -> None:
    """Forget uploads nobody attached within a day, and delete files no row knows."""
    swept = sweeping.sweep(now=clock())
    click.echo(f"Swept: {swept.uploads} uploads, {swept.files} files.")


@click.command("verify")
def verify() -> None:
    """Look whether anything that must never change has: the audit record, signed pledges, letters."""
    with deadline.running(SECONDS), reading():
        verdict = audit.verify()
        troubles = [WHAT_IS_WRONG[one.what].format(id=one.pledge_id) for one in signing.verify()]
        troubles += [f"Letter {letter_id}: what it says is not what was issued." for letter_id in letters.verify()]
    if verdict.broken_at is not None:
        troubles.insert(0, f"The audit record was changed at entry {verdict.broken_at}.")
    for trouble in troubles:
        click.echo(trouble, err=True)
    if troubles:
        raise click.ClickException(f"{len(troubles)} found. Change nothing, and tell the supervisor now.")
    click.echo(f"All holds: {verdict.entries} entries of the audit record, every signed pledge, every letter.")


WHAT_IS_WRONG = {
    "document": "Pledge {id}: the document is not what was signed.",
    "audit": "Pledge {id}: the audit record does not know its fingerprint.",
    "row": "Pledge {id}: what its row says differs from the document.",
    "drawing": "Pledge {id}: the drawn signature is gone, or is another.",
}
