"""The two engines: how each is opened, begun with, and ended."""

from __future__ import annotations

from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from core import deadline
from core.wire import begin_reading

NO_SAVEPOINT = "no such savepoint"


def open_engine(url: str, pool_size: int) -> Engine:
    """Make what connects to a database. Nothing is sent until the first use."""
    return _sqlite(url) if url.startswith("sqlite") else _postgresql(url, pool_size)


def _sqlite(url: str) -> Engine:
    patience = deadline.allowed()
    made = create_engine(url, connect_args={"timeout": patience, "check_same_thread": False}, hide_parameters=True)

    @event.listens_for(made, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            f"busy_timeout={int(patience * 1000)}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.set_progress_handler(deadline.passed, 10_000)

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        if connection.get_execution_options().get("rufa_access", "write") == "write":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            begin_reading(connection.connection.driver_connection)

    return made


class _Connection(deadline.BoundedConnection):
    """A connection that keeps its prepared statements: psycopg forgets them at ROLLBACK."""

    def rollback(self) -> None:
        """End what only read by COMMIT: there is nothing to undo."""
        if self.read_only and self.info.transaction_status is TransactionStatus.INTRANS:
            self.commit()
        else:
            super().rollback()


def _postgresql(url: str, pool_size: int) -> Engine:
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    made = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=3,
        pool_pre_ping=False,
        hide_parameters=True,  # an error quotes no values: it may be logged (TRUST P3)
        connect_args={"connect_timeout": 3, "application_name": "rufa", "options": "-c timezone=UTC"},
    )

    @event.listens_for(made, "do_connect")
    def bounded(_dialect: object, _record: object, args: Any, kwargs: Any) -> Any:
        return _Connection.connect(*args, **kwargs)

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        driver = connection.connection.driver_connection
        if connection.get_execution_options().get("rufa_access") == "read":
            begin_reading(driver)
        else:
            driver.read_only = False

    return made


class SharedWriter:
    """A connection several units of work write on, one after the other, each within a savepoint of its session's."""

    def __init__(self, engine: Engine) -> None:
        """Begin a transaction that several may share."""
        self.connection: Connection = engine.connect()
        try:
            self.connection.begin()
        except BaseException:
            self.connection.close()
            raise

    def is_whole(self) -> bool:
        """Say whether the transaction stands: a full disk, say, makes SQLite undo all of it, whatever the savepoint."""
        driver: Any = None if self.connection.invalidated else self.connection.connection.driver_connection
        return driver is not None and bool(driver.in_transaction)

    def commit(self) -> None:
        """Keep what was done, or undo it: SQLAlchemy would put the connection back with the transaction still open."""
        try:
            self.connection.commit()
        except BaseException:
            self.connection.rollback()  # now the pool does it
            raise
        finally:
            self.connection.close()

    def drop(self) -> None:
        """Undo what was done."""
        self.connection.close()


def root_of(fault: BaseException | None) -> BaseException | None:
    """Say what SQLite undid everything for: going back to the savepoint, of which there is none then, fails too."""
    at = fault
    while at is not None and NO_SAVEPOINT in str(at):
        at = at.__context__
    return at if isinstance(at, DBAPIError) else fault
