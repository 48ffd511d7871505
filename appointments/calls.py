"""Ringing somebody up who asked for it: how it is safe, three tries on record, a text instead (FEATURES B14).

Nothing of the matter is ever left with a machine or with somebody else: that is what the words for staff say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from appointments import attendance, conventions, jobs
from appointments.models import Appointment
from appointments.models.call import CallAttempt
from appointments.offers import ServiceKind
from appointments.states import AppointmentState
from core import audit, outbox, sms
from core.db import fresh_id, session
from core.errors import Conflict
from core.identity import Actor, Permission, open_to
from core.jobs import handles

NOT_REACHED = "我们按约好的时间给您打了电话，没有接通。要再约，请点：{address} 或打 12348。"


@dataclass(frozen=True, slots=True)
class Calling:
    """How it is safe to ring somebody: whether to say who rings, at other times too, and whether a text is safe."""

    may_say: bool = False
    only_then: bool = True
    text_instead: bool = True

    def written(self) -> dict[str, str]:
        """Write it down with an order."""
        return {name: "yes" if getattr(self, name) else "no" for name in ("may_say", "only_then", "text_instead")}


class Outcome(StrEnum):
    """What came of a try."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    SOMEBODY_ELSE = "somebody_else"
    WRONG_NUMBER = "wrong_number"


OUTCOMES = {
    Outcome.REACHED: "接通了本人",
    Outcome.NO_ANSWER: "没有人接、占线",
    Outcome.SOMEBODY_ELSE: "别人接的，什么也没说",
    Outcome.WRONG_NUMBER: "号码不对",
}


def read(row: Appointment) -> Calling:
    """Read how somebody may be rung; whoever said nothing is rung as carefully as can be."""
    said = row.calling or {}
    return Calling(**{name: value == "yes" for name, value in {**Calling().written(), **said}.items()})


def words(row: Appointment) -> list[str]:
    """Say to staff how to ring."""
    how = read(row)
    return [
        "可以说是法律援助" if how.may_say else "不要说是法律援助，只说“按约好的时间给您打电话”",
        "只在约好的时间打" if how.only_then else "别的时间也能打",
        "没接通可以发短信" if how.text_instead else "没接通也不要发短信",
        "不要留语音，不要告诉别人",
    ]


@open_to(Permission.APPOINTMENTS_ATTEND)
def note(actor: Actor, appointment_id: str, outcome: Outcome, *, now: datetime) -> CallAttempt:
    """Put a try on record. After the last one that failed, a text goes out where that is safe."""
    found = attendance.find(actor, appointment_id)
    if found.service != ServiceKind.PHONE_CALLBACK or found.state != AppointmentState.BOOKED:
        raise Conflict("call_unfit")
    same = (CallAttempt.appointment_id == found.id, CallAttempt.starts_at == found.starts_at)
    tries = select(func.count()).where(*same)
    number = (session().scalar(tries) or 0) + 1
    most = conventions.agreed().call_attempts
    if number > most:
        raise Conflict("calls_used_up", limit=most)
    made = CallAttempt(
        id=fresh_id(),
        appointment_id=found.id,
        starts_at=found.starts_at,
        number=number,
        outcome=outcome.value,
        staff_id=actor.id,
        made_at=now,
    )
    session().add(made)
    if outcome is Outcome.REACHED:
        found.state, found.changed_at = AppointmentState.ARRIVED.value, now
    elif number == most and read(found).text_instead:
        key = f"appointment.unreached:{found.id}:{found.sequence}"
        outbox.put("appointment.unreached", due_at=now, key=key, appointment=found.id, sequence=found.sequence)
    session().flush()
    audit.record(actor, "appointment.rung", f"appointment:{found.id}", now=now, number=number, outcome=outcome.value)
    return made


@handles("appointment.unreached")
def tell(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell somebody that we rang, and not what about; not where they have another time since."""
    found = session().get_one(Appointment, payload["appointment"])
    if found.state == AppointmentState.BOOKED and found.sequence == payload.get("sequence", found.sequence):
        sms.send(found.phone, NOT_REACHED.format(address=jobs.address(found.link)))
