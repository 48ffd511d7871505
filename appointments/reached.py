"""What was tried to reach people about their appointments: the latest reminder, every call; read in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import cast, literal, null, select, union_all

from appointments.models.call import CallAttempt
from appointments.models.reminder import Reminder
from core.db import Instant, session
from core.outbox import Errand

SENT, ON_THE_WAY, LOST, CALLED = "提醒短信已发出", "正在发提醒短信", "提醒短信发不出去，已转电话", "打电话提醒"


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
    moments = (Reminder.called_at, Errand.done_at, Errand.given_up_at)
    reminders = (
        select(Reminder.appointment_id, literal(0).label("number"), literal("").label("outcome"), Reminder.made_at)
        .add_columns(*moments)
        .outerjoin(Errand, Errand.key == Reminder.errand_key)
        .where(Reminder.appointment_id.in_(ids))
    )
    rung = select(CallAttempt.appointment_id, CallAttempt.number, CallAttempt.outcome, CallAttempt.made_at)
    calls = rung.add_columns(*(never.label(one.key) for one in moments)).where(CallAttempt.appointment_id.in_(ids))
    return union_all(reminders, calls).order_by("number", "made_at")


def _said(row: Any) -> str:
    if row.given_up_at is not None:
        return LOST
    if row.called_at is not None:
        return CALLED
    return SENT if row.done_at is not None else ON_THE_WAY
