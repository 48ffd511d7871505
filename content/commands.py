"""What whoever runs the house can say about pages: `flask --app wsgi <command>`."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import click

from content import demo, laws, seeds
from content.search import index
from core import deadline, settings
from core.db import keep
from core.identity import SYSTEM
from core.imaging import trying
from core.imaging.limits import MEGABYTE

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


@click.group("images")
def images() -> None:
    """Look at what becomes of pictures."""


@images.command("try")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--manifest", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="CSV with a column path."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a line a file to this CSV.")
def try_images(folder: Path, manifest: Path | None, out: Path | None) -> None:
    """Take every file of a FOLDER through what pictures of pages go through; say what became of each."""
    paths, absent = _files(folder, manifest)
    began = trying.waiting()
    rows = list(trying.tried(paths))
    refused = Counter(one.refused for one in rows if one.refused)
    peak = max((one.peak for one in rows), default=0)
    if out is not None:
        with out.open("w", newline="", encoding="utf-8") as file:
            lines = csv.writer(file)
            lines.writerow(["path", "made", "refused", "seconds", "peak"])
            lines.writerows([one.path, one.made, one.refused, f"{one.seconds:.3f}", one.peak] for one in rows)
    click.echo(f"Files: {len(rows)}, not there: {absent}.")
    click.echo(f"Made: {sum(not one.refused for one in rows)}. Refused: {sum(refused.values())}.")
    for code, times in refused.most_common():
        click.echo(f"  {code}: {times}")
    click.echo(f"Memory of a child: {began // MEGABYTE} MB waiting, {peak // MEGABYTE} MB at the most.")


def _files(folder: Path, manifest: Path | None) -> tuple[list[Path], int]:
    """Find the files: all of a folder, or those a manifest names by the end of their paths."""
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    if manifest is None:
        return there, 0
    with manifest.open(newline="", encoding="utf-8") as file:
        wanted = [PurePosixPath(row["path"]).as_posix() for row in csv.DictReader(file)]
    ends: dict[str, Path] = {}
    for path in there:
        parts = path.relative_to(folder).parts
        ends |= {"/".join(parts[at:]): path for at in range(len(parts))}
    found = [ends[one] for one in wanted if one in ends]
    return found, len(wanted) - len(found)
