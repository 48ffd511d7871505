"""What the door costs a page: a document in process, a direct call, the raw driver (PERFORMANCE A4, A5).

All three answer side by side in one process, in many short bursts taken in turn.
"""

from __future__ import annotations

import json
import operator
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
from locator import commands, queries, shown
from migrations.tables import every_table

ROUNDS = 80
CALLS = 20  # in a burst: so short that a busy neighbour meets all ways alike
SHOWN = ("over direct, µs", "× driver")
REGION = "43"
NOW = datetime.now(UTC)
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


def stations() -> object:
    """Give a page of stations with what the document asks of each."""
    rows = shown.together(queries.stations(REGION, first=PAGE), now=NOW)
    said = [(one.kind_name, one.hours, one.accessibility, one.takes_applications) for one in rows]
    return said, queries.count_stations(REGION)


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
            "StationsOf",
            {"region": REGION, "first": PAGE},
            stations,
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
    """Send the same statements by the driver alone: a connection out of the pool, every row read, and put back.

    What was begun ends with COMMIT: at ROLLBACK psycopg forgets what it prepared, which would cost the driver double.
    """
    engine = core.db.engine()

    def send() -> None:
        connection = engine.raw_connection()
        for statement, parameters in statements:
            cursor = connection.cursor()
            cursor.execute(statement, parameters)
            cursor.fetchall()
        connection.commit()
        connection.close()

    return send


def within(work: Callable[[], object]) -> Callable[[], object]:
    """Do it in a unit of work that only looks, as the door does."""

    def looking() -> object:
        with core.db.looking():
            return work()

    return looking


def burst(work: Callable[[], object]) -> float:
    """Give microseconds of processor time a call."""
    started = time.process_time_ns()
    for _ in range(CALLS):
        work()
    return (time.process_time_ns() - started) / CALLS / 1000


def bursts(ways: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Let the ways take turns."""
    for work in ways.values():
        burst(work)
    rounds = [{name: burst(work) for name, work in ways.items()} for _ in range(ROUNDS)]
    return {name: [one[name] for one in rounds] for name in ways}


def compared(took: list[float], other: list[float], how: Callable[[float, float], float]) -> tuple[float, float]:
    """Compare what two ways took: by their medians, and by the best burst of each, which no neighbour disturbed."""
    return how(statistics.median(took), statistics.median(other)), how(min(took), min(other))


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
    took = bursts(ways)
    figures: dict[str, Any] = {"statements": len(statements), "took, µs": took}
    figures["over direct, µs"] = compared(took["document"], took["direct"], operator.sub)
    if statements:
        figures["× driver"] = compared(took["document"], took["driver"], operator.truediv)
    return figures


def show(name: str, figures: dict[str, Any]) -> None:
    """Print one line: medians, and the best bursts in brackets."""
    told = [f"{what} {figures[what][0]:6.1f} ({figures[what][1]:.1f})" for what in SHOWN if what in figures]
    print(f"{name:36} {figures['statements']:2} statements  " + "  ".join(told))


def main() -> None:
    """Measure, print, keep as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        viewer = Viewer(ANYONE, datetime.now(UTC))
        found = {subject.name: measure(subject, viewer) for subject in subjects()}
        core.db.engine().dispose()
    print(f"The door, in process (medians of {ROUNDS} bursts; in brackets the best)")
    for name, figures in found.items():
        show(name, figures)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
