"""What whoever changes the contract can say: `flask --app wsgi contract --check` or `--write`."""

from __future__ import annotations

from pathlib import Path

import click

from api.schema import sdl

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
