"""Who did not come: asked kindly why, and offered another time or a call. Nobody in need is ever held back (B28)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from appointments import policy, queries, tasks
from appointments.aftercare.rules import end_of_working_day, rules
from appointments.models import Appointment
from appointments.models.aftercare import Missed
from appointments.models.home_visit import AccessProfile
from appointments.needs import AccessNeed
from appointments.states import AppointmentState
from appointments.tasks import Ask, TaskReason
from core.db import session
from core.errors import NotFound, Problem, Rejected
from core.identity import Actor, Audience, open_to
from locator import shown


class Why(StrEnum):
    """Why somebody did not come."""

    FORGOT = "forgot"
    HEALTH = "health"
    CARE = "care"
    WAY = "way"
    WORK = "work"
    SOLVED = "solved"
    CAME = "came"
    OTHER = "other"


WHYS = {
    Why.FORGOT: "忘记了",
    Why.HEALTH: "身体不舒服，或行动不便",
    Why.CARE: "家里有人要照顾",
    Why.WAY: "路远、没有车，或找不到地方",
    Why.WORK: "请不到假",
    Why.SOLVED: "事情已经解决了",
    Why.CAME: "其实我来了",
    Why.OTHER: "别的原因",
}
NO_REASON = ("", Why.FORGOT.value)


@dataclass(frozen=True, slots=True)
class Absence:
    """That somebody did not come, together with the appointment."""

    missed: Missed
    appointment: Appointment


@open_to(Audience.ANYONE)
def asked(actor: Actor, link: str, *, now: datetime) -> Absence:  # noqa: ARG001  # whoever has the link
    """Give what a link asks about; nothing once it is too long ago."""
    rows = select(Missed, Appointment).join(Appointment, Missed.appointment_id == Appointment.id)
    found = session().execute(rows.where(Appointment.link_index == queries.link_index(link))).one_or_none()
    if found is None or found.Missed.asked_at + timedelta(days=rules().missed["days"]) < now:
        raise NotFound("missed_link_unknown")
    return Absence(found.Missed, found.Appointment)


@open_to(Audience.ANYONE)
def explain(actor: Actor, link: str, why: Why, *, wants_call: bool, now: datetime) -> Absence:
    """Take why somebody did not come; they may say otherwise later. Who wants to be rung is rung."""
    found = asked(actor, link, now=now)
    missed, appointment = found.missed, found.appointment
    missed.why, missed.wants_call, missed.answered_at = why.value, wants_call, now
    key = f"no_show:{appointment.id}"
    if not wants_call and why is not Why.CAME:
        tasks.drop(key, now=now)
        return found
    due_at = end_of_working_day(shown.working_days(), rules().missed["call_working_days"], now=now)
    task = tasks.open(
        Ask(
            appointment.station_id,
            TaskReason.NO_SHOW,
            f"appointment:{appointment.id}",
            key,
            due_at,
            name=appointment.name,
            phone=appointment.phone,
        ),
        now=now,
    )
    task.note = f"{appointment.reference}：{WHYS[why]}"
    return found


def _has_profile(index: str) -> bool:
    """Say whether somebody of this number told us once for all what they need (B09)."""
    joined = select(AccessProfile.person_id).join(Appointment, Appointment.person_id == AccessProfile.person_id)
    return session().scalar(joined.where(Appointment.phone_index == index).limit(1)) is not None


def require_room(needs: Collection[AccessNeed], number: str, *, now: datetime) -> None:
    """Refuse who often did not come, for no reason, a second order ahead. Never who has ever said what they need."""
    said, index = rules().limit, policy.index_of(number)
    ahead = (Appointment.phone_index == index, Appointment.starts_at > now)
    standing = select(Appointment.id).where(*ahead, Appointment.state == AppointmentState.BOOKED.value)
    if needs or len(session().scalars(standing.limit(said["most_open"])).all()) < said["most_open"]:
        return
    if _has_profile(index):
        return
    since = now - timedelta(days=said["within_days"])
    rows = (
        select(Appointment.needs, Appointment.state, Missed.why)
        .outerjoin(Missed, Missed.appointment_id == Appointment.id)
        .where(Appointment.phone_index == index, Appointment.starts_at > since)
    )
    found = session().execute(rows).all()
    if any(row.needs for row in found):
        return
    often = sum(row.state == AppointmentState.NO_SHOW and (row.why or "") in NO_REASON for row in found)
    if often >= said["repeated"]:
        raise Rejected((Problem("appointments_missed_often", "starts_at", {"limit": said["most_open"]}),))
