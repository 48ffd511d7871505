"""Reads that pages make all the time: compiled once, sent as they are, read into plain named rows.

A `select` is put together, looked up and unpacked anew each time it is executed, which costs several times the
statement itself (PERFORMANCE A). Here that is done once for each engine; what differs from call to call is bound by
name. Whatever is written still goes through entities.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from core.db import Instant, session

Process = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one kind of database takes it."""

    sql: str
    order: tuple[str, ...] | None  # of parameters that go by position
    fixed: Mapping[str, Any]
    bound: Mapping[str, Process | None]
    opened: tuple[tuple[int, Process], ...]
    make: Callable[..., Any]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """Give what goes with the statement."""
        given = dict(self.fixed)
        for name, process in self.bound.items():
            given[name] = _with(process, values[name])
        return tuple(given[name] for name in self.order) if self.order is not None else given

    def row(self, found: Any) -> Any:
        """Make a row of what came back."""
        values = list(found)
        for place, process in self.opened:
            values[place] = process(values[place])
        return self.make(*values)


class Rows:
    """A select whose values come by name with each call: its bind parameters. Columns need names of their own."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        """Keep the statement; it is compiled when it is first needed."""
        self.statement = statement
        self._ready: dict[str, _Ready] = {}

    def all(self, /, **values: Any) -> list[Any]:
        """Read every row."""
        connection = _connection(session())
        ready = self._ready.get(connection.dialect.name) or self._prepare(connection.dialect)
        return [ready.row(one) for one in _sent(connection, ready.sql, ready.parameters(values))]

    def first(self, /, **values: Any) -> Any | None:
        """Read the first row, where there is one."""
        found = self.all(**values)
        return found[0] if found else None

    def _prepare(self, dialect: Dialect) -> _Ready:
        compiled = self.statement.compile(dialect=dialect)
        needed = {name for name, bind in compiled.binds.items() if bind.required}
        state = compiled.construct_expanded_state(dict.fromkeys(needed))  # lists in IN are written out
        processes = {name: _incoming(bind.type, dialect) for name, bind in compiled.binds.items()}
        columns = list(self.statement.selected_columns)
        outgoing = ((place, _outgoing(column.type, dialect)) for place, column in enumerate(columns))
        ready = self._ready[dialect.name] = _Ready(
            sql=state.statement,
            order=tuple(state.positiontup) if state.positiontup is not None else None,
            fixed={
                name: _with(processes.get(name), value)
                for name, value in state.parameters.items()
                if name not in needed
            },
            bound={name: processes.get(name) for name in needed},
            opened=tuple((place, process) for place, process in outgoing if process),
            make=namedtuple("Row", [column.key or "" for column in columns]),  # noqa: PYI024  # its fields are the columns
        )
        return ready


def _connection(current: Session) -> Connection:
    if current.new or current.dirty or current.deleted:
        current.flush()  # as an entity's query would
    return current.connection()


def _sent(connection: Connection, sql: str, parameters: Any) -> Sequence[Any]:
    """Send a statement on the driver's own cursor; what listens to statements hears of it, faults come as always."""
    driver, dialect = connection.connection, connection.dialect
    with closing(driver.cursor()) as cursor:
        for listener in connection.dispatch.before_cursor_execute:
            listener(connection, cursor, sql, parameters, None, False)  # as SQLAlchemy calls it
        try:
            cursor.execute(sql, parameters)
            return cursor.fetchall()
        except dialect.loaded_dbapi.Error as fault:
            if dialect.is_disconnect(fault, driver, cursor):
                connection.invalidate(fault)
            base = dialect.loaded_dbapi.Error
            raise DBAPIError.instance(sql, None, fault, base, hide_parameters=True, dialect=dialect) from fault


def _incoming(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _outgoing(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    if isinstance(kind, Instant) and dialect.name == "sqlite":
        return _moment
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written).replace(tzinfo=UTC)


def _with(process: Process | None, value: Any) -> Any:
    return process(value) if process else value
