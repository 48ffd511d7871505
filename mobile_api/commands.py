"""What whoever changes this face can say: `flask --app wsgi openapi --check` or `--write`."""

from __future__ import annotations

import click
from flask import current_app

from mobile_api import openapi as description


@click.command("openapi")
@click.option("--write/--check", default=False, help="Write it anew, or say whether it fits the code.")
def openapi(*, write: bool) -> None:
    """Compare mobile_api/openapi.json with the code; a difference is reviewed as a promise."""
    said = description.written(current_app)
    if write:
        description.KEPT.write_text(said, encoding="utf-8")
        click.echo(f"Written: {description.KEPT.name}")
    elif not description.KEPT.is_file() or description.KEPT.read_text(encoding="utf-8") != said:
        raise click.ClickException("The face has changed. Look at it, then: make contract WRITE=1")
