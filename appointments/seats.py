"""Places of a time: taken and given back in one statement each, under a constraint (PERFORMANCE C)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects import postgresql, sqlite

from appointments.models import SlotUse
from appointments.offers import ServiceKind
from appointments.rota import Slot
from core.calendar import china_midnight
from core.db import session

Taken = Mapping[str, Mapping[datetime, int]]


def take(station_id: str, kind: ServiceKind, slot: Slot) -> bool:
    """Take a place if there is one left. Whoever comes at the same moment waits for the row, and then sees it."""
    make = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
    which = {"station_id": station_id, "service": kind.value, "starts_at": slot.starts_at}
    first = make(SlotUse).values(**which, capacity=slot.capacity, taken=1)
    taken = first.on_conflict_do_update(
        index_elements=list(which),
        set_={"taken": SlotUse.taken + 1, "capacity": slot.capacity},
        where=SlotUse.taken < slot.capacity,
    ).returning(SlotUse.taken)
    return session().execute(taken, execution_options={"populate_existing": True}).first() is not None


def is_full(station_id: str, kind: ServiceKind, slot: Slot) -> bool:
    """Look whether all places are taken. Only `take` promises one; this spares those who come too late its locks."""
    which = (SlotUse.station_id == station_id, SlotUse.service == kind.value, SlotUse.starts_at == slot.starts_at)
    return (session().scalar(select(SlotUse.taken).where(*which)) or 0) >= slot.capacity


def give_back(station_id: str, service: str, starts_at: datetime) -> None:
    """Give a place back."""
    which = (SlotUse.station_id == station_id, SlotUse.service == service, SlotUse.starts_at == starts_at)
    session().execute(
        update(SlotUse).where(*which).values(taken=SlotUse.taken - 1),
        execution_options={"synchronize_session": False},
    )


def taken(station_ids: Sequence[str], kinds: Sequence[ServiceKind], first: date, days: int) -> Taken:
    """Say how many places are taken at the times of some days, by `station service`, in one statement."""
    begin = china_midnight(first)
    within: tuple[ColumnElement[bool], ...] = (
        SlotUse.station_id.in_(station_ids),
        SlotUse.service.in_([kind.value for kind in kinds]),
        SlotUse.starts_at >= begin,
        SlotUse.starts_at < begin + timedelta(days=days),
    )
    found: dict[str, dict[datetime, int]] = {}
    columns = (SlotUse.station_id, SlotUse.service, SlotUse.starts_at, SlotUse.taken)
    for row in session().execute(select(*columns).where(*within)):
        found.setdefault(key(row.station_id, row.service), {})[row.starts_at] = row.taken
    return found


def key(station_id: str, service: str) -> str:
    """Name a service of a station."""
    return f"{station_id} {service}"
