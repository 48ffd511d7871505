"""A day's appointments as the staff of a region see them: who comes, what to be ready for, who came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from appointments import fairness, policy
from appointments.aftercare.rules import rules
from appointments.conventions import agreed
from appointments.models import Appointment
from appointments.states import NEXT, AppointmentState
from core import audit, outbox, quiet
from core.calendar import china_midnight
from core.db import session
from core.errors import Conflict, NotFound
from core.identity import Actor, Permission, open_to

MOST = 300
AFTERWARDS = {AppointmentState.DONE: "appointment.done", AppointmentState.NO_SHOW: "appointment.missed"}


@open_to(Permission.APPOINTMENTS_ATTEND)
def of_day(actor: Actor, day: date, *, now: datetime) -> Sequence[Appointment]:
    """Give the appointments of a day in one's region by time, cancelled ones left out. Looking is put on record."""
    begin = china_midnight(day)
    within = (Appointment.starts_at >= begin, Appointment.starts_at < begin + timedelta(days=1))
    standing = Appointment.state != AppointmentState.CANCELLED.value
    asked = select(Appointment).where(policy.visible_to(actor), *within, standing)
    found = session().scalars(asked.order_by(Appointment.starts_at, Appointment.id).limit(MOST)).all()
    audit.record(actor, "appointments.day_seen", f"region:{actor.region}", now=now, on=day.isoformat(), seen=len(found))
    return found


@open_to(Permission.APPOINTMENTS_ATTEND)
def mark(actor: Actor, appointment_id: str, state: AppointmentState, *, now: datetime) -> Appointment:
    """Say that somebody came, did not come, or is done. They are asked how it was, or why; kindly, and not at night."""
    found = find(actor, appointment_id)
    if state not in NEXT[AppointmentState(found.state)]:
        raise Conflict("appointment_state_unfit")
    if state is AppointmentState.NO_SHOW and now < found.starts_at:
        raise Conflict("appointment_not_begun")
    found.state, found.changed_at = state.value, now
    audit.record(actor, f"appointment.{state.value}", f"appointment:{found.id}", now=now)
    if state is AppointmentState.DONE:
        fairness.credit(actor, found, now=now)
    if errand := AFTERWARDS.get(state):
        due_at = quiet.waking(now + timedelta(minutes=rules().ask_after[state.value]), agreed().quiet)
        outbox.put(errand, due_at=due_at, key=f"{errand}:{found.id}", appointment=found.id)
    return found


def find(actor: Actor, appointment_id: str) -> Appointment:
    """Give an appointment at the stations of one's region, held until the transaction ends."""
    which = (Appointment.id == appointment_id, policy.visible_to(actor))
    found = session().scalar(select(Appointment).where(*which).with_for_update())
    if found is None:
        raise NotFound("appointment_unknown")
    return found
