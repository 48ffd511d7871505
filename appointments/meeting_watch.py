"""Talks by video that do not come about are held by telephone, at the same time, without anybody asking (FEATURES B25).

Two things are seen: that the meeting service does not answer when it is asked twice, and that somebody has not gone
into their room some minutes after it began. Both are rung up, and told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import exists, select

from appointments import jobs, meetings, queries
from appointments.models import Appointment
from appointments.models.meeting import MeetingEntry
from appointments.offers import ServiceKind
from appointments.states import AppointmentState
from core import outbox, settings, sms
from core.db import session
from core.errors import NotFound
from core.identity import Actor, Audience, open_to
from core.jobs import handles, recurs
from core.outside import Away, Host, Patience

WAITED, LOST = timedelta(minutes=5), timedelta(minutes=30)  # after the beginning: nobody came; too late to ring
SOON = timedelta(minutes=20)
AGAIN, TRIES = timedelta(minutes=1), 2
ASKED = Patience(connect=1.0, total=2.0)
BROKEN = 500
AWAY = "视频今天接不通，{when} 的视频改为打电话给您，时间不变，不用做什么。{reference}"
MISSED = "没有等到您进视频。工作人员马上打电话给您，不用再进视频了。{reference}"


@open_to(Audience.ANYONE)
def enter(actor: Actor, link: str, *, now: datetime) -> str:  # noqa: ARG001  # whoever has the link
    """Give the way into a talk, and note that it was asked for; nothing where it is not open."""
    found = queries.by_link(link, now=now)
    way = meetings.way_in(found, now=now)
    if way is None:
        raise NotFound("meeting_closed")
    if session().get(MeetingEntry, (found.id, found.starts_at)) is None:
        session().add(MeetingEntry(appointment_id=found.id, starts_at=found.starts_at, entered_at=now))
    return way


@recurs("meeting.watched", every=timedelta(minutes=2))
def watch(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Ring whoever has not come into their room; have the service asked where a talk is near."""
    if meetings.rooms() is None:
        return
    never_came = ~exists().where(
        MeetingEntry.appointment_id == Appointment.id, MeetingEntry.starts_at == Appointment.starts_at
    )
    for found in _held(now - LOST, now - WAITED, never_came):
        _by_telephone(found, MISSED, now)
    if _held(now - WAITED, now + SOON):
        outbox.put_once("meeting.asked", due_at=now, key=f"meeting.asked:{now:%Y%m%d%H%M}", tries=1)


@handles("meeting.asked")
def ask_service(payload: dict[str, Any], *, now: datetime) -> None:
    """Ask whether the meeting service answers; where it does not twice, those who are near are rung instead."""
    if _answers():
        return
    tries = payload["tries"]
    if tries < TRIES:
        key = f"meeting.asked:{now:%Y%m%d%H%M}:{tries + 1}"
        outbox.put_once("meeting.asked", due_at=now + AGAIN, key=key, tries=tries + 1)
        return
    for found in _held(now - WAITED, now + SOON):
        _by_telephone(found, AWAY, now)


@handles("meeting.rung_instead")
def tell(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell somebody that they are rung; not where they changed it meanwhile."""
    found = session().get_one(Appointment, payload["appointment"])
    if found.sequence == payload["sequence"] and meetings.is_rung_instead(found):
        words = AWAY if payload["away"] else MISSED
        sms.send(found.phone, words.format(when=jobs.when(found), reference=found.reference))


def _held(begin: datetime, end: datetime, *which: Any) -> Sequence[Appointment]:
    """Give the talks by video that begin within a stretch and that nobody has come to a place for."""
    asked = select(Appointment).where(
        Appointment.state == AppointmentState.BOOKED.value,
        Appointment.starts_at > begin,
        Appointment.starts_at <= end,
        Appointment.service == ServiceKind.VIDEO.value,
        *which,
    )
    found = session().scalars(asked.order_by(Appointment.starts_at, Appointment.id).with_for_update()).all()
    return [one for one in found if not meetings.is_rung_instead(one)]


def _by_telephone(found: Appointment, words: str, now: datetime) -> None:
    meetings.have_rung(found, now=now)
    key = f"meeting.rung_instead:{found.id}:{found.sequence}"
    told = {"appointment": found.id, "sequence": found.sequence, "away": words is AWAY}
    outbox.put_once("meeting.rung_instead", due_at=now, key=key, **told)


def _answers() -> bool:
    """Say whether the meeting service answers at all; what it says is its own business."""
    given = settings.current()
    parts = urlsplit(given.meeting_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    try:
        return Host(origin, patience=ASKED, inside=given.meeting_networks).ask("GET", f"{origin}/").status < BROKEN
    except Away:
        return False
