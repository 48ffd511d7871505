"""Reminders: worked out from the appointment as it stands when they go out, each once (FEATURES B18)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import select

from appointments import approvals, conventions, jobs, tasks
from appointments.ladder import Ladder
from appointments.models import Appointment
from appointments.models.reminder import Reminder
from appointments.orders import Reach
from appointments.states import AppointmentState
from appointments.tasks import Ask, TaskReason
from core import outbox, sms_replies
from core.db import fresh_id, session
from core.jobs import handles, recurs
from core.outbox import Errand
from messages.telling import Note, tell
from messages.ways import Kind

EVERY = timedelta(minutes=5)
A_RUN = 500  # appointments a look puts down at most; the next look goes on
WORDS = "提醒：您约的时间是{when}。带什么、怎么走、说一声会来或改时间：{address}"
ANSWERED = " 回1会来2取消3改"
TITLE = "约的时间快到了"
BODY = "您约的时间是{when}。带什么、怎么走，点开查看；说一声会来，或者改时间、取消，也在那里。"
BY_CALL = "请打电话提醒：{when} 有预约，编号 {reference}。问一问能不能来，不能来就帮忙改时间。"


def ladder() -> Ladder:
    """Give the steps that are agreed on."""
    said = conventions.agreed()
    latest, gap = timedelta(minutes=said.reminder.latest_minutes), timedelta(minutes=said.reminder.gap_minutes)
    return Ladder(said.reminder.ladder, latest, gap, said.quiet)


@recurs("appointment.reminded", every=EVERY)
def look_ahead(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Leave an errand for every reminder that is due: its key lets each be left once."""
    steps = ladder()
    ahead = (Appointment.starts_at > now, Appointment.starts_at <= now + steps.reach)
    columns = (Appointment.id, Appointment.starts_at, Appointment.changed_at)
    asked = select(*columns).where(Appointment.state == AppointmentState.BOOKED.value, *ahead)
    due = {
        _key(row.id, step, row.starts_at): (row, step)
        for row in session().execute(asked.order_by(Appointment.starts_at, Appointment.id))
        if (step := steps.due(row.starts_at, row.changed_at, now=now))
    }
    for key in islice(_not_left(list(due)), A_RUN):
        row, step = due[key]
        outbox.put("appointment.remind", due_at=now, key=key, appointment=row.id, step=step)


def _not_left(due: Sequence[str]) -> Iterator[str]:
    """Give the keys of errands that were not left before, asked for in portions a statement can hold."""
    for begin in range(0, len(due), A_RUN):
        portion = due[begin : begin + A_RUN]
        left = set(session().scalars(select(Errand.key).where(Errand.key.in_(portion))))
        yield from (one for one in portion if one not in left)


@handles("appointment.remind")
def remind(payload: dict[str, Any], *, now: datetime) -> None:
    """Remind of an appointment as it stands now; of one that was moved, given back or is too near, not at all."""
    found = session().get_one(Appointment, payload["appointment"], with_for_update=True)
    step = ladder().due(found.starts_at, found.changed_at, now=now)
    if found.state != AppointmentState.BOOKED or step is None or _is_made(found, step) or approvals.pending([found.id]):
        return
    made = Reminder(
        id=fresh_id(), appointment_id=found.id, step=step, starts_at=found.starts_at, made_at=now, message_key=""
    )
    session().add(made)
    if found.reach == Reach.CALL:
        _ring(found, made, now)
        return
    made.message_key = f"reminder:{made.id}"
    tell(_note(found, made), now=now)


def _note(found: Appointment, made: Reminder) -> Note:
    words = WORDS + ANSWERED if sms_replies.are_read() else WORDS
    when = jobs.when(found)
    return Note(
        Kind.REMINDER,
        key=made.message_key,
        text=words.format(when=when, address=jobs.address(found.link)),
        title=TITLE,
        body=BODY.format(when=when),
        path=f"/visits/of/{found.link}",
        person_id=found.person_id,
        phone=found.phone,
        when=found.starts_at,
        good_until=found.starts_at,
        unreached="reminder.unreached",
        told={"reminder": made.id},
    )


def _is_made(found: Appointment, step: str) -> bool:
    same = (Reminder.appointment_id == found.id, Reminder.step == step, Reminder.starts_at == found.starts_at)
    return session().scalar(select(Reminder.id).where(*same)) is not None


@handles("reminder.unreached")
def ring_instead(payload: dict[str, Any], *, now: datetime) -> None:
    """Have somebody ring where no way led to them, while it is still of use."""
    made = session().get_one(Reminder, payload["reminder"])
    found = session().get_one(Appointment, made.appointment_id)
    if found.state == AppointmentState.BOOKED and found.starts_at == made.starts_at and found.starts_at > now:
        _ring(found, made, now)
    made.called_at = now


def _ring(found: Appointment, made: Reminder, now: datetime) -> None:
    due_at = now + timedelta(minutes=conventions.agreed().reminder.call_due_minutes)
    ask = Ask(
        station_id=found.station_id,
        reason=TaskReason.REMINDER,
        subject=f"appointment:{found.id}",
        key=f"reminder:{made.id}",
        due_at=min(due_at, found.starts_at),
        name=found.name,
        phone=found.phone,
        note=BY_CALL.format(when=jobs.when(found), reference=found.reference),
    )
    tasks.open(ask, now=now)
    made.called_at = now


def _key(appointment_id: str, step: str, starts_at: datetime) -> str:
    return f"appointment.remind:{appointment_id}:{step}:{starts_at:%Y%m%dT%H%M}"
