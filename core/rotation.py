"""Keys rotate while the house is open: every sealed value is sealed again with the current key (TRUST P5).

First add the new key to the settings and make it the current one; both keys open. Then rotate; then drop the old key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, CursorResult, Table, Text, literal, select, type_coerce, update

from core.crypto import MARKS, Keyring, Sealed, keyring
from core.db import Model, keep, session

BATCH = 200


def sealed_columns() -> Iterator[Column[Any]]:
    """Find every sealed column of every table."""
    for table in Model.metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, Sealed))


def rotate(*, batch: int = BATCH) -> dict[str, int]:
    """Seal again whatever an older key or cipher has sealed, a batch a transaction. Say how many, by column.

    Breaking off loses nothing: the next run goes on where this one ended.
    """
    done: dict[str, int] = {}
    for column in sealed_columns():
        name = f"{column.table.name}.{column.name}"
        done[name] = 0
        while again := keep(lambda column=column: _batch(column, batch)):  # type: ignore[misc]  # bound at once
            done[name] += again
    return done


def _batch(column: Column[Any], size: int) -> int:
    table, ring = column.table, keyring()
    assert isinstance(table, Table)  # noqa: S101  # a column of a mapped table
    stored = type_coerce(column, Text)
    keys = list(table.primary_key.columns)
    current = f"{MARKS[ring.cipher]}:{ring.current}."
    old = select(*keys, stored.label("sealed")).where(column.is_not(None), ~stored.startswith(current, autoescape=True))
    rows = session().execute(old.limit(size)).all()
    return sum(_reseal(column, ring, keys, row) for row in rows)


def _reseal(column: Column[Any], ring: Keyring, keys: Sequence[ColumnElement[Any]], row: Any) -> int:
    assert isinstance(column.type, Sealed)  # noqa: S101  # chosen by it
    fresh = ring.seal(ring.open(row.sealed, column.type.purpose), column.type.purpose)
    is_row = [key == value for key, value in zip(keys, row, strict=False)]
    unchanged = type_coerce(column, Text) == row.sealed  # somebody may have written a new value meanwhile
    change = update(column.table).where(*is_row, unchanged).values({column.name: literal(fresh, Text())})
    result = session().execute(change)
    assert isinstance(result, CursorResult)  # noqa: S101  # an update gives one
    return result.rowcount
