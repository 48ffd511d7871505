"""What whoever changes the contract can say: `flask --app wsgi contract --check` or `--write`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from api import documents, releases
from api.schema import SCHEMA, sdl

KEPT = Path(__file__).parents[1] / "schema.graphql"


@click.command("contract")
@click.option("--write/--check", default=False, help="Write it anew, or say whether it fits the code.")
def contract(*, write: bool) -> None:
    """Compare graphql/schema.graphql with the code; a difference is reviewed as a promise."""
    if write:
        KEPT.write_text(sdl(), encoding="utf-8")
        click.echo(f"Written: {KEPT.name}")
    elif not KEPT.is_file() or KEPT.read_text(encoding="utf-8") != sdl():
        raise click.ClickException("The contract has changed. Look at it, then: make contract WRITE=1")
    wrong = releases.broken(SCHEMA, today=datetime.now(UTC).date())
    wrong += [f"deprecated without a day: {name}" for name in releases.undated(SCHEMA)]
    if wrong:
        raise click.ClickException("Apps in people's hands would break:\n" + "\n".join(wrong))


@click.command("release")
def release() -> None:
    """Keep the contract and the mini-program's documents as what the next release of it is built on."""
    made = releases.keep(SCHEMA, documents.FOLDER / "miniprogram")
    click.echo(f"Kept: graphql/released/{made.name}")
