"""What whoever runs the house can say on the command line: `flask --app wsgi <command>`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from core import audit, backup, db, schema


@click.command("migrate")
@click.option("--to", default="head", help="The revision to bring the database to.")
def migrate(to: str) -> None:
    """Bring the tables up to what this code expects."""
    schema.upgrade(to)
    with db.reading():
        click.echo(f"The database is at {schema.revision()}.")


@click.command("verify-audit")
def verify_audit() -> None:
    """Walk the chain of the audit record and say whether it holds."""
    with db.reading():
        verdict = audit.verify()
    if verdict.broken_at is not None:
        raise click.ClickException(f"The record was changed at entry {verdict.broken_at}. Tell the supervisor now.")
    click.echo(f"The record holds: {verdict.entries} entries.")


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def back_up(target: Path) -> None:
    """Write the database and all files, encrypted, into TARGET."""
    with _plainly():
        rows = backup.make(target)
    click.echo(f"{target}: {target.stat().st_size:,} bytes, {sum(rows.values()):,} rows in {len(rows)} tables.")


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(source: Path) -> None:
    """Bring SOURCE back into an empty place, and count what came back."""
    with _plainly():
        rows = backup.restore(source)
    click.echo(f"All is back: {sum(rows.values()):,} rows in {len(rows)} tables. Now: flask --app wsgi verify-audit")


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except backup.Impossible as fault:
        raise click.ClickException(str(fault)) from fault
