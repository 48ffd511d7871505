"""Bringing rows that come with the service into their tables: quickly, and as often as one likes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, delete, insert, select, update

from core.db import keep, reading, session
from locator import demo, gazetteer, queries, version
from locator.kinds import DivisionStatus
from locator.models import Division, Station, Venue

CHINA = ZoneInfo("Asia/Shanghai")
A_UNIT = 5_000  # rows in one unit of database work
Wanted = Sequence[dict[str, Any]]
Progress = Callable[[int], None]


def divisions(*, now: datetime, progress: Progress) -> int:
    """Bring in the divisions; what the source no longer lists is marked as revoked. Say how many rows changed."""
    wanted = gazetteer.divisions()
    table: Any = Division.__table__
    with reading() as current:
        standing = {tuple(row) for row in current.execute(select(*(table.c[name] for name in gazetteer.Row._fields)))}
    changed = [row._asdict() for row in wanted if row not in standing]
    progress(len(wanted) - len(changed))
    _bring(table, "code", changed, {code for code, *_ in standing}, progress)
    listed = {row.code for row in wanted}
    with reading() as current:
        active = select(Division.code).where(Division.status == DivisionStatus.ACTIVE)
        gone = [code for code in current.scalars(active) if code not in listed]
    if gone:
        keep(lambda: _revoke(gone, now))
    queries.forget()
    return len(changed) + len(gone)


def demo_stations(*, now: datetime, progress: Progress) -> int:
    """Bring in the demo stations, except where a real one stands: all at once. Say how many rows changed."""
    columns = (Station.division_code, Station.kind, Station.level)
    real_or_aside = Station.is_demo == Station.retired_on.is_not(None)  # real ones that stand, demo ones that made room
    with reading() as current:
        rows = current.execute(select(Station.id, Station.is_demo, *columns).where(real_or_aside)).all()
    real = {tuple(row)[2:] for row in rows if not row.is_demo}
    spared = {row.id for row in rows if row.is_demo}
    made = demo.stations(gazetteer.divisions(villages=False), gazetteer.points())
    wanted = [one for one in made if tuple(one.station[name.key] for name in columns) not in real]
    progress(len(wanted))
    venues = _compared(Venue.__table__, [one.venue for one in wanted], spared)
    stations = _compared(Station.__table__, [one.station for one in wanted], spared)
    touched = venues.touched | stations.touched
    if touched or stations.surplus:
        keep(lambda: _publish(venues, stations, touched, now))
    return len(touched) + len(stations.surplus)


@dataclass(frozen=True, slots=True)
class _Difference:
    """What a table lacks, what it has otherwise, and what it has too much."""

    table: Any
    new: Wanted
    other: Wanted
    surplus: Sequence[str]

    @property
    def touched(self) -> set[str]:
        """Name the rows to be written."""
        return {row["id"] for row in (*self.new, *self.other)}


def _compared(table: Any, wanted: Wanted, spared: Collection[str]) -> _Difference:
    """Compare the demo rows of a table with what they should be; those that made room for real ones are spared."""
    with reading() as current:
        rows = current.execute(select(*(table.c[name] for name in wanted[0])).where(table.c.id.startswith(demo.IDS)))
        standing = {row["id"]: dict(row) for row in rows.mappings()}
    return _Difference(
        table,
        [row for row in wanted if row["id"] not in standing],
        [row for row in wanted if row["id"] in standing and row != standing[row["id"]]],
        sorted(standing.keys() - {row["id"] for row in wanted} - set(spared)),
    )


def _publish(venues: _Difference, stations: _Difference, touched: set[str], now: datetime) -> None:
    """Write what differs, and say in which version of the directory it changed."""
    at = version.advance(now=now)
    for one in (venues, stations):
        for rows in _batches(one.new):
            session().execute(insert(one.table), rows)
        if one.other:
            rewrite(one.table, "id", one.other)
    for some in _batches(sorted(touched)):
        session().execute(update(Station).where(Station.id.in_(some)).values(changed_in=at))
    for one in (stations, venues):
        session().execute(delete(one.table).where(one.table.c.id.in_(one.surplus)))


def _bring(table: Table, key: str, changed: Wanted, standing: Collection[str], progress: Progress) -> None:
    for rows in _batches([row for row in changed if row[key] not in standing]):
        keep(lambda rows=rows: session().execute(insert(table), rows))  # type: ignore[misc]
        progress(len(rows))
    for rows in _batches([row for row in changed if row[key] in standing]):
        keep(lambda rows=rows: rewrite(table, key, rows))  # type: ignore[misc]
        progress(len(rows))


def rewrite(table: Table, key: str, rows: Wanted) -> None:
    """Write rows over those with the same key, all with the same columns."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != key}
    statement = update(table).where(table.c[key] == bindparam("which")).values(values)
    said = [{"which": row[key]} | {f"new_{name}": row[name] for name in row if name != key} for row in rows]
    session().connection().execute(statement, said)


def _revoke(codes: Sequence[str], now: datetime) -> None:
    values = {"status": DivisionStatus.REVOKED.value, "valid_to": now.astimezone(CHINA).date()}
    for some in _batches(codes):
        session().execute(update(Division).where(Division.code.in_(some)).values(values))


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + A_UNIT] for start in range(0, len(rows), A_UNIT))
