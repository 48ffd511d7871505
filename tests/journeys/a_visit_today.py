"""Have a visit of the demo be expected now, or hurry what comes after it; says which, as JSON."""

import json
import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select

import wsgi
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit, VisitRound, VisitStop
from appointments.models.visit_day import VisitAct
from core.calendar import china_day, china_midnight
from core.db import keep, session
from core.outbox import Errand


def move():
    """Take one of the demo's visits and have it be expected since a moment ago."""
    now = datetime.now(UTC)
    standing = select(HomeVisit).join(Appointment, Appointment.id == HomeVisit.appointment_id)
    ahead = standing.where(Appointment.state == "booked", HomeVisit.on > china_day(now))
    found = session().scalars(ahead.order_by(HomeVisit.appointment_id)).first()
    made = session().get_one(Appointment, found.appointment_id)
    for day in {found.on, china_day(now - timedelta(minutes=10))}:
        session().execute(delete(VisitStop).where(VisitStop.on == day, VisitStop.team_id == found.team_id))
    since = now - timedelta(minutes=10)
    found.on = china_day(since)
    found.window_from = (since - china_midnight(found.on)) // timedelta(minutes=1)
    found.window_until = min(found.window_from + 60, 1439)
    made.starts_at = since
    session().flush()
    told = {"opens": 0, "closes": 1440, "pace": 1.0, "back_at": 1440, "version": 1}
    session().merge(VisitRound(team_id=found.team_id, on=found.on, **told))
    session().flush()
    window = {"window_from": found.window_from, "window_until": found.window_until}
    road = {"free_at": 0, "way": 0, "pause": 0, "arrives": found.window_from, "leaves": found.window_from + 60}
    session().add(
        VisitStop(team_id=found.team_id, on=found.on, number=1, appointment_id=found.appointment_id, **window, **road)
    )
    return {"id": made.id, "link": made.link, "name": found.visitee_name, "team": found.team_id, "on": f"{found.on}"}


def hurry():
    """Have people be asked now how it was, and told at night what waits for the morning."""
    for errand in session().scalars(select(Errand).where(Errand.kind.in_(("appointment.done", "visit.visitee_told")))):
        errand.due_at = datetime.now(UTC)


def tomorrow():
    """Have the visit of today be tomorrow."""
    today = china_day(datetime.now(UTC))
    for found in session().scalars(select(HomeVisit).where(HomeVisit.on == today)):
        session().execute(delete(VisitStop).where(VisitStop.appointment_id == found.appointment_id))
        found.on = today + timedelta(days=1)
        session().get_one(Appointment, found.appointment_id).starts_at += timedelta(days=1)


def acts():
    """Say what was done at the visit of today, and how often."""
    kinds = select(VisitAct.kind, func.count()).join(HomeVisit, HomeVisit.appointment_id == VisitAct.appointment_id)
    today = HomeVisit.on == china_day(datetime.now(UTC) - timedelta(minutes=10))
    return dict(map(tuple, session().execute(kinds.where(today).group_by(VisitAct.kind))))


WISHES = {"hurry": hurry, "tomorrow": tomorrow, "acts": acts}

if __name__ == "__main__":
    wsgi.create_app()
    print(json.dumps(keep(WISHES.get(sys.argv[-1], move))))  # noqa: T201
