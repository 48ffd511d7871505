"""What reading costs: the first page to read, a shelf, one page, and one that is kept already (PERFORMANCE A, E).

The pages that come with the house, and ten thousand more put together of their sentences. Each document is answered in
turn with graphql-core and with the bare driver, which sends the same statements. Photographs have `photographs.py`.
"""

from __future__ import annotations

import json
import operator
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import door
import search
from door import bursts, compared, raw, statements_of
from reads import Subject, as_document, as_text
from sqlalchemy import insert

import core.db
import core.settings
from api.viewer import Viewer
from content import laws, seeds, version
from core import deadline
from core.identity import ANYONE, SYSTEM
from migrations.tables import every_table
from tests import postgresql

RESULTS = Path("var") / "bench" / "learning.json"
NAME = "rufa_bench_learning"
MORE = 10_000
door.ROUNDS = 10  # pages take milliseconds
NOW = datetime.now(UTC)
GOALS = {"× driver": 3.0, "graphql-core ÷ document": None}


def prepare(folder: str, url: str) -> None:
    """Put the shelves up."""
    settings = core.settings.load({"RUFA_DATA_DIR": folder, "DATABASE_URL": url})
    core.settings.use(settings)
    engine = core.db.connect(settings.database_url)
    every_table().create_all(engine)
    with deadline.running(search.SECONDS):
        core.db.keep(lambda: laws.load(SYSTEM, now=NOW))
        core.db.keep(lambda: seeds.load(now=NOW))
        said = search.sentences()
        for begin in range(0, MORE, search.BATCH):
            core.db.keep(lambda begin=begin: fill(begin, said))  # type: ignore[misc]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def fill(begin: int, said: list[str]) -> None:
    """Put some more pages on the shelf."""
    numbers = range(begin + 1, begin + search.BATCH + 1)
    texts = {number: "。".join(search.CHANCE.choices(said, k=search.SENTENCES)) for number in numbers}
    for model, rows in search.rows_of(texts):
        core.db.session().execute(insert(model), rows)


def subjects() -> list[Subject]:
    """Say what is measured."""
    viewer = Viewer(ANYONE, NOW)
    slug = next(iter(seeds.read())).slug
    return [
        Subject("LearnHome", viewer, {}, bool),
        Subject("LearnShelf", viewer, {}, bool),
        Subject("LearnPage", viewer, {"slug": slug}, bool),
    ]


def measure(subject: Subject) -> dict[str, Any]:
    """Measure one kind of page, the ways in turn."""
    ways = {"document": as_document(subject), "graphql-core": as_text(subject)}
    for way in ways.values():
        way()
    statements = statements_of(ways["document"])
    took = bursts(ways | {"driver": raw(statements)})
    return {
        "statements": len(statements),
        "took, µs": took,
        "µs": (statistics.median(took["document"]), min(took["document"])),
        "× driver": compared(took["document"], took["driver"], operator.truediv),
        "graphql-core ÷ document": compared(took["graphql-core"], took["document"], operator.truediv),
    }


def kept() -> dict[str, Any]:
    """Measure what is asked when somebody has the page already: 304 without the tables of pages."""

    def ask() -> object:
        with core.db.looking():
            return version.current(NOW)

    took = bursts({"version": ask})
    return {"statements": len(statements_of(ask)), "µs": (statistics.median(took["version"]), min(took["version"]))}


def show(name: str, figures: dict[str, Any]) -> None:
    """Print one line: medians, the best bursts in brackets."""
    told = [f"{name:18} {figures['statements']:2} statements"]
    for what in ("µs", *GOALS):
        if what in figures:
            median, best = figures[what]
            told.append(f"{what} {median:8.2f} ({best:.2f})")
    print("  ".join(told))


def main() -> None:
    """Measure, print, keep as JSON."""
    found: dict[str, Any] = {}
    server = postgresql.find()
    places = {"SQLite": ""} | ({"PostgreSQL": postgresql.fresh_database(NAME, server)} if server else {})
    for place, url in places.items():
        with tempfile.TemporaryDirectory() as folder:
            prepare(folder, url)
            found[place] = {one.document: measure(one) for one in subjects()} | {"a page kept": kept()}
            core.db.engine().dispose()
        print(f"Pages to read on {place}, {MORE:,} of them, in process (medians; in brackets the best bursts)")
        for name, figures in found[place].items():
            show(name, figures)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    if server:
        postgresql.drop_database(NAME, server)


if __name__ == "__main__":
    sys.exit(main())
