"""What whoever runs the house can say about pages: `flask --app wsgi <command>`."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from content import demo, laws, seeds
from content.search import index
from core import deadline, settings
from core.db import keep
from core.identity import SYSTEM

SECONDS = 600.0  # for whoever waits at a command line, not at a page


def load_demo(now: datetime) -> None:
    """Put laws and sample pages in where the house is tried out, once. Quick when they are there."""
    if settings.current().is_demo:
        with deadline.running(SECONDS):
            keep(lambda: laws.load(SYSTEM, now=now))
            keep(lambda: seeds.load(now=now))
            keep(lambda: demo.load(now=now))


@click.command("load-laws")
def load_laws() -> None:
    """Bring in laws, and editions the file of laws has that the tables have not."""
    click.echo(f"Editions that are new: {keep(lambda: laws.load(SYSTEM, now=datetime.now(UTC)))}.")


@click.command("load-samples")
def load_samples() -> None:
    """Put the pages on the shelf that come with the house, marked as samples. What editors changed stays."""
    with deadline.running(SECONDS):
        keep(lambda: laws.load(SYSTEM, now=datetime.now(UTC)))
        click.echo(f"Pages: {keep(lambda: seeds.load(now=datetime.now(UTC)))}.")


@click.command("search-index")
def search_index() -> None:
    """Make the index of the search anew from what was published."""
    with deadline.running(SECONDS):
        click.echo(f"Entries: {keep(index.rebuild)}.")
