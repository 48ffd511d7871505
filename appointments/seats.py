"""Places of a time: taken and given back in one statement each, under a constraint (PERFORMANCE C).

A place that is kept for somebody (`hold`) is one of those that are taken. Once its moment has passed it counts no more,
whether anybody has cleared it away or not: `taken` and `is_full` leave it out, and `take` clears it away first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached

from appointments.models import Appointment, SlotUse
from appointments.models.hold import Hold
from appointments.offers import ServiceKind
from appointments.rota import Slot
from core.calendar import china_midnight
from core.db import session

Taken = Mapping[str, Mapping[datetime, int]]


def take(station_id: str, kind: ServiceKind, slot: Slot, *, now: datetime) -> bool:
    """Take a place if there is one left. Whoever comes at the same moment waits for the row, and then sees it."""
    clear(_of_slot(Hold, station_id, kind.value, slot.starts_at), now=now)
    taken = _taking(station_id, kind.value, slot)
    return session().execute(taken, execution_options={"populate_existing": True}).first() is not None


def take_for(made: Appointment, slot: Slot, *, now: datetime) -> bool:
    """Take a place for an appointment; where the engine can, the same statement puts it down.

    Whoever waits for the row waits a round trip less. In any case the appointment is the session's to add.
    """
    if session().get_bind().dialect.name != "postgresql":
        return take(made.station_id, ServiceKind(made.service), slot, now=now)
    clear(_of_slot(Hold, made.station_id, made.service, made.starts_at), now=now)
    place = _taking(made.station_id, made.service, slot).cte("place")
    columns = Appointment.__table__.columns
    values = (literal(getattr(made, one.name), one.type) for one in columns)
    put = insert(Appointment).from_select([one.name for one in columns], select(*values).select_from(place))
    if session().execute(put.returning(columns.id)).first() is None:
        return False
    make_transient_to_detached(made)  # it is in the table, as it stands
    return True


def _taking(station_id: str, service: str, slot: Slot) -> Any:
    make = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
    which = {"station_id": station_id, "service": service, "starts_at": slot.starts_at}
    first = make(SlotUse).values(**which, capacity=slot.capacity, taken=1)
    return first.on_conflict_do_update(
        index_elements=list(which),
        set_={"taken": SlotUse.taken + 1, "capacity": slot.capacity},
        where=SlotUse.taken < slot.capacity,
    ).returning(SlotUse.taken)


def clear(which: ColumnElement[bool], *, now: datetime) -> int:
    """Take away holds whose moment has passed, and give their places back. Say how many.

    Rows of `hold` are locked before those of `slot_use`, here and wherever a hold ends: nobody waits in a ring.
    """
    over = select(Hold.id).where(which, Hold.expires_at <= now).order_by(Hold.id).with_for_update()
    ids = session().scalars(over).all()
    return sum(drop(one) for one in ids)


def drop(hold_id: str) -> bool:
    """End a hold and give its place back; somebody else may have done so meanwhile."""
    gone = delete(Hold).where(Hold.id == hold_id).returning(Hold.station_id, Hold.service, Hold.starts_at)
    row = session().execute(gone, execution_options={"synchronize_session": False}).one_or_none()
    if row is not None:
        give_back(*row)
    return row is not None


def is_full(station_id: str, kind: ServiceKind, slot: Slot, *, now: datetime) -> bool:
    """Look whether all places are taken. Only `take` promises one; this spares those who come too late its locks."""
    which = _of_slot(SlotUse, station_id, kind.value, slot.starts_at)
    return (session().scalar(select(_still_taken(now)).where(which)) or 0) >= slot.capacity


def give_back(station_id: str, service: str, starts_at: datetime) -> None:
    """Give a place back."""
    session().execute(
        update(SlotUse).where(_of_slot(SlotUse, station_id, service, starts_at)).values(taken=SlotUse.taken - 1),
        execution_options={"synchronize_session": False},
    )


def taken(ids: Sequence[str], kinds: Sequence[ServiceKind], first: date, days: int, *, now: datetime) -> Taken:
    """Say how many places are taken at the times of some days, by `station service`, in one statement."""
    begin = china_midnight(first)
    within: tuple[ColumnElement[bool], ...] = (
        SlotUse.station_id.in_(ids),
        SlotUse.service.in_([kind.value for kind in kinds]),
        SlotUse.starts_at >= begin,
        SlotUse.starts_at < begin + timedelta(days=days),
    )
    found: dict[str, dict[datetime, int]] = {}
    columns = (SlotUse.station_id, SlotUse.service, SlotUse.starts_at, _still_taken(now).label("standing"))
    for row in session().execute(select(*columns).where(*within)):
        found.setdefault(key(row.station_id, row.service), {})[row.starts_at] = row.standing
    return found


def key(station_id: str, service: str) -> str:
    """Name a service of a station."""
    return f"{station_id} {service}"


def _still_taken(now: datetime) -> ColumnElement[int]:
    """Count what is taken, without holds whose moment has passed."""
    same = (
        Hold.station_id == SlotUse.station_id,
        Hold.service == SlotUse.service,
        Hold.starts_at == SlotUse.starts_at,
        Hold.expires_at <= now,
    )
    return SlotUse.taken - select(func.count()).where(*same).correlate(SlotUse).scalar_subquery()


def _of_slot(table: Any, station_id: str, service: str, starts_at: datetime) -> ColumnElement[bool]:
    same: ColumnElement[bool] = (
        (table.station_id == station_id) & (table.service == service) & (table.starts_at == starts_at)
    )
    return same
