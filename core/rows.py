"""Reads that pages make all the time: compiled once, sent as they are, read into plain named rows.

A `select` is put together, looked up and unpacked anew each time it is executed, which costs several times the
statement itself (PERFORMANCE A). Here that is done once for each engine; what differs from call to call is bound by
name. Whatever is written still goes through entities.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import ExpandedState
from sqlalchemy.types import TypeEngine

from core import db
from core.db import Instant
from core.written import function

Process = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one kind of database takes it."""

    sql: str
    parameters: Callable[[Mapping[str, Any]], Any]
    rows: Callable[[Sequence[Any]], list[Any]]


class Rows:
    """A select whose values come by name with each call: its bind parameters. Columns need names of their own."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        """Keep the statement; it is compiled when it is first needed."""
        self.statement = statement
        self._ready: dict[str, _Ready] = {}

    def all(self, /, **values: Any) -> list[Any]:
        """Read every row."""
        wire = db.wire()
        ready = self._ready.get(wire.dialect.name) or self._prepare(wire.dialect)
        return ready.rows(wire.fetch(ready.sql, ready.parameters(values)))

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
        ready = self._ready[dialect.name] = _Ready(
            sql=state.statement,
            parameters=_giver(state, needed, processes),
            rows=_reader(columns, dialect),
        )
        return ready


def _giver(state: ExpandedState, needed: set[str], processes: Mapping[str, Process | None]) -> Callable[..., Any]:
    """Write what puts the values of a call where the statement takes them."""
    known: dict[str, Any] = {}
    given: dict[str, str] = {}
    for place, name in enumerate(state.parameters.keys() | needed):
        process = processes.get(name)
        if name not in needed:
            known[f"fixed{place}"] = _with(process, state.parameters[name])
            given[name] = f"fixed{place}"
        else:
            known[f"bind{place}"] = process
            given[name] = f"bind{place}(values[{name!r}])" if process else f"values[{name!r}]"
    if state.positiontup is not None:
        written = f"({''.join(f'{given[name]}, ' for name in state.positiontup)})"
    else:
        written = f"{{{', '.join(f'{name!r}: {value}' for name, value in given.items())}}}"
    return function("parameters", f"def parameters(values):\n    return {written}\n", known)


def _reader(columns: Sequence[ColumnElement[Any]], dialect: Dialect) -> Callable[[Sequence[Any]], list[Any]]:
    """Write what makes rows of what came back."""
    known: dict[str, Any] = {"new": tuple.__new__}
    known["row"] = namedtuple("Row", [column.key or "" for column in columns])  # noqa: PYI024  # its fields are the columns
    taken = given = ""
    for place, column in enumerate(columns):
        process = known[f"open{place}"] = _outgoing(column.type, dialect)
        taken += f"v{place}, "
        given += f"open{place}(v{place}), " if process else f"v{place}, "
    return function("rows", f"def rows(found):\n    return [new(row, ({given})) for {taken}in found]\n", known)


def _incoming(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _outgoing(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    if isinstance(kind, Instant) and dialect.name == "sqlite":
        return _moment
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written + "Z")


def _with(process: Process | None, value: Any) -> Any:
    return process(value) if process else value
