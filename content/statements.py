"""What an office says of itself in the public list of its services: supervision and promise (FEATURES D24, LAL 10)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from content.models.statement import OfficeStatement
from core import audit
from core.calendar import china_day
from core.db import session
from core.errors import checklist
from core.identity import Actor, Permission, open_to
from locator import keeping, queries, staffing
from locator.kinds import StationKind

LONGEST = 300
A_WEEK = 7
OFFICE = StationKind.LEGAL_AID_CENTRE


@dataclass(frozen=True, slots=True)
class Said:
    """What an office says; empty where it has said nothing yet."""

    supervision: str = ""
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """An office whose list is not whole, and what is missing."""

    station: Any
    missing: tuple[str, ...]


def said_by(station_ids: Collection[str]) -> dict[str, Said]:
    """Give what offices say, by station."""
    found = select(OfficeStatement).where(OfficeStatement.station_id.in_(station_ids))
    return {one.station_id: Said(one.supervision, one.promise) for one in session().scalars(found)}


@open_to(Permission.DIRECTORY_EDIT)
def opened(actor: Actor, code: str) -> Said:
    """Give what an office one keeps says, to be edited."""
    station = keeping.kept(actor, code)
    return said_by([station.id]).get(station.id, Said())


@open_to(Permission.DIRECTORY_EDIT)
def state(actor: Actor, code: str, said: Said, *, now: datetime) -> Said:
    """Say how an office one keeps is supervised, and what it promises."""
    station = keeping.held(actor, code)
    with checklist() as check:
        check.require(len(said.supervision) <= LONGEST, "statement_too_long", "supervision", limit=LONGEST)
        check.require(len(said.promise) <= LONGEST, "statement_too_long", "promise", limit=LONGEST)
    row = session().get(OfficeStatement, station.id)
    if row is None:
        row = OfficeStatement(station_id=station.id)
        session().add(row)
    row.supervision, row.promise = said.supervision.strip(), said.promise.strip()
    row.made_by, row.made_at = actor.id or "", now
    session().flush()
    audit.record(actor, "content.service_list_stated", f"station:{station.id}", now=now)
    return Said(row.supervision, row.promise)


@open_to(Permission.DIRECTORY_EDIT)
def gaps(actor: Actor, *, first: int, after: Sequence[Any] | None, now: datetime) -> tuple[Sequence[Any], list[Gap]]:
    """List offices of one's region, `first` and one more, with what the lists of their services lack."""
    rows = queries.stations(actor.region, OFFICE, first=first, after=after)
    ids = [row.id for row in rows]
    said, duty = said_by(ids), staffing.on_duty(ids, china_day(now), A_WEEK)
    return rows, [Gap(row, missing(said.get(row.id, Said()), row.phone, has_duty=row.id in duty)) for row in rows]


def missing(said: Said, phone: str, *, has_duty: bool) -> tuple[str, ...]:
    """Name the fields an office has not published."""
    there = {"duty": has_duty, "supervision": said.supervision, "phone": phone, "promise": said.promise}
    return tuple(name for name, value in there.items() if not value)
