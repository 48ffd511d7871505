"""Taking a visit out of its day: the others are put in the best order again, within what each was promised (B10)."""

from __future__ import annotations

from datetime import datetime

from appointments import conventions
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.visits import kept, roster
from appointments.visits.kept import Kept
from appointments.visits.order import Plan
from appointments.visits.rules import agreed
from appointments.visits.times import moment
from core import outbox, quiet
from core.db import session


def leave(found: Appointment, *, now: datetime) -> None:
    """Give back the place of a visit that is cancelled."""
    take_out(session().get_one(HomeVisit, found.id), now=now)


def take_out(visit: HomeVisit, *, now: datetime) -> None:
    """Take a visit out of its day. On the day itself the order stands: people are on their way."""
    base, roads = roster.teams([visit.team_id])[visit.team_id].base, roster.roads(visit.division_code)
    held = kept.held_again(visit.team_id, visit.on).without(visit.appointment_id)
    has_begun = now >= moment(visit.on, held.span.opens)
    plan = kept.planned(held, base, roads, in_order=has_begun)
    kept.write(visit.team_id, visit.on, held, plan)
    _tell(visit, held, plan, now=now)


def _tell(left: HomeVisit, held: Kept, plan: Plan, *, now: datetime) -> None:
    """Tell those who are reached at another time than they were told, where that is worth a text."""
    arrivals = kept.arrivals(plan, held.stops)
    for key, arrives in arrivals.items():
        visit = session().get_one(HomeVisit, key)
        if abs(arrives - visit.told_arrival) >= agreed().window.tell_from:
            visit.told_arrival = arrives
            told = f"visit.moved:{key}:{left.appointment_id}:{now.timestamp():.0f}"
            due_at = quiet.waking(now, conventions.agreed().quiet)
            outbox.put("visit.moved", due_at=due_at, key=told, appointment=key, arrives=arrives)
