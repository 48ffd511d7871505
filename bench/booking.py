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
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from core.turns import MOST, Turns
from tests import postgresql

ROUNDS, CLIENTS, ATTEMPTS = 5, 200, 1000
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
IN_ONE = (  # looking first, in the same statement: whoever comes too late locks nothing, and waits for no disk
    "WITH place AS (INSERT INTO slot_use (slot, capacity, taken) SELECT %(slot)s, %(places)s, 1 WHERE NOT EXISTS "
    "(SELECT FROM slot_use WHERE slot = %(slot)s AND taken >= %(places)s) ON CONFLICT (slot) DO UPDATE "
    "SET taken = slot_use.taken + 1 WHERE slot_use.taken < %(places)s RETURNING slot) "
    "INSERT INTO appointment (id, slot, number) SELECT %(number)s, slot, %(number)s FROM place"
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
    together: int = 0  # so many share a commit at most; nobody takes turns where 0
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


def at_once(cursor: Any, _mark: str, slot: int, number: int) -> bool:
    """Take a place and insert, in one statement that is a transaction of its own."""
    told = {"slot": slot, "places": PLACES, "number": number}
    return bool(cursor.execute(IN_ONE, told).rowcount == 1)


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
    Contender("ours, two statements", "BEGIN", by_statement),
    Contender("ours", "", at_once),
)
SQLITE = (
    Contender("check, then insert", "BEGIN", look_then_write, is_checked=False),
    Contender("BEGIN IMMEDIATE", "BEGIN IMMEDIATE", locked, filled=True),
    Contender("ours, without turns", "BEGIN IMMEDIATE", by_statement),
    Contender("ours, a commit each", "SAVEPOINT mine", by_statement, together=1),
    Contender("ours", "SAVEPOINT mine", by_statement, together=MOST),
)


class Held:
    """One connection, and the transaction on it that several share: the bare driver's `core.engines.SharedWriter`."""

    def __init__(self, connection: Any) -> None:
        """Begin."""
        self.connection = connection
        connection.execute("BEGIN IMMEDIATE")

    def is_whole(self) -> bool:
        """Say whether it stands."""
        return bool(self.connection.in_transaction)

    def commit(self) -> None:
        """Keep it."""
        self.connection.execute("COMMIT")

    def drop(self) -> None:
        """Let go of what has gone."""


class Lite:
    """A SQLite of its own for each run, as durable as ours."""

    mark, most, is_pooled, runs = "?", CLIENTS, False, 0

    def __init__(self, folder: str) -> None:
        """Put runs into a folder."""
        self.folder = folder

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

    mark, most, is_pooled = "%s", 40, True  # connections: a pool lets no more in

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
    with place.connect() as shared:
        turns = Turns(lambda: Held(shared), most=contender.together) if contender.together else None
        return race(place, contender, turns, shared)


def race(place: Lite | Server, contender: Contender, turns: Turns[Held] | None, shared: Any) -> dict[str, float]:
    """Let the clients go, and count what was sold."""
    clients = min(CLIENTS, place.most)
    gate, took, again = threading.Barrier(clients + 1), [0.0] * ATTEMPTS, [0]

    def client(first: int) -> None:
        with nullcontext(shared) if turns else place.connect() as connection:
            if place.is_pooled:
                warm(connection, place.mark, contender, -1 - first)
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
    lost = SLOTS * PLACES - sum(number for _, number in sold) + over
    p99 = statistics.quantiles(took, n=100)[98] * 1000
    return {"a second": ATTEMPTS / lasted, "p99, ms": p99, "oversold": over, "unsold": lost, "again": again[0]}


def warm(connection: Any, mark: str, contender: Contender, number: int) -> None:
    """Have a connection know the tables, as those of a pool do, and undo what that took."""
    with connection.cursor() as cursor, suppress(*BUSY):
        cursor.execute("BEGIN")
        contender.way(cursor, mark, -number % SLOTS, number)
    connection.execute("ROLLBACK")


def attempt(connection: Any, mark: str, contender: Contender, turns: Turns[Held] | None, number: int) -> bool:
    """Try once. False where the database says to begin again."""
    if turns:
        turns.take(60)
        turns.shared()
    cursor = connection.cursor()
    try:
        if contender.begin:
            cursor.execute(contender.begin)
        done = contender.way(cursor, mark, number % SLOTS, number)
        for word in ends(contender.begin, is_kept=done):
            cursor.execute(word)
    except BUSY:
        with suppress(*BUSY):
            cursor.execute("ROLLBACK")
        return False
    finally:
        if turns:
            turns.leave(60)
    return True


def ends(begin: str, *, is_kept: bool) -> tuple[str, ...]:
    """Say how what was begun so ends; one statement ends by itself."""
    if begin.startswith("SAVEPOINT"):
        return ("RELEASE mine",) if is_kept else ("ROLLBACK TO mine", "RELEASE mine")
    return ("COMMIT" if is_kept else "ROLLBACK",) if begin else ()


def measure(place: Lite | Server, contenders: tuple[Contender, ...]) -> dict[str, Any]:
    """Let the contenders take turns; give the medians, and our ratio to each."""
    rounds = [{one.name: run(place, one) for one in contenders} for _ in range(ROUNDS)]
    found = {}
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
    if server := postgresql.find():
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
