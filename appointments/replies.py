"""What people answer to a reminder by text: they come, they do not, they want another time (FEATURES B16).

For telephones without a browser. Whoever writes from a number we know nothing of is told nothing.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from sqlalchemy import select

from accounts import phone
from appointments import booking, conventions, jobs, policy, tasks
from appointments.models import Appointment
from appointments.models.reminder import Reminder
from appointments.states import AppointmentState
from appointments.tasks import Ask, TaskReason
from core import quiet, sms
from core.db import session
from core.errors import Conflict
from core.identity import ANYONE
from core.jobs import handles

COMES = {"1", "来", "会来", "确认", "是", "好"}
CANCELS = {"2", "取消", "不来", "不来了", "退"}
CHANGES = {"3", "改", "改期", "改时间", "换时间"}
HOW = "回复 1 会来，2 取消，3 改时间"
NOTED = "记下了，{when} 等您，编号 {reference}。"
TOO_LATE = "来不及取消了，请打 12348 说一声，帮您另约。"
ANOTHER = "工作人员会打电话和您换时间。也可以自己选：{address}"
NOT_UNDERSTOOD = "没有看懂。您约的是{when}。" + HOW + "，或打 12348。"
RING = "想换时间（原来约的 {when}，编号 {reference}），请打电话商量，替对方改好。"


@handles("sms.replied")
def act(payload: dict[str, Any], *, now: datetime) -> None:
    """Do what a reply asks for with the appointment it is about; without one nothing is said."""
    found = _meant(phone.normalise(payload["phone"]), now)
    if found is None:
        return
    words = _plain(payload["text"])
    told = {"when": jobs.when(found), "reference": found.reference, "address": jobs.address(found.link)}
    said = _done(found, words, told, now)
    if said:
        sms.send(found.phone, said.format(**told))


def _done(found: Appointment, words: str, told: dict[str, str], now: datetime) -> str:
    """Do it, and give what to say; of what was cancelled the usual text tells."""
    if words in COMES:
        booking.confirm(ANYONE, found.link, now=now)
        return NOTED
    if words in CANCELS:
        try:
            booking.cancel(ANYONE, found.link, now=now)
        except Conflict:
            return TOO_LATE
        return ""
    if words in CHANGES:
        _ring(found, RING.format(**told), now)
        return ANOTHER
    return NOT_UNDERSTOOD


def _meant(number: str, now: datetime) -> Appointment | None:
    """Give what the text they got last was about, or their next where none went out; nothing once it was given back."""
    theirs = select(Appointment).where(Appointment.phone_index == policy.index_of(number), Appointment.starts_at > now)
    texted = theirs.join(Reminder, Reminder.appointment_id == Appointment.id).where(Reminder.message_key != "")
    found = session().scalar(texted.order_by(Reminder.made_at.desc(), Appointment.starts_at).limit(1))
    if found is None:
        standing = theirs.where(Appointment.state == AppointmentState.BOOKED.value)
        return session().scalar(standing.order_by(Appointment.starts_at, Appointment.id).limit(1))
    return found if found.state == AppointmentState.BOOKED else None


def _plain(said: str) -> str:
    """Read a reply as people type it: any width, with a full stop or a thank-you sign after it."""
    return "".join(one for one in unicodedata.normalize("NFKC", said) if one.isalnum())


def _ring(found: Appointment, note: str, now: datetime) -> None:
    due_at = quiet.waking(now, conventions.agreed().quiet)
    ask = Ask(
        station_id=found.station_id,
        reason=TaskReason.REMINDER,
        subject=f"appointment:{found.id}",
        key=f"another_time:{found.id}:{found.sequence}",
        due_at=max(now, min(due_at, found.starts_at)),
        name=found.name,
        phone=found.phone,
        note=note,
    )
    tasks.open(ask, now=now)
