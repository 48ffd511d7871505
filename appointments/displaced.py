"""Orders the office cannot keep: taken back, told at once, with other times to choose from (FEATURES B02, B05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from appointments import alternatives, approvals, fitting, guards, queries, seats, tasks
from appointments.alternatives import Alternative
from appointments.fitting import Stretch
from appointments.jobs import address, said
from appointments.models import Appointment
from appointments.models.displacement import Displacement
from appointments.models.home_visit import HomeVisit
from appointments.models.volunteer import VolunteerMatch
from appointments.offers import Offer, ServiceKind, menu
from appointments.states import AppointmentState
from appointments.tasks import Ask, TaskReason
from core import audit, outbox, sms
from core.db import session
from core.errors import Conflict
from core.identity import SYSTEM, Actor, Audience, open_to
from core.jobs import handles
from locator import queries as places

LONGEST_WHY = 120
WHY = "服务时间有调整"
RING_WITHIN = timedelta(hours=48)  # so near a text may be read too late: somebody rings as well
ANSWER_WITHIN = timedelta(hours=2)
TOLD = "您 {when} 的预约办不了了（{why}）。换一个请点：{address} 或打12348。{reference}"
LONGEST_WHY_TEXTED = 24  # a text is two long at most


@dataclass(frozen=True, slots=True)
class Instead:
    """An order that was taken back, why, and what there is instead."""

    row: Appointment
    why: str
    is_settled: bool
    found: Sequence[Alternative]


def take_back_unfit(stretch: Stretch, why: str, *, now: datetime) -> int:
    """Take back the orders that do not fit any more and tell their people. Doing it twice changes nothing."""
    unfit = fitting.now_unfit(stretch, now=now, lock=True)
    for row in unfit:
        take_back(row, why, now=now)
    return len(unfit)


def take_back(row: Appointment, why: str, *, now: datetime) -> None:
    """Take one back: its place is free again, and its person is told."""
    seats.give_back(row.station_id, row.service, row.starts_at)
    own_up(row, why, now=now)


def own_up(row: Appointment, why: str, *, now: datetime) -> None:
    """Say that an order is taken back whose place was given back already, and have its person told."""
    row.state, row.changed_at = AppointmentState.CANCELLED.value, now
    row.sequence += 1
    session().merge(
        Displacement(appointment_id=row.id, why=(why.strip() or WHY)[:LONGEST_WHY], displaced_at=now, settled_at=None)
    )
    session().flush()
    audit.record(SYSTEM, "appointment.displaced", f"appointment:{row.id}", now=now, sequence=row.sequence)
    key = f"appointment.displaced:{row.id}:{row.sequence}"
    outbox.put("appointment.displaced", due_at=now, key=key, appointment=row.id, sequence=row.sequence)


@handles("appointment.displaced")
def tell(payload: dict[str, Any], *, now: datetime) -> None:
    """Tell whoever ordered; where it is near, or they cannot leave the house, have somebody ring as well."""
    row = session().get_one(Appointment, payload["appointment"])
    standing = session().get(Displacement, row.id)
    if row.sequence != payload["sequence"] or standing is None:
        return
    if row.service == ServiceKind.HOME_VISIT or row.starts_at - now <= RING_WITHIN:
        due, about = max(now, min(now + ANSWER_WITHIN, row.starts_at)), f"appointment:{row.id}"
        ask = Ask(row.station_id, TaskReason.AFFECTED, about, _task_key(row), due, name=row.name, phone=row.phone)
        tasks.open(ask, now=now)
    told = {"when": said(row.starts_at), "reference": row.reference, "why": standing.why[:LONGEST_WHY_TEXTED]}
    sms.send(row.phone, TOLD.format(**told, address=f"{address(row.link)}/instead"))


@open_to(Audience.ANYONE)
def instead(actor: Actor, link: str, *, now: datetime) -> Instead:  # noqa: ARG001  # whoever has the link may look
    """Give what there is instead of an order that was taken back, to whoever has its link."""
    row = queries.by_link(link, now=now)
    standing = _standing(row)
    found = [] if standing.settled_at else alternatives.instead_of(*_wanted(row), row.starts_at, now=now)
    return Instead(row, standing.why, standing.settled_at is not None, found)


@open_to(Audience.ANYONE)
def choose(
    actor: Actor, link: str, station: str, service: ServiceKind, starts_at: datetime, *, now: datetime
) -> Appointment:
    """Take one of the times instead: the same order, number and link, at another time, place or way."""
    row = _held(link, now)
    there = places.station(code=station)
    offer = queries.offered(there, service)
    slot = guards.slot_at(there, offer, starts_at, now=now)
    if slot is not None:
        guards.require_no_other(there, offer, slot, row.phone_index)
    if slot is None or not seats.take(there.id, service, slot, now=now):
        guards.reject("slot_taken")
    settle(row, now=now)
    if row.service == ServiceKind.HOME_VISIT:  # nobody goes there now, and nobody need know where it was
        session().execute(delete(VolunteerMatch).where(VolunteerMatch.appointment_id == row.id))
        session().execute(delete(HomeVisit).where(HomeVisit.appointment_id == row.id))
    row.station_id, row.service = there.id, service.value
    row.starts_at, row.minutes, row.state = slot.starts_at, slot.minutes, AppointmentState.BOOKED.value
    row.sequence += 1
    row.changed_at, row.confirmed_at = now, None
    session().flush()
    approvals.ask(row, now=now)
    audit.record(actor, "appointment.changed", f"appointment:{row.id}", now=now, sequence=row.sequence)
    told = f"appointment.told:{row.id}:{row.sequence}"
    outbox.put("appointment.told", due_at=now, key=told, appointment=row.id, sequence=row.sequence)
    return row


@open_to(Audience.ANYONE)
def let_be(actor: Actor, link: str, *, now: datetime) -> Appointment:
    """Say that nothing is wanted instead."""
    row = _held(link, now)
    settle(row, now=now)
    audit.record(actor, "appointment.let_be", f"appointment:{row.id}", now=now)
    return row


def why(row: Appointment) -> str | None:
    """Say why an order was taken back by us, while its person has not chosen yet; nothing for all others."""
    standing = session().get(Displacement, row.id) if row.state == AppointmentState.CANCELLED else None
    return standing.why if standing and standing.settled_at is None else None


def _task_key(row: Appointment) -> str:
    """Name the telephone call that goes with being taken back this time."""
    return f"affected:{row.id}:{row.sequence}"


def _wanted(row: Appointment) -> tuple[Any, Offer]:
    return places.station(which=row.station_id), menu()[ServiceKind(row.service)]


def _held(link: str, now: datetime) -> Appointment:
    """Give an order that was taken back and waits for an answer, held until the transaction ends."""
    row = queries.by_link(link, now=now)
    session().refresh(row, with_for_update=True)
    if _standing(row).settled_at is not None or row.state != AppointmentState.CANCELLED:
        raise Conflict("appointment_settled")
    return row


def _standing(row: Appointment) -> Displacement:
    found = session().get(Displacement, row.id)
    if found is None:
        raise Conflict("appointment_not_displaced")
    return found


def settle(row: Appointment, *, now: datetime) -> None:
    """Note that its person has chosen: nobody need ring any more."""
    session().get_one(Displacement, row.id).settled_at = now
    tasks.drop(_task_key(row), now=now)
