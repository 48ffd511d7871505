"""Staff safety: a team that does not say it is well is asked, and then somebody looks for it, silently (FEATURES B13).

Nobody is followed between visits: all that is known is when a visit should be over, and whether it was said to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from appointments import tasks
from appointments.doorstep.rules import agreed
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.models.team import VisitTeam
from appointments.models.visit_day import TeamContact, VisitAct, VisitWatch
from appointments.states import AppointmentState
from appointments.tasks import Ask, TaskReason
from appointments.visits.times import moment
from core import outbox
from core.calendar import ONE_DAY, china_day
from core.db import session

OUT = (AppointmentState.BOOKED.value, AppointmentState.ARRIVED.value)
INSIDE = AppointmentState.DONE.value  # said so at a desk, or on site before leaving: whoever arrived is still there
NOTE = "{team}：{reference}，{said}。先打这个电话；打不通，按本单位的安全预案办。"
LATE, ALARM = "过了时间没有报平安", "在现场按了“需要支援”"


def look(*, now: datetime) -> None:
    """Look after everybody who should be back: first ask the team, then tell the supervisor."""
    said = agreed().watch
    for found, visit, over_at in _overdue(now):
        kept = session().get(VisitWatch, found.id)
        if kept is None:
            session().add(VisitWatch(appointment_id=found.id, told_at=now))
            outbox.put("visit.ask_team", due_at=now, key=f"visit.ask_team:{found.id}", appointment=found.id)
        elif kept.escalated_at is None and now >= max(kept.told_at or now, over_at) + said.escalate_after:
            _escalate(found, visit, kept, LATE, now)


def raise_alarm(found: Appointment, visit: HomeVisit, *, now: datetime) -> None:
    """Tell the supervisor at once, whatever was told before: the team asked for help. Its telephone shows nothing."""
    kept = session().get(VisitWatch, found.id)
    if kept is None:
        kept = VisitWatch(appointment_id=found.id)
        session().add(kept)
    _escalate(found, visit, kept, ALARM, now)


def is_well(appointment_id: str, *, now: datetime) -> None:
    """Take back what was raised: the team said that it is well."""
    tasks.drop(_key(appointment_id), now=now)


def _overdue(now: datetime) -> Iterator[tuple[Appointment, HomeVisit, datetime]]:
    teams = select(VisitTeam.id)
    lately = HomeVisit.team_id.in_(teams) & HomeVisit.on.between(china_day(now) - ONE_DAY, china_day(now))
    rows = select(Appointment, HomeVisit).join(HomeVisit, HomeVisit.appointment_id == Appointment.id)
    is_inside = (Appointment.state == INSIDE) & HomeVisit.arrived_at.is_not(None)
    out = rows.where(lately, HomeVisit.finished_at.is_(None), Appointment.state.in_(OUT) | is_inside)
    found = session().execute(out).all()
    more = _staying([row.Appointment.id for row in found])
    for row in found:
        visit = row.HomeVisit
        begins = visit.arrived_at or moment(visit.on, visit.window_until)
        over_at = begins + timedelta(minutes=visit.minutes + more.get(visit.appointment_id, 0))
        if now >= over_at + agreed().watch.tell_after:
            yield row.Appointment, visit, over_at


def _staying(appointment_ids: list[str]) -> dict[str, int]:
    longer = select(VisitAct.appointment_id, func.sum(VisitAct.minutes).label("minutes"))
    of_these = longer.where(VisitAct.appointment_id.in_(appointment_ids)).group_by(VisitAct.appointment_id)
    return {row.appointment_id: row.minutes for row in session().execute(of_these)}


def _escalate(found: Appointment, visit: HomeVisit, kept: VisitWatch, said: str, now: datetime) -> None:
    kept.escalated_at = now
    contact = session().get(TeamContact, visit.team_id)
    team = session().get_one(VisitTeam, visit.team_id)
    note = NOTE.format(team=team.name, reference=found.reference, said=said)
    due_at = now + agreed().watch.task
    subject = f"appointment:{found.id}"
    ask = Ask(found.station_id, TaskReason.VISIT_OVERDUE, subject, _key(found.id), due_at, name=team.name, note=note)
    task = tasks.open(ask, now=now, anew=True)
    task.note, task.due_at, task.phone = note, due_at, contact.team_phone if contact else ""
    once_a_minute = f"visit.escalated:{found.id}:{now:%d%H%M}"
    outbox.put_once("visit.escalated", due_at=now, key=once_a_minute, team=visit.team_id)


def _key(appointment_id: str) -> str:
    return f"visit_overdue:{appointment_id}"
