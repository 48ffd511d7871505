"""Two hundred at once for three hundred places: our way of promising one against the usual ones (PERFORMANCE C).

Every contender writes the same two rows on a database of its own kind, durable, by bare drivers and threads; they take
turns in one run, and shown are the medians of attempts a second, the slowest hundredth, and what was sold too often.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from core.turns import Turns
from tests import postgresql

ROUNDS, CLIENTS, ATTEMPTS = 3, 200, 1000
SLOTS, PLACES = 20, 15
NAME = "rufa_bench_booking"
RESULTS = Path("var") / "bench" / "booking.json"
TABLES = (
    "CREATE TABLE slot_use (slot INTEGER PRIMARY KEY, capacity INTEGER NOT NULL, taken INTEGER NOT NULL{check})",
    "CREATE TABLE appointment (id INTEGER PRIMARY KEY, slot INTEGER NOT NULL, number INTEGER NOT NULL)",
)
HELD = ", CHECK (0 <= taken AND taken <= capacity)"
OURS = (
    "INSERT INTO slot_use (slot, capacity, taken) VALUES ({0}, {0}, 1) "
    "ON CONFLICT (slot) DO UPDATE SET taken = slot_use.taken + 1 WHERE slot_use.taken < {0} RETURNING taken"
)
ADD = "INSERT INTO appointment (id, slot, number) VALUES ({0}, {0}, {0})"
COUNT = "SELECT count(*) FROM appointment WHERE slot = {0}"
LOCK = "SELECT taken FROM slot_use WHERE slot = {0}"
MORE = "UPDATE slot_use SET taken = taken + 1 WHERE slot = {0}"
BUSY = (sqlite3.OperationalError, psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
Way = Callable[[Any, str, int, int], bool]


@dataclass(frozen=True)
class Contender:
    """One way to promise a place: how a transaction begins, what it does, and whether writers queue before it."""

    name: str
    begin: str
    way: Way
    turns: bool = False
    is_checked: bool = True
    filled: bool = False


def look_then_write(cursor: Any, mark: str, slot: int, number: int) -> bool:
    """Count, and insert where there is room."""
    if cursor.execute(COUNT.format(mark), (slot,)).fetchone()[0] >= PLACES:
        return False
    cursor.execute(ADD.format(mark), (number, slot, number))
    return True


def by_statement(cursor: Any, mark: str, slot: int, number: int) -> bool:
    """Take a place by one statement under a constraint, and insert."""
    if cursor.execute(OURS.format(mark), (slot, PLACES, PLACES)).fetchone() is None:
        return False
    cursor.execute(ADD.format(mark), (number, slot, number))
    return True


def locked(cursor: Any, mark: str, slot: int, number: int) -> bool:
    """Lock the row of the time, look, and write."""
    wait = " FOR UPDATE" if mark == "%s" else ""
    if cursor.execute(LOCK.format(mark) + wait, (slot,)).fetchone()[0] >= PLACES:
        return False
    cursor.execute(MORE.format(mark), (slot,))
    cursor.execute(ADD.format(mark), (number, slot, number))
    return True


POSTGRESQL = (
    Contender("check, then insert", "BEGIN", look_then_write, is_checked=False),
    Contender("SELECT … FOR UPDATE", "BEGIN", locked, filled=True),
    Contender("SERIALIZABLE", "BEGIN ISOLATION LEVEL SERIALIZABLE", look_then_write),
    Contender("ours", "BEGIN", by_statement),
)
SQLITE = (
    Contender("check, then insert", "BEGIN", look_then_write, is_checked=False),
    Contender("BEGIN IMMEDIATE", "BEGIN IMMEDIATE", locked, filled=True),
    Contender("ours, without turns", "BEGIN IMMEDIATE", by_statement),
    Contender("ours", "BEGIN IMMEDIATE", by_statement, turns=True),
)


class Lite:
    """A SQLite of its own for each run, as durable as ours."""

    mark, most = "?", CLIENTS

    def __init__(self, folder: str) -> None:
        """Put runs into a folder."""
        self.folder, self.runs = folder, 0

    def prepare(self, contender: Contender) -> None:
        """Make empty tables."""
        self.runs += 1
        with self.connect() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            fill(connection, contender, self.mark)

    @contextmanager
    def connect(self) -> Iterator[Any]:
        """Open a connection."""
        file = Path(self.folder) / f"{self.runs}.sqlite3"
        connection = sqlite3.connect(file, timeout=30, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous=FULL")
        yield connection
        connection.close()


class Server:
    """A PostgreSQL, with tables made anew for each run."""

    mark, most = "%s", 40  # connections: a pool lets no more in

    def __init__(self, url: str) -> None:
        """Use this database."""
        self.url = url

    def prepare(self, contender: Contender) -> None:
        """Make empty tables."""
        with self.connect() as connection:
            connection.execute("DROP TABLE IF EXISTS appointment, slot_use")
            fill(connection, contender, self.mark)

    @contextmanager
    def connect(self) -> Iterator[Any]:
        """Open a connection."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            yield connection


