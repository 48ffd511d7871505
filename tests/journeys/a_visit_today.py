"""Have a visit of the demo be expected now, or hurry what comes after it; says which, as JSON."""

import json
import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

import wsgi
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit, VisitStop
from core.calendar import china_day, china_midnight
from core.db import keep, session
from core.outbox import Errand


def move():
    """Take one of the demo's visits and have it be expected since a moment ago."""
    now = datetime.now(UTC)
    found = session().scalars(select(HomeVisit).order_by(HomeVisit.appointment_id)).first()
    made = session().get_one(Appointment, found.appointment_id)
    session().execute(delete(VisitStop).where(VisitStop.on == found.on, VisitStop.team_id == found.team_id))
    since = now - timedelta(minutes=10)
    found.on = china_day(since)
    found.window_from = (since - china_midnight(found.on)) // timedelta(minutes=1)
    found.window_until = min(found.window_from + 60, 1439)
    made.starts_at = since
    return {"id": made.id, "link": made.link, "name": found.visitee_name}


def hurry():
    """Have people be asked now how it was, and not in half an hour."""
    for errand in session().scalars(select(Errand).where(Errand.kind == "appointment.done")):
        errand.due_at = datetime.now(UTC)


if __name__ == "__main__":
    wsgi.create_app()
    print(json.dumps(keep(hurry if "hurry" in sys.argv else move)))  # noqa: T201
