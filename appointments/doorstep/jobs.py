"""Errands of the day of a visit: looking after teams, and the texts that come of it. They say nothing of whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from appointments.doorstep import watch
from appointments.doorstep.rules import agreed
from appointments.models.home_visit import HomeVisit
from appointments.models.visit_day import TeamContact, VisitAct, VisitPhoto
from core import settings, sms
from core.db import session
from core.jobs import handles, recurs

ASK_TEAM = "请报平安：点开记“办完离开”，或“还要一会儿”。{address}"
ESCALATED = "有一组外出人员没有按时报平安，请看待办并联系。{address}"


@recurs("visit.watched", every=timedelta(minutes=5))
def look_after_teams(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Look after everybody who should be back."""
    watch.look(now=now)


@handles("visit.ask_team")
def ask_team(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Ask a team whether it is well; not where it has said so meanwhile."""
    visit = session().get_one(HomeVisit, payload["appointment"])
    contact = session().get(TeamContact, visit.team_id)
    if visit.finished_at is None and contact and contact.team_phone:
        address = f"{settings.current().public_url}/desk/doorstep/{visit.appointment_id}"
        sms.send(contact.team_phone, ASK_TEAM.format(address=address))


@handles("visit.escalated")
def tell_supervisor(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell the supervisor that somebody has to look."""
    contact = session().get(TeamContact, payload["team"])
    if contact and contact.supervisor_phone:
        sms.send(contact.supervisor_phone, ESCALATED.format(address=f"{settings.current().public_url}/desk/tasks"))


@recurs("visit_act.swept", every=timedelta(days=1))
def forget(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget what was written down and photographed on site; when people came and went stays, for figures (P6)."""
    long_ago = VisitAct.recorded_at < now - agreed().kept
    session().execute(update(VisitAct).where(long_ago).values(words=""))
    session().execute(delete(VisitPhoto).where(VisitPhoto.recorded_at < now - agreed().photos))
