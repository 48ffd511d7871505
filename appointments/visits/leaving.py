"""Taking a visit out of its day: the others are put in the best order again, within what each was promised (B10)."""

from __future__ import annotations

from datetime import date, datetime

from appointments import conventions
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.visits import companions, kept, order, roster
from appointments.visits.kept import Kept
from appointments.visits.order import Plan
from appointments.visits.rules import agreed
from appointments.visits.team import Team
from appointments.visits.times import moment
from core import outbox, quiet
from core.db import session
from locator.hours.span import Span


def leave(found: Appointment, *, now: datetime) -> None:
    """Give back the place of a visit that is cancelled."""
    companions.release(found.id, now=now)
    take_out(session().get_one(HomeVisit, found.id), now=now)


def take_out(visit: HomeVisit, *, now: datetime) -> None:
    """Take a visit out of its day. On the day itself the order stands: people are on their way."""
    base, roads = roster.teams([visit.team_id])[visit.team_id].base, roster.roads(visit.division_code)
    held = kept.held_again(visit.team_id, visit.on).without(visit.appointment_id)
    has_begun = now >= moment(visit.on, held.span.opens)
    plan = kept.planned(held, base, roads, in_order=has_begun)
    kept.write(visit.team_id, visit.on, held, plan)
    _tell(visit.appointment_id, held, plan, now=now)


def shorten(team: Team, on: date, hours: Span, *, now: datetime) -> None:
    """Put a day in order in the hours that are left of it, where it can be; whoever is reached at another time is told.

    On the day itself the order stands.
    """
    held = kept.held_again(team.id, on)
    less = held.within(hours)
    if less is None or not held.stops or less.span == held.span or now >= moment(on, held.span.opens):
        return
    plan = order.best(less.laid_out(team.base, roster.roads(team.area_code)))
    if plan is not None:
        kept.write(team.id, on, less, plan)
        kept.set_hours(team.id, on, less.span)
        _tell(f"{team.id}:{on}", less, plan, now=now)


def _tell(because: str, held: Kept, plan: Plan, *, now: datetime) -> None:
    """Tell those who are reached at another time than they were told, where that is worth a text."""
    arrivals = kept.arrivals(plan, held.stops)
    for key, arrives in arrivals.items():
        visit = session().get_one(HomeVisit, key)
        if abs(arrives - visit.told_arrival) >= agreed().window.tell_from:
            visit.told_arrival = arrives
            told = f"visit.moved:{key}:{because}:{now.timestamp():.0f}"
            due_at = quiet.waking(now, conventions.agreed().quiet)
            outbox.put("visit.moved", due_at=due_at, key=told, appointment=key, arrives=arrives)
