"""Errands of this slice: texts. They say when and where to look, never what about (TRUST P1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from appointments import approvals
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.offers import ServiceKind
from appointments.states import AppointmentState
from core import settings, sms
from core.calendar import CHINA
from core.db import session
from core.jobs import handles, recurs

KEPT = timedelta(days=180)  # of what was said with an order: the term of logs (RULEBOOK 6.3)
FORGOTTEN = "forgotten:"  # in the place of a number's hash; with the id, so that two of one time stay two
WEEKDAYS = "一二三四五六日"
STANDS = "您约的时间：{when}，编号 {reference}。查看、改时间或取消：{address}"
CHANGED = "您约的时间改为：{when}，编号 {reference}。查看、改时间或取消：{address}"
ASKED = "您想约的时间：{when}，位置已留，等工作人员确认，编号 {reference}。查看或取消：{address}"
DECIDED = {
    "agreed": "约好了：{when}，编号 {reference}。查看、改时间或取消：{address}",
    "refused": "您想约的 {when} 这次办不了，编号 {reference}。请另选时间或打 12348：{address}",
    "released": "您想约的 {when} 没能按时确认，抱歉。请另选时间或打 12348：{address}",
}
CANCELLED = "您约的 {when} 已取消，编号 {reference}。需要再约，请打 12348。"


@handles("appointment.told")
def tell(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell whoever ordered how it stands now; a text that was overtaken by a later one is not sent."""
    found = session().get_one(Appointment, payload["appointment"])
    if found.sequence != payload["sequence"]:
        return
    words = CANCELLED if found.state == AppointmentState.CANCELLED else CHANGED if found.sequence else STANDS
    if words is not CANCELLED and approvals.pending([found.id]):
        words = ASKED
    told = {"when": when(found), "reference": found.reference, "address": address(found.link)}
    sms.send(found.phone, words.format(**told))


@handles("approval.told")
def tell_answer(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell whoever ordered what was said to it, unless they have changed it or given it back meanwhile."""
    found = session().get_one(Appointment, payload["appointment"])
    if found.sequence != payload["sequence"]:
        return
    told = {"when": when(found), "reference": found.reference, "address": address(found.link)}
    sms.send(found.phone, DECIDED[payload["said"]].format(**told))


@recurs("appointment.swept", every=timedelta(days=1))
def forget_people(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget who came and what they said long ago; when, where and how it went stay, for figures (P6)."""
    is_known = ~Appointment.phone_index.startswith(FORGOTTEN)
    unsaid: dict[str, Any] = {"name": "", "note": "", "needs": [], "phone": "", "calling": None}
    nobody = {"person_id": None, "phone_index": FORGOTTEN + Appointment.id}
    long_ago = update(Appointment).where(Appointment.starts_at < now - KEPT, is_known)
    session().execute(long_ago.values(**unsaid, **nobody), execution_options={"synchronize_session": False})


def address(link: str) -> str:
    """Give the address of a personal link."""
    return f"{settings.current().public_url}/visits/of/{link}"


def when(found: Appointment) -> str:
    """Say when it is; of a visit at home, within which window somebody comes."""
    if found.service != ServiceKind.HOME_VISIT:
        return said(found.starts_at)
    visit = session().get_one(HomeVisit, found.id)
    until = found.starts_at + timedelta(minutes=visit.window_until - visit.window_from)
    return f"{said(found.starts_at)}–{until.astimezone(CHINA):%H:%M} 之间到您那里"


def said(moment: datetime) -> str:
    """Write a moment as texts say it."""
    local = moment.astimezone(CHINA)
    return f"{local.month}月{local.day}日 星期{WEEKDAYS[local.weekday()]} {local:%H:%M}"
