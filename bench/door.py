"""What the door costs a page: a document in process, a direct call, the raw driver (PERFORMANCE A4, A5).

All three answer side by side in one process: short bursts in turn, five rounds, the median of the ratios of each round.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

import core.db
import core.settings
from api import execution, paging
from api.viewer import Viewer
from core.identity import ANYONE
from locator import commands, queries
from migrations.tables import every_table

ROUNDS = 5
BURST = 0.4  # seconds
REGION = "43"
PAGE = 20
RESULTS = Path("var") / "bench" / "door.json"


@dataclass(frozen=True)
class Subject:
    """One kind of page: the document, and the same work done without it."""

    name: str
    document: str
    variables: dict[str, Any]
    direct: Callable[[], object]


def prepare(folder: str, url: str = "") -> None:
    """Fill a database of its own."""
    settings = core.settings.load({"RUFA_DATA_DIR": folder, "DATABASE_URL": url})
    core.settings.use(settings)
    every_table().create_all(core.db.connect(settings.database_url))
    commands.load(now=datetime.now(UTC))


def subjects() -> list[Subject]:
    """Say what is measured."""
    return [
        Subject(
            f"{PAGE} rows, 3 fields, no statement",
            "Divisions",
            {"parent": REGION, "first": PAGE},
            lambda: paging.page_of(queries.children(REGION)[: PAGE + 1], PAGE, lambda one: (one.code,)),
        ),
        Subject(
            f"{PAGE} rows, 20 fields, statements",
            "Places",
            {"region": REGION, "first": PAGE},
            lambda: (queries.places(REGION, first=PAGE), queries.count_places(REGION)),
        ),
    ]


def statements_of(work: Callable[[], object]) -> list[tuple[str, Any]]:
    """Give the statements some work sends."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    work()
    event.remove(Engine, "before_cursor_execute", note)
    return sent


def raw(statements: list[tuple[str, Any]]) -> Callable[[], object]:
    """Send the same statements by the driver alone."""
    connection = core.db.engine().raw_connection()

    def send() -> None:
        for statement, parameters in statements:
            connection.cursor().execute(statement, parameters).fetchall()  # type: ignore[attr-defined]

    return send


def within(work: Callable[[], object]) -> Callable[[], object]:
    """Do it in a reading unit of work, as the door does."""

    def reading() -> object:
        with core.db.reading():
            return work()

    return reading


def burst(work: Callable[[], object]) -> float:
    """Give microseconds of processor time a call."""
    times, started, ends = 0, time.process_time(), time.perf_counter() + BURST
    while time.perf_counter() < ends:
        work()
        times += 1
    return (time.process_time() - started) / times * 1e6


def measure(subject: Subject, viewer: Viewer) -> dict[str, Any]:
    """Measure one kind of page."""
    ways = {
        "document": lambda: execution.run(viewer, subject.document, **subject.variables),
        "direct": within(subject.direct),
    }
    ways["document"]()
    statements = statements_of(ways["document"])
    if statements:
        ways["driver"] = raw(statements)
    rounds = [{name: burst(work) for name, work in ways.items()} for _ in range(ROUNDS)]
    figures: dict[str, Any] = {"statements": len(statements), "rounds": rounds}
    figures["over direct, µs"] = [one["document"] - one["direct"] for one in rounds]
    if statements:
        figures["× driver"] = [one["document"] / one["driver"] for one in rounds]
    return figures


def show(name: str, figures: dict[str, Any]) -> None:
    """Print one line."""
    spread = {
        what: f"{statistics.median(values):8.1f} ({min(values):.1f}–{max(values):.1f})"
        for what, values in figures.items()
        if what in ("over direct, µs", "× driver")
    }
    print(f"{name:36} {figures['statements']:2} statements  " + "  ".join(f"{k} {v}" for k, v in spread.items()))


def main() -> None:
    """Measure, print, keep as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        viewer = Viewer(ANYONE, datetime.now(UTC))
        found = {subject.name: measure(subject, viewer) for subject in subjects()}
        core.db.engine().dispose()
    print("The door, in process (medians of five rounds, and their spread)")
    for name, figures in found.items():
        show(name, figures)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
