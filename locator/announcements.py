"""Exceptional days as hours are reckoned with: closed, or open at other times, by station."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from core.db import once, session
from locator.hours.day import Deviation
from locator.hours.line import Fault, parse_spans
from locator.models import Deviation as Row

Announced = Mapping[str, tuple[Deviation, ...]]


def not_over(today: date, ids: Sequence[str] | None = None) -> Announced:
    """Give what was announced and is not over, by station; of these stations alone where some are named."""
    return once(("announced", today, None if ids is None else tuple(ids)), lambda: _read_all(today, ids))


def _read_all(today: date, ids: Sequence[str] | None) -> Announced:
    asked = select(Row.station_id, Row.first_on, Row.last_on, Row.spans, Row.reason, Row.id).where(Row.last_on >= today)
    if ids is not None:
        asked = asked.where(Row.station_id.in_(ids))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session().execute(asked):
        found[row.station_id].append(row)
    return {station: _ordered(rows) for station, rows in found.items()}


def _ordered(rows: list[Any]) -> tuple[Deviation, ...]:
    """Put the longer ones first: of two, the later has the word, and a single day says more than a month."""
    rows.sort(key=lambda row: (row.first_on - row.last_on, row.first_on, row.id))
    return tuple(deviation for row in rows for deviation in _read(row))


def _read(row: Any) -> Sequence[Deviation]:
    try:
        spans = parse_spans(row.spans) if row.spans else ()
        return [Deviation(row.first_on, row.last_on, spans, row.reason)]
    except (Fault, ValueError):
        return [Deviation(row.first_on, row.last_on, (), row.reason)]  # what cannot be read sends nobody on a walk
