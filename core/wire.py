"""The driver's own connection, for reads that should cost little more than their statements (PERFORMANCE A).

A session and SQLAlchemy's connection round it cost ten times what the driver does to begin, and to end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection


@dataclass(slots=True)
class Wire:
    """A connection of the driver, and whoever listens to what is sent."""

    driver: Any
    pooled: PoolProxiedConnection
    engine: Engine
    dialect: Dialect
    listeners: tuple[Any, ...]

    @classmethod
    def of(cls, connection: Connection) -> Wire:
        """Give the wire of a connection that somebody else opened, and will close."""
        heard = tuple(connection.dispatch.before_cursor_execute)
        pooled = connection.connection
        return cls(pooled.driver_connection, pooled, connection.engine, connection.dialect, heard)

    @classmethod
    def out_of(cls, engine: Engine) -> Wire:
        """Take one out of the pool and begin to read."""
        dialect = engine.dialect
        try:
            pooled = engine.raw_connection()
        except dialect.loaded_dbapi.Error as fault:
            raise _told("BEGIN", fault, dialect) from fault
        begin_reading(pooled.driver_connection)
        return cls(pooled.driver_connection, pooled, engine, dialect, tuple(engine.dispatch.before_cursor_execute))

    def connection(self) -> Connection:
        """Give SQLAlchemy's connection round it, for a session."""
        return Connection(self.engine, self.pooled)

    def fetch(self, sql: str, parameters: Any) -> Sequence[Any]:
        """Send a statement and read its rows; whoever listens hears of it, faults come as always."""
        for listener in self.listeners:
            listener(None, None, sql, parameters, None, False)  # as SQLAlchemy calls it
        try:
            found: Sequence[Any] = self.driver.execute(sql, parameters).fetchall()
        except self.dialect.loaded_dbapi.Error as fault:
            if self.dialect.is_disconnect(fault, self.pooled, None):
                self.pooled.invalidate(fault)
            raise _told(sql, fault, self.dialect) from fault
        return found

    def close(self) -> None:
        """Put it back; the pool ends what was begun."""
        self.pooled.close()


def begin_reading(driver: Any) -> None:
    """Let what follows be one transaction that only reads, unless one is under way."""
    if isinstance(driver, psycopg.Connection):
        if not driver.read_only:
            driver.read_only = True  # said in the driver's BEGIN: no trip of its own
    elif not driver.in_transaction:
        driver.execute("BEGIN")  # locks nothing: it cannot fail


def _told(sql: str, fault: Exception, dialect: Dialect) -> BaseException:
    base = dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, fault, base, hide_parameters=True, dialect=dialect)
