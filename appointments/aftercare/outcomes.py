"""What came of an appointment, and what happens next (FEATURES B31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from appointments import attendance
from appointments.models import Appointment
from appointments.models.aftercare import Outcome
from appointments.states import AppointmentState
from core import audit
from core.calendar import china_day
from core.db import session
from core.errors import Conflict, checklist
from core.identity import Actor, Permission, open_to

LONGEST_STEP = 200


class OutcomeKind(StrEnum):
    """What came of it."""

    ADVISED = "advised"
    APPLIED = "applied"
    WRITTEN = "written"
    REFERRED = "referred"
    AGAIN = "again"
    NOTHING = "nothing"


LABELS = {
    OutcomeKind.ADVISED: "解答了问题",
    OutcomeKind.APPLIED: "帮助提交了法律援助申请",
    OutcomeKind.WRITTEN: "代写了法律文书",
    OutcomeKind.REFERRED: "转到了别的部门",
    OutcomeKind.AGAIN: "还要再来一次",
    OutcomeKind.NOTHING: "没有办成",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What staff say of it; `next_step` is read by the person it was for."""

    outcome: OutcomeKind
    next_step: str
    next_on: date | None = None


@open_to(Permission.APPOINTMENTS_ATTEND)
def record(actor: Actor, appointment_id: str, said: Said, *, now: datetime) -> Outcome:
    """Say what came of an appointment; that it is done follows from it. Said again, the later counts."""
    with checklist() as check:
        check.require(said.next_step.strip(), "outcome_step_missing", "next_step")
        check.require(len(said.next_step) <= LONGEST_STEP, "outcome_step_long", "next_step", limit=LONGEST_STEP)
        check.require(said.next_on is None or said.next_on >= china_day(now), "outcome_day_past", "next_on")
    found = attendance.find(actor, appointment_id)
    if found.state in (AppointmentState.BOOKED, AppointmentState.ARRIVED):
        attendance.mark(actor, appointment_id, AppointmentState.DONE, now=now)
    if found.state != AppointmentState.DONE:
        raise Conflict("appointment_state_unfit")
    return _kept(actor, found, said, now)


def _kept(actor: Actor, found: Appointment, said: Said, now: datetime) -> Outcome:
    row = session().get(Outcome, found.id)
    if row is None:
        row = Outcome(appointment_id=found.id)
        session().add(row)
    row.outcome, row.next_step, row.next_on = said.outcome.value, said.next_step.strip(), said.next_on
    row.recorded_by, row.recorded_at = actor.id or "", now
    audit.record(actor, "appointment.outcome", f"appointment:{found.id}", now=now, outcome=said.outcome.value)
    return row


def of(appointment_id: str) -> Outcome | None:
    """Give what came of an appointment, to whoever may see that; nothing where nobody has said so."""
    return session().get(Outcome, appointment_id)