def fill(connection: Any, contender: Contender, mark: str) -> None:
    """Make the tables, and the rows of those who lock them."""
    for table in TABLES:
        connection.execute(table.format(check=HELD if contender.is_checked else ""))
    connection.execute("CREATE INDEX by_slot ON appointment (slot)")
    for slot in range(SLOTS if contender.filled else 0):
        connection.execute(f"INSERT INTO slot_use VALUES ({mark}, {mark}, 0)", (slot, PLACES))  # noqa: S608  # our own marks


def run(place: Lite | Server, contender: Contender) -> dict[str, float]:
    """Have everybody try at once; give what it came to."""
    place.prepare(contender)
    clients = min(CLIENTS, place.most)
    turns = Turns() if contender.turns else None
    gate, took, again = threading.Barrier(clients + 1), [0.0] * ATTEMPTS, [0]

    def client(first: int) -> None:
        with place.connect() as connection:
            gate.wait()
            for number in range(first, ATTEMPTS, clients):
                started = time.perf_counter()
                while not attempt(connection, place.mark, contender, turns, number):
                    again[0] += 1
                took[number] = time.perf_counter() - started

    threads = [threading.Thread(target=client, args=(first,)) for first in range(clients)]
    for thread in threads:
        thread.start()
    gate.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    lasted = time.perf_counter() - started
    with place.connect() as connection:
        sold = connection.execute("SELECT slot, count(*) FROM appointment GROUP BY slot").fetchall()
    over = sum(max(0, number - PLACES) for _, number in sold)
    lost = SLOTS * PLACES - sum(min(number, PLACES) for _, number in sold)
    p99 = statistics.quantiles(took, n=100)[98] * 1000
    return {"a second": ATTEMPTS / lasted, "p99, ms": p99, "oversold": over, "unsold": lost, "again": again[0]}


def attempt(connection: Any, mark: str, contender: Contender, turns: Turns | None, number: int) -> bool:
    """Try once. False where the database says to begin again."""
    if turns:
        turns.take(60)
    cursor = connection.cursor()
    try:
        cursor.execute(contender.begin)
        done = contender.way(cursor, mark, number % SLOTS, number)
        cursor.execute("COMMIT" if done else "ROLLBACK")
    except BUSY:
        with suppress(*BUSY):
            cursor.execute("ROLLBACK")
        return False
    finally:
        if turns:
            turns.leave()
    return True


def measure(place: Lite | Server, contenders: tuple[Contender, ...]) -> dict[str, Any]:
    """Let the contenders take turns; give the medians, and our ratio to each."""
    rounds = [{one.name: run(place, one) for one in contenders} for _ in range(ROUNDS)]
    found: dict[str, Any] = {}
    for one in contenders:
        told = {what: statistics.median(each[one.name][what] for each in rounds) for what in rounds[0][one.name]}
        ratios = [each["ours"]["a second"] / each[one.name]["a second"] for each in rounds]
        found[one.name] = told | {"ours ÷ this": statistics.median(ratios), "rounds": [r[one.name] for r in rounds]}
    return found


def main() -> None:
    """Measure, print, keep as JSON."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        found["SQLite"] = measure(Lite(folder), SQLITE)
    server = postgresql.find()
    if server:
        found["PostgreSQL"] = measure(Server(postgresql.fresh_database(NAME, server)), POSTGRESQL)
        postgresql.drop_database(NAME, server)
    else:
        print("PostgreSQL: none answers or can be started here")
    for engine, told in found.items():
        asked = f"{ATTEMPTS} attempts at {SLOTS} times with {PLACES} places, {CLIENTS} clients"
        print(f"{engine}: {asked}, median of {ROUNDS} rounds")
        for name, one in told.items():
            figures = f"{one['a second']:7.0f} a second  p99 {one['p99, ms']:6.0f} ms  oversold {one['oversold']:3.0f}"
            print(f"  {name:22} {figures}  again {one['again']:5.0f}  ours ÷ this {one['ours ÷ this']:5.2f}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
