"""Whom a closure would affect, and who fits no more already: looked at before, and never left unsaid (B02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from appointments import displaced, fitting
from appointments.fitting import BY_HOURS, Stretch
from appointments.models import Appointment
from appointments.offers import ServiceKind
from appointments.states import AppointmentState
from core import audit
from core.db import session
from core.errors import checklist
from core.identity import Actor, Permission, open_to
from locator import keeping
from locator import policy as places
from locator.hours.day import Deviation
from locator.hours.line import Fault, parse_spans

MOST_STATIONS = 100


@open_to(Permission.DIRECTORY_EDIT)
def by_closure(actor: Actor, code: str, days: tuple[date, date], spans: str, *, now: datetime) -> Sequence[Appointment]:
    """Give the orders that would not fit if a station one keeps were closed, or kept other hours, on some days.

    Looking is put on record.
    """
    station = keeping.kept(actor, code)
    announced = _announced(days, spans)
    stretch = Stretch(station.id, tuple(sorted(BY_HOURS)), *days)
    rows = fitting.ordered(stretch, now=now)
    known = fitting.hours_for(stretch, now=now) if rows else {}
    after = {name: replace(one, deviations=(*one.deviations, announced)) for name, one in known.items()}
    found = fitting.misfits(rows, after)
    audit.record(actor, "appointments.affected_seen", f"station:{station.id}", now=now, seen=len(found))
    return found


@open_to(Permission.APPOINTMENTS_ATTEND)
def already(actor: Actor, *, now: datetime) -> Sequence[Appointment]:
    """Give the orders of one's region that fit no more, whatever changed: hours, holidays, a service that is gone.

    Looking is put on record.
    """
    found: list[Appointment] = []
    for station, kinds in _stations(actor, now).items():
        found += fitting.now_unfit(Stretch(station, kinds), now=now)
    audit.record(actor, "appointments.affected_seen", f"region:{actor.region}", now=now, seen=len(found))
    return sorted(found, key=lambda row: (row.starts_at, row.id))


@open_to(Permission.APPOINTMENTS_ATTEND)
def tell(actor: Actor, why: str, *, now: datetime) -> int:
    """Take back all orders of one's region that fit no more and tell their people. Say how many they were."""
    reason = why.strip()
    with checklist() as check:
        check.require(reason, "reason_missing", "why")
        limit = displaced.LONGEST_WHY
        check.require(len(reason) <= limit, "cell_too_long", "why", limit=limit)
    told = 0
    for station, kinds in _stations(actor, now).items():
        told += displaced.take_back_unfit(Stretch(station, kinds), reason, now=now)
    audit.record(actor, "appointments.affected_told", f"region:{actor.region}", now=now, told=told)
    return told


def _stations(actor: Actor, now: datetime) -> dict[str, tuple[ServiceKind, ...]]:
    """Give the stations of the region that have orders ahead, with the services they are for."""
    ahead = select(Appointment.station_id, Appointment.service).where(
        Appointment.station_id.in_(places.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND)),
        Appointment.state == AppointmentState.BOOKED.value,
        Appointment.starts_at > now,
        Appointment.service.in_([one.value for one in BY_HOURS]),
    )
    found: dict[str, tuple[ServiceKind, ...]] = {}
    for row in session().execute(ahead.distinct().order_by(Appointment.station_id, Appointment.service)):
        found[row.station_id] = (*found.get(row.station_id, ()), ServiceKind(row.service))
    return dict(list(found.items())[:MOST_STATIONS])


def _announced(days: tuple[date, date], spans: str) -> Deviation:
    """Read what would be announced. What cannot be read is judged when it is; here it means closed."""
    first, last = days[0], max(days)
    try:
        return Deviation(first, last, tuple(parse_spans("".join(spans.split()))) if spans.strip() else ())
    except (Fault, ValueError):
        return Deviation(first, last)
