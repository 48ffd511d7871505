"""Orders somebody has to agree to: the place is theirs from the request on, the approver has a clock (FEATURES B22).

Where nobody answers in time the place goes to the next and the person is told. An answer is given once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from appointments import attendance, conventions, offering, policy
from appointments.models import Appointment
from appointments.models.approval import Approval
from appointments.offers import ServiceKind, menu
from appointments.states import AppointmentState
from core import audit, outbox, quiet
from core.db import session
from core.errors import Conflict, NotFound
from core.identity import SYSTEM, Actor, Permission, open_to
from core.jobs import recurs

EVERY = timedelta(minutes=5)
MOST, A_RUN = 100, 100


def ask(found: Appointment, *, now: datetime) -> None:
    """Ask for approval of an order as it now stands, where its service needs one: what was said before counts no more.

    It is asked in time for the person to plan by the answer.
    """
    before = session().get(Approval, found.id)
    if before is not None:
        session().delete(before)
        session().flush()
    if not menu()[ServiceKind(found.service)].needs_approval:
        return
    due_at = now + timedelta(minutes=conventions.agreed().approval_minutes)
    halfway = now + (found.starts_at - now) / 2
    session().add(Approval(appointment_id=found.id, due_at=min(due_at, halfway), answer=""))
    session().flush()


def pending(ids: Sequence[str]) -> Mapping[str, datetime]:
    """Say of which appointments an answer is awaited, and until when."""
    asked = select(Approval.appointment_id, Approval.due_at)
    rows = session().execute(asked.where(Approval.appointment_id.in_(ids), Approval.decided_at.is_(None)))
    return {row.appointment_id: row.due_at for row in rows}


@open_to(Permission.APPOINTMENTS_ATTEND)
def waiting(actor: Actor, *, now: datetime) -> Sequence[Appointment]:
    """Give the orders of one's region that wait for an answer, the most urgent first. Looking is put on record."""
    asked = select(Appointment).join(Approval, Approval.appointment_id == Appointment.id)
    standing = (Approval.decided_at.is_(None), Appointment.state == AppointmentState.BOOKED.value)
    found = session().scalars(
        asked.where(policy.visible_to(actor), *standing).order_by(Approval.due_at, Appointment.id).limit(MOST)
    )
    rows = found.all()
    audit.record(actor, "approvals.seen", f"region:{actor.region}", now=now, seen=len(rows))
    return rows


@open_to(Permission.APPOINTMENTS_ATTEND)
def answer(actor: Actor, appointment_id: str, *, agrees: bool, now: datetime) -> Appointment:
    """Agree to an order, or do not: once. A place that is not agreed to goes to the next."""
    found = attendance.find(actor, appointment_id)
    approval = session().get(Approval, appointment_id, with_for_update=True)
    if approval is None:
        raise NotFound("approval_unknown")
    if approval.decided_at is not None or found.state != AppointmentState.BOOKED:
        raise Conflict("approval_decided")
    approval.staff_id = actor.id
    _decide(actor, found, approval, "agreed" if agrees else "refused", now)
    return found


@recurs("approval.released", every=EVERY)
def release(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Give back what nobody agreed to in time."""
    over = (Approval.decided_at.is_(None), Approval.due_at <= now)
    due = select(Approval.appointment_id).where(*over).order_by(Approval.due_at).limit(A_RUN)
    for appointment_id in session().scalars(due).all():
        found = session().get_one(Appointment, appointment_id, with_for_update=True)
        approval = session().get_one(Approval, appointment_id, with_for_update=True, populate_existing=True)
        if approval.decided_at is None:
            _decide(SYSTEM, found, approval, "released", now)


def _decide(actor: Actor, found: Appointment, approval: Approval, said: str, now: datetime) -> None:
    approval.decided_at, approval.answer = now, said
    stands = found.state == AppointmentState.BOOKED
    if stands and said != "agreed":
        found.state, found.changed_at = AppointmentState.CANCELLED.value, now
        found.sequence += 1
        session().flush()
        offering.pass_on(offering.place_of(found), now=now)
    session().flush()
    audit.record(actor, f"approval.{said}", f"appointment:{found.id}", now=now)
    if stands:
        due_at, told = quiet.waking(now, conventions.agreed().quiet), {"appointment": found.id, "said": said}
        key = f"approval.told:{found.id}:{found.sequence}"
        outbox.put("approval.told", due_at=due_at, key=key, sequence=found.sequence, **told)
