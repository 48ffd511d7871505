"""What was tried to reach people about their appointments: the latest reminder, every call; read in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import cast, literal, null, select, union_all

from appointments.models import Appointment
from appointments.models.call import CallAttempt
from appointments.models.reminder import Reminder
from core.db import Instant, session
from messages.queries import outcomes
from messages.ways import State, Way

ON_THE_WAY, LOST, LATE, CALLED = "正在发提醒短信", "提醒短信发不出去，已转电话", "提醒没有赶上", "打电话提醒"
SENT = {Way.SMS: "提醒短信已发出", Way.WECHAT: "微信提醒已发出", Way.EMAIL: "提醒邮件已发出"}


@dataclass(frozen=True, slots=True)
class Try:
    """A call, numbered."""

    number: int
    outcome: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Reached:
    """What became of the latest reminder (empty before the first), and every call."""

    reminder: str = ""
    calls: tuple[Try, ...] = ()


NOBODY_TRIED = Reached()


def of(ids: Sequence[str]) -> Mapping[str, Reached]:
    """Give what was tried, by the ids of appointments; nothing for those nobody tried to reach."""
    found: dict[str, Reached] = {}
    for row in session().execute(_asked(ids)):
        before = found.get(row.appointment_id, NOBODY_TRIED)
        made = Try(row.number, row.outcome, row.made_at)
        is_call = row.number > 0
        found[row.appointment_id] = (
            Reached(before.reminder, (*before.calls, made)) if is_call else Reached(_said(row), before.calls)
        )
    return found


def _asked(ids: Sequence[str]) -> Any:
    never = cast(null(), Instant())
    told = outcomes()
    reminders = (
        select(Reminder.appointment_id, literal(0).label("number"), literal("").label("outcome"), Reminder.made_at)
        .add_columns(Reminder.called_at, told.c.state, told.c.via)
        .outerjoin(told, told.c.key == Reminder.message_key)
        .where(Reminder.appointment_id.in_(ids))
    )
    rung = select(CallAttempt.appointment_id, CallAttempt.number, CallAttempt.outcome, CallAttempt.made_at)
    same_time = (Appointment.id == CallAttempt.appointment_id) & (Appointment.starts_at == CallAttempt.starts_at)
    rung = rung.join(Appointment, same_time)
    nothing = (never.label("called_at"), literal("").label("state"), literal("").label("via"))
    calls = rung.add_columns(*nothing).where(CallAttempt.appointment_id.in_(ids))
    return union_all(reminders, calls).order_by("number", "made_at")


def _said(row: Any) -> str:
    if row.state == State.LOST:
        return LOST
    if row.called_at is not None:
        return CALLED
    if row.state == State.LATE:
        return LATE
    return SENT[Way(row.via)] if row.state == State.HANDED_OVER else ON_THE_WAY
