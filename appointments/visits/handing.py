"""A team cannot keep what it promised: others go, or another time is offered, and whoever waits is told (B02, B10).

First the same time with others is looked for, as exactly as for an order; only where nobody can come is the visit
taken back, and its person has the nearest times to choose from, and is rung up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from appointments import conventions, displaced
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.states import AppointmentState
from appointments.visits import companions, fits, leaving, ordering, roster
from appointments.visits.fits import Open
from appointments.visits.times import Notice
from core import audit, outbox, quiet
from core.calendar import china_day
from core.db import session
from core.identity import SYSTEM
from core.jobs import handles

WHY = "上门人员有变动"


def later(team_id: str, lost: Iterable[Open], days: Iterable[date], *, now: datetime) -> None:
    """Leave an errand for each day that is to be looked at, with those who are known to lose their team."""
    keys: dict[date, list[str]] = {day: [] for day in days}
    for one in lost:
        keys.setdefault(one.visit.on, []).append(one.row.id)
    for day, those in sorted(keys.items()):
        outbox.put("visit.day_refit", due_at=now, team=team_id, on=day.isoformat(), lost=those)


@handles("visit.day_refit")
def refit(payload: dict[str, Any], *, now: datetime) -> None:
    """Find others for the visits of a day that cannot be kept. Found in order, or done again, it does nothing."""
    team = roster.teams([payload["team"]])[payload["team"]]
    on = date.fromisoformat(payload["on"])
    known = fits.ahead(team, now=now, on=on)
    lost = {one.row.id for one in fits.unfit(team, known)} | set(payload["lost"])
    for key in [one.row.id for one in known.visits if one.row.id in lost]:
        give_on(key, team.id, on, now=now)
    hours = team.hours(on, known.calendar)
    if hours is not None and on in known.days:
        leaving.shorten(team, on, hours, now=now)


def give_on(appointment_id: str, team_id: str, on: date, *, now: datetime) -> None:
    """Give a visit to others, or take it back. Whoever changed it meanwhile has the word."""
    locked = select(Appointment).where(Appointment.id == appointment_id).with_for_update()
    found = session().scalars(locked.execution_options(populate_existing=True)).one()
    visit = session().get_one(HomeVisit, appointment_id, populate_existing=True)
    if found.state != AppointmentState.BOOKED or (visit.team_id, visit.on) != (team_id, on):
        return
    leaving.take_out(visit, now=now)
    if not _given(found, visit, now):
        companions.release(found.id, now=now)
        displaced.own_up(found, WHY, now=now)
        _put("visit.taken_back", found, now)


def look(*, now: datetime) -> None:
    """Leave an errand for every day ahead on which a team cannot go to everybody."""
    ahead = select(HomeVisit.team_id).join(Appointment, Appointment.id == HomeVisit.appointment_id)
    booked = Appointment.state == AppointmentState.BOOKED.value
    asked = ahead.where(HomeVisit.on >= china_day(now), booked).distinct()
    for team in roster.teams(session().scalars(asked)).values():
        later(team.id, fits.unfit(team, fits.ahead(team, now=now)), (), now=now)


def _given(found: Appointment, visit: HomeVisit, now: datetime) -> bool:
    """Look for others at the same time, and put the visit with them. Say whether there are any."""
    asked = replace(ordering.asked_of(visit), notice=Notice.INTERPRETER)
    arrival, setting = ordering.first_free(asked, found.starts_at, besides=visit.team_id, now=now)
    if arrival is None:
        return False
    ordering.put_with(found, visit, arrival, setting)
    found.sequence += 1
    found.changed_at = now
    session().flush()
    audit.record(SYSTEM, "visit.handed_over", f"appointment:{found.id}", now=now, sequence=found.sequence)
    _put("visit.handed_over", found, now)
    return True


def _put(kind: str, found: Appointment, now: datetime) -> None:
    due_at = quiet.waking(now, conventions.agreed().quiet)
    told = {"appointment": found.id, "sequence": found.sequence}
    outbox.put(kind, due_at=due_at, key=f"{kind}:{found.id}:{found.sequence}", **told)
